"""A composed document as one HTML page for the typesetter. The page decides nothing."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from .blocks import Document, Picture, Row, Table
from .drawing import draw


@dataclass(frozen=True)
class PrintedCell:
    text: str
    aligned: str
    span: int = 1


@dataclass(frozen=True)
class PrintedRow:
    cells: tuple[PrintedCell, ...]
    is_group: bool


def page_of(
    document: Document,
    *,
    check_url: str,
    drawn: Callable[[int], None] = lambda _done: None,
    template: str = "reporting/documents/official.html",
) -> str:
    """The whole document as HTML. ``drawn`` hears how many pictures are done."""
    done = 0

    def printed(block: Any) -> Any:
        nonlocal done
        if isinstance(block, Picture):
            svg = draw(block)
            done += 1
            drawn(done)
            return {"block": "picture", "kind": block.kind, "svg": svg, "caption": block.caption}
        return printed_table(block) if isinstance(block, Table) else block

    with translation.override(document.language):
        *before, last = [printed(block) for block in document.blocks]
        return render_to_string(
            template,
            {
                "document": document,
                "blocks": before,
                "last": last,  # kept on one page with the signature
                "annexes": [
                    {"annex": annex, "blocks": [printed(block) for block in annex.blocks]}
                    for annex in document.annexes
                ],
                "qr": qr(check_url),
            },
        )


def qr(address: str) -> SafeString:
    """The address as a QR code in SVG, error level M."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=0, title=address
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 -- drawn by us from our own address


def printed_table(table: Table) -> dict[str, Any]:
    return {
        "block": "table",
        "head": table.head,
        "caption": table.caption,
        "note": table.note,
        "rows": [_printed_row(row, table) for row in table.rows],
    }


def _printed_row(row: Row, table: Table) -> PrintedRow:
    cells = [PrintedCell(text, how) for text, how in zip(row.cells, table.aligned, strict=False)]
    if row.is_group:  # the group's name takes the column of the running number as well
        cells = [PrintedCell(row.cells[1], "start", span=2), *cells[2:]]
    if row.span_note:  # stands where the numbers would, before what follows them
        cells = [*cells[:2], PrintedCell(row.span_note, "absent", span=row.span), *cells[2:]]
        cells = [*cells[:3], *(PrintedCell(cell.text, "centre") for cell in cells[3:])]
    return PrintedRow(tuple(cells), row.is_group)
