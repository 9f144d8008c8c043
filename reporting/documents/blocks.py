"""What an official document is made of: frozen blocks that go to JSON and back unchanged."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from foundation.text import Text


def is_quoted(words: str) -> bool:
    """Whether they say that they are Vietnamese; those of a Vietnamese document say nothing."""
    return isinstance(words, Text) and words.lang == "vi"


@dataclass(frozen=True)
class Paragraph:
    """``key`` names what was composed by rule, so that the ministry's own words can take its place.

    ``quote`` is the end of the text where that is Vietnamese in a document of another language.
    """

    text: str
    key: str = ""
    quote: str = ""
    block: str = "paragraph"

    @property
    def lead(self) -> str:
        return self.text.removesuffix(self.quote)


@dataclass(frozen=True)
class Heading:
    """Level 0 is “Part I” over a title, 1 “I. …” in capitals, 2 “1. …”, 3 “a) …”."""

    level: int
    number: str
    text: str
    anchor: str = ""
    block: str = "heading"


@dataclass(frozen=True)
class Entry:
    """A line of the list of contents; one without a page leads to an annex, which counts its own."""

    level: int
    words: str
    anchor: str
    has_page: bool = True


@dataclass(frozen=True)
class Contents:
    title: str
    entries: tuple[Entry, ...] = ()
    block: str = "contents"


@dataclass(frozen=True)
class Picture:
    """A picture as data: ``kind`` names the drawing, ``data`` feeds it; the sentence is its text twin."""

    kind: str  # ruler, line, money, cartogram
    data: dict[str, Any]
    caption: str
    sentence: str
    block: str = "picture"


@dataclass(frozen=True)
class Row:
    """One line of a table; a group row is bold and has its coverage in its name.

    ``quoted`` are the cells whose words are Vietnamese in a document of another language, as they say.
    """

    cells: tuple[str, ...]
    is_group: bool = False
    is_total: bool = False
    span_note: str = ""  # replaces the numbers: “no approved report”
    span: int = 0
    quoted: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        quoted = tuple(place for place, words in enumerate(self.cells) if is_quoted(words))
        object.__setattr__(self, "quoted", self.quoted or quoted)
        object.__setattr__(self, "cells", tuple(map(str, self.cells)))


@dataclass(frozen=True)
class Table:
    """``aligned`` gives each column: start, end, centre; ``widths`` are in per cent."""

    head: tuple[str, ...]
    aligned: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    caption: str = ""
    note: str = ""
    block: str = "table"


@dataclass(frozen=True)
class Annex:
    """Numbered apart from the body: Annex I, II …"""

    number: str
    title: str
    blocks: tuple[Any, ...]
    is_landscape: bool = False


@dataclass(frozen=True)
class Head:
    """The two-column head and the foot, word for word as they are printed."""

    superior: str
    issuer: str
    number: str
    state: str
    motto: str
    place_and_date: str
    kind: str
    abstract: str
    addressed_to: str


@dataclass(frozen=True)
class Foot:
    closing: str
    recipients_title: str
    recipients: tuple[str, ...]
    authority: str
    position: str
    signature_note: str
    signatory: str


@dataclass(frozen=True)
class Document:
    """A whole document in one language. ``demo`` is the line printed on every page, or nothing."""

    language: str
    title: str
    head: Head
    blocks: tuple[Any, ...]
    annexes: tuple[Annex, ...]
    foot: Foot
    running: str  # data cut · map · coverage
    code_words: str
    check_words: str
    annex_reference: str = ""
    demo: str = ""
    figures: int = field(default=0)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(raw: dict[str, Any]) -> Document:
    """The document again, as it was composed."""
    return Document(
        **{
            **raw,
            "head": Head(**raw["head"]),
            "foot": Foot(**{**raw["foot"], "recipients": tuple(raw["foot"]["recipients"])}),
            "blocks": _blocks(raw["blocks"]),
            "annexes": tuple(
                Annex(**{**annex, "blocks": _blocks(annex["blocks"])}) for annex in raw["annexes"]
            ),
        }
    )


def _blocks(raw: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(_BLOCKS[one["block"]](**one) for one in raw)


def _table(**raw: Any) -> Table:
    rows = tuple(
        Row(**{**row, "cells": tuple(row["cells"]), "quoted": tuple(row.get("quoted", ()))})
        for row in raw["rows"]
    )
    listed = {name: tuple(raw.get(name, ())) for name in ("head", "aligned", "widths")}
    return Table(**{**raw, **listed, "rows": rows})


def _contents(**raw: Any) -> Contents:
    return Contents(**{**raw, "entries": tuple(Entry(**entry) for entry in raw["entries"])})


_BLOCKS: dict[str, Callable[..., Any]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "picture": Picture,
    "table": _table,
    "contents": _contents,
}


def blocks_of(document: Document) -> list[Any]:
    """Every block of body and annexes in the order of reading."""
    return [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]


def pictures(document: Document) -> list[Picture]:
    return [block for block in blocks_of(document) if isinstance(block, Picture)]
