"""What is measured, how it adds up over places and time, and what was promised by when."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Record
from foundation.text import Bilingual

from .framework import Phase, Programme


class CarryOver(models.TextChoices):
    """How values of several units become one. Each indicator declares its own."""

    SUM = "sum", _("sum")
    RATIO = "ratio", _("ratio: numerators and denominators are added, never percentages")
    SHARE_OF_UNITS = "share_of_units", _("share of units: a list of names over a list of names")
    MAXIMUM = "maximum", _("maximum")
    LATEST = "latest", _("latest")
    NOT_ADDITIVE = "not_additive", _("not additive")


class Indicator(Record):
    """One of the programme's measured aims; qualitative ones have no number."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="indicators", verbose_name=_("programme")
    )
    code = models.CharField(_("code"), max_length=8)  # ours: the decision does not number them
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    definition_vi = models.TextField(_("definition (Vietnamese)"), blank=True)
    definition_en = models.TextField(_("definition (English)"), blank=True)
    is_numeric = models.BooleanField(_("has a number"), default=True)
    unit_vi = models.CharField(_("unit (Vietnamese)"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=40, blank=True)
    carry_over = models.CharField(_("carry-over"), max_length=15, choices=CarryOver)
    carry_over_reason_vi = models.TextField(_("why so (Vietnamese)"), blank=True)
    carry_over_reason_en = models.TextField(_("why so (English)"), blank=True)
    numerator_vi = models.CharField(_("numerator (Vietnamese)"), max_length=200, blank=True)
    numerator_en = models.CharField(_("numerator (English)"), max_length=200, blank=True)
    denominator_vi = models.CharField(_("denominator (Vietnamese)"), max_length=200, blank=True)
    denominator_en = models.CharField(_("denominator (English)"), max_length=200, blank=True)

    history = HistoricalRecords()

    name = Bilingual()
    definition = Bilingual()
    unit = Bilingual()
    carry_over_reason = Bilingual()
    numerator = Bilingual()
    denominator = Bilingual()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="indicator_code_once"),
            models.CheckConstraint(
                condition=~Q(carry_over="not_additive", carry_over_reason_vi=""),
                name="indicator_not_additive_says_why",
                violation_error_message=_("Say why this indicator cannot be added up."),
            ),
            models.CheckConstraint(
                condition=~Q(carry_over="ratio") | ~Q(numerator_vi="") & ~Q(denominator_vi=""),
                name="indicator_ratio_names_its_parts",
                violation_error_message=_("A ratio needs the names of its numerator and denominator."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_ratio(self) -> bool:
        return self.carry_over == CarryOver.RATIO

    @property
    def is_share(self) -> bool:
        return self.carry_over == CarryOver.SHARE_OF_UNITS


class Target(Record):
    """What an indicator should reach by the end of a phase: a number, a range, words, or unknown."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="targets", verbose_name=_("phase"))
    low = models.DecimalField(_("from"), max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=12, decimal_places=2, null=True, blank=True)
    statement_vi = models.TextField(_("in words (Vietnamese)"), blank=True)
    statement_en = models.TextField(_("in words (English)"), blank=True)

    history = HistoricalRecords()

    statement = Bilingual()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "phase"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "phase"], name="target_once_per_phase"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__isnull=False, high__gte=F("low")),
                name="target_range_is_in_order",
                violation_error_message=_("The upper end must not lie below the lower end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.phase.last_year}"

    def clean(self) -> None:
        super().clean()
        if self.indicator_id and self.phase_id and self.indicator.programme_id != self.phase.programme_id:
            raise ValidationError({"phase": _("This phase belongs to another programme.")})

    @property
    def is_range(self) -> bool:
        return self.low is not None and self.high is not None and self.low != self.high

    def words(self) -> str:
        """5–8% · 70% · 20–30 models · the statement · “not in the source”."""
        if self.low is None or self.high is None:
            return str(self.statement) or gettext("not in the source")
        low, high = (number_format(_plain(end)) for end in (self.low, self.high))
        span = f"{low}–{high}" if self.is_range else low
        unit = str(self.indicator.unit)
        return f"{span}%" if unit == "%" else f"{span} {unit}".strip()


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
