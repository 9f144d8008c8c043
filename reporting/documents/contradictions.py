"""Where the ministry's own words say another number than the figures they stand beside. Pure.

A number that stands in the composed words of its place has to tell what the composed number tells, unless
its sentence names another row that has it; so has “27 of 66”, written for another pair of the paragraph. Any
other number is borne out by the composed words, by the tables and pictures of its part, and by rows of other
tables whose name the words mention. Whatever is found nowhere there is pointed at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import fold

from .blocks import Document, Heading, Paragraph, Picture, Table
from .in_place import Replaced, in_place
from .known_numbers import Datum, Row, data_around, picture_data, rows_of
from .said_numbers import Number, Pair, numbers_in, pairs_in

AROUND = 40  # letters of the sentence shown on each side: some seven words, enough to find the place
SENTENCE_END = re.compile(r"[.;:!?…](?=\s)|\n")


@dataclass(frozen=True)
class Contradiction:
    """A number that the data do not bear out; ``found`` is what the data say in its place, or nothing."""

    key: str
    written: str
    found: str
    around: str
    elsewhere: str = ""  # where else in the document what is written stands

    @property
    def sentence(self) -> str:
        values = {"written": self.written, "found": self.found, "around": self.around}
        if self.elsewhere:
            return _(
                "In the text %(written)s, in the data of this paragraph %(found)s: “%(around)s”. "
                "%(written)s stands at %(elsewhere)s: if that is meant, name it in the sentence."
            ) % {**values, "elsewhere": self.elsewhere}
        if self.found:
            return _("In the text %(written)s, in the data %(found)s: “%(around)s”") % values
        return _("In the text %(written)s, in the data no such number: “%(around)s”") % values


@dataclass
class Part:
    """The blocks under one heading of the second level, or of the first where there is none below."""

    chapter: int
    heading: str = ""
    blocks: list[Any] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def contradictions(composed: Document, words: Mapping[str, str]) -> list[Contradiction]:
    """In the order of the document; ``words`` by the key of their paragraph."""
    found: list[Contradiction] = []
    parts = _parts(composed)
    annexes = _rows((block for annex in composed.annexes for block in annex.blocks), composed.language)
    for part in parts:
        if edited := [paragraph for paragraph in _paragraphs(part) if paragraph.key in words]:
            known = _known(part, parts, annexes, composed)
            for one in edited:
                found += _against(_Text(one, words[one.key], composed.language), part.heading, known)
    return found


def _parts(document: Document) -> list[Part]:
    parts = [Part(0)]
    for block in document.blocks:
        if isinstance(block, Heading):
            chapter = parts[-1].chapter + (block.level == 1)
            parts.append(Part(chapter, block.text))
        parts[-1].blocks.append(block)
        parts[-1].rows += _rows([block], document.language)
    return parts


def _paragraphs(part: Part) -> list[Paragraph]:
    return [block for block in part.blocks if isinstance(block, Paragraph) and block.key]


@dataclass(frozen=True)
class _Text:
    """Edited words beside the paragraph they stand for."""

    paragraph: Paragraph
    text: str
    language: str

    @cached_property
    def said(self) -> list[Number]:
        return numbers_in(self.text, self.language)

    @cached_property
    def composed(self) -> list[Number]:
        return numbers_in(self.paragraph.text, self.language)

    @cached_property
    def composed_pairs(self) -> list[Pair]:
        return pairs_in(self.composed, self.paragraph.text)

    @cached_property
    def placed(self) -> dict[int, Replaced]:
        """By where the number begins: what the composed words say in these words."""
        found = in_place(self.composed, self.paragraph.text, self.said, self.text)
        return {one.said.start: one for one in found if one.is_framed or self._took_the_place_of(one)}

    def _took_the_place_of(self, one: Replaced) -> bool:
        """With words of one side alone: only where that number is gone, and this one is new."""
        is_new = not any(_as_before(one.said, other) for other in self.composed)
        is_gone = not any(_as_before(other, one.composed) for other in self.said)
        return is_new and is_gone

    @cached_property
    def _composed_names(self) -> str:
        return f" {fold(self.paragraph.text)} "

    def other_names(self, start: int) -> "_Named":
        """What the sentence at ``start`` names and the composed paragraph does not."""
        return _Named(f" {fold(_sentence(self.text, start))} ", self._composed_names)


@dataclass(frozen=True)
class _Named:
    sentence: str
    composed: str

    def __contains__(self, name: str) -> bool:
        return bool(name) and f" {name} " in self.sentence and f" {name} " not in self.composed

    def has(self, row: Row) -> bool:
        return any(name in self for name in row.names)

    def has_year_of(self, row: Row) -> bool:
        return any(year in self for year in row.years)


@dataclass(frozen=True)
class _Known:
    """What can bear a number out: of the part itself, of rows of other tables, of the running line."""

    own: Sequence[Datum]
    own_rows: Sequence[Row]
    chapter_rows: Sequence[Row]
    annex_rows: Sequence[Row]
    running: Sequence[Datum]

    @property
    def rows(self) -> list[Row]:
        return [*self.own_rows, *self.chapter_rows, *self.annex_rows]

    def about(self, named: str) -> list[Datum]:
        """The part's own, and other rows that the words name."""
        others = [row for row in (*self.chapter_rows, *self.annex_rows) if _mentions(named, row)]
        rows = [*self.own_rows, *others]
        return [*self.own, *(datum for row in rows for datum in row.data), *self.running]

    def place_of(self, one: Number) -> str:
        """Where else a number stands; of the annexes, with their hundreds of numbers, nothing is said."""
        rows = [*self.own_rows, *self.chapter_rows]
        data = (*(datum for row in rows for datum in row.data), *self.own)
        return next((datum.place for datum in data if datum.place and datum.told_by(one)), "")

    def place_of_pair(self, pair: Pair) -> str:
        """The same of a pair: to read the pairs of all annexes would take seconds."""
        rows = [*self.own_rows, *self.chapter_rows]
        return next((row.place for row in rows if any(pair.tells(one) for _y, one in row.pairs)), "")


