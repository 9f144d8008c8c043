"""What a reader may choose: a day for the map, filters for the plan register. Plain GET, nothing stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.text import whole_number

from .models import Province, ProvincialPlan, Region
from .register import Register
from .standing import Inheritance


@dataclass(frozen=True)
class ChosenDay:
    """The day a reader asked for; ``refusal`` says why today is shown instead."""

    day: date
    refusal: str = ""


def chosen_day(typed: str | None, register: Register, *, today: date) -> ChosenDay:
    if not typed:
        return ChosenDay(today)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return ChosenDay(
            today, _("“%(typed)s” is not a date. Today’s units are shown.") % {"typed": typed[:40]}
        )
    if day < register.begins():
        return ChosenDay(
            today,
            _("The register begins on %(day)s. Earlier units are not recorded; today’s are shown.")
            % {"day": day_words(register.begins())},
        )
    return ChosenDay(day)


@dataclass
class PlanFilter:
    """The plan register narrowed down, with facets that count what each choice would leave."""

    data: QueryDict
    register: Register
    today: date

    plans: list[ProvincialPlan]  # all that the reader may see

    @cached_property
    def day(self) -> ChosenDay:
        return chosen_day(self.data.get("on"), self.register, today=self.today)

    @cached_property
    def inheritance(self) -> Inheritance:
        return Inheritance.on(self.day.day, self.register, self.plans)

    def chosen(self, name: str) -> list[str]:
        return self.data.getlist(name)

    @cached_property
    def found(self) -> list[ProvincialPlan]:
        return self._left()

    def _left(self, besides: str = "") -> list[ProvincialPlan]:
        """The plans that the choices leave, those of one facet aside."""
        found = self.plans
        for name, matches in self._tests().items():
            wanted = self.chosen(name)
            if wanted and name != besides:
                found = [plan for plan in found if any(matches(plan, value) for value in wanted)]
        return found

    def _tests(self) -> dict[str, Callable[[ProvincialPlan, str], bool]]:
        return {
            "kind": lambda plan, value: plan.kind == value,
            "status": lambda plan, value: plan.status == value,
            "inherited": self._has_become,
            "year": lambda plan, value: _holds_in(plan, whole_number(value)),
            "period": lambda plan, value: plan.period_words == value,
            "region": lambda plan, value: value in self._regions(plan),
            "unit": self._speaks_for,
            "issuer": lambda plan, value: self.register.units[plan.province_id].slug == value,
        }

    def _has_become(self, plan: ProvincialPlan, value: str) -> bool:
        """“1” inherited, “awaiting” the heir's own besides, “0” its issuer exists."""
        if value == "awaiting":
            return self.inheritance.awaits_heirs_own(plan)
        return (value == "1") == self.inheritance.is_inherited(plan)

    def answering(self, plan: ProvincialPlan) -> list[Province]:
        """The units of the day that answer for the plan: its issuer, or those who came after."""
        keys = self.register.lineage.whole.heirs_on(plan.province_id, self.day.day)
        return self.register.named_on(keys, self.day.day)

    def _regions(self, plan: ProvincialPlan) -> set[str]:
        """Where those lie who answer for it, on the day chosen."""
        places = (unit.region_on(self.day.day) for unit in self.answering(plan))
        return {place.slug for place in places if place}

    def _speaks_for(self, plan: ProvincialPlan, slug: str) -> bool:
        """A unit of the day answers for its own plans and those it inherited."""
        unit = next((unit for unit in self.register.units.values() if unit.slug == slug), None)
        return unit is not None and plan.province_id in self.register.lineage.roots(unit.pk)

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        units = self.register.in_force(self.day.day)
        issuers = self.register.named_on({plan.province_id for plan in self.plans}, self.day.day)
        periods = sorted({plan.period_words for plan in self.plans} - {""})
        years = range(2021, 2031)
        become = [
            ("1", _("inherited by a later unit")),
            ("awaiting", _("awaiting the heir’s own plan")),
            ("0", _("its issuer exists")),
        ]
        return [
            self._facet("kind", _("Kind"), ProvincialPlan.Kind.choices),
            self._facet("status", _("Status"), ProvincialPlan.Status.choices),
            self._facet("inherited", _("On the day chosen"), become),
            self._facet("region", _("Region on that day"), self._regions_of_day(units), True),
            self._facet("period", _("Plan period"), [(one, one) for one in periods], True),
            self._facet("year", _("Holds in the year"), [(str(y), str(y)) for y in years], True),
            self._facet("unit", _("Unit of the day chosen"), [(u.slug, str(u.name)) for u in units], True),
            self._facet("issuer", _("Issuing unit"), [(u.slug, str(u)) for u in issuers], True),
        ]

    def _regions_of_day(self, units: list[Province]) -> list[tuple[str, str]]:
        places = {place for unit in units if (place := unit.region_on(self.day.day))}
        return [(place.slug, str(place.name)) for place in sorted(places, key=_position)]

    def _facet(
        self,
        name: str,
        label: str,
        choices: Iterable[tuple[Any, Any]],
        closed: bool = False,
    ) -> dict[str, Any]:
        matches, chosen, left = self._tests()[name], self.chosen(name), self._left(besides=name)
        options = [
            {
                "value": value,
                "label": words,
                "count": sum(matches(plan, str(value)) for plan in left),
                "chosen": str(value) in chosen,
            }
            for value, words in choices
        ]
        shown = [option for option in options if option["count"] or option["chosen"]]
        return {"name": name, "label": label, "options": shown, "closed": closed and not chosen}

    @property
    def active(self) -> list[dict[str, str]]:
        """The choices made, each with the address that takes it back."""
        return [
            {
                "label": option["label"],
                "group": facet["label"],
                "remove_url": self._without(facet["name"], str(option["value"])),
            }
            for facet in self.facets
            for option in facet["options"]
            if option["chosen"]
        ]

    @property
    def keep(self) -> list[tuple[str, str]]:
        """What is no facet and travels along: the day of the map, the wish to see demo plans."""
        return [(name, value) for name in ("on", "demo") for value in self.data.getlist(name)]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Everything but the day and the page, for the form that chooses the day."""
        kept = [(name, value) for name, values in self.data.lists() for value in values]
        return [(name, value) for name, value in kept if name not in ("on", "page")]

    @property
    def query(self) -> str:
        """The choices without the page, for the downloads of the same list."""
        rest = self.data.copy()
        rest.pop("page", None)
        return rest.urlencode()

    def _without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(name, [one for one in rest.getlist(name) if one != value])
        rest.pop("page", None)
        return f"?{rest.urlencode()}"


def _holds_in(plan: ProvincialPlan, year: int | None) -> bool:
    """Only a plan whose years are known can be said to hold in one."""
    return year is not None and plan.first_year is not None and plan.covers_year(year)


def _position(region: Region) -> int:
    return region.position
