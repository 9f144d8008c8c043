"""A still list of headlines where the old portal had moving text."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import translate_url
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.text import Bilingual
from library.models import Entry
from provinces.models import ProvincialPlan

from .articles import Article


class HighlightQuerySet(models.QuerySet):
    def shown_on(self, day: date) -> Self:
        """Begun and not yet over on that day, with what ``is_open`` reads; the last day still counts."""
        begun = self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))
        running = begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        return running.select_related("article", "plan", "entry")


class Highlight(Record):
    """One headline of the still list that stands where the old portal had moving text."""

    headline_vi = models.CharField(_("headline (Vietnamese)"), max_length=160)
    headline_en = models.CharField(_("headline (English)"), max_length=160, blank=True)
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="highlights",
        verbose_name=_("article"),
    )
    plan = models.ForeignKey(
        ProvincialPlan,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="highlights",
        verbose_name=_("provincial plan"),
    )
    entry = models.ForeignKey(
        Entry,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="highlights",
        verbose_name=_("library record"),
    )
    address = models.CharField(
        _("other address"),
        max_length=300,
        blank=True,
        help_text=_("A page of this portal (/library/…) or https://…; empty: the headline stands alone."),
    )
    dated_on = PartialDateField(_("date shown"))
    starts_on = models.DateField(_("shown from"), null=True, blank=True)
    ends_on = models.DateField(_("shown until"), null=True, blank=True)  # inclusive, as people say it
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = HighlightQuerySet.as_manager()
    history = HistoricalRecords()

    headline = Bilingual()

    class Meta(Record.Meta):
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["position", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="highlight_ends_after_it_begins",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True, plan__isnull=True, entry__isnull=True)
                | Q(article__isnull=True, plan__isnull=True, address="")
                | Q(article__isnull=True, entry__isnull=True, address="")
                | Q(plan__isnull=True, entry__isnull=True, address=""),
                name="highlight_has_one_link",
                violation_error_message=_("Choose one: an article, a plan, a library record, or an address."),
            ),
            models.UniqueConstraint(fields=["headline_vi"], name="highlight_headline_once"),
        ]

    def __str__(self) -> str:
        return str(self.headline)

    def clean(self) -> None:
        super().clean()
        own_page = self.address.startswith("/") and not self.address.startswith("//")
        if self.address and not own_page and not self.address.startswith("https://"):
            raise ValidationError({"address": _("Begin with / for a page of this portal, or with https://.")})

    def state_words(self, *, on: date) -> str:
        """Shown, over or still to come on that day, for the editor."""
        if self.ends_on and self.ends_on < on:
            return pgettext("a highlight", "over")
        return (
            pgettext("a highlight", "to come")
            if self.starts_on and self.starts_on > on
            else pgettext("a highlight", "shown")
        )

    @property
    def is_open(self) -> bool:
        """A headline whose record is not public, or no more, is not shown."""
        return self.record is None or self.record.is_published

    @property
    def record(self) -> Article | ProvincialPlan | Entry | None:
        return self.article or self.plan or self.entry

    @property
    def link(self) -> str:
        """Where it leads, in the page's language; empty when it stands alone."""
        if self.record is not None:
            return self.record.get_absolute_url()
        if not self.address.startswith("/"):
            return self.address
        wanted = get_language() or "vi"
        with override("vi"):  # the language of the addresses that editors copy
            return translate_url(self.address, wanted)
