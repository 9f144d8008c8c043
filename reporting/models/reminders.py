"""Days off, and reminders: each is a row before it is sent, and stays one after."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import day_words
from foundation.models import OutboxMail, Record
from foundation.text import Bilingual

from ..ladder import HOLDS_IN, OF_ACTIONS, Kind
from ..rights import units_of
from .followups import FollowUp
from .obligations import Obligation


class Holiday(Record):
    """A day off that the ministry entered, or a day off that is worked in exchange for another."""

    day = models.DateField(_("day"), unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    is_worked = models.BooleanField(
        _("worked in exchange"),
        default=False,
        help_text=_("A Saturday, Sunday or holiday on which offices work."),
    )

    history = HistoricalRecords()

    name = Bilingual()

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{day_words(self.day)}, {self.name}"


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the ministry; a province reads what concerns its units, not the ministry's own delays."""
        if not user.is_authenticated:
            return self.none()
        if user.works_for_ministry:
            return self.all()
        return self.filter(obligation__province__in=units_of(user)).exclude(kind__in=[Kind.IDLE, Kind.VERIFY])

    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def to_come(self, today: date) -> Self:
        """Of those waiting, what is still true; the next run drops the others and says why."""
        state = Coalesce("obligation__report__state", Value(""))
        holds = Q()
        for kind, states in HOLDS_IN.items():
            holds |= Q(kind=kind, _state__in=states)
        reports = holds & ~Q(obligation__closed_on__lte=today)
        return self.waiting().alias(_state=state).filter(reports | _OF_ACTIONS_STILL_TRUE)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def dropped(self) -> Self:
        return self.filter(dropped_at__isnull=False)


_OF_ACTIONS_STILL_TRUE = Q(kind=Kind.ACTION, follow_up__state=FollowUp.State.OPEN) | Q(
    kind=Kind.VERIFY, follow_up__state=FollowUp.State.DONE
)


class Reminder(models.Model):
    """Something to be said on a day about an obligation, or about a follow-up action to its report.

    ``actions.send_reminders`` alone writes these.
    """

    class Why(models.TextChoices):
        DONE = "done", _("done before it was due")
        MOVED = "moved", _("the day or the ladder of reminders changed")
        CLOSED = "closed", _("no longer expected")
        OVERTAKEN = "overtaken", _("a later one went in its place")
        PAST = "past", _("the next period is due; it stands on the ministry’s list of what is missing")

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="reminders", verbose_name=_("obligation")
    )
    follow_up = models.ForeignKey(
        FollowUp,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("follow-up action"),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    step = models.SmallIntegerField(_("days after the day it is about"))
    about_on = models.DateField(_("about the day"))
    day = models.DateField(_("goes out on"), db_index=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_because = models.CharField(_("why dropped"), max_length=9, choices=Why, blank=True, default="")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["day", "obligation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "kind", "step", "about_on"],
                condition=Q(follow_up__isnull=True),
                name="reminder_once",
            ),
            models.UniqueConstraint(
                fields=["follow_up", "kind", "step", "about_on"], name="reminder_of_action_once"
            ),
            models.CheckConstraint(
                condition=Q(follow_up__isnull=True) & ~Q(kind__in=OF_ACTIONS)
                | Q(follow_up__isnull=False, kind__in=OF_ACTIONS),
                name="reminder_of_action_names_it",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
                name="reminder_sent_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_because=""),
                name="reminder_dropped_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["day"],
                name="reminder_waiting",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up or self.obligation}, {self.get_kind_display()}"

    @property
    def key(self) -> tuple[str, int, date]:
        return (self.kind, self.step, self.about_on)

    @property
    def is_waiting(self) -> bool:
        return self.sent_at is None and self.dropped_at is None


class Delivery(models.Model):
    """To whom a reminder went, and in which mail."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reader_name = models.CharField(_("name"), max_length=200)
    mail = models.ForeignKey(OutboxMail, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("delivery of a reminder")
        verbose_name_plural = _("deliveries of reminders")
        ordering = ["reader_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["reminder", "reader"], name="reminder_once_a_reader")]

    def __str__(self) -> str:
        return f"{self.reminder} → {self.reader_name}"
