"""Rows as CSV and XLSX downloads that spreadsheets read without harm."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .files import XLSX

Rows = Sequence[Sequence[Any]]
CSV = "text/csv; charset=utf-8"
LONGEST_TITLE = 31  # letters; a workbook takes no longer title of a sheet
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula


def answer(
    kind: str, name: str, rows: Rows, *, title: str = "", more: Mapping[str, Rows] | None = None
) -> HttpResponse:
    """The rows as a download; only CSV and XLSX exist. ``more`` are further sheets of the workbook."""
    if kind == "csv":
        return download(as_csv(rows), CSV, f"{name}.csv")
    if kind == "xlsx":
        return download(as_xlsx({title or name: rows, **(more or {})}), XLSX, f"{name}.xlsx")
    raise Http404


def as_csv(rows: Rows) -> bytes:
    """With a byte-order mark, so that Excel reads the Vietnamese letters."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with a sheet for each title; the head of the first stays in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        _write(book.create_sheet(title[:LONGEST_TITLE]), rows)
    book.worksheets[0].freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.columns, 1):
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(60, widest + 2)


def safe(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula is given a quote in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell


def download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
