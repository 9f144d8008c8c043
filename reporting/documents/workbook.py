"""The tables of a document as a workbook: a list of them, then a sheet for each, numbers as numbers."""

import io
import math
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from foundation.archives import settled
from foundation.sheets import LONGEST_TITLE, safe

from .blocks import Document
from .imprint import Imprint
from .office_look import FACE, GROUP_GROUND, HEAD_GROUND, SIDES
from .tables import Line, Numbered, Value, longest_words, tables_of, told_apart

BLACK = Side(style="thin", color="000000")
GRID = Border(left=BLACK, right=BLACK, top=BLACK, bottom=BLACK)
HEAD_FILL, GROUP_FILL = PatternFill("solid", fgColor=HEAD_GROUND), PatternFill("solid", fgColor=GROUP_GROUND)
LINK = Font(name=FACE, size=11, color="0B4F4A", underline="single")
NARROWEST, WIDEST = 8, 52  # letters: a year with its head; half a sheet of A4 across, longer words wrap
LANDSCAPE = 96  # letters of width that no longer fit an upright A4 sheet
HEAD = 6  # the row of the head: above it stand what the table is and where it comes from
PORTAL = "SCP Portal"  # who made the file, for the file's properties


def workbook_of(document: Document, imprint: Imprint) -> bytes:
    """The same document gives the same bytes."""
    with translation.override(document.language):
        tables = tables_of(document)
        book = Workbook()
        contents = book.worksheets[0]
        contents.title = _("Contents")
        names = told_apart([contents.title, *(_sheet_name(one) for one in tables)])[1:]
        _write_contents(contents, tables, names, imprint)
        for table, name in zip(tables, names, strict=True):
            _write_table(book.create_sheet(name), table, imprint, back=contents.title)
    _describe(book, imprint)
    return _saved(book, imprint)


def _sheet_name(table: Numbered) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", table.place).strip("' ")[:LONGEST_TITLE]


def _write_contents(sheet: Worksheet, tables: Sequence[Numbered], names: list[str], imprint: Imprint) -> None:
    sheet["A1"] = safe(imprint.title)
    sheet["A1"].font = Font(name=FACE, size=14, bold=True)
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 40
    row = _write_facts(sheet, imprint, row=2)
    said = _("Numbers stand as the document prints them; the exact values are in the JSON file.")
    sheet.cell(row, 1, said).font = Font(name=FACE, size=11, italic=True)
    row += 2
    for column, words in enumerate((_("Sheet"), _("Table")), 1):
        _style(sheet.cell(row, column, words), "centre", bold=True, fill=HEAD_FILL)
    for table, name in zip(tables, names, strict=True):
        row += 1
        cell = sheet.cell(row, 1, safe(name))
        _style(cell, "start")
        _lead(cell, name)
        _style(sheet.cell(row, 2, safe(table.title)), "start")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 78
    _set_page(sheet, imprint, heads=None, wide=False)


