"""Figures as CSV and XLSX: units, lens and coverage in every sheet."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from foundation.files import XLSX

from . import showing
from .progress import Measure, Progress

Rows = Sequence[Sequence[Any]]


def targets(progress: Progress) -> Rows:
    head = [_("Target"), _("Value"), _("Unit"), _("Year"), _("Mark 2025"), _("Mark 2030"), _("State"),
            _("Units counted"), _("Units"), _("Lens"), _("Demo data")]  # fmt: skip
    rows: list[list[Any]] = [head]
    for measure in progress.measures:
        row, newest = showing.target_row(progress, measure), measure.newest
        rows.append(
            [
                str(measure.indicator.name),
                _rounded(newest.number) if newest else None,
                str(measure.indicator.unit),
                newest.year if newest else None,
                row.mark_2025,
                row.mark_2030,
                row.standing,
                newest.counted if newest else None,
                newest.expected if newest else None,
                str(progress.lens),
                _("yes") if progress.is_demo else _("no"),
            ]
        )
    return rows


def by_unit(progress: Progress, measure: Measure) -> Rows:
    head = [_("Year"), _("Code"), _("Province"), _("Region"), _("Value"), _("Numerator"), _("Denominator"),
            _("Unit"), _("Why there is no value"), _("Values from"), _("Coverage of the year"), _("Lens"),
            _("Demo data")]  # fmt: skip
    rows: list[list[Any]] = [head]
    for figure in measure.figures:
        places = progress.places_in(figure.year)
        for cell in figure.cells:
            place = places[cell.unit]
            rows.append(
                [
                    figure.year,
                    place.code,
                    str(place.name),
                    place.region_name,
                    _rounded(cell.number),
                    cell.total.numerator,
                    cell.total.denominator,
                    str(measure.indicator.unit),
                    "" if cell.number is not None else showing.cell_words(places, measure, cell),
                    showing.names(places, cell.parts),
                    f"{figure.counted}/{figure.expected}",
                    str(progress.lens),
                    _("yes") if progress.is_demo else _("no"),
                ]
            )
    return rows


def about(progress: Progress, measures: Sequence[Measure]) -> Rows:
    """What has to be known of the numbers: the lens in words, and the coverage of every year."""
    told: list[list[Any]] = [
        [_("Numbers seen as"), progress.lens.words()],
        [_("Lens"), str(progress.lens)],
        [_("Read at"), f"{timezone.localtime():%Y-%m-%d %H:%M}"],
        [_("Demo data"), _("yes") if progress.is_demo else _("no")],
        [],
        [_("Target"), _("Year"), _("Units counted"), _("Units"), _("Missing"), _("In the total only")],
    ]
    for measure in measures:
        for figure in measure.figures:
            places = progress.places_in(figure.year)
            told.append(
                [
                    str(measure.indicator.name),
                    figure.year,
                    figure.counted,
                    figure.expected,
                    showing.names(places, figure.missing),
                    showing.names(places, figure.left_out),
                ]
            )
    return told


def answer(kind: str, name: str, rows: Rows, told: Rows = ()) -> HttpResponse:
    """The rows as a download; only CSV and XLSX exist, and XLSX has a second sheet about the numbers."""
    if kind == "csv":
        return _download(_as_csv(rows), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "xlsx":
        return _download(_as_xlsx(rows, told), XLSX, f"{name}.xlsx")
    raise Http404


def _as_csv(rows: Rows) -> bytes:
    """With a byte-order mark, so that Excel reads the Vietnamese letters."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_xlsx(rows: Rows, told: Rows) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book.create_sheet(_("Numbers")), rows)
    book.worksheets[0].freeze_panes = "A2"
    if told:
        _write(book.create_sheet(_("About the numbers")), told)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.columns, 1):
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(60, widest + 2)


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula is given a quote in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(number, 2)


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
