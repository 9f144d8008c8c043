"""From a code and a day to the one unit meant: seven codes changed owner on one night in 2025."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import ForeignKeyWidget, Widget

from foundation.dates import PartialDate, day_words
from foundation.resources import PartialDateWidget

from .lineage import load
from .models import Province, ProvincialPlan


class UnitWidget(ForeignKeyWidget):
    """The unit that held a code on the day in “on”; without one, on the day of issue, or in the year."""

    def __init__(self) -> None:
        super().__init__(Province, "code")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Province:
        return unit_of(two_digits(value), day_in(row or {}))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value else ""


class PlanWidget(Widget):
    """A plan by its number, or “id:12” where it has none, among the unit's and its predecessors'."""

    def __init__(self, *, own_only: bool = False) -> None:
        super().__init__()
        self.own_only = own_only

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> ProvincialPlan | None:
        text = str(value or "").strip()
        if not text:
            return None
        unit = UnitWidget().clean((row or {}).get("code"), row)
        units = {unit.pk} if self.own_only else load().roots(unit.pk)
        return plan_of(text, ProvincialPlan.objects.filter(province__in=units), unit)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return reference(value) if value else ""


def reference(plan: ProvincialPlan) -> str:
    return plan.number or f"id:{plan.pk}"


def plan_of(text: str, among: Any, unit: Province) -> ProvincialPlan:
    """The one plan, or a ``ValueError`` that says what to write."""
    by_key = text.removeprefix("id:") if text.startswith("id:") else ""
    found = list(among.filter(pk=by_key) if by_key.isdecimal() else among.filter(number=text))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(
            _("The register holds no plan “%(plan)s” of %(unit)s. Enter that plan first.")
            % {"plan": text, "unit": unit}
        )
    raise ValueError(
        _("“%(plan)s” could mean several plans of %(unit)s. Write one of these instead: %(keys)s.")
        % {"plan": text, "unit": unit, "keys": ", ".join(f"id:{plan.pk}" for plan in found)}
    )


def two_digits(value: Any) -> str:
    """“1”, 1 and “01” are one code: a workbook drops the nought."""
    return str(value or "").strip().removesuffix(".0").zfill(2)


def day_in(row: Mapping[str, Any]) -> PartialDate | None:
    for name in ("on", "issued_on", "first_year"):
        said = str(row.get(name) or "").strip().removesuffix(".0")
        if said:
            return PartialDateWidget().clean(said)
    return None


def unit_of(code: str, day: PartialDate | None) -> Province:
    """The one unit, or a ``ValueError`` that names those it could mean."""
    holders = list(Province.objects.filter(code=code))
    if not holders:
        raise ValueError(_("No unit ever held code %(code)s.") % {"code": code})
    first, last = (day.first_day, day.last_day) if day else (None, None)
    meant = [
        unit
        for unit in holders
        if (last is None or unit.valid_from <= last) and (first is None or not _over(unit, first))
    ]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise ValueError(
            _("No unit held code %(code)s on %(day)s.") % {"code": code, "day": day.words() if day else ""}
        )
    raise ValueError(
        _("Code %(code)s could mean %(units)s. Write a day in the column “on”.")
        % {"code": code, "units": _(" or ").join(named(unit) for unit in meant)}
    )


def named(unit: Province) -> str:
    """A unit so that its namesake cannot be meant."""
    if unit.valid_to:
        return str(unit)
    return _("%(unit)s (from %(day)s)") % {"unit": unit.name, "day": day_words(unit.valid_from)}


def _over(unit: Province, day: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= day
