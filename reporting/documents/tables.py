"""The tables of a document for programs: each with a number and a title, its numbers as numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from .blocks import Document, Heading, Table
from .composing import annex_name
from .numbers import AT_LEAST
from .rendering import PrintedCell, printed_table

SEPARATORS = {"vi": (".", ","), "en": (",", ".")}  # of thousands and of decimals, as pages write them
LOOSE = "\u00a0\u202f"  # blanks that do not break


@dataclass(frozen=True)
class Value:
    """A cell as a program reads it. ``unit`` stands behind the number on paper: “%”, “enterprises”."""

    text: str
    number: Decimal | None = None
    places: int = 0
    unit: str = ""
    span: int = 1
    sign: str = ""  # before the number: “≥ ”
    is_quoted: bool = False


@dataclass(frozen=True)
class Line:
    values: tuple[Value, ...]
    is_group: bool = False


@dataclass(frozen=True)
class Numbered:
    """A table with its place in the document: “Table 3” or “Annex II”."""

    number: int
    place: str
    title: str
    note: str
    head: tuple[str, ...]
    aligned: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """Of a file that holds it: table-03."""
        return f"table-{self.number:02d}"


def tables_of(document: Document) -> list[Numbered]:
    """Those of the body under their captions or headings, then those of the annexes."""
    with translation.override(document.language):
        found = [*_in_body(document), *_in_annexes(document)]
        return [
            Numbered(
                number=number,
                place=place,
                title=" ".join(title.split()),
                note=table.note,
                head=table.head,
                aligned=table.aligned,
                lines=tuple(lines_of(table, document.language)),
            )
            for number, (place, title, table) in enumerate(found, 1)
        ]


def _in_body(document: Document) -> Iterator[tuple[str, str, Table]]:
    heading = document.title
    count = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            count += 1
            name = _("Table %(number)s") % {"number": count}
            yield name, block.caption.removeprefix(f"{name}. ") or heading, block


def _in_annexes(document: Document) -> Iterator[tuple[str, str, Table]]:
    for annex in document.annexes:
        tables = [block for block in annex.blocks if isinstance(block, Table)]
        for place, table in enumerate(tables, 1):
            name = annex_name(annex)
            title = f"{annex.title}: {table.caption}" if table.caption else annex.title
            yield name if len(tables) == 1 else f"{name} ({place})", title, table


def lines_of(table: Table, language: str) -> list[Line]:
    return [
        Line(tuple(_value(cell, language) for cell in row.cells), row.is_group)
        for row in printed_table(table)["rows"]
    ]


def longest_words(head: Sequence[str], lines: Sequence[Line]) -> list[int]:
    """How many letters each column has to hold: a whole cell below, a single word in the head."""
    longest = [max((len(word) for word in words.split()), default=0) for words in head]
    for line in lines:
        column = 0
        for value in line.values:
            if value.span == 1:
                longest[column] = max(longest[column], len(value.text))
            column += value.span
    return longest


def _value(cell: PrintedCell, language: str) -> Value:
    """Columns of words stay words, whatever they look like: “889” may be a number of a document."""
    sign = AT_LEAST if cell.text.startswith(AT_LEAST) else ""
    bare = cell.text.removeprefix(sign)
    found = None if cell.aligned.startswith("start") else number_in(bare, language)
    if found is None:
        return Value(cell.text, span=cell.span, is_quoted=cell.is_quoted)
    number, places, unit = found
    return Value(cell.text, number, places, unit, span=cell.span, sign=sign)


def number_in(text: str, language: str) -> tuple[Decimal, int, str] | None:
    """The number a text is, with its decimal places and its unit; nothing if it says more than that."""
    thousands, decimals = (re.escape(one) for one in SEPARATORS.get(language, SEPARATORS["vi"]))
    whole = rf"(?:0|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+|[1-9]\d*)"
    pattern = rf"([-−]?{whole})(?:{decimals}(\d+))?(%|[ {LOOSE}][^\W\d][^\d]*)?"
    found = re.fullmatch(pattern, text.strip())
    if found is None:
        return None
    digits = re.sub(r"\D", "", found[1])
    fraction = found[2] or ""
    sign = "-" if found[1][0] in "-−" else ""
    return Decimal(f"{sign}{digits}.{fraction or '0'}"), len(fraction), (found[3] or "").strip()


def told_apart(titles: list[str]) -> list[str]:
    """The titles, each once: a second “Total” is “Total 2”."""
    seen: Counter[str] = Counter()
    apart = []
    for title in titles:
        seen[title.casefold()] += 1
        count = seen[title.casefold()]
        apart.append(title if count == 1 else f"{title} {count}")
    return apart
