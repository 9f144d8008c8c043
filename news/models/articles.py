"""An article, resting on the records below it."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.models import Event
from foundation.dates import PartialDateField
from foundation.models import Publishable, PublishableQuerySet, Record, StoredFile
from foundation.prose import ProseField, prose_text, trusted
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual, Text
from library.models import Entry
from programmes.models import Assignment, LifeCycleStage, Organisation, Programme, Task
from provinces.models import Province
from training.matrix import Matrix, matrix_of
from training.models import Curriculum

from .sections import Section


class ArticleQuerySet(PublishableQuerySet):
    def readable_by(self, user: Any) -> Self:
        """What ``visible_to`` gives, and the place of an article that was withdrawn, with its reason."""
        if user.has_perm("news.change_article"):
            return self.all()
        return self.filter(published_at__lte=timezone.now())

    def with_records(self) -> Self:
        """All that the page of one article prints."""
        return self.select_related("section", "picture").prefetch_related(
            "programmes", "tasks", "assignments", "events", "entries", "provinces", "stages",
            models.Prefetch(
                "curricula", Curriculum.objects.prefetch_related("levels__level", "topics", "modules")
            ),
            models.Prefetch("organisations", Organisation.objects.select_related("successor")),
        )  # fmt: skip


class Article(Searchable, Publishable, Record):
    """What happened, in our own words, with where we have it from."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="articles", verbose_name=_("news section")
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_vi = models.TextField(_("summary (Vietnamese)"), max_length=500)
    summary_en = models.TextField(_("summary (English)"), max_length=500, blank=True)
    body_vi = ProseField(_("text (Vietnamese)"), blank=True)
    body_en = ProseField(_("text (English)"), blank=True)
    byline_vi = models.CharField(_("author line (Vietnamese)"), max_length=120, blank=True)
    byline_en = models.CharField(_("author line (English)"), max_length=120, blank=True)
    attribution_vi = models.CharField(
        _("source for readers (Vietnamese)"),
        max_length=200,
        help_text=_("Who reported it first: Ministry of Industry and Trade; Vietnam News Agency."),
    )
    attribution_en = models.CharField(_("source for readers (English)"), max_length=200, blank=True)
    attribution_url = models.URLField(_("address of the source"), blank=True)

    event_on = PartialDateField(
        _("date of the event"), help_text=_("24/12/2022, 12/2022, 2022, or 27/9 when the year is unknown.")
    )
    event_ends_on = PartialDateField(_("last day of the event"))
    date_doubt_vi = models.CharField(_("doubt about the date (Vietnamese)"), max_length=120, blank=True)
    date_doubt_en = models.CharField(_("doubt about the date (English)"), max_length=120, blank=True)
    place_vi = models.CharField(_("place (Vietnamese)"), max_length=120, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=120, blank=True)

    withdrawal_reason_vi = models.CharField(
        _("reason of withdrawal (Vietnamese)"), max_length=300, blank=True, editable=False
    )
    withdrawal_reason_en = models.CharField(
        _("reason of withdrawal (English)"), max_length=300, blank=True, editable=False
    )

    picture = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("picture"),
    )
    picture_alt_vi = models.CharField(
        _("alternative text (Vietnamese)"),
        max_length=200,
        blank=True,
        help_text=_("What somebody who cannot see the picture should know."),
    )
    picture_alt_en = models.CharField(_("alternative text (English)"), max_length=200, blank=True)
    picture_caption_vi = models.CharField(_("caption (Vietnamese)"), max_length=200, blank=True)
    picture_caption_en = models.CharField(_("caption (English)"), max_length=200, blank=True)
    picture_credit = models.CharField(
        _("picture credit"),
        max_length=120,
        blank=True,
        help_text=_("Photographer/agency, as in “Quốc Dũng/TTXVN”."),
    )
    picture_is_illustrative = models.BooleanField(
        _("illustration only"), default=False, help_text=_("The picture does not show the event itself.")
    )

    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="articles", verbose_name=_("programmes")
    )
    tasks = models.ManyToManyField(Task, blank=True, related_name="articles", verbose_name=_("tasks"))
    assignments = models.ManyToManyField(
        Assignment, blank=True, related_name="articles", verbose_name=_("assignments")
    )
    events = models.ManyToManyField(Event, blank=True, related_name="articles", verbose_name=_("events"))
    entries = models.ManyToManyField(
        Entry, blank=True, related_name="news_articles", verbose_name=_("library records")
    )
    curricula = models.ManyToManyField(
        Curriculum,
        blank=True,
        related_name="articles",
        verbose_name=_("curricula"),
        help_text=_("The first one's levels and topics are drawn in the article."),
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="articles", verbose_name=_("organisations")
    )
    provinces = models.ManyToManyField(
        Province,
        blank=True,
        related_name="articles",
        verbose_name=_("provinces"),
        help_text=_("The units that existed on the day of the event."),
    )
    stages = models.ManyToManyField(
        LifeCycleStage, blank=True, related_name="articles", verbose_name=_("life-cycle stages")
    )

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    summary = Bilingual()
    body = Bilingual()
    byline = Bilingual()
    attribution = Bilingual()
    date_doubt = Bilingual()
    place = Bilingual()
    withdrawal_reason = Bilingual()
    picture_alt = Bilingual()
    picture_caption = Bilingual()

    search_columns: ClassVar = ("summary", "place", "attribution")

    class Meta(Publishable.Meta, Record.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason_vi=""),
                name="article_withdrawn_with_reason",
                violation_error_message=_("Say why the article is withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | (~Q(picture_alt_vi="") & ~Q(picture_credit="")),
                name="article_picture_has_words",
                violation_error_message=_("A picture needs its alternative text and its credit."),
            ),
        ]
        indexes = [
            models.Index(fields=["section", "-published_at"], name="article_newest_of_section"),
            models.Index(fields=["-published_at"], name="article_newest"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if self.event_ends_on and not self.event_on:
            raise ValidationError({"event_on": _("Give the first day as well.")})
        if self._was_public() and not (self.published_at and self.published_at <= timezone.now()):
            raise ValidationError(
                {"published_at": _("The article is already public. Withdraw it, with the reason, instead.")}
            )

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

    @classmethod
    def searchable_by(cls, user: Any) -> QuerySet[Any]:
        return cls.objects.visible_to(user).select_related("section")

    def search_text(self) -> str:
        return "\n".join([super().search_text(), prose_text(self.body_vi), prose_text(self.body_en)])

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.title,
            url=self.get_absolute_url(),
            summary=self.summary,
            text=Text(" ".join(prose_text(self.body).split()), self.body.lang),
            kind=str(self.section.name),
            date=self.event_on or self.published_at,
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None and self.withdrawn_at <= timezone.now()

    @property
    def state_words(self) -> str:
        """Draft, scheduled, public or withdrawn, for the editor."""
        if self.is_withdrawn:
            return gettext("withdrawn")
        if self.published_at is None:
            return pgettext("an article", "draft")
        return gettext("published") if self.published_at <= timezone.now() else gettext("scheduled")

    @property
    def body_html(self) -> SafeString:
        return trusted(self.body)

    def related_records(self) -> list[tuple[str, Text, str]]:
        """Kind, title and address of each public record the article rests on."""
        links: list[tuple[Any, Any]] = [
            (self.programmes, _("Programme")),
            (self.assignments, _("Assignment")),
            (self.tasks, _("Task")),
            (self.curricula, _("Training programme")),
            (self.events, _("Event")),
            (self.entries, _("Library")),
            (self.organisations, _("Organisation")),
            (self.provinces, _("Province")),
        ]
        return [
            (str(kind), row.title if hasattr(row, "title") else row.name, row.get_absolute_url())
            for rows, kind in links
            for row in rows.all()
            if getattr(row, "is_published", True)
        ]

    def drawn_curriculum(self) -> tuple[Curriculum, Matrix] | None:
        """The curriculum whose picture stands in the article, with what the picture shows."""
        drawn = next((one for one in self.curricula.all() if one.is_published), None)
        return (drawn, matrix_of(drawn)) if drawn else None

    def renamed_bodies(self) -> Iterator[tuple[Organisation, Organisation]]:
        """Bodies of this article whose work somebody else does today, each with who does."""
        for body in self.organisations.all():
            if body.successor is not None:
                yield body, body.successor

    def _was_public(self) -> bool:
        kept = type(self).objects.filter(pk=self.pk, published_at__lte=timezone.now(), withdrawn_at=None)
        return self.pk is not None and kept.exists()
