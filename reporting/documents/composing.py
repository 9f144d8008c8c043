"""A document composed from a data cut by fixed rules, along an outline. Same cut, same words.

Nothing here reads the database: everything printed stands in the cut's content (see ``cutting``).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.utils import translation
from django.utils.translation import gettext as _

from foundation.jobs import JobFailed

from ..outline import Outline
from .annexes import ANNEXES
from .blocks import Annex, Contents, Document, Entry, Heading
from .captions import Captions
from .head_and_foot import Envelope, annex_reference, check_words, foot, head, running
from .reading import Cut
from .sections import SECTIONS

ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
Part = TypeVar("Part")
LETTERS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet without its marked vowels


def compose(
    content: dict[str, Any],
    outline: Outline,
    *,
    language: str,
    envelope: Envelope,
) -> Document:
    """The whole document in one language, before the ministry's own words (see ``rewording``)."""
    with translation.override(language):
        cut = Cut(content, language, outline.scope)
        captions = Captions()
        title = outline.title(language)
        parts = [block for name in outline.sections for block in _known(SECTIONS, name)(cut, captions)]
        blocks = numbered(parts)
        annexes = _annexes(cut, outline)
        return Document(
            language=language,
            title=title,
            head=head(cut, envelope, title, is_submitted="submitting" in outline.sections),
            blocks=tuple(_with_contents(blocks, annexes)),
            annexes=tuple(annexes),
            foot=foot(envelope, is_submitted="submitting" in outline.sections),
            running=running(cut, envelope),
            code_words=_("Check code %(code)s") % {"code": envelope.check_code},
            check_words=check_words(envelope),
            annex_reference=annex_reference(cut, envelope),
            demo=_("Demo copy: the figures are of no use") if content["is_demo"] else "",
            figures=captions.figures,
        )


def _known(parts: Mapping[str, Part], name: str) -> Part:
    """A kind's row may name what a newer or older portal composes; its job says so in words."""
    if name not in parts:
        words = _("The kind of document asks for “%(name)s”, which this portal does not compose.")
        raise JobFailed(words % {"name": name})
    return parts[name]


def numbered(blocks: list[Any]) -> list[Any]:
    """Headings numbered as Decree 30 has them: Part I, I., 1., a); each begins anew under the one above."""
    counts = [0, 0, 0, 0]
    found = []
    for block in blocks:
        if not isinstance(block, Heading):
            found.append(block)
            continue
        counts[block.level] += 1
        counts[block.level + 1 :] = [0] * (3 - block.level)
        place = counts[block.level]
        number = (roman, roman, str, lettered)[block.level](place)
        found.append(replace(block, number=number, anchor="-".join(["h", *map(str, counts)])))
    return found


def roman(number: int) -> str:
    for value, letters in ROMAN:
        if number >= value:
            return letters + roman(number - value)
    return ""


def lettered(place: int) -> str:
    """a, b … y, and then aa, ab …"""
    before, last = divmod(place - 1, len(LETTERS))
    return (lettered(before) if before else "") + LETTERS[last]


def _annexes(cut: Cut, outline: Outline) -> list[Annex]:
    found = [annex for name in outline.annexes for annex in _known(ANNEXES, name)(cut)]
    if len(found) == 1:
        return [replace(found[0], number="")]
    return [replace(annex, number=roman(place)) for place, annex in enumerate(found, 1)]


def _with_contents(blocks: list[Any], annexes: list[Annex]) -> list[Any]:
    entries = (*_headings(blocks), *(_annex_entry(annex) for annex in annexes))
    return [replace(block, entries=entries) if isinstance(block, Contents) else block for block in blocks]


def _headings(blocks: list[Any]) -> list[Entry]:
    return [
        Entry(block.level, heading_words(block), block.anchor)
        for block in blocks
        if isinstance(block, Heading) and block.level < 2
    ]


def heading_words(heading: Heading) -> str:
    """Part I: … · I. … · 1. … · a) …"""
    if heading.level == 0:
        return _("Part %(number)s. %(title)s") % {"number": heading.number, "title": heading.text}
    return f"{heading.number}{')' if heading.level == 3 else '.'} {heading.text}"


def _annex_entry(annex: Annex) -> Entry:
    words = f"{annex_name(annex)}. {annex.title}"
    return Entry(1, words, annex_anchor(annex), has_page=False)


def annex_name(annex: Annex) -> str:
    """A single annex bears no number."""
    return _("Annex %(number)s") % {"number": annex.number} if annex.number else _("Annex")


def annex_anchor(annex: Annex) -> str:
    return f"annex-{annex.number or 'only'}"
