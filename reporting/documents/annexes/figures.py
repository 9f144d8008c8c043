"""Every figure by province, region by region, with the years before beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...pace import Mark, deciding_places, fixed
from ..blocks import Annex, Row, Table
from ..measured import Measured, decimal, mark_words
from ..numbers import NO_VALUE
from ..reading import Cut
from ..sections import provinces
from .reasons import why_empty

YEARS_BEFORE = 2
FEW_UNITS = 12  # whose tables leave room on the page for the next


def by_province(cut: Cut) -> list[Annex]:
    """One annex for each indicator that has a number; of few units all of them in one."""
    if len(cut.ordered_units) <= FEW_UNITS and len(cut.numeric) > 1:
        tables = tuple(replace(_Sheet(one).table(), caption=_captioned(one)) for one in cut.numeric)
        title = _("Figures of the targets by province, %(year)s") % {"year": cut.figures_year}
        return [Annex("", title, tables)]
    return [Annex("", _titled(one), (_Sheet(one).table(),)) for one in cut.numeric]


def _captioned(one: Measured) -> str:
    return _titled(one) if one.other_year else one.name


def _titled(one: Measured) -> str:
    """With the year that its figures are of."""
    words = pgettext("span", "%(year)s") % {"year": one.other_year or one.cut.figures_year}
    return f"{one.name}, {words}"


def together(cut: Cut) -> list[Annex]:
    """All of them side by side."""
    if not cut.numeric:
        return []
    title = _("The targets by province, %(year)s") % {"year": cut.figures_year}
    return [Annex("", title, (provinces.table(cut),))]


@dataclass(frozen=True)
class _Column:
    """A column of numbers, all written with one number of decimals."""

    places: int

    @classmethod
    def of(cls, numbers: Iterable[Decimal]) -> Self:
        return cls(0 if all(one == one.to_integral_value() for one in numbers) else 1)

    def words(self, number: Decimal) -> str:
        return fixed(number, self.places)


class _Sheet:
    """The table of one indicator: its parts, its value, the years before, and whether the mark is met."""

    def __init__(self, one: Measured) -> None:
        self.one, self.cut = one, one.cut
        self.mark = self._mark() if one.is_ratio else None
        self.columns = self._columns()
        last = one.newest.year if one.newest else one.cut.year
        self.before = [year.year for year in one.known if year.year < last][-YEARS_BEFORE:]

    def _mark(self) -> Mark | None:
        """The mark that is not long past: 2025's is still the measure in 2026."""
        marks = self.one.marks
        nearer = (mark for mark in marks if mark.year >= self.cut.year - 1)
        return next(nearer, marks[-1] if marks else None)

    def _columns(self) -> dict[str, _Column]:
        """How each column writes its numbers; shares show what decides on the mark."""
        known = [cell for cell in self.one.cells.values() if cell["number"] is not None]
        columns = {
            name: _Column.of(Decimal(cell[name]) for cell in known if cell[name] is not None)
            for name in ("number", "numerator", "denominator")
        }
        if self.one.is_ratio:
            shares = [Decimal(cell["number"]) for cell in known]
            columns["number"] = _Column(deciding_places(shares, self.mark.low if self.mark else None))
        return columns

    def table(self) -> Table:
        heads = (_("Numerator"), _("Denominator"), self.one.unit) if self.one.is_ratio else (_("Value"),)
        rows: list[Row] = []
        place = 0
        for region, units in self.cut.regions:
            rows.append(self._group_row(region, units))
            for unit in units:
                place += 1
                rows.append(self._unit_row(place, unit))
        tail = (*(str(year) for year in self.before), *([self._mark_head()] if self.mark else []))
        ends = (*("end",) * len(self.before), *(("centre",) if self.mark else ()))
        return Table(
            head=(_("No."), _("Province, city"), *heads, *tail),
            aligned=("centre", "start", *("end",) * len(heads), *ends),
            widths=self._widths(),
            rows=tuple(rows),
            note=_(
                "In brackets: units with an approved figure over units of the region. A region's "
                "percentage is computed from the sums of numerators and denominators."
            ),
        )

    def _widths(self) -> tuple[int, ...]:
        values = (14, 14, 10) if self.one.is_ratio else (34,)
        ends = (*(11,) * len(self.before), *((13,) if self.mark else ()))
        return (8, 92 - sum(values) - sum(ends), *values, *ends)

    def _mark_head(self) -> str:
        assert self.mark is not None
        return _("Mark %(mark)s%%") % {"mark": mark_words(self.mark)}

    def _group_row(self, region: str, units: list[int]) -> Row:
        cells = [self.one.cells[unit] for unit in units if unit in self.one.cells]
        counted = [cell for cell in cells if cell["number"] is not None]
        name = f"{region} ({len(counted)}/{len(units)})"
        tail = (*(self._region_in(year, region) for year in self.before), *([""] if self.mark else []))
        if not self.one.is_ratio:
            return Row(("", name, self._added_up(region, counted), *tail), is_group=True)
        if not counted:
            return Row(("", name, *(NO_VALUE,) * 3, *tail), is_group=True)
        numerator, denominator = (
            sum((Decimal(cell[part]) for cell in counted), Decimal(0))
            for part in ("numerator", "denominator")
        )
        numbers = (
            self.columns["numerator"].words(numerator),
            self.columns["denominator"].words(denominator),
            self.columns["number"].words(numerator / denominator * 100) if denominator else NO_VALUE,
        )
        return Row(("", name, *numbers, *tail), is_group=True)

    def _added_up(self, region: str, counted: list[dict[str, Any]]) -> str:
        """By the indicator's own rule, as the cut has it. Older cuts hold no regions: only sums add up."""
        newest = self.one.figure or {}
        if newest.get("regions"):
            return self._region_in(newest["year"], region)
        if not counted or self.one.rule not in ("sum", "share_of_units"):
            return NO_VALUE
        return self.columns["number"].words(sum((Decimal(one["number"]) for one in counted), Decimal(0)))

    def _region_in(self, year: int, region: str) -> str:
        """A region's number in a year, where the cut has it."""
        figure = next(one for one in self.one.raw["figures"] if one["year"] == year)
        for row in figure.get("regions", []):
            if self.cut.text(row, "name") == region:
                return self._written(row, as_group=True)
        return NO_VALUE

    def _unit_row(self, place: int, unit: int) -> Row:
        cell = self.one.cells.get(unit)
        name = self.cut.unit_name(unit)
        before = [self._written(self.one.cells_of(year).get(unit)) for year in self.before]
        if cell is None or cell["number"] is None:
            tail = (*before, *([NO_VALUE] if self.mark else []))
            span = 3 if self.one.is_ratio else 1
            return Row((str(place), name, *tail), span_note=why_empty(cell), span=span)
        number = Decimal(cell["number"])
        if not self.one.is_ratio:
            return Row((str(place), name, self._written(cell), *before))
        parts = (self.columns[part].words(Decimal(cell[part])) for part in ("numerator", "denominator"))
        met = [_("met") if number >= self.mark.low else _("not met")] if self.mark else []
        return Row((str(place), name, *parts, self._written(cell), *before, *met))

    def _written(self, cell: dict[str, Any] | None, *, as_group: bool = False) -> str:
        number = decimal(cell["number"]) if cell else None
        if number is None:
            return NO_VALUE
        if self.one.rule == "share_of_units":
            assert cell is not None
            if as_group:
                return fixed(Decimal(cell["numerator"]), 0)
            return _("yes") if number else _("no")
        return self.columns["number"].words(number)
