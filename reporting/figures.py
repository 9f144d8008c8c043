"""Totals, ratios, shares and coverage: one query, then pure functions to frozen dataclasses.

A value is never moved: it stays filed under the unit that reported it. A lens only says on which
map it is shown. Percentages are recomputed from numerators and denominators, never averaged; a
value that would have to be split between two heirs is given to neither, yet stays in the total.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programmes.models import CarryOver
from provinces.lineage import Lineage

from .lenses import Lens

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Reported:
    """One approved value as its unit reported it; ``counts`` says whether it is a number or zero."""

    unit: int
    year: int
    indicator: int
    emptiness: str
    counts: bool
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Total:
    """Values added up by an indicator's own rule. ``number`` is in the indicator's unit or per cent."""

    number: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Cell:
    """One unit of the map in one year: its number, whose values are in it, whose are lacking."""

    unit: int
    total: Total
    parts: tuple[int, ...] = ()
    lacking: tuple[int, ...] = ()
    emptiness: str = ""
    reason: str = ""

    @property
    def number(self) -> Decimal | None:
        return self.total.number

    @property
    def is_inherited(self) -> bool:
        """Whether it comes from units that this one has replaced."""
        return any(part != self.unit for part in self.parts)


@dataclass(frozen=True)
class Figure:
    """An indicator in a year, for the whole country, under one lens."""

    year: int
    total: Total
    cells: tuple[Cell, ...]

    @property
    def number(self) -> Decimal | None:
        return self.total.number

    @property
    def expected(self) -> int:
        return len(self.cells)

    @property
    def counted(self) -> int:
        return sum(cell.number is not None for cell in self.cells)

    @property
    def coverage(self) -> Decimal:
        """Units with a number over units of the map, from 0 to 1."""
        return Decimal(self.counted) / max(self.expected, 1)

    @property
    def missing(self) -> tuple[int, ...]:
        """Units that gave no number, by any reason."""
        return tuple(cell.unit for cell in self.cells if cell.number is None)

    @property
    def lacking(self) -> tuple[int, ...]:
        """Units from before a merger whose values the number of their heir lacks."""
        return tuple(part for cell in self.cells if cell.number is not None for part in cell.lacking)

    @property
    def is_complete(self) -> bool:
        return self.counted == self.expected and not self.lacking


def combined(rule: str, values: Sequence[Reported]) -> Total:
    """The values as one, by the indicator's carry-over rule. None of them: no number."""
    counted = [value for value in values if value.counts]
    if not counted:
        return Total(None)
    if rule == CarryOver.RATIO:
        numerator = sum((value.numerator or Decimal(0) for value in counted), Decimal(0))
        denominator = sum((value.denominator or Decimal(0) for value in counted), Decimal(0))
        return Total(numerator / denominator * HUNDRED if denominator else None, numerator, denominator)
    numbers = [value.value or Decimal(0) for value in counted]
    if rule == CarryOver.SUM:
        return Total(sum(numbers, Decimal(0)))
    if rule in (CarryOver.MAXIMUM, CarryOver.SHARE_OF_UNITS):
        return Total(max(numbers))
    return Total(numbers[0] if len(numbers) == 1 else None)


def figure(
    rule: str,
    year: int,
    values: Iterable[Reported],
    *,
    lens: Lens,
    last_day: date,
    lineage: Lineage,
) -> Figure:
    """One indicator in one year. ``last_day`` ends the period; ``values`` are of that year alone."""
    rows = list(values)
    by_unit = {row.unit: row for row in rows}
    shown_on = lens.map_day(last_day)
    expected = _expected_parts(last_day, shown_on, lineage)
    cells = tuple(
        _cell(rule, unit, parts, by_unit) for unit, parts in sorted(expected.items(), key=lambda x: x[0])
    )
    total = _share(cells) if rule == CarryOver.SHARE_OF_UNITS else combined(rule, rows)
    return Figure(year, total, cells)


def series(
    rule: str,
    values: Iterable[Reported],
    *,
    lens: Lens,
    last_days: Mapping[int, date],
    lineage: Lineage,
) -> tuple[Figure, ...]:
    """One figure for each year of ``last_days`` (year → last day of its period), oldest first."""
    by_year: dict[int, list[Reported]] = defaultdict(list)
    for value in values:
        by_year[value.year].append(value)
    return tuple(
        figure(rule, year, by_year[year], lens=lens, last_day=last_day, lineage=lineage)
        for year, last_day in sorted(last_days.items())
    )


def by_group(
    rule: str, cells: Iterable[Cell], values: Iterable[Reported], group_of: Callable[[int], str]
) -> dict[str, Total]:
    """The cells' values added up by group (a region), from parts, never from percentages."""
    rows = {value.unit: value for value in values}
    members: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        members[group_of(cell.unit)].append(cell)
    if rule == CarryOver.SHARE_OF_UNITS:
        return {name: _share(tuple(group)) for name, group in members.items()}
    return {
        name: combined(rule, [rows[part] for cell in group for part in cell.parts])
        for name, group in members.items()
    }


def _expected_parts(last_day: date, shown_on: date, lineage: Lineage) -> dict[int, list[int]]:
    """For each unit of the map, the units in force at the period's end whose values it shows."""
    parts: dict[int, list[int]] = {unit: [] for unit in lineage.units_in_force(shown_on)}
    for unit in sorted(lineage.units_in_force(last_day)):
        answering = _answering(lineage, unit, last_day, shown_on)
        if len(answering) == 1:
            parts.setdefault(next(iter(answering)), []).append(unit)
    return parts


def _answering(lineage: Lineage, unit: int, last_day: date, shown_on: date) -> frozenset[int]:
    """Who answers on the map's day for what the unit reported; several, and the value fits none."""
    if shown_on < last_day:
        return lineage.ancestors_on(unit, shown_on)
    return lineage.heirs_on(unit, shown_on, since=last_day)


def _cell(rule: str, unit: int, parts: Sequence[int], by_unit: Mapping[int, Reported]) -> Cell:
    present = [by_unit[part] for part in parts if part in by_unit]
    counted = tuple(value.unit for value in present if value.counts)
    lacking = tuple(part for part in parts if part not in counted)
    empty = next((value for value in present if not value.counts), None)
    return Cell(
        unit,
        combined(rule, present),
        parts=counted,
        lacking=lacking,
        emptiness="" if counted or empty is None else empty.emptiness,
        reason="" if counted or empty is None else empty.reason,
    )


def _share(cells: Sequence[Cell]) -> Total:
    """The units that do, over all units of the map; one that said nothing does not."""
    doing = sum(1 for cell in cells if cell.number)
    if not any(cell.number is not None for cell in cells):
        return Total(None, None, Decimal(len(cells)))
    return Total(Decimal(doing) / len(cells) * HUNDRED, Decimal(doing), Decimal(len(cells)))
