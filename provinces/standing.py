"""Which units of a day have a plan of their own, which inherited one, and of which nothing is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .lineage import Key
from .models import Province, ProvincialPlan
from .register import Register


class Standing(models.TextChoices):
    ISSUED = "issued", _("has issued a plan")
    INHERITED = "inherited", _("inherited from a unit before")
    NONE = "none", _("no document in the register")


@dataclass(frozen=True)
class UnitStanding:
    """A unit of a day with the plans that speak for it."""

    unit: Province
    own: tuple[ProvincialPlan, ...]
    inherited: tuple[ProvincialPlan, ...]

    @property
    def standing(self) -> Standing:
        if self.own:
            return Standing.ISSUED
        return Standing.INHERITED if self.inherited else Standing.NONE

    @property
    def plans(self) -> tuple[ProvincialPlan, ...]:
        return self.own + self.inherited


def standings_on(
    day: date, register: Register, plans: Iterable[ProvincialPlan], units: Iterable[Province] | None = None
) -> list[UnitStanding]:
    """Each unit of the day with the plans that were out by then, filed under whoever issued them."""
    by_issuer: dict[Key, list[ProvincialPlan]] = {}
    for plan in plans:
        if plan.was_out(day):
            by_issuer.setdefault(plan.province_id, []).append(plan)
    return [
        UnitStanding(
            unit,
            tuple(by_issuer.get(unit.pk, [])),
            tuple(plan for key in _before(register, unit) for plan in by_issuer.get(key, [])),
        )
        for unit in (register.in_force(day) if units is None else units)
    ]


def _before(register: Register, unit: Province) -> list[int]:
    roots = register.lineage.roots(unit.pk) - {unit.pk}
    return [older.pk for older in register.named_on(roots, unit.valid_from)]


@dataclass(frozen=True)
class State:
    """One thing that holds of a plan, with its shape."""

    icon: str
    words: str


@dataclass(frozen=True)
class Inheritance:
    """What has become of ended units' plans by a day: worked out from the register, stored nowhere."""

    day: date
    register: Register
    kinds: dict[int, frozenset[str]]  # unit → kinds of real plans it has issued by then

    @classmethod
    def on(cls, day: date, register: Register, plans: Iterable[ProvincialPlan]) -> "Inheritance":
        kinds: dict[int, set[str]] = {}
        for plan in plans:
            if plan.was_out(day) and not plan.is_demo:
                kinds.setdefault(plan.province_id, set()).add(plan.kind)
        return cls(day, register, {unit: frozenset(found) for unit, found in kinds.items()})

    def heirs(self, plan: ProvincialPlan) -> list[Province]:
        """Who answers for the plan in its issuer's place; nobody while the issuer exists."""
        if self.register.units[plan.province_id].exists_on(self.day):
            return []
        keys = self.register.lineage.whole.heirs_on(plan.province_id, self.day)
        return self.register.named_on(keys - {plan.province_id}, self.day)

    def is_inherited(self, plan: ProvincialPlan) -> bool:
        return bool(self.heirs(plan))

    def awaits_heirs_own(self, plan: ProvincialPlan) -> bool:
        """No heir has issued what would take its place: for an annual plan any, else a frame of its own."""
        kind = ProvincialPlan.Kind
        enough = set(kind.values) if plan.kind == kind.ANNUAL else {kind.FRAME, kind.INTEGRATION}
        heirs = self.heirs(plan)
        return bool(heirs) and not any(self.kinds.get(heir.pk, frozenset()) & enough for heir in heirs)


def states_on(plan: ProvincialPlan, inheritance: Inheritance) -> list[State]:
    """What holds of a plan on a day. Unknown years claim nothing, not even that they have passed."""
    if not plan.is_out:
        return [State("none", plan.get_status_display())]
    if plan.status != ProvincialPlan.Status.ISSUED:
        return [State("none", plan.get_status_display()), *_inherited(plan, inheritance)]
    if plan.last_year and plan.last_year < inheritance.day.year:
        return [State("info", gettext("issued, period over")), *_inherited(plan, inheritance)]
    return [State("done", plan.get_status_display()), *_inherited(plan, inheritance)]


def _inherited(plan: ProvincialPlan, inheritance: Inheritance) -> list[State]:
    if not inheritance.is_inherited(plan):
        return []
    if inheritance.awaits_heirs_own(plan):
        return [State("pace", gettext("inherited, awaiting the heir’s own plan"))]
    return [State("pace", gettext("inherited; the heir has its own plan"))]
