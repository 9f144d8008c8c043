"""Totals, ratios, shares and coverage: rows in, frozen values out, no database.

A value is never moved: it stays filed under the unit that reported it. A lens only says on which map it
is shown. Percentages are recomputed from numerators and denominators, never averaged; a value that would
have to be split between two heirs is given to neither, yet stays in the total. What cannot be shown is
blank and says why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models import CarryOver
from provinces.lineage import Lineage

from .lenses import Lens, LensKind

HUNDRED = Decimal(100)
NOTHING = Decimal(0)


class Blank(models.TextChoices):
    """Why a cell has no number."""

    NOT_REPORTED = "not_reported", _("not reported")
    EMPTY = "empty", _("reported without a number")
    TORN = "torn", _("cannot be split between several units")
    NOT_ADDITIVE = "not_additive", _("values of several units cannot be added up")
    INCOMPLETE = "incomplete", _("some of the units it stands for are missing, so years cannot be compared")


class Reported(NamedTuple):
    """One year of one indicator as its unit reported it; ``counts`` says whether it is a number or zero."""

    unit: int
    year: int
    indicator: int
    emptiness: str
    counts: bool
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: str = ""


class Total(NamedTuple):
    """Values added up by an indicator's own rule. ``number`` is in the indicator's unit or per cent."""

    number: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


NO_TOTAL = Total(None)


class Cell(NamedTuple):
    """One unit of the map in one year: its number, whose values are in it, whose are lacking.

    ``torn`` are units whose value would have to be split to reach it, ``unused`` those whose values came in
    and still make no number.
    """

    unit: int
    total: Total
    parts: tuple[int, ...] = ()
    lacking: tuple[int, ...] = ()
    emptiness: str = ""
    reason: str = ""
    blank: str = ""
    torn: tuple[int, ...] = ()
    unused: tuple[int, ...] = ()

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
    left_out: tuple[int, ...] = ()  # units whose value is in the total and in no cell

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

    @property
    def doing(self) -> tuple[int, ...]:
        """Of a share of units: those that do."""
        return tuple(cell.unit for cell in self.cells if cell.number)

    @property
    def not_doing(self) -> tuple[int, ...]:
        """Of a share of units: those that said that they do not."""
        return tuple(cell.unit for cell in self.cells if cell.number is not None and not cell.number)


def combined(rule: str, values: Sequence[Reported]) -> Total:
    """The values as one, by the indicator's carry-over rule. None of them: no number."""
    counted = [value for value in values if value.counts]
    if not counted:
        return NO_TOTAL
    if rule == CarryOver.RATIO:
        numerator = sum((value.numerator or NOTHING for value in counted), NOTHING)
        denominator = sum((value.denominator or NOTHING for value in counted), NOTHING)
        return Total(numerator / denominator * HUNDRED if denominator else None, numerator, denominator)
    numbers = [value.value or NOTHING for value in counted]
    if len(numbers) == 1:
        return Total(numbers[0])
    if rule == CarryOver.SUM:
        return Total(sum(numbers, NOTHING))
    return Total(max(numbers)) if rule in (CarryOver.MAXIMUM, CarryOver.SHARE_OF_UNITS) else NO_TOTAL


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
    standing = lineage.standing(last_day, lens.regrouped_on)
    at: dict[int, list[Reported]] = {}
    left_out = []
    for row in rows:
        place = standing.place_of.get(row.unit)
        if place is None:
            left_out.append(row.unit)
        else:
            at.setdefault(place, []).append(row)
    must_be_whole = lens.kind == LensKind.CONSTANT
    cells = [
        _cell(rule, unit, parts, at.pop(unit, ()), must_be_whole=must_be_whole, torn=standing.torn_from(unit))
        for unit, parts in standing.parts_of.items()
    ]
    for unit, present in at.items():  # it ended within the period, after it had reported
        cells.append(_cell(rule, unit, (unit,), present, must_be_whole=False, torn=()))
    total = _share(cells) if rule == CarryOver.SHARE_OF_UNITS else combined(rule, rows)
    return Figure(year, total, tuple(cells), tuple(left_out))


def by_group(
    rule: str, cells: Iterable[Cell], values: Iterable[Reported], group_of: Callable[[int], str]
) -> dict[str, Total]:
    """The cells' values added up by group (a region), from parts, never from percentages."""
    rows = {value.unit: value for value in values}
    members: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        members[group_of(cell.unit)].append(cell)
    if rule == CarryOver.SHARE_OF_UNITS:
        return {name: _share(group) for name, group in members.items()}
    return {
        name: combined(rule, [rows[part] for cell in group for part in cell.parts])
        for name, group in members.items()
    }


def _cell(
    rule: str,
    unit: int,
    parts: tuple[int, ...],
    present: Sequence[Reported],
    *,
    must_be_whole: bool,
    torn: tuple[int, ...],
) -> Cell:
    """``parts`` are the units expected to be in it, ``present`` what came in for it."""
    counted = tuple(value.unit for value in present if value.counts)
    lacking = parts if not counted else tuple(part for part in parts if part not in counted)
    total = combined(rule, present)
    if total.number is not None and not (must_be_whole and lacking):
        return Cell(unit, total, counted, lacking)
    empty = next((value for value in present if not value.counts), None)
    if counted:
        reason = Blank.INCOMPLETE if total.number is not None else Blank.NOT_ADDITIVE
        return Cell(unit, NO_TOTAL, (), lacking, blank=reason, unused=counted)
    if empty is not None:
        return Cell(unit, NO_TOTAL, (), lacking, empty.emptiness, empty.reason, Blank.EMPTY)
    if torn and not parts:
        return Cell(unit, NO_TOTAL, blank=Blank.TORN, torn=torn)
    return Cell(unit, NO_TOTAL, (), lacking, blank=Blank.NOT_REPORTED)


def _share(cells: Sequence[Cell]) -> Total:
    """The units that do, over all units of the map; one that said nothing does not."""
    if all(cell.number is None for cell in cells):
        return Total(None, None, Decimal(len(cells)))
    doing = sum(1 for cell in cells if cell.number)
    return Total(Decimal(doing) / len(cells) * HUNDRED, Decimal(doing), Decimal(len(cells)))
