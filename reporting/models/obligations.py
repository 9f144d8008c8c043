"""Who must report on a period by when. A standing (due, overdue) is computed, apart from the state."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.dates import range_words
from foundation.models import Record
from provinces.models import Province

from ..expecting import Duty
from ..rights import units_of
from ..workflow import State
from .periods import Period

LONGEST_REASON = 300


class Standing(models.TextChoices):
    """Where an obligation stands on a day. Computed, never stored."""

    NOT_YET_DUE = "not_yet_due", _("not yet due")
    DUE = "due", _("due")
    OVERDUE = "overdue", _("overdue")
    RETURNED = "returned", _("returned")
    HANDED_IN = "handed_in", _("handed in")
    CLOSED = "closed", _("closed")


class ObligationQuerySet(models.QuerySet):
    def expected(self, on: date) -> Self:
        """Those not closed by that day."""
        return self.exclude(closed_on__lte=on)

    def visible_to(self, user: Any) -> Self:
        """All for the ministry; for a province its own and those of the units it inherited."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.works_for_ministry else self.filter(province__in=units_of(user))


class Obligation(Record):
    """One unit's duty to report on one period."""

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="obligations", verbose_name=_("reporting period")
    )
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="obligations", verbose_name=_("province")
    )
    first_day = models.DateField(
        _("reports from"), null=True, blank=True, help_text=_("Empty: from the first day of the period.")
    )
    last_day = models.DateField(
        _("reports to (inclusive)"),
        null=True,
        blank=True,
        help_text=_("Empty: to the last day of the period."),
    )
    due_on = models.DateField(_("due on"))
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    extension_reason = models.CharField(_("reason of the extension"), max_length=LONGEST_REASON, blank=True)
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    return_due_on = models.DateField(_("answer to the return due on"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("From this day nothing is expected any more.")
    )
    closed_reason = models.CharField(_("why closed"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligations_answered",
        verbose_name=_("answered by"),
        help_text=_("Of several heirs the one that answers for the former unit."),
    )

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation to report")
        verbose_name_plural = _("obligations to report")
        ordering = ["-period__first_day", "province__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "province"], name="obligation_once_per_unit_and_period"
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
                name="obligation_part_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True)
                | Q(extended_to__gt=F("due_on")) & ~Q(extension_reason=""),
                name="obligation_extension_is_later_and_reasoned",
                violation_error_message=_("An extension ends after the due date and gives its reason."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_reason="")
                | Q(closed_on__isnull=False) & ~Q(closed_reason=""),
                name="obligation_closed_with_a_reason",
                violation_error_message=_("Say why the obligation is closed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province}, {self.period}"

    @classmethod
    def of(cls, duty: Duty, period: Period, *, is_demo: bool) -> Self:
        """Not saved: what the duty asks of the unit, its own days where they are fewer than the period's."""
        return cls(
            period=period,
            province_id=duty.unit,
            first_day=duty.first_day if duty.first_day > period.first_day else None,
            last_day=duty.last_day if duty.last_day < period.last_day else None,
            due_on=period.due_on,
            is_demo=is_demo,
        )

    @property
    def part_words(self) -> str:
        """15/12/2024–30/6/2025, when it is only a part of the period."""
        if self.first_day is None and self.last_day is None:
            return ""
        return range_words(self.first_day or self.period.first_day, self.last_day or self.period.last_day)

    @property
    def is_returned(self) -> bool:
        """Whether the day by which a return must be answered counts, and no other."""
        return self.return_due_on is not None and self._state_of_report() == State.RETURNED

    @property
    def last_day_to_submit(self) -> date:
        """The due date, the extension, or the day by which a return must be answered."""
        if self.return_due_on and self.is_returned:
            return self.return_due_on
        return self.extended_to or self.due_on

    def standing(self, today: date) -> Standing:
        state = self._state_of_report()
        if state not in (None, State.DRAFT, State.RETURNED):
            return Standing.HANDED_IN
        if self.is_closed(today):
            return Standing.CLOSED
        if today > self.last_day_to_submit:
            return Standing.OVERDUE
        if state == State.RETURNED:
            return Standing.RETURNED
        return Standing.NOT_YET_DUE if today < self.period.opens_on else Standing.DUE

    def is_closed(self, today: date) -> bool:
        """Given up by a decision: neither expected nor late from that day on."""
        return self.closed_on is not None and self.closed_on <= today

    def days_late(self, today: date) -> int:
        if self.is_closed(today):
            return 0
        return max(0, (today - self.last_day_to_submit).days)

    def days_left(self, today: date) -> int:
        return max(0, (self.last_day_to_submit - today).days)

    def _state_of_report(self) -> str | None:
        report = getattr(self, "report", None)  # a missing reverse one-to-one is an AttributeError
        return report.state if report else None
