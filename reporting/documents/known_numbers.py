"""The numbers a document's tables and pictures hold, each with where it stands. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import fold

from .blocks import Picture, Table
from .said_numbers import SCALES, Number, Pair, numbers_in, pairs_in

YEAR_KEYS = ("year", "when", "on")
YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True)
class Datum:
    """``place`` says in words where it stands, ``year`` whose column it is in, if in a year's."""

    value: Decimal
    is_percent: bool
    words: str = ""
    place: str = ""
    year: str = ""

    @classmethod
    def of(cls, one: Number) -> "Datum":
        return cls(one.value, one.is_percent, one.words)

    def told_by(self, one: Number) -> bool:
        return self.is_percent == one.is_percent and one.tells(self.value)


@dataclass(frozen=True)
class Row:
    """A row of a table; its numbers are read when they are asked for, as most never are."""

    table: Table
    cells: Sequence[str]
    language: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        return _names(self.cells)

    @cached_property
    def years(self) -> tuple[str, ...]:
        return tuple(year for column in range(len(self.cells)) if (year := self._year(column)))

    @cached_property
    def place(self) -> str:
        row = next((cell for cell in self.cells[:2] if _names([cell])), "")
        caption = self.table.caption.rstrip(". ")
        if caption and row:
            return _("%(table)s, row “%(row)s”") % {"table": caption, "row": row}
        return caption or row

    @cached_property
    def data(self) -> tuple[Datum, ...]:
        return tuple(datum for column in range(len(self.cells)) for datum in self._data_of(column))

    @cached_property
    def pairs(self) -> tuple[tuple[str, Pair], ...]:
        """27/66 as a cell prints it, with the year of its column where there is one."""
        return tuple(
            (self._year(column), pair)
            for column, cell in enumerate(self.cells)
            for pair in pairs_in(numbers_in(cell, self.language), cell)
        )

    def _data_of(self, column: int) -> Iterator[Datum]:
        in_percent, year = "%" in self._head(column), self._year(column)
        for one in numbers_in(self.cells[column], self.language):
            values = [(one.value, one.is_percent or in_percent)]
            values += [(one.value, False)] if in_percent else []
            values += [(one.value.scaleb(power), one.is_percent) for power in _powers(self.table)]
            for value, is_percent in values:
                yield Datum(value, is_percent, one.words, self.place, year)

    def _head(self, column: int) -> str:
        return self.table.head[column].strip() if column < len(self.table.head) else ""

    def _year(self, column: int) -> str:
        head = self._head(column)
        return head if YEAR.fullmatch(head) else ""


def rows_of(table: Table, language: str) -> list[Row]:
    return [Row(table, row.cells, language) for row in table.rows]


def _powers(table: Table) -> list[int]:
    """What its numbers are counted in: “million VND” in caption or head."""
    about = fold(f"{table.caption} {' '.join(table.head)}").replace(",", " ").split()
    return [power for word, power in SCALES.items() if fold(word) in about]


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """The coverage behind a region's name is no part of it."""
    names = (fold(cell.partition(" (")[0]).strip() for cell in cells[:2])
    return tuple(name for name in names if len(name) > 2 and any(letter.isalpha() for letter in name))


def data_around(table: Table, language: str) -> Iterator[Datum]:
    """What a table says outside its rows."""
    yield from _data_in_words([table.caption, table.note, *table.head], language, table.caption)


def picture_data(picture: Picture, language: str) -> Iterator[Datum]:
    """Every number that feeds a drawing, without its years."""
    yield from _data_in_words([picture.caption, picture.sentence], language, picture.caption)
    is_percent = "%" in f"{picture.sentence} {picture.data.get('unit', '')}"
    for value in _leaves(picture.data):
        if (number := _decimal(value)) is not None:
            yield Datum(number, is_percent, place=picture.caption)
            if isinstance(value, int):  # a count of units beside a percentage
                yield Datum(number, is_percent=False, place=picture.caption)
        elif isinstance(value, str):
            yield from _data_in_words([value], language, picture.caption)


def _data_in_words(texts: Iterable[str], language: str, place: str) -> Iterator[Datum]:
    for text in texts:
        for one in numbers_in(text, language):
            yield Datum(one.value, one.is_percent, one.words, place)


def _leaves(data: Any) -> Iterator[Any]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in YEAR_KEYS:
                yield from _leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _leaves(value)
    else:
        yield data


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
