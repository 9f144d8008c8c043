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
    """Each unit of the day with the plans known by then, filed under whoever issued them."""
    by_issuer: dict[Key, list[ProvincialPlan]] = {}
    for plan in plans:
        if plan.is_out and (plan.known_from is None or plan.known_from <= day):
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


def states_on(plan: ProvincialPlan, day: date, issuer: Province) -> list[State]:
    """What holds of a plan on a day. Unknown years claim nothing, not even that they have passed."""
    if not plan.is_out:
        return [State("none", plan.get_status_display())]
    if plan.status != ProvincialPlan.Status.ISSUED:
        return [State("none", plan.get_status_display()), *_inherited(issuer, day)]
    if plan.last_year and plan.last_year < day.year:
        return [State("info", gettext("issued, period over")), *_inherited(issuer, day)]
    return [State("done", plan.get_status_display()), *_inherited(issuer, day)]


def _inherited(issuer: Province, day: date) -> list[State]:
    ended = issuer.valid_to is not None and issuer.valid_to <= day
    return [State("pace", gettext("inherited"))] if ended else []
