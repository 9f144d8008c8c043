"""What a review asked for beyond the report: an action with an owner and a day, proven and verified."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from foundation.models import AppendOnly, AppendOnlyQuerySet, Record, StoredFile
from foundation.text import Bilingual
from provinces.models import Province

from ..rights import units_of
from .reports import StatusReport


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the ministry; for a province those of its own and inherited reports, and of its posts."""
        if not user.is_authenticated:
            return self.none()
        if user.works_for_ministry:
            return self
        units = units_of(user)
        about = Q(report__obligation__province__in=units)
        return self.filter(about | Q(post__province__in=units) | Q(answered_by__in=units))

    def unsettled(self) -> Self:
        """Neither verified nor cancelled."""
        return self.filter(state__in=FollowUp.UNSETTLED)

    def of_units(self, units: Any) -> Self:
        """What was asked for in reports of these units."""
        return self.filter(report__obligation__province__in=units)

    def with_subject(self) -> Self:
        return self.select_related(
            "report__obligation__province", "report__obligation__period__regime", "post__province"
        ).defer("report__definition")


class FollowUp(Record):
    """One action. Its course is told by its steps; the columns say where it stands."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done, to be verified")
        VERIFIED = "verified", _("verified")
        CANCELLED = "cancelled", _("called off")

    UNSETTLED: ClassVar[tuple[str, ...]] = (State.OPEN, State.DONE)

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="follow_ups")
    address = models.CharField(_("field"), max_length=80, blank=True)
    text = models.TextField(_("what is to be done"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="follow_ups", verbose_name=_("owner post"))
    answered_by = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups_answered",
        verbose_name=_("answered by"),
        help_text=_("The heir whose people carry it on."),
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, db_index=True)
    made_at = models.DateTimeField(_("asked for at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.CharField(_("asked for by"), max_length=200)
    made_post_title = models.CharField(_("post"), max_length=200, blank=True)
    made_post_title_en = models.CharField(_("post (English)"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_reason = models.TextField(_("why cancelled"), blank=True)

    objects = FollowUpQuerySet.as_manager()

    made_post_words = Bilingual("made_post_title", "made_post_title_en")

    class Meta:
        verbose_name = _("follow-up action")
        verbose_name_plural = _("follow-up actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="follow_up_says_something",
                violation_error_message=_("Say what is to be done."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", done_by__isnull=True, done_at__isnull=True)
                | Q(state__in=["done", "verified"], done_by__isnull=False, done_at__isnull=False)
                | Q(state="cancelled"),
                name="follow_up_done_says_who_and_when",
                violation_error_message=_("Say who did it and when."),
            ),
            models.CheckConstraint(
                condition=Q(state="verified", verified_by__isnull=False, verified_at__isnull=False)
                & ~Q(verified_by=F("done_by"))
                | ~Q(state="verified") & Q(verified_by__isnull=True, verified_at__isnull=True),
                name="follow_up_verified_by_another",
                violation_error_message=_("Another person verifies it than the one who did it."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancelled_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancelled_reason=""),
                name="follow_up_cancelled_with_a_reason",
                violation_error_message=_("Say why it is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("work:follow_up", args=[self.pk])

    def is_overdue(self, today: date) -> bool:
        return self.state == self.State.OPEN and today > self.due_on

    def days_late(self, today: date) -> int:
        return (today - self.due_on).days if self.is_overdue(today) else 0

    @property
    def section_key(self) -> str:
        return self.address.partition(".")[0]


class FollowUpStep(AppendOnly):
    """Who did what with a follow-up, with which word and file. Append-only."""

    class Kind(models.TextChoices):
        DONE = "done", _("reported as done")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("not accepted")
        CANCELLED = "cancelled", _("called off")

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=9, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    post_title = models.CharField(_("post"), max_length=200, blank=True)
    post_title_en = models.CharField(_("post (English)"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))
    word = models.TextField(_("in words"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    post_words = Bilingual("post_title", "post_title_en")

    class Meta:
        verbose_name = _("step of a follow-up action")
        verbose_name_plural = _("steps of follow-up actions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="verified") | ~Q(word=""),
                name="follow_up_step_says_why",
                violation_error_message=_("Write a word with it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
