"""What a reader may choose: a day for the map, filters for the plan register. Plain GET, nothing stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.text import whole_number

from .models import Province, ProvincialPlan
from .register import Register


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


@dataclass(frozen=True)
class PlanFilter:
    """The plan register narrowed down, with facets that count what each choice would leave."""

    data: QueryDict
    register: Register
    today: date

    @property
    def day(self) -> ChosenDay:
        return chosen_day(self.data.get("on"), self.register, today=self.today)

    def chosen(self, name: str) -> list[str]:
        return self.data.getlist(name)

    def apply(self, plans: Iterable[ProvincialPlan]) -> list[ProvincialPlan]:
        found = list(plans)
        for name, matches in self._tests().items():
            wanted = self.chosen(name)
            if wanted:
                found = [plan for plan in found if any(matches(plan, value) for value in wanted)]
        return found

    def _tests(self) -> dict[str, Callable[[ProvincialPlan, str], bool]]:
        return {
            "unit": self._speaks_for,
            "kind": lambda plan, value: plan.kind == value,
            "status": lambda plan, value: plan.status == value,
            "year": lambda plan, value: _holds_in(plan, whole_number(value)),
            "inherited": lambda plan, value: (value == "1") == self.is_inherited(plan),
        }

    def is_inherited(self, plan: ProvincialPlan) -> bool:
        """Whether its issuer had ended by the day chosen."""
        issuer = self.register.units[plan.province_id]
        return issuer.valid_to is not None and issuer.valid_to <= self.day.day

    def _speaks_for(self, plan: ProvincialPlan, slug: str) -> bool:
        """A unit of the day answers for its own plans and those it inherited."""
        unit = next((unit for unit in self.register.units.values() if unit.slug == slug), None)
        return unit is not None and plan.province_id in self.register.lineage.roots(unit.pk)

    def facets(self, plans: list[ProvincialPlan]) -> list[dict[str, Any]]:
        units = self.register.in_force(self.day.day)
        years = range(2021, 2031)
        yes_no = [("1", _("inherited by a later unit")), ("0", _("its issuer exists"))]
        return [
            self._facet("kind", _("Kind"), ProvincialPlan.Kind.choices, plans),
            self._facet("status", _("Status"), ProvincialPlan.Status.choices, plans),
            self._facet("inherited", _("On the day chosen"), yes_no, plans),
            self._facet("year", _("Holds in the year"), [(str(y), str(y)) for y in years], plans, True),
            self._facet(
                "unit", _("Unit of the day chosen"), [(u.slug, str(u.name)) for u in units], plans, True
            ),
        ]

    def _facet(
        self,
        name: str,
        label: str,
        choices: Iterable[tuple[Any, Any]],
        plans: list[ProvincialPlan],
        closed: bool = False,
    ) -> dict[str, Any]:
        matches, chosen = self._tests()[name], self.chosen(name)
        options = [
            {
                "value": value,
                "label": words,
                "count": sum(matches(plan, str(value)) for plan in plans),
                "chosen": str(value) in chosen,
            }
            for value, words in choices
        ]
        shown = [option for option in options if option["count"] or option["chosen"]]
        return {"name": name, "label": label, "options": shown, "closed": closed and not chosen}

    def active(self, facets: list[dict[str, Any]]) -> list[dict[str, str]]:
        """The choices made, each with the address that takes it back."""
        return [
            {
                "label": option["label"],
                "group": facet["label"],
                "remove_url": self._without(facet["name"], str(option["value"])),
            }
            for facet in facets
            for option in facet["options"]
            if option["chosen"]
        ]

    def _without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(name, [one for one in rest.getlist(name) if one != value])
        rest.pop("page", None)
        return f"?{rest.urlencode()}"


def _holds_in(plan: ProvincialPlan, year: int | None) -> bool:
    """Only a plan whose years are known can be said to hold in one."""
    return year is not None and plan.first_year is not None and plan.covers_year(year)


def units_by_slug(register: Register) -> dict[str, Province]:
    return {unit.slug: unit for unit in register.units.values()}
