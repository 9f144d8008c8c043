"""Who must report what by when. A standing (due, overdue) is computed, apart from the state."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import range_words
from foundation.models import Record
from foundation.text import Bilingual
from provinces.models import Province

from ..expecting import Duty, Ended
from ..ladder import Ladder, days_of, validate_days
from ..rights import units_of
from ..windows import DayRule, WindowRule
from ..workflow import State

PRESET = _("Set by the portal until the ministry decides otherwise. Empty: none is sent.")


def days_field(verbose_name: Any, *, default: str, help_text: Any = PRESET) -> models.CharField:
    """A list of days that the ministry may change."""
    return models.CharField(
        verbose_name,
        max_length=60,
        blank=True,
        default=default,
        validators=[validate_days],
        help_text=help_text,
    )


class Regime(Record):
    """A reporting regime: its legal basis, how often, and its days, all of them data."""

    class Kind(models.TextChoices):
        PERIODIC = "periodic", _("periodic")
        THEMATIC = "thematic", _("thematic")
        AD_HOC = "ad_hoc", _("ad hoc")

    class Months(models.IntegerChoices):
        MONTH = 1, _("monthly")
        QUARTER = 3, _("quarterly")
        HALF_YEAR = 6, _("half-yearly")
        YEAR = 12, _("yearly")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PERIODIC)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=160)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    legal_basis_vi = models.CharField(_("legal basis (Vietnamese)"), max_length=300)
    legal_basis_en = models.CharField(_("legal basis (English)"), max_length=300, blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    months = models.PositiveSmallIntegerField(
        _("frequency"),
        choices=Months,
        help_text=_("Of periodic reports. Thematic and ad-hoc ones get their days with each request."),
    )
    is_active = models.BooleanField(_("opens new periods"), default=True)

    begins_shift = models.SmallIntegerField(_("first day: months from the first month"), default=0)
    begins_day = models.PositiveSmallIntegerField(_("first day: day"), default=1)
    ends_shift = models.SmallIntegerField(_("last day: months from the last month"), default=0)
    ends_day = models.PositiveSmallIntegerField(_("last day: day"), default=31)
    opens_shift = models.SmallIntegerField(_("opening: months from the last month"), default=0)
    opens_day = models.PositiveSmallIntegerField(_("opening: day"), default=1)
    due_shift = models.SmallIntegerField(_("due from provinces: months from the last month"), default=0)
    due_day = models.PositiveSmallIntegerField(_("due from provinces: day"), default=20)
    government_shift = models.SmallIntegerField(
        _("due to the Government: months from the last month"), default=0
    )
    government_day = models.PositiveSmallIntegerField(_("due to the Government: day"), default=25)
    ended_units = models.CharField(
        _("of a unit that ended within the period"),
        max_length=7,
        choices=Ended,
        default=Ended.COVERED,
    )
    return_days = models.PositiveSmallIntegerField(
        _("days to answer a return"),
        default=10,
        help_text=_("Days the province has from the day of the return."),
    )
    needs_acceptance = models.BooleanField(
        _("approval waits for technical acceptance"),
        default=False,
        help_text=_("What a report was submitted under holds for it; a change reaches later submissions."),
    )
    two_persons = models.BooleanField(
        _("acceptance and approval by two people"),
        default=False,
        help_text=_("Whoever accepted a report technically may not approve it."),
    )
    reminder_days = days_field(_("reminders: days before the deadline"), default="30, 14, 7, 3, 1")
    overdue_days = days_field(
        _("reminders: days after the deadline"),
        default="1, 7, 14, 30",
        help_text=_(
            "Set by the portal until the ministry decides otherwise. Empty: none is sent. They end when the "
            "next period is due: what is still missing then stands on the page of the review’s load."
        ),
    )
    idle_days = days_field(_("reminders: days a report waits with the ministry"), default="5, 10, 20")

    history = HistoricalRecords()

    name = Bilingual()
    legal_basis = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("reporting regime")
        verbose_name_plural = _("reporting regimes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(months__in=[1, 3, 6, 12]), name="regime_months_divide_a_year"),
            models.CheckConstraint(
                condition=Q(two_persons=False) | Q(needs_acceptance=True),
                name="regime_two_persons_need_two_steps",
                violation_error_message=_("Two people can only be asked for where acceptance comes first."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_day__range": (1, 31)}),
                    name=f"regime_{name}_day_exists",
                    violation_error_message=_("A day lies between 1 and 31."),
                )
                for name in ("begins", "ends", "opens", "due", "government")
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Approved values were added up by its kind and length."""
        super().clean()
        if self.pk and self.periods.filter(approvedvalues__isnull=False).exists():
            _refuse_changes(self, "kind", "months")

    @property
    def window_rule(self) -> WindowRule:
        return WindowRule(
            months=self.months,
            begins=DayRule(self.begins_shift, self.begins_day),
            ends=DayRule(self.ends_shift, self.ends_day),
            opens=DayRule(self.opens_shift, self.opens_day),
            due=DayRule(self.due_shift, self.due_day),
            government_due=DayRule(self.government_shift, self.government_day),
        )

    @property
    def ladder(self) -> Ladder:
        return Ladder(days_of(self.reminder_days), days_of(self.overdue_days), days_of(self.idle_days))


