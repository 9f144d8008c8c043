"""A reporting regime: its legal basis, how often, and its days, all of them data."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual

from ..expecting import Ended
from ..ladder import Ladder, days_of, validate_days
from ..windows import DayRule, WindowRule

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


APPROVED_UNDER = _("Values are approved under it, so this stays as it is.")


def refuse_changes(row: models.Model, *names: str, sentence: Any = APPROVED_UNDER) -> None:
    stored = type(row)._default_manager.get(pk=row.pk)
    changed = {name: sentence for name in names if getattr(stored, name) != getattr(row, name)}
    if changed:
        raise ValidationError(changed)


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
            refuse_changes(self, "kind", "months")

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
