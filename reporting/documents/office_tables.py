"""A table of a document in Word: its head on every page, no row split, groups in bold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm

from .blocks import Table
from .office_look import GROUP_GROUND, HEAD_GROUND, SIDES
from .office_parts import element, spoken_in
from .tables import Line, lines_of, longest_words

LETTER, EDGES = Mm(2.6), Mm(6)  # of 12 points; and what a cell keeps free on both sides
MOST = 34  # letters that a column is reckoned with, else one takes the page
ENOUGH = 12  # letters for its head, which wraps
TWENTIETHS = 635  # of a point, in the measure of python-docx


def write_table(paper: Paper, table: Table, *, language: str, width: Length) -> None:
    if table.caption:
        paper.add_paragraph(table.caption, style="Caption").paragraph_format.keep_with_next = True
    lines = lines_of(table, language)
    made = paper.add_table(rows=0, cols=len(table.head))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(table, lines, width)
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    _write_head(made._tbl, table.head, widths)
    for line in lines:
        _write_line(made._tbl, line, table.aligned, widths)
    if table.note:
        paper.add_paragraph(table.note, style="Table note")


def _widths(table: Table, lines: Sequence[Line], width: Length) -> list[int]:
    """The width of the text: each column holds its longest word, the rest goes to those with more to say."""
    heads = [min(len(words), ENOUGH) for words in table.head]
    longest = longest_words(table.head, lines)
    wanted = [min(MOST, max(head, below)) for head, below in zip(heads, longest, strict=True)]
    least = [LETTER * longest + EDGES for longest in _single_words(table.head, lines)]
    if sum(least) >= width:
        return [int(width * one / sum(least)) for one in least]
    more = [max(1, LETTER * wish + EDGES - one) for wish, one in zip(wanted, least, strict=True)]
    spare = width - sum(least)
    return [int(one + spare * extra / sum(more)) for one, extra in zip(least, more, strict=True)]


def _single_words(head: Sequence[str], lines: Sequence[Line]) -> list[int]:
    apart = [
        Line(tuple(replace(value, text=max(value.text.split() or [""], key=len)) for value in line.values))
        for line in lines
    ]
    return longest_words(head, apart)


def _write_head(table: Any, head: Sequence[str], widths: Sequence[int]) -> None:
    row = _row(table, is_head=True)
    for words, wide in zip(head, widths, strict=True):
        row.append(_cell(words, "centre", wide, _look(bold=True), fill=HEAD_GROUND))


def _write_line(table: Any, line: Line, aligned: Sequence[str], widths: Sequence[int]) -> None:
    row, column = _row(table), 0
    for value in line.values:
        alone = "start" if line.is_group else "absent"
        side = aligned[column] if value.span == 1 else alone
        wide = sum(widths[column : column + value.span])
        fill = GROUP_GROUND if line.is_group else ""
        look = _look(bold=line.is_group, language="vi" if value.is_quoted else "")
        row.append(_cell(value.text, side, wide, look, span=value.span, fill=fill))
        column += value.span


def _row(table: Any, *, is_head: bool = False) -> Any:
    """Never split between two pages; a head is repeated on each."""
    row = element("w:tr")
    about = element("w:trPr")
    about.append(element("w:cantSplit", val="true"))
    if is_head:
        about.append(element("w:tblHeader", val="true"))
    row.append(about)
    table.append(row)
    return row


def _cell(words: str, side: str, width: int, look: Any, *, span: int = 1, fill: str = "") -> Any:
    """Written part by part: python-docx reckons the whole grid anew for each cell."""
    cell, about = element("w:tc"), element("w:tcPr")
    about.append(element("w:tcW", w=str(width // TWENTIETHS), type="dxa"))
    if span > 1:
        about.append(element("w:gridSpan", val=str(span)))
    if fill:
        about.append(element("w:shd", val="clear", color="auto", fill=fill))
    about.append(element("w:vAlign", val="center"))
    cell.append(about)
    cell.append(_paragraph(words, SIDES.get(side.partition(" ")[0], "left"), look))
    return cell


def _look(*, bold: bool, language: str = "") -> Any:
    look = element("w:rPr")
    if bold:
        look.append(element("w:b"))
    if language:
        spoken_in(look, language)
    return look


def _paragraph(words: str, side: str, look: Any) -> Any:
    written, shape = element("w:p"), element("w:pPr")
    shape.append(element("w:pStyle", val="Grid"))
    shape.append(element("w:jc", val=side))
    run, text = element("w:r"), element("w:t")
    if len(look):
        run.append(look)
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    written.append(shape)
    written.append(run)
    return written