def _lead(cell: Cell, sheet_name: str) -> None:
    """Make a link to another sheet."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet_name}'!A1")
    cell.font = LINK


def _write_facts(sheet: Worksheet, imprint: Imprint, *, row: int) -> int:
    """The imprint, a line each; the row after it."""
    for label, text in [*imprint.facts(), *([("", imprint.demo)] if imprint.demo else [])]:
        sheet.cell(row, 1, safe(label)).font = Font(name=FACE, size=11, color="55534C")
        sheet.cell(row, 2, safe(text)).font = Font(name=FACE, size=11, bold=not label)
        row += 1
    return row


def _write_table(sheet: Worksheet, table: Numbered, imprint: Imprint, *, back: str) -> None:
    widths = _widths(table)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _across(sheet, 1, f"{table.place}. {table.title}", widths, size=13, bold=True)
    _across(sheet, 2, imprint.line(), widths)
    _across(sheet, 3, imprint.demo or imprint.title, widths, bold=bool(imprint.demo))
    sheet["A4"] = _("Back to the contents")
    _lead(sheet["A4"], back)
    for column, words in enumerate(table.head, 1):
        _style(sheet.cell(HEAD, column, safe(words)), "centre", bold=True, fill=HEAD_FILL)
    _set_height(sheet, HEAD, [len(words) / width for words, width in zip(table.head, widths, strict=True)])
    for row, line in enumerate(table.lines, HEAD + 1):
        _write_line(sheet, row, line, table.aligned, widths)
    if table.note:
        _across(sheet, HEAD + len(table.lines) + 2, table.note, widths, italic=True)
    named = table.aligned[0] == "centre" and len(table.head) > 2  # a running number, then the name
    sheet.freeze_panes = f"{'C' if named else 'B'}{HEAD + 1}"
    _set_page(sheet, imprint, heads=f"{HEAD}:{HEAD}", wide=sum(widths) > LANDSCAPE)


def _across(
    sheet: Worksheet,
    row: int,
    words: str,
    widths: Sequence[float],
    *,
    size: int = 10,
    bold: bool = False,
    italic: bool = False,
) -> None:
    """A text over the whole width of the table, on as many lines as it takes."""
    cell = sheet.cell(row, 1, safe(words))
    cell.font = Font(name=FACE, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    _set_height(sheet, row, [len(words) * size / 11 / sum(widths)], size=size)


def _set_height(sheet: Worksheet, row: int, filled: Sequence[float], *, size: int = 11) -> None:
    """Merged cells do not grow by themselves; ``filled`` says how many lines each text takes."""
    sheet.row_dimensions[row].height = math.ceil(max(1, *filled) if filled else 1) * size * 1.45


def _write_line(
    sheet: Worksheet, row: int, line: Line, aligned: Sequence[str], widths: Sequence[float]
) -> None:
    column, filled = 1, []
    for value in line.values:
        side = aligned[column - 1] if value.span == 1 else "start" if line.is_group else "absent"
        cell = sheet.cell(row, column, _content(value))
        if value.number is not None:
            cell.number_format = _number_format(value)
        fill = GROUP_FILL if line.is_group else None
        for place in range(column, column + value.span):
            _style(sheet.cell(row, place), side, bold=line.is_group, fill=fill)
        if value.span > 1:
            end = column + value.span - 1
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=end)
        filled.append(len(value.text) * 1.1 / sum(widths[column - 1 : column - 1 + value.span]))
        column += value.span
    _set_height(sheet, row, filled)


def _content(value: Value) -> Decimal | str:
    if value.number is None:
        return str(safe(value.text))
    return value.number / 100 if value.unit == "%" else value.number


def _number_format(value: Value) -> str:
    """As on paper: thousands apart, so many decimals, the unit behind. A percentage is a real one."""
    decimals = "." + "0" * value.places if value.places else ""
    grouped = "#,##0" if re.search(r"[.,\s]\d{3}", value.text) else "0"
    sign = f'"{value.sign}"' if value.sign else ""
    if value.unit == "%":
        return f"{sign}{grouped}{decimals}%"
    unit = value.unit.replace('"', "")
    return f'{sign}{grouped}{decimals}" {unit}"' if unit else f"{sign}{grouped}{decimals}"


def _style(
    cell: Cell | MergedCell, side: str, *, bold: bool = False, fill: PatternFill | None = None
) -> None:
    where = SIDES.get(side.partition(" ")[0], "left")
    cell.font = Font(name=FACE, size=11, bold=bold)
    cell.border = GRID
    cell.alignment = Alignment(horizontal=where, vertical="center", wrap_text=True)
    if fill:
        cell.fill = fill


def _widths(table: Numbered) -> list[float]:
    """Wide enough for the longest word and most lines, never wider than a hand."""
    longest = longest_words(table.head, table.lines)
    return [min(WIDEST, max(NARROWEST, length * 1.1 + 2)) for length in longest]


def _set_page(sheet: Worksheet, imprint: Imprint, *, heads: str | None, wide: bool) -> None:
    """A4, as wide as the sheet, the head on each page, the imprint at the foot."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = heads
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 1.18, 0.71, 0.87, 0.87  # 30, 18, 22 mm
    foot = f"{imprint.cut_number} · {imprint.check_code}".replace("&", "&&")  # the rest is on the sheet
    _say(sheet.oddFooter, "left", foot)
    _say(sheet.oddFooter, "right", "&P/&N")
    if imprint.demo:
        _say(sheet.oddHeader, "right", imprint.demo)


def _say(line: Any, side: str, words: str) -> None:
    place = getattr(line, side)
    place.text, place.size = words, 8


def _describe(book: Workbook, imprint: Imprint) -> None:
    about = book.properties
    about.title, about.subject = imprint.title, imprint.line()
    about.keywords, about.language = imprint.check_code, imprint.language
    about.creator = PORTAL
    about.created = about.modified = imprint.cut_at.replace(tzinfo=None)


def _saved(book: Workbook, imprint: Imprint) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        ExcelWriter(book, packed).write_data()  # ``save`` would write down the clock
    return settled(out.getvalue(), at=imprint.cut_at)
