"""Which units had issued a plan by a day, on the map of that or another day: two lists of names.

Only a document whose day of issue, or of a report on it, lies by then is counted; one without any day
proves nothing for a day and is named apart. A unit has what its predecessors had.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.sheets import Rows
from foundation.text import Text

from .models import Province, ProvincialPlan
from .register import Register


@dataclass(frozen=True)
class Issuer:
    """A unit of the map with the documents that count for it, and those without a day."""

    unit: Province
    name: Text
    dated: tuple[ProvincialPlan, ...]
    undated: tuple[ProvincialPlan, ...]


@dataclass(frozen=True)
class IssuerLists:
    by: date
    map_day: date
    had: tuple[Issuer, ...]
    none: tuple[Issuer, ...]

    @property
    def all(self) -> int:
        return len(self.had) + len(self.none)

    def rows(self) -> Rows:
        head = [_("Code"), _("Unit"), _("In force from"), _("Had issued a plan"), _("Documents"),
                _("Documents without a day"), _("By"), _("Map of")]  # fmt: skip
        return [head, *(self._row(one) for one in (*self.had, *self.none))]

    def _row(self, one: Issuer) -> list[object]:
        return [
            one.unit.code,
            str(one.name),
            one.unit.valid_from,
            _("yes") if one.dated else _("no document in the register"),
            "; ".join(f"{plan} ({plan.province})" for plan in one.dated),
            "; ".join(f"{plan} ({plan.province})" for plan in one.undated),
            self.by,
            self.map_day,
        ]


def issuers_by(by: date, map_day: date, register: Register, plans: Iterable[ProvincialPlan]) -> IssuerLists:
    out = [plan for plan in plans if plan.is_out]
    found = [_issuer(unit, by, map_day, register, out) for unit in register.in_force(map_day)]
    had = tuple(one for one in found if one.dated)
    return IssuerLists(by, map_day, had, tuple(one for one in found if not one.dated))


def _issuer(
    unit: Province, by: date, map_day: date, register: Register, plans: list[ProvincialPlan]
) -> Issuer:
    counted = [plan for plan in plans if unit.pk in _answering(plan, map_day, register)]
    return Issuer(
        unit,
        unit.name_on(map_day),
        tuple(plan for plan in counted if _certainly_by(plan, by)),
        tuple(plan for plan in counted if plan.issued_on is None and plan.reported_on is None),
    )


def _answering(plan: ProvincialPlan, map_day: date, register: Register) -> frozenset[int]:
    """Who has the plan on that map: its issuer, its heirs, or on an earlier map those it goes back to."""
    issuer, whole = register.units[plan.province_id], register.lineage.whole
    if map_day < issuer.valid_from:
        before = whole.ancestors_on(issuer.pk, map_day)
        return before if len(before) == 1 else frozenset()
    return whole.heirs_on(issuer.pk, map_day)


def _certainly_by(plan: ProvincialPlan, by: date) -> bool:
    """Known to the month or year, a date counts from its last possible day."""
    days = (plan.issued_on, plan.reported_on)
    return any(day.last_day is not None and day.last_day <= by for day in days if day)