class ReportingPeriodQuerySet(models.QuerySet):
    def periodic(self) -> Self:
        """Those a regime opens by itself, as against what was asked for once."""
        return self.filter(regime__kind=Regime.Kind.PERIODIC)

    def asked_for(self) -> Self:
        """Thematic and ad-hoc requests."""
        return self.exclude(regime__kind=Regime.Kind.PERIODIC)

    def yearly(self) -> Self:
        """The years of the programme: a report on a single theme makes none, however long it is."""
        return self.periodic().filter(regime__months=12)


class Period(Record):
    """One window of a regime. Its days are stored: a later change of the regime moves none of them.

    Of a thematic or ad-hoc regime each period is one request, with its own title and days.
    """

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="periods", verbose_name=_("regime"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number in the year"), default=1)
    first_day = models.DateField(_("data from"))
    last_day = models.DateField(_("data to (inclusive)"))
    opens_on = models.DateField(_("reporting opens on"))
    due_on = models.DateField(_("due from provinces on"))
    government_due_on = models.DateField(_("due to the Government on"))
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=160, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    asked_vi = models.TextField(_("what is asked (Vietnamese)"), blank=True)
    asked_en = models.TextField(_("what is asked (English)"), blank=True)

    objects = ReportingPeriodQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    asked = Bilingual()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-first_day", "regime"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "year", "number"], name="period_once_per_regime"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="period_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")),
                name="period_due_after_it_opens",
                violation_error_message=_("Reports are due after reporting opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Where the ministry sees who owes it."""
        if self.is_asked_for:
            return reverse("work:request", args=[self.pk])
        return f"{reverse('work:review_queue')}?period={self.pk}"

    def clean(self) -> None:
        """Approved values were added up under its year; a title tells what was asked for once."""
        super().clean()
        if self.pk and self.approvedvalues.exists():
            _refuse_changes(self, "regime", "year")
        if not self.regime_id:
            return
        if self.is_asked_for and not self.title_vi:
            raise ValidationError({"title_vi": _("Give it a title: what is asked for.")})
        if self.title_vi and not self.is_asked_for:
            raise ValidationError({"title_vi": _("A periodic report is named by its period alone.")})
        if self.pk and self.submissions.exists():
            sentence = _("Reports were submitted under this title, so it stays as it is.")
            _refuse_changes(self, "title_vi", "title_en", sentence=sentence)

    @property
    def is_asked_for(self) -> bool:
        """A thematic or ad-hoc request."""
        return self.regime.kind != Regime.Kind.PERIODIC

    @property
    def theme(self) -> int:
        """The regime of what was asked for once; none for periodic reports, which go on from each other."""
        return self.regime_id if self.is_asked_for else 0

    @property
    def year_words(self) -> str:
        """What a figure of it is headed with: the year, or the words of a request."""
        return self.words if self.is_asked_for else str(self.year)

    @property
    def words(self) -> str:
        """Year 2026 · Half-year 1, 2026 · Quarter 3, 2026 · Month 4, 2026 · “Plastic bags”, 1/1–30/6/2026."""
        if self.title_vi:
            days = range_words(self.first_day, self.last_day)
            return gettext("“%(title)s”, %(days)s") % {"title": self.title, "days": days}
        forms = {
            1: gettext("month %(number)s, %(year)s"),
            3: gettext("quarter %(number)s, %(year)s"),
            6: gettext("half-year %(number)s, %(year)s"),
            12: gettext("year %(year)s"),
        }
        return forms[self.regime.months] % {"number": self.number, "year": self.year}


APPROVED_UNDER = _("Values are approved under it, so this stays as it is.")


def _refuse_changes(row: models.Model, *names: str, sentence: Any = APPROVED_UNDER) -> None:
    stored = type(row)._default_manager.get(pk=row.pk)
    changed = {name: sentence for name in names if getattr(stored, name) != getattr(row, name)}
    if changed:
        raise ValidationError(changed)


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
