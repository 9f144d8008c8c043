"""What a document says paragraph by paragraph: the composed words, those of the ministry, what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..diffs import Piece, pieces
from ..models import CompiledReport, EditedWords
from .blocks import Document, Heading, Paragraph
from .building import composed
from .contradictions import Contradiction, contradictions


@dataclass
class Line:
    """One composed paragraph. ``edited`` is its newest row, if the ministry ever changed it."""

    key: str
    composed: str
    edited: EditedWords | None = None
    contradictions: list[Contradiction] = field(default_factory=list)

    @property
    def is_edited(self) -> bool:
        return bool(self.edited and self.edited.text)

    @property
    def text(self) -> str:
        return self.edited.text if self.edited and self.edited.text else self.composed

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.composed, self.text) if self.is_edited else []


@dataclass
class Section:
    """The paragraphs under one heading; ``fixed`` of them are printed as they were approved."""

    heading: str
    lines: list[Line] = field(default_factory=list)
    fixed: int = 0


@dataclass
class Wording:
    """``seen`` names the newest change of words that this shows; it goes back with what is typed."""

    document: Document
    sections: list[Section]
    seen: int

    @property
    def lines(self) -> dict[str, Line]:
        return {line.key: line for section in self.sections for line in section.lines}

    @property
    def contradictions(self) -> list[Contradiction]:
        return [one for line in self.lines.values() for one in line.contradictions]

    @property
    def edited(self) -> int:
        return sum(line.is_edited for line in self.lines.values())


def wording_of(report: CompiledReport) -> Wording:
    """The whole document's words. It costs one composing and one query."""
    document = composed(report, words={})
    newest = {row.key: row for row in report.words.in_force().select_related("by")}
    sections = list(_sections(document))
    wording = Wording(document, sections, seen=max((row.pk for row in newest.values()), default=0))
    words = {key: row.text for key, row in newest.items() if row.text}
    for key, line in wording.lines.items():
        line.edited = newest.get(key)
    for one in contradictions(document, words):
        wording.lines[one.key].contradictions.append(one)
    return wording


def _sections(document: Document) -> Iterator[Section]:
    section, known = Section(_("Opening")), set[str]()
    for block in document.blocks:
        if isinstance(block, Heading):
            if section.lines or section.fixed:
                yield section
            section = Section(f"{block.number}. {block.text}")
        elif isinstance(block, Paragraph) and block.key and block.key not in known:
            known.add(block.key)
            section.lines.append(Line(block.key, block.text))
        elif isinstance(block, Paragraph):
            section.fixed += 1
    if section.lines or section.fixed:
        yield section


def contradictions_of(report: CompiledReport) -> list[Contradiction]:
    """Numbers in edited words that the data do not bear out; without such words nothing is composed."""
    words = EditedWords.objects.words_of(report)
    return contradictions(composed(report, words={}), words) if words else []
