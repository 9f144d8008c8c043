"""Drafts laid open for comment, the comments, and the answer each one gets."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.text import Bilingual
from programmes.models import Organisation

from .documents import Document
from .entry import Entry, Kind


class Consultation(Entry):
    """One version of a draft, open for a time, then answered comment by comment."""

    KIND = Kind.CONSULTATION

    draft_version = models.CharField(_("version of the draft"), max_length=40, blank=True)
    drafting_team_vi = models.CharField(_("drafting team (Vietnamese)"), max_length=250, blank=True)
    drafting_team_en = models.CharField(_("drafting team (English)"), max_length=250, blank=True)
    channel_vi = models.CharField(_("other ways to comment (Vietnamese)"), max_length=250, blank=True)
    channel_en = models.CharField(_("other ways to comment (English)"), max_length=250, blank=True)
    invited = models.ManyToManyField(
        Organisation, blank=True, related_name="invited_to_comment", verbose_name=_("invited bodies")
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at (exclusive)"))
    outcome = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("became the text"),
    )
    outcome_note_vi = models.TextField(_("what became of it (Vietnamese)"), blank=True)
    outcome_note_en = models.TextField(_("what became of it (English)"), blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    drafting_team = Bilingual()
    channel = Bilingual()
    outcome_note = Bilingual()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_it_opens",
                violation_error_message=_("A consultation closes after it opens."),
            )
        ]

    def is_open(self, at: datetime | None = None) -> bool:
        return self.opens_at <= (at or timezone.now()) < self.closes_at

    @property
    def has_begun(self) -> bool:
        return self.opens_at <= timezone.now()


class DraftArticle(models.Model):
    """An article of the draft, as text on the page, so that a comment can name it."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("article of the draft")
        verbose_name_plural = _("articles of the draft")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="draft_articles_are_in_order")
        ]

    def __str__(self) -> str:
        return self.heading


class CommentQuerySet(models.QuerySet):
    def on_show(self) -> Self:
        return self.filter(state=Comment.State.ON_SHOW)


class Comment(models.Model):
    """A comment on a draft. Written, moderated and answered only through ``library.actions``."""

    class State(models.TextChoices):
        WAITING = "waiting", _("awaiting moderation")
        ON_SHOW = "on_show", _("on show")
        HELD_BACK = "held_back", _("held back")

    class Disposition(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        EXPLAINED = "explained", _("not accepted, with reasons")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="comments", verbose_name=_("consultation")
    )
    number = models.PositiveIntegerField(_("number"))
    article = models.ForeignKey(
        DraftArticle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("article it speaks of"),
    )
    body = models.TextField(_("comment"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)
    may_publish_name = models.BooleanField(_("the name may be published"), default=False)
    submitted_at = models.DateTimeField(_("received at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    moderation_reason = models.CharField(_("reason for holding back"), max_length=250, blank=True)
    disposition = models.CharField(_("disposition"), max_length=10, choices=Disposition, blank=True)
    answer_vi = models.TextField(_("answer (Vietnamese)"), blank=True)
    answer_en = models.TextField(_("answer (English)"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = CommentQuerySet.as_manager()
    history = HistoricalRecords()

    answer = Bilingual()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=~Q(state="held_back") | ~Q(moderation_reason=""),
                name="comment_held_back_for_a_reason",
                violation_error_message=_("Say why the comment is held back."),
            ),
            models.CheckConstraint(
                condition=Q(disposition="", answered_at__isnull=True)
                | (~Q(disposition="") & ~Q(answer_vi="") & Q(answered_at__isnull=False)),
                name="comment_answer_is_whole",
                violation_error_message=_("An answer has a disposition, a text and its time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation.title}, {self.number}"

    @property
    def signed(self) -> str:
        """The name when its owner allowed it, and the body spoken for."""
        return ", ".join(
            part for part in (self.name if self.may_publish_name else "", self.on_behalf_of) if part
        )
