"""What a plan is made of: its targets over their own denominators, its activities, their money."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.text import Bilingual

from .plans import ProvincialPlan


class PlanTarget(Record):
    """What a plan promises, with its own denominator: enterprises in parks are not parks."""

    plan = models.ForeignKey(ProvincialPlan, models.CASCADE, related_name="targets", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("position"))
    indicator = models.ForeignKey(
        "programmes.Indicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_targets",
        verbose_name=_("national indicator it serves"),
    )
    statement_vi = models.CharField(_("target (Vietnamese)"), max_length=300)
    statement_en = models.CharField(_("target (English)"), max_length=300, blank=True)
    denominator_vi = models.CharField(_("counted over (Vietnamese)"), max_length=200, blank=True)
    denominator_en = models.CharField(_("counted over (English)"), max_length=200, blank=True)
    low = models.DecimalField(_("from"), max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=12, decimal_places=2, null=True, blank=True)
    qualifier = qualifier_field()
    unit_vi = models.CharField(_("unit (Vietnamese)"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=40, blank=True)

    history = HistoricalRecords()

    statement = Bilingual()
    denominator = Bilingual()
    unit = Bilingual()

    class Meta:
        verbose_name = _("target of a plan")
        verbose_name_plural = _("targets of plans")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_targets_are_in_order"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__isnull=False, high__gte=F("low")),
                name="plan_target_range_is_in_order",
                violation_error_message=_("The upper end must not lie below the lower end."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    def words(self) -> str:
        """5–8% · 70% · at least 2 campaigns · “not in the source”."""
        if self.low is None or self.high is None:
            return gettext("no number in the source")
        low, high = (number_format(end.normalize() + 0, force_grouping=True) for end in (self.low, self.high))
        span = low if self.low == self.high else f"{low}–{high}"
        unit = str(self.unit)
        text = f"{span}%" if unit == "%" else f"{span} {unit}".strip()
        return gettext("at least %(number)s") % {"number": text} if self.qualifier == "at least" else text


class PlanActivity(Record):
    """One activity of a plan, tied to a national task where there is one."""

    plan = models.ForeignKey(
        ProvincialPlan, models.CASCADE, related_name="activities", verbose_name=_("plan")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    task = models.ForeignKey(
        "programmes.Task",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_activities",
        verbose_name=_("national task it serves"),
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    lead = models.CharField(
        _("lead department"), max_length=200, blank=True, help_text=_("As printed in the plan.")
    )
    coordinators = models.CharField(_("co-ordinating bodies"), max_length=400, blank=True)
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))

    history = HistoricalRecords()

    title = Bilingual()

    class Meta:
        verbose_name = _("activity of a plan")
        verbose_name_plural = _("activities of plans")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_activities_are_in_order")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        first, last = (day.first_day if day else None for day in (self.begins_on, self.ends_on))
        if first and last and last < first:
            raise ValidationError({"ends_on": _("The end must not come before the beginning.")})


class ActivityBudget(models.Model):
    """Money for an activity from one source: planned, received, spent. Unknown is empty, not zero."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("central budget")
        LOCAL = "local", _("local budget")
        ENTERPRISE = "enterprise", _("enterprises")
        INTERNATIONAL = "international", _("international partners")
        OTHER = "other", _("other lawful sources")

    activity = models.ForeignKey(PlanActivity, models.CASCADE, related_name="budgets")
    source = models.CharField(_("source"), max_length=15, choices=Source)
    planned_number = models.DecimalField(_("planned"), max_digits=16, decimal_places=0, null=True, blank=True)
    planned_qualifier = qualifier_field(_("planned: how sure"))
    received_number = models.DecimalField(
        _("received"), max_digits=16, decimal_places=0, null=True, blank=True
    )
    received_qualifier = qualifier_field(_("received: how sure"))
    spent_number = models.DecimalField(_("spent"), max_digits=16, decimal_places=0, null=True, blank=True)
    spent_qualifier = qualifier_field(_("spent: how sure"))
    currency = models.CharField(_("currency"), max_length=3, default="VND")

    planned = Qualified()
    received = Qualified()
    spent = Qualified()

    class Meta:
        verbose_name = _("money for the activity")
        verbose_name_plural = _("money for the activity")
        ordering = ["activity", "source"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "source"], name="activity_budget_once_per_source"),
            models.CheckConstraint(
                condition=(Q(planned_number__isnull=True) | Q(planned_number__gte=0))
                & (Q(received_number__isnull=True) | Q(received_number__gte=0))
                & (Q(spent_number__isnull=True) | Q(spent_number__gte=0)),
                name="activity_budget_not_negative",
                violation_error_message=_("An amount of money cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_source_display()

    @property
    def planned_currency(self) -> str:
        return self.currency

    received_currency = spent_currency = planned_currency  # ``Qualified`` asks each amount for its own
