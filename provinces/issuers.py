"""Which units had issued a plan by a day, on the map of that or another day: two lists of names.

A document counts from the day by which it had certainly come out (``ProvincialPlan.out_by``), as on the map;
one without any day proves nothing for a day before it entered the register, and is named apart. A unit has
what its predecessors had.
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
    """A unit of the map with the documents that count for it, and those without a day that do not yet."""

    unit: Province
    name: Text
    counted: tuple[ProvincialPlan, ...]
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
            _("yes") if one.counted else _("no document in the register"),
            "; ".join(f"{plan} ({plan.province})" for plan in one.counted),
            "; ".join(f"{plan} ({plan.province})" for plan in one.undated),
            self.by,
            self.map_day,
        ]


def issuers_by(by: date, map_day: date, register: Register, plans: Iterable[ProvincialPlan]) -> IssuerLists:
    out = [plan for plan in plans if plan.is_out]
    found = [_issuer(unit, by, map_day, register, out) for unit in register.in_force(map_day)]
    had = tuple(one for one in found if one.counted)
    return IssuerLists(by, map_day, had, tuple(one for one in found if not one.counted))


def _issuer(
    unit: Province, by: date, map_day: date, register: Register, plans: list[ProvincialPlan]
) -> Issuer:
    answered = [plan for plan in plans if unit.pk in _answering(plan, map_day, register)]
    return Issuer(
        unit,
        unit.name_on(map_day),
        tuple(plan for plan in answered if plan.was_out(by)),
        tuple(plan for plan in answered if not (plan.was_out(by) or plan.issued_on or plan.reported_on)),
    )


def _answering(plan: ProvincialPlan, map_day: date, register: Register) -> frozenset[int]:
    """Who has the plan on that map: its issuer, its heirs, or on an earlier map those it goes back to."""
    issuer, whole = register.units[plan.province_id], register.lineage.whole
    if map_day < issuer.valid_from:
        before = whole.ancestors_on(issuer.pk, map_day)
        return before if len(before) == 1 else frozenset()
    return whole.heirs_on(issuer.pk, map_day)
