"""Approved values added up to years, so that a page reads one row a unit, an indicator and a year."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import Indicator
from provinces.models import Province

from .reports import Emptiness, not_negative, number_field, parts_in_order


def new_stamp() -> int:
    """Another number each time; small enough that SQLite can add up those of all units."""
    return secrets.randbits(48)


class YearValue(models.Model):
    """What one unit reported of one indicator in one year, over all periods and parts of it.

    Nothing here is known that the approved values do not say: ``reporting.years.add_up`` writes these rows
    in the transaction of the approval, and may write all of them anew at any time. No rule is applied yet:
    an indicator's carry-over chooses among the numbers when they are read, so it may change at any time.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="year_values", verbose_name=_("indicator")
    )
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="year_values", verbose_name=_("province")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    answers = models.PositiveIntegerField(_("answers with a number"))
    total = number_field(_("sum"))
    highest = number_field(_("highest"))
    latest = number_field(_("of the latest period"))
    numerator = number_field(_("numerator"))
    denominator = number_field(_("denominator"))
    emptiness = models.CharField(_("kind of answer"), max_length=14, choices=Emptiness)
    reason = models.TextField(_("reason"), blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    stamp = models.BigIntegerField(default=new_stamp, editable=False)

    NUMBERS: ClassVar[tuple[str, ...]] = ("total", "highest", "latest", "numerator", "denominator")

    class Meta:
        verbose_name = _("value of a year")
        verbose_name_plural = _("values of years")
        ordering = ["indicator", "year", "province"]
        constraints = [
            # In this order, as a page reads one indicator with all its years.
            models.UniqueConstraint(fields=["indicator", "year", "province"], name="year_value_once"),
            models.CheckConstraint(
                condition=not_negative("total", "highest", "latest", "numerator", "denominator"),
                name="year_value_not_negative",
            ),
            models.CheckConstraint(condition=parts_in_order(), name="year_value_parts_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.province}, {self.year}, {self.indicator}"
