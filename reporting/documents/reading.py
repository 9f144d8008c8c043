"""A data cut's content as one language reads it. No database: what is not in the cut is not said."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from foundation.plain_text import printable
from foundation.text import Text

from ..outline import Reach, Scope
from .measured import Measured
from .spans import Span

NATION = Scope()
Row = dict[str, Any]


class Cut:
    """Reads a cut's content in one language, as far as the scope and the span of a document reach.

    Cuts made earlier lack what later ones hold; every key but the first ones may be absent.
    """

    def __init__(self, content: dict[str, Any], language: str, scope: Scope = NATION) -> None:
        self.raw, self.language, self.scope = printable(content), language, scope
        self.span = Span.of(content)
        self.is_part_of_country = scope.reach in (Reach.REGION, Reach.PROVINCE)
        self.is_of_one = scope.reach == Reach.PROVINCE
        self.units = {unit["id"]: unit for unit in self.raw["units"]}
        self.year: int = content["period"]["year"]
        self.first_day, self.last_day = self.span.first_day, self.span.last_day
        self.map_day = date.fromisoformat(content["map_day"])
        self.reach = self._reach()
        self.indicators = [Measured(self, raw) for raw in self.raw["indicators"] if self._is_served(raw)]
        self.numeric = [one for one in self.indicators if one.raw["is_numeric"]]

    @cached_property
    def figures_year(self) -> int:
        """The year of the newest figures: a half-year may have ended before its year was reported on."""
        known = [one.newest.year for one in self.numeric if one.known and one.newest]
        return max(known, default=self.year) if self.span.half else self.year

    @property
    def is_told_yearly(self) -> bool:
        """Whether the targets of a half-year are those of whole years: older cuts know no others."""
        by_years = self.raw["period"].get("figures", "year") == "year"
        return bool(self.span.half) and by_years and any(one.known for one in self.numeric)

    @property
    def reports_year(self) -> int | None:
        """Of half a year without reports of its own: the year of the yearly ones that stand behind it.

        Older cuts hold those of the period's own year.
        """
        if not self.span.half or self.raw.get("windows"):
            return None
        return int(self.raw["reports"].get("year", self.year))

    @property
    def is_vietnamese(self) -> bool:
        return self.language == "vi"

    def text(self, row: Row, name: str) -> str:
        """In the document's language, else in Vietnamese, which then says that it is."""
        own = (row.get(f"{name}_{self.language}") or "").strip()
        return own or self.quoted(row.get(f"{name}_vi") or "")

    def quoted(self, words: str) -> str:
        """What is Vietnamese in every document."""
        bare = words.strip()
        return bare if self.is_vietnamese or not bare else Text(bare, "vi")

    def unit_name(self, unit: int) -> str:
        return self.text(self.units.get(unit) or self.raw["former_units"][str(unit)], "name")

    @property
    def place(self) -> str:
        """The province, region or task group the document is about; nothing for the nation."""
        return self.scope.name(self.language)

    @cached_property
    def regions(self) -> list[tuple[str, list[int]]]:
        """Region by region in the official order, each with its units in the order of codes."""
        grouped: dict[str, list[int]] = {}
        shown = [unit for unit in self.raw["units"] if unit["id"] in self.reach]
        for unit in sorted(shown, key=lambda unit: (unit["region_order"], unit["code"])):
            grouped.setdefault(self.text(unit, "region"), []).append(unit["id"])
        return list(grouped.items())

    @cached_property
    def ordered_units(self) -> list[int]:
        return [unit for _region, units in self.regions for unit in units]

    def names(self, units: Iterable[int]) -> str:
        """Names in the official order; units from before come last."""
        order = {unit: place for place, unit in enumerate(self.ordered_units)}
        return ", ".join(
            self.unit_name(unit) for unit in sorted(units, key=lambda unit: (order.get(unit, 999), unit))
        )

    def place_of(self, unit: int) -> int | None:
        """The unit of the map that shows this one's rows; none where several would have to share them."""
        if unit in self.units:
            return unit
        heirs = self.raw["former_units"].get(str(unit), {}).get("heirs", [])
        return heirs[0] if len(heirs) == 1 else None

    def places_of(self, units: Iterable[int]) -> set[int]:
        """The units of the map that show these; one that several have taken over from stands for itself."""
        return {unit if (place := self.place_of(unit)) is None else place for unit in units}

    def has_unit(self, unit: int | None) -> bool:
        """Whether rows filed under a unit belong here; the nation holds also those nobody can split."""
        if not self.is_part_of_country:
            return True
        if self.is_of_one and unit == self.scope.key:
            return True
        return unit is not None and self.place_of(unit) in self.reach

    def rows(self, name: str) -> list[Row]:
        """The rows of this span, of the units and tasks within the scope."""
        listed = (row for row in self.raw.get(name, []) if self.span.has_row(row))
        found = [row for row in listed if self.has_unit(row["unit"])]
        if self.scope.reach != Reach.TASK_GROUP:
            return found
        return [row for row in found if row.get("task") in self.task_ids]

    def by_unit(self, rows: Sequence[Row]) -> dict[int, list[Row]]:
        """Rows under the unit of the map that shows them."""
        found: dict[int, list[Row]] = {}
        for row in rows:
            place = self.place_of(row["unit"])
            if place is not None:
                found.setdefault(place, []).append(row)
        return found

    def unplaced(self, rows: Sequence[Row]) -> list[Row]:
        """Rows that no single unit of the map can show: several have taken over from theirs."""
        return [row for row in rows if self.place_of(row["unit"]) is None]

    @cached_property
    def tasks(self) -> list[Row]:
        """The tasks of the programme, or of the one group."""
        listed: list[Row] = self.raw.get("tasks", [])
        if self.scope.reach != Reach.TASK_GROUP:
            return listed
        return [task for task in listed if task["group"] == self.scope.key]

    @cached_property
    def task_ids(self) -> frozenset[int]:
        return frozenset(task["id"] for task in self.tasks)

    @property
    def task_groups(self) -> list[Row]:
        groups: list[Row] = (self.raw.get("programme") or {}).get("task_groups", [])
        used = {task["group"] for task in self.tasks}
        return [group for group in groups if group["id"] in used]

    def names_of(self, codes: str) -> dict[str, str]:
        """Code → name, in the list's own order."""
        listed = self.raw.get("codes", {}).get(codes, [])
        return {row["code"]: self.text(row, "name") for row in listed}

    @property
    def heirs(self) -> list[int]:
        """Who answers today for the one unit that the document is about, where that has ended."""
        if not self.is_of_one or self.scope.key is None:
            return []
        found: list[int] = self.raw["former_units"].get(str(self.scope.key), {}).get("heirs", [])
        return found

    @property
    def has_figures(self) -> bool:
        """Whether any target has a figure of what the document is about, in whatever year."""
        return any(one.known for one in self.numeric)

    def _reach(self) -> frozenset[int]:
        """The units of the map the document is about."""
        if not self.is_part_of_country:
            return frozenset(self.units)
        column = "id" if self.is_of_one else "region"
        return frozenset(key for key, unit in self.units.items() if unit.get(column) == self.scope.key)

    def _is_served(self, indicator: Row) -> bool:
        """A task group is measured by the indicators its tasks serve."""
        if self.scope.reach != Reach.TASK_GROUP:
            return True
        return any(indicator["code"] in task["indicators"] for task in self.tasks)