def _against(told: _Text, heading: str, known: _Known) -> Iterator[Contradiction]:
    key, text = told.paragraph.key, told.text
    data = [*map(Datum.of, told.composed), *known.about(fold(f"{heading} {text}"))]
    pairs = {pair.part.start: pair for pair in pairs_in(told.said, text)}
    judged: set[int] = set()
    for one in told.said:
        pair = pairs.get(one.start)
        if pair and one.start not in judged and (instead := _pair_instead(pair, told, known)):
            yield _pair_against(pair, instead, told, known)
            judged |= {pair.part.start, pair.whole.start}
        if one.start in judged:
            continue
        if found := _found_instead(one, told, known, data):
            yield Contradiction(key, one.words, found.words, _piece(text, one), known.place_of(one))
        elif not _borne_out(one, data):
            nearest = _replaced(told.composed, told.said).get(one.start) or _nearest(one, told.composed, data)
            yield Contradiction(key, one.words, nearest, _piece(text, one))


def _known(part: Part, parts: Sequence[Part], annexes: Sequence[Row], document: Document) -> _Known:
    language = document.language
    others = [one for one in parts if one.chapter == part.chapter and one is not part]
    return _Known(
        own=[datum for block in part.blocks for datum in _own(block, language)],
        own_rows=part.rows,
        chapter_rows=[row for one in others for row in one.rows],
        annex_rows=annexes,
        running=[Datum.of(one) for one in numbers_in(document.running, language)],
    )


def _rows(blocks: Iterable[Any], language: str) -> list[Row]:
    return [row for block in blocks if isinstance(block, Table) for row in rows_of(block, language)]


def _own(block: Any, language: str) -> Iterable[Datum]:
    if isinstance(block, Table):
        return data_around(block, language)
    return picture_data(block, language) if isinstance(block, Picture) else ()


def _pair_instead(pair: Pair, told: _Text, known: _Known) -> Pair | None:
    """The composed pair that this one is written for, where the sentence speaks of no other row by name."""
    if any(pair.tells(one) for one in told.composed_pairs):
        return _framed_pair(pair, told)
    instead = _composed_for(pair, told)
    return None if instead is None or _is_of_named_row(pair, told, known) else instead


def _framed_pair(pair: Pair, told: _Text) -> Pair | None:
    """Another pair of the paragraph in whose very words this one stands."""
    placed = told.placed.get(pair.part.start)
    if placed is None or not placed.is_framed:
        return None
    meant = next((one for one in told.composed_pairs if one.part.start == placed.composed.start), None)
    return meant if meant and not pair.tells(meant) else None


def _composed_for(pair: Pair, told: _Text) -> Pair | None:
    """In its place, or else the one of the same whole that is said no more."""
    for number in (pair.part, pair.whole):
        placed = told.placed.get(number.start)
        for one in told.composed_pairs:
            if placed and placed.composed.start in (one.part.start, one.whole.start):
                return one
    said = pairs_in(told.said, told.text)
    gone = [one for one in told.composed_pairs if not any(other.tells(one) for other in said)]
    return next((one for one in gone if pair.whole.tells(one.whole.value)), None)


def _is_of_named_row(pair: Pair, told: _Text, known: _Known) -> bool:
    """Only rows that are named are read: to read them all would take seconds."""
    named = told.other_names(pair.part.start)
    return any(
        pair.tells(one)
        for row in known.rows
        if (is_named := named.has(row)) or named.has_year_of(row)
        for year, one in row.pairs
        if is_named or year in named
    )


def _pair_against(pair: Pair, instead: Pair, told: _Text, known: _Known) -> Contradiction:
    piece = _piece(told.text, replace(pair.part, end=pair.whole.end))
    return Contradiction(told.paragraph.key, pair.words, instead.words, piece, known.place_of_pair(pair))


def _found_instead(one: Number, told: _Text, known: _Known, data: Iterable[Datum]) -> Number | None:
    """What the composed words say in this number's place, unless it tells the same or another row's."""
    placed = told.placed.get(one.start)
    if placed is None or _as_before(one, placed.composed):
        return None
    same = (datum for datum in data if datum.told_by(placed.composed) and datum.told_by(one))
    if any(same) or _is_number_of_named_row(one, told, known):
        return None
    return placed.composed


def _is_number_of_named_row(one: Number, told: _Text, known: _Known) -> bool:
    named = told.other_names(one.start)
    return any(
        datum.told_by(one)
        for row in known.rows
        if (is_named := named.has(row)) or named.has_year_of(row)
        for datum in row.data
        if is_named or datum.year in named
    )


def _as_before(one: Number, composed: Number) -> bool:
    return Datum.of(composed).told_by(one)


def _sentence(text: str, start: int) -> str:
    """The sentence that holds a place of the text."""
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    first = max((end for end in ends if end <= start), default=0)
    return text[first : min((end for end in ends if end > start), default=len(text))]


def _mentions(named: str, row: Row) -> bool:
    return any(name in named for name in row.names)


def _borne_out(one: Number, known: Iterable[Datum]) -> bool:
    return any(datum.told_by(one) for datum in known)


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
