"""A composed document as HTML for the typesetter. The pages decide nothing."""

import io
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from math import ceil
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from foundation.pdf.rendering import Part

from .blocks import Annex, Document, Heading, Picture, Row, Table, blocks_of, is_quoted
from .composing import annex_anchor, annex_name, heading_words
from .drawing import draw, legend

OFFICIAL = "reporting/documents/official.html"
SHORT_ROWS, SHORT_LINES = 6, 10  # a table of less than a fifth of a page is not split between pages
LOW_LINES = 2  # of the rows of an annex whose last page can be filled with more of them
LETTERS = 0.7  # that stand in one per cent of a portrait page's width
ACROSS = 1.6  # times as many where the page lies across


@dataclass(frozen=True)
class PrintedCell:
    text: str
    aligned: str
    span: int = 1
    is_quoted: bool = False


@dataclass(frozen=True)
class PrintedRow:
    """``is_more`` goes on about the unit that the row above names."""

    cells: tuple[PrintedCell, ...]
    is_group: bool
    is_more: bool = False


def parts_of(
    document: Document,
    *,
    check_url: str,
    template: str = OFFICIAL,
    drawn: Callable[[int], None] = lambda _done: None,
) -> list[Part]:
    """The body, then each annex, which counts its own pages: each a page that knows nothing of the others.

    Only the body knows the data cut, so that an annex stays what it is while its figures do. ``drawn`` hears
    how many pictures are done.
    """
    printed = _Printed(template, check_url, drawn)
    body = Part("body", printed.page(replace(document, annexes=())))
    annexes = (replace(document, blocks=(), annexes=(annex,)) for annex in document.annexes)
    return [body, *(Part(annex_anchor(one.annexes[0]), printed.page(one)) for one in annexes)]


def page_of(document: Document, *, check_url: str, template: str = OFFICIAL) -> str:
    """The whole document as one page, but for the running lines."""
    return _Printed(template, check_url, lambda _done: None).page(document)


def running_lines(document: Document) -> str:
    """What stands at the foot and the head of every page, upright and wide."""
    with translation.override(document.language):
        return render_to_string("reporting/documents/running.html", {"document": document})


class _Printed:
    """Pages of one document; counts the pictures drawn in all of them."""

    def __init__(self, template: str, check_url: str, drawn: Callable[[int], None]) -> None:
        self.template, self.check_url, self.drawn = template, check_url, drawn
        self.done = 0

    def page(self, document: Document) -> str:
        with translation.override(document.language):
            *before, last = [self._block(block) for block in document.blocks] or [None]
            context = {
                "document": document,
                "blocks": before,
                "last": last,  # kept on one page with the signature
                "annexes": [self._annex(annex) for annex in document.annexes],
                "widths": sorted(_widths(document)),
                "qr": qr(self.check_url),
            }
            return render_to_string(self.template, context)

    def _annex(self, annex: Annex) -> dict[str, Any]:
        return {
            "annex": annex,
            "name": annex_name(annex),
            "anchor": annex_anchor(annex),
            "blocks": [self._block(block, is_wide=annex.is_landscape) for block in annex.blocks],
        }

    def _block(self, block: Any, *, is_wide: bool = False) -> Any:
        if isinstance(block, Picture):
            return self._picture(block)
        if isinstance(block, Table):
            return printed_table(block, is_wide=is_wide)
        if isinstance(block, Heading):
            return {**asdict(block), "words": heading_words(block), "is_quoted": is_quoted(block.text)}
        return block

    def _picture(self, picture: Picture) -> dict[str, Any]:
        svg = draw(picture)
        self.done += 1
        self.drawn(self.done)
        return {
            "block": "picture",
            "kind": picture.kind,
            "svg": svg,
            "caption": picture.caption,
            "legend": legend(picture),
        }


def _widths(document: Document) -> set[int]:
    """Widths of columns that the styles must know."""
    return {width for block in blocks_of(document) if isinstance(block, Table) for width in block.widths}


def qr(address: str) -> SafeString:
    """The address as a QR code in SVG, error level M."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=0, title=address
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 -- drawn by us from our own address


def printed_table(table: Table, *, is_wide: bool = False) -> dict[str, Any]:
    """``is_wide`` where it stands on a page that lies across."""
    lines = [_lines(row, table, LETTERS * ACROSS if is_wide else LETTERS) for row in table.rows]
    return {
        "block": "table",
        "head": table.head,
        "caption": table.caption,
        "note": table.note,
        "widths": table.widths,
        "is_short": len(lines) <= SHORT_ROWS and sum(lines) <= SHORT_LINES,
        "is_low": max(lines, default=0) <= LOW_LINES,
        "rows": [_printed_row(row, table) for row in table.rows],
    }


def _lines(row: Row, table: Table, letters: float) -> int:
    """About how many lines a row takes, at the least width its columns may have."""
    widths = table.widths or (100 // len(table.head),) * len(table.head)
    return max(ceil(len(text) / (letters * width)) for text, width in zip(row.cells, widths, strict=False))


def _printed_row(row: Row, table: Table) -> PrintedRow:
    cells = [
        PrintedCell(text, how, is_quoted=place in row.quoted)
        for place, (text, how) in enumerate(zip(row.cells, table.aligned, strict=False))
    ]
    if row.is_group:
        cells = _group_cells(row, cells)
    if row.span_note:  # stands where the numbers would, before what follows them
        tail = row.cells[2:]
        after = [
            PrintedCell(text, how)
            for text, how in zip(tail, table.aligned[len(table.aligned) - len(tail) :], strict=True)
        ]
        cells = [*cells[:2], PrintedCell(row.span_note, "absent", span=row.span), *after]
    return PrintedRow(tuple(cells), row.is_group or row.is_total, is_more=not any(row.cells[:2]))


def _group_cells(row: Row, cells: list[PrintedCell]) -> list[PrintedCell]:
    """A group's name takes the running number's column as well, and all of them where it stands alone."""
    alone = not any(row.cells[2:])
    return [
        PrintedCell(row.cells[1], "start", span=len(cells) if alone else 2),
        *([] if alone else cells[2:]),
    ]
