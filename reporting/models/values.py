"""What was approved: versioned rows out of a submission's snapshot. Everything public reads these alone."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from foundation.models import Record
from programmes.models import Indicator
from provinces.models import PlanActivity, Province

from ..pace import plain as plain_number
from .periods import Period
from .reports import (
    COUNTS,
    ActivityAnswer,
    Emptiness,
    MoneySource,
    money_field,
    not_negative,
    number_field,
    parts_in_order,
)
from .review import Submission


class ApprovedQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The newest version of each; a superseded one stays for those who cited it."""
        return self.filter(superseded_at__isnull=True)


class ApprovedValueQuerySet(ApprovedQuerySet):
    def newest_of_each(self) -> list["ApprovedValue"]:
        """The newest current value of each indicator, in the decision's order; one query.

        What was asked for once stands beside the years, never in their place.
        """
        rows = self.current().select_related("indicator", "period__regime")
        newest: dict[tuple[int, int], ApprovedValue] = {}
        for row in rows.order_by("indicator__position", "-period__year", "-period__last_day"):
            newest.setdefault((row.indicator_id, row.period.theme), row)
        return list(newest.values())


class Approved(Record):
    """One approved statement of one unit on one period, in one version."""

    province = models.ForeignKey(
        Province, models.PROTECT, related_name="%(class)ss", verbose_name=_("province")
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="%(class)ss", verbose_name=_("reporting period")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="%(class)ss", verbose_name=_("submission")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    approved_at = models.DateTimeField(_("approved at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)

    objects = ApprovedQuerySet.as_manager()

    class Meta:
        abstract = True


def once(name: str, *fields: str) -> list[models.BaseConstraint]:
    """One row per version, and one current row."""
    subject = ["province", "period", *fields]
    return [
        models.UniqueConstraint(fields=[*subject, "version"], name=f"{name}_once_per_version"),
        models.UniqueConstraint(
            fields=subject, condition=Q(superseded_at__isnull=True), name=f"{name}_one_current"
        ),
    ]


class ApprovedValue(Approved):
    """An indicator's approved value; ``share`` is recomputed, never stored."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="approved_values", verbose_name=_("indicator")
    )
    part = models.CharField(
        _("part of the whole"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("A value is approved whole (empty) or in the parts of a list, never both."),
    )
    emptiness = models.CharField(_("kind of answer"), max_length=14, choices=Emptiness)
    value = number_field(_("value"))
    numerator = number_field(_("numerator"))
    denominator = number_field(_("denominator"))
    reason = models.TextField(_("reason"), blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)

    objects: ClassVar[Any] = ApprovedValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved value")
        verbose_name_plural = _("approved values")
        ordering = ["period", "province", "indicator"]
        constraints = [
            *once("approved_value", "indicator", "part"),
            models.CheckConstraint(
                condition=not_negative("value", "numerator", "denominator"),
                name="approved_value_not_negative",
            ),
            models.CheckConstraint(condition=parts_in_order(), name="approved_value_parts_in_order"),
            models.CheckConstraint(
                condition=Q(emptiness__in=COUNTS)
                | Q(value__isnull=True, numerator__isnull=True, denominator__isnull=True),
                name="approved_value_empty_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province}, {self.period}, {self.indicator.code}"

    @property
    def counts(self) -> bool:
        """Whether it enters totals: a number or zero."""
        return self.emptiness in COUNTS

    def words(self) -> str:
        """79% · 2 models · yes · why there is no number."""
        if not self.counts:
            return str(self.get_emptiness_display())
        if self.indicator.is_share:
            return (
                pgettext("a province does it", "yes") if self.value else pgettext("a province does it", "no")
            )
        number = self.share if self.numerator is not None else self.value
        shown = plain_number(number or Decimal(0))
        unit = str(self.indicator.unit)
        return f"{shown}%" if unit == "%" else f"{shown} {unit}"

    @property
    def share(self) -> Decimal | None:
        """Numerator over denominator in per cent."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator * 100


class ApprovedActivity(Approved):
    activity = models.ForeignKey(
        PlanActivity, models.PROTECT, related_name="approved", verbose_name=_("activity")
    )
    progress = models.CharField(_("state"), max_length=11, choices=ActivityAnswer.Progress)
    percent = models.PositiveSmallIntegerField(_("per cent"), null=True, blank=True)
    started_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    spent_central = money_field(_("spent from the central budget"))
    spent_local = money_field(_("spent from the local budget"))
    spent_enterprise = money_field(_("spent by enterprises"))
    spent_international = money_field(_("spent from international sources"))
    spent_other = money_field(_("spent from other lawful sources"))
    result = models.TextField(_("result"), blank=True)
    difficulty = models.TextField(_("difficulty"), blank=True)

    class Meta:
        verbose_name = _("approved status of an activity")
        verbose_name_plural = _("approved statuses of activities")
        ordering = ["period", "province", "activity"]
        constraints = once("approved_activity", "activity")

    def __str__(self) -> str:
        return f"{self.province}, {self.period}, {self.activity_id}"


class ApprovedMoney(Approved):
    """Million đồng of one source."""

    money_source = models.CharField(_("source of money"), max_length=15, choices=MoneySource)
    emptiness = models.CharField(_("kind of answer"), max_length=14, choices=Emptiness)
    planned = money_field(_("money planned"))
    received = money_field(_("money received"))
    spent = money_field(_("money spent"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("approved money")
        verbose_name_plural = _("approved money")
        ordering = ["period", "province", "money_source"]
        constraints = once("approved_money", "money_source")

    def __str__(self) -> str:
        return f"{self.province}, {self.period}, {self.money_source}"


class ApprovedText(Approved):
    """A passage in words, such as difficulties and proposals; ``address`` is the question's."""

    address = models.CharField(_("field"), max_length=80)
    text = models.TextField(_("passage"))

    class Meta:
        verbose_name = _("approved text")
        verbose_name_plural = _("approved texts")
        ordering = ["period", "province", "address"]
        constraints = once("approved_text", "address")

    def __str__(self) -> str:
        return f"{self.province}, {self.period}, {self.address}"
