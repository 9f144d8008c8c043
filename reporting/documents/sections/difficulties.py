"""The provinces' own words: grouped by question, equal ones told once, each with whose it is."""

from typing import Any

from django.utils.translation import gettext as _

from ..blocks import Heading, Paragraph
from ..captions import Captions
from ..covering import as_written, coverage_of, quoted_in_part
from ..reading import Cut


def results(cut: Cut, _captions: Captions) -> list[Any]:
    """Their main results, under headings of the chapter before."""
    return _texts(cut, "results")


def difficulties(cut: Cut, _captions: Captions) -> list[Any]:
    blocks: list[Any] = [Heading(1, "", _heading(cut))]
    said = _texts(cut, "difficulties")
    return blocks + (said or [Paragraph(_none_words(cut), "difficulties.none")])


def _none_words(cut: Cut) -> str:
    """A report that names no difficulty is another thing than no report."""
    found = coverage_of(cut)
    if cut.is_of_one and not (found.counted or found.partly):
        return _("No report of %(place)s on %(span)s is approved that could name any.") % {
            "place": cut.place,
            "span": cut.span.words(),
        }
    return _("The approved parts of the reports name no difficulty and make no proposal.")


def _heading(cut: Cut) -> str:
    if cut.is_of_one:
        return _("Difficulties and proposals")
    return _("Difficulties and proposals of the provinces")


def _texts(cut: Cut, chapter: str) -> list[Any]:
    blocks: list[Any] = []
    for group in cut.raw["texts"]:
        lines = [line for line in group["lines"] if cut.has_unit(line["unit"])]
        if group.get("chapter") != chapter or not lines:
            continue
        blocks.append(Heading(2, "", cut.text(group, "name")))
        if not blocks[1:] and (language := as_written(cut)):
            blocks.append(Paragraph(language))
        if caution := quoted_in_part(cut, [line["unit"] for line in lines]):
            blocks.append(Paragraph(caution))
        blocks += [_attributed(cut, text, units) for text, units in _together(lines)]
    return blocks


def _together(lines: list[dict[str, Any]]) -> list[tuple[str, list[int]]]:
    """Word for word the same is told once, with everybody who said it."""
    found: dict[str, list[int]] = {}
    for line in lines:
        found.setdefault(line["text"].strip(), []).append(line["unit"])
    return list(found.items())


def _attributed(cut: Cut, text: str, units: list[int]) -> Paragraph:
    lead = "" if cut.is_of_one else f"– {cut.names(units)}: "
    return Paragraph(lead + text, quote="" if cut.is_vietnamese else text)
