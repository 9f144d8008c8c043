"""Where the ministry's own words say another number than the figures they stand beside. Pure.

A number counts as borne out by the words composed for its place, by the tables and pictures of its part,
and by rows of other tables whose name the words mention. Whatever is found nowhere there is pointed at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import fold

from .blocks import Document, Heading, Paragraph, Picture, Table
from .said_numbers import SCALES, Number, numbers_in

AROUND = 40  # letters of the sentence shown on each side: some seven words, enough to find the place
YEAR_KEYS = ("year", "when", "on")


@dataclass(frozen=True)
class Contradiction:
    """A number that the data do not bear out; ``found`` is what the data say in its place, or nothing."""

    key: str
    written: str
    found: str
    around: str

    @property
    def sentence(self) -> str:
        values = {"written": self.written, "found": self.found, "around": self.around}
        if self.found:
            return _("In the text %(written)s, in the data %(found)s: “%(around)s”") % values
        return _("In the text %(written)s, in the data no such number: “%(around)s”") % values


@dataclass(frozen=True)
class Datum:
    value: Decimal
    is_percent: bool
    words: str = ""


@dataclass
class Part:
    """The blocks under one heading of the second level, or of the first where there is none below."""

    chapter: int
    heading: str = ""
    blocks: list[Any] = field(default_factory=list)


def contradictions(composed: Document, words: Mapping[str, str]) -> list[Contradiction]:
    """In the order of the document; ``words`` by the key of their paragraph."""
    parts = _parts(composed)
    return [
        found
        for part in parts
        for paragraph in _paragraphs(part)
        if paragraph.key in words
        for found in _against(paragraph, words[paragraph.key], part, parts, composed)
    ]


def _parts(document: Document) -> list[Part]:
    parts = [Part(0)]
    for block in document.blocks:
        if isinstance(block, Heading):
            chapter = parts[-1].chapter + (block.level == 1)
            parts.append(Part(chapter, block.text))
        parts[-1].blocks.append(block)
    return parts


def _paragraphs(part: Part) -> list[Paragraph]:
    return [block for block in part.blocks if isinstance(block, Paragraph) and block.key]


def _against(
    paragraph: Paragraph, text: str, part: Part, parts: Sequence[Part], document: Document
) -> Iterator[Contradiction]:
    language = document.language
    said, composed = numbers_in(text, language), numbers_in(paragraph.text, language)
    data = [Datum(one.value, one.is_percent, one.words) for one in composed]
    named = fold(f"{part.heading} {text}")
    known = [*data, *_around(part, parts, document, named)]
    replaced = _replaced(composed, said)
    for one in said:
        if not _borne_out(one, known):
            found = replaced.get(one.start) or _nearest(one, composed, known)
            yield Contradiction(paragraph.key, one.words, found, _piece(text, one))


def _around(part: Part, parts: Sequence[Part], document: Document, named: str) -> list[Datum]:
    """What the part's own tables and pictures say, and other rows that the words name."""
    language = document.language
    own = [datum for block in part.blocks for datum in _data_of(block, language)]
    chapter = [one for one in parts if one.chapter == part.chapter and one is not part]
    tables = [block for one in chapter for block in one.blocks if isinstance(block, Table)]
    tables += [block for annex in document.annexes for block in annex.blocks if isinstance(block, Table)]
    own += [datum for table in tables for datum in _table_data(table, language, named=named)]
    return own + [
        Datum(one.value, one.is_percent, one.words) for one in numbers_in(document.running, language)
    ]


def _data_of(block: Any, language: str) -> Iterable[Datum]:
    if isinstance(block, Table):
        return _table_data(block, language)
    if isinstance(block, Picture):
        said = _data_in_words([block.caption, block.sentence], language)
        is_percent = "%" in f"{block.sentence} {block.data.get('unit', '')}"
        return [*said, *_picture_data(block.data, language, is_percent=is_percent)]
    return ()


def _table_data(table: Table, language: str, *, named: str = "") -> Iterator[Datum]:
    """All of a table, or only the rows that ``named`` mentions."""
    about = fold(f"{table.caption} {' '.join(table.head)}")
    powers = [power for word, power in SCALES.items() if fold(word) in about.replace(",", " ").split()]
    if not named:
        yield from _data_in_words([table.caption, table.note, *table.head], language)
    for row in table.rows:
        if named and not _mentions(named, row.cells):
            continue
        for place, cell in enumerate(row.cells):
            in_percent = place < len(table.head) and "%" in table.head[place]
            for one in numbers_in(cell, language):
                yield Datum(one.value, one.is_percent or in_percent, one.words)
                if in_percent:
                    yield Datum(one.value, is_percent=False)
                yield from (Datum(one.value.scaleb(power), one.is_percent) for power in powers)


def _mentions(named: str, cells: Sequence[str]) -> bool:
    """Whether the row's name stands in the words; the coverage behind a region's name is no part of it."""
    names = [fold(cell.partition(" (")[0]).strip() for cell in cells[:2]]
    return any(len(name) > 2 and not name.isdigit() and name in named for name in names)


def _data_in_words(texts: Iterable[str], language: str) -> Iterator[Datum]:
    for text in texts:
        for one in numbers_in(text, language):
            yield Datum(one.value, one.is_percent, one.words)


def _picture_data(data: Any, language: str, *, is_percent: bool) -> Iterator[Datum]:
    """Every number that feeds a drawing, without its years."""
    for value in _leaves(data):
        if (number := _decimal(value)) is not None:
            yield Datum(number, is_percent)
            if isinstance(value, int):  # a count of units beside a percentage
                yield Datum(number, is_percent=False)
        elif isinstance(value, str):
            yield from _data_in_words([value], language)


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


def _borne_out(one: Number, known: Iterable[Datum]) -> bool:
    return any(datum.is_percent == one.is_percent and one.tells(datum.value) for datum in known)


def _replaced(composed: Sequence[Number], said: Sequence[Number]) -> dict[int, str]:
    """What the composed words say in the place of a number, by where that number begins."""
    ours, theirs = ([(one.is_percent, abs(one.value)) for one in numbers] for numbers in (composed, said))
    return {
        new.start: old.words
        for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if tag == "replace"
        for old, new in zip(composed[a:b], said[c:d], strict=False)
        if old.is_percent == new.is_percent
    }


def _nearest(one: Number, composed: Sequence[Number], known: Iterable[Datum]) -> str:
    """The nearest number of its kind: of the composed words, or for percentages of all there is."""
    data = [Datum(number.value, number.is_percent, number.words) for number in composed]
    near = [datum for datum in data if datum.is_percent == one.is_percent]
    if not near and one.is_percent:  # the nearest of all counts would say nothing
        near = [datum for datum in known if datum.is_percent and datum.words]
    if not near:
        return ""
    return min(near, key=lambda datum: abs(abs(datum.value) - abs(one.value))).words


def _piece(text: str, one: Number) -> str:
    """The words round the number, cut between words."""
    before, after = text[: one.start], text[one.end :]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]}…"
    return " ".join(f"{before}{text[one.start : one.end]}{after}".split())
