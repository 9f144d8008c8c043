"""One indicator in a cut, as far as a document's scope reaches: its years, its marks, its pace."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..measure_words import coverage_words
from ..pace import Mark, Pace, Standing, added_up, pace, plain
from .numbers import AT_LEAST, NO_VALUE

if TYPE_CHECKING:
    from .reading import Cut

ADDED_UP = ("sum", "maximum", "latest", "not_additive")  # a part of the whole has no mark of its own


@dataclass(frozen=True)
class YearNumber:
    """A year's number within the scope, with the units that gave one over the units there are.

    ``missing`` are those that gave none; of a sum also those from before whose heir's number lacks theirs.
    ``lacking`` are the latter, of every kind of number.
    """

    year: int
    number: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    counted: int
    expected: int
    missing: int = 0
    is_least: bool = False  # units that said nothing count as not doing, or add nothing to a sum
    lacking: tuple[int, ...] = ()

    @property
    def coverage(self) -> str:
        return coverage_words(self.counted, self.expected, lacks=bool(self.lacking))


class Measured:
    """The scope decides which number is meant: the nation's, a region's or one unit's own."""

    def __init__(self, cut: "Cut", raw: dict[str, Any]) -> None:
        self.cut, self.raw = cut, raw
        self.name = cut.text(raw, "name")
        self.unit = cut.text(raw, "unit")
        self.rule: str = raw["carry_over"]
        self.is_percent = self.unit == "%"
        self.is_ratio = self.rule == "ratio"
        self.is_counted_anew = self.rule == "sum"  # each year counts what began in it
        self.is_yes_or_no = self.rule == "share_of_units" and cut.is_of_one
        self.marks = [
            Mark(target["year"], Decimal(target["low"]), Decimal(target["high"]))
            for target in raw["targets"]
            if target["low"] is not None and self._is_measured_by_marks()
        ]

    def _is_measured_by_marks(self) -> bool:
        if not self.cut.is_part_of_country:
            return True
        return self.rule not in ADDED_UP and not self.is_yes_or_no

    @cached_property
    def years(self) -> list[YearNumber]:
        return [self._year(figure) for figure in self.raw["figures"]]

    @property
    def known(self) -> list[YearNumber]:
        return [one for one in self.years if one.number is not None]

    @cached_property
    def newest(self) -> YearNumber | None:
        """The year of the period; within a year that has no number yet, the last that has one."""
        if self.cut.span.half and self.known:
            return self.known[-1]
        return self.years[-1] if self.years else None

    @cached_property
    def sums(self) -> list[YearNumber]:
        """What each year counts anew, added up since the first; short where a year lacks units."""
        last = self.newest.year if self.newest else self.cut.year
        years = [one for one in self.years if one.year <= last]
        totals = added_up([(one.year, one.number) for one in years])
        found, is_least = [], False
        for one, (_year, total) in zip(years, totals, strict=True):
            is_least = is_least or one.is_least
            found.append(replace(one, number=total, numerator=None, denominator=None, is_least=is_least))
        return found

    @property
    def compared(self) -> YearNumber | None:
        """What is held against the marks: the newest year, or the sum up to the last mark's year."""
        if not (self.is_counted_anew and self.marks):
            return self.newest
        within = [one for one in self.sums if one.year <= self.marks[-1].year and one.number is not None]
        return within[-1] if within else None

    @property
    def other_year(self) -> str:
        """The figure's own year where it is not that of the document's figures."""
        return str(self.newest.year) if self.newest and self.newest.year != self.cut.figures_year else ""

    @property
    def figure(self) -> dict[str, Any] | None:
        """The newest year with its cells, as the cut holds it."""
        newest = self.newest
        return next((one for one in self.raw["figures"] if newest and one["year"] == newest.year), None)

    @cached_property
    def cells(self) -> dict[int, dict[str, Any]]:
        """By unit of the map, of those within the scope."""
        found: list[dict[str, Any]] = self.figure["cells"] if self.figure else []
        return {cell["unit"]: cell for cell in found if self._has(cell["unit"])}

    def cells_of(self, year: int) -> dict[int, dict[str, Any]]:
        figures: list[dict[str, Any]] = self.raw["figures"]
        found: list[dict[str, Any]] = next((one["cells"] for one in figures if one["year"] == year), [])
        return {cell["unit"]: cell for cell in found if self._has(cell["unit"])}

    def _has(self, unit: int) -> bool:
        return self.cut.has_unit(unit)

    def _year(self, figure: dict[str, Any]) -> YearNumber:
        cells = [cell for cell in figure["cells"] if self._has(cell["unit"])]
        counted = sum(cell["number"] is not None for cell in cells)
        said, missing = self._said(figure, cells), self._missing(cells)
        return YearNumber(
            year=figure["year"],
            number=decimal(said.get("number")),
            numerator=decimal(said.get("numerator")),
            denominator=decimal(said.get("denominator")),
            counted=counted,
            expected=len(cells),
            missing=missing,
            is_least=self.can_only_grow and missing > 0,
            lacking=_lacking(cells),
        )

    def _missing(self, cells: list[dict[str, Any]]) -> int:
        untold = sum(cell["number"] is None for cell in cells)
        return untold + (len(_lacking(cells)) if self.is_counted_anew else 0)

    @property
    def is_share(self) -> bool:
        return self.rule == "share_of_units" and not self.cut.is_of_one

    @property
    def can_only_grow(self) -> bool:
        """Whether a unit without a figure could only make it more: a share of units, or a sum."""
        return self.is_share or self.is_counted_anew

    def _said(self, figure: dict[str, Any], cells: list[dict[str, Any]]) -> dict[str, Any]:
        if self.cut.is_of_one:
            return cells[0] if len(cells) == 1 else {}
        if self.cut.is_part_of_country:
            regions = figure.get("regions", [])
            return next((one for one in regions if one["region"] == self.cut.scope.key), {})
        return figure

    @property
    def number(self) -> Decimal | None:
        return self.newest.number if self.newest else None

    @property
    def counted(self) -> int:
        return self.newest.counted if self.newest else 0

    @property
    def expected(self) -> int:
        return self.newest.expected if self.newest else 0

    @property
    def coverage(self) -> str:
        return self.newest.coverage if self.newest else f"0/{self.expected}"

    @property
    def has_years(self) -> bool:
        return len(self.known) > 1

    @cached_property
    def pace(self) -> Pace:
        if not self.raw["is_numeric"]:
            return Pace(Standing.QUALITATIVE)
        compared, is_added = self.compared, self.is_counted_anew and bool(self.marks)
        last = compared.year if compared else self.cut.year
        points = [
            (one.year, one.number) for one in (self.sums if is_added else self.years) if one.year <= last
        ]
        covered = Decimal(compared.counted) / max(compared.expected, 1) if compared else Decimal(0)
        top = Decimal(100) if self.is_percent else None
        return pace(points, self.marks, coverage=covered, top=top, most=self._most())

    def _most(self) -> Decimal | None:
        """A share of units, if all that said nothing did it; a sum that lacks units has no bound."""
        if self.is_counted_anew and self.compared and self.compared.is_least:
            return Decimal("Infinity")
        newest = self.newest
        if newest is None or not newest.is_least or newest.number is None:
            return None
        if newest.numerator is None:  # how many do it is not known, and so no bound
            return Decimal("Infinity")
        return (newest.numerator + newest.expected - newest.counted) / max(newest.expected, 1) * 100

    def words(self, number: Decimal | None) -> str:
        if number is None:
            return _("not enough data")
        if self.is_yes_or_no:
            return pgettext("a province does it", "yes") if number else pgettext("a province does it", "no")
        return f"{plain(number)}%" if self.is_percent else f"{plain(number)} {self.unit}"

    def told(self, year: YearNumber) -> str:
        """At least 23.5% where units are missing that may do it as well."""
        words = self.words(year.number)
        if year.number is None or not year.is_least:
            return words
        return _("at least %(number)s") % {"number": words}

    def marked(self, year: YearNumber) -> str:
        """The same in a table: ≥ 23.5%."""
        words = self.short(year.number)
        return f"{AT_LEAST}{words}" if year.is_least and year.number is not None else words

    @property
    def says_at_least(self) -> bool:
        """Of the newest year, or of what is held against the marks."""
        said = (self.newest, self.compared)
        return any(one is not None and one.number is not None and one.is_least for one in said)

    def short(self, number: Decimal | None) -> str:
        """Without the unit's name, for tables that say it once."""
        if number is None:
            return NO_VALUE
        return self.words(number) if self.is_percent or self.is_yes_or_no else plain(number)

    def target_words(self, year: int) -> str:
        for target in self.raw["targets"]:
            if target["year"] == year:
                return self.cut.text(target, "words")
        return _("not in the source")


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def mark_words(mark: Mark) -> str:
    return plain(mark.low) if mark.low == mark.high else f"{plain(mark.low)}–{plain(mark.high)}"


def _lacking(cells: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """Units from before a merger whose part the number of their heir lacks; older cuts do not say."""
    return tuple(part for cell in cells if cell["number"] is not None for part in cell.get("lacking", ()))
