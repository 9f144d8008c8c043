"""Workbooks in tests: fill one as a person would, send it, read what came back."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.workbooks import actions
from reporting.workbooks.layout import HEAD, HIDDEN, KEYS, MARK, MESSAGE
from tests.reporting.factories import NOON

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def given_out(report):
    """The workbook of a report, as openpyxl opens it."""
    report.refresh_from_db()
    return opened(actions.workbook_of(report, open_fields=report.open_addresses()))


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def cell(book, address, key):
    """The cell of one question under one column's hidden key."""
    for sheet in book.worksheets:
        if sheet.title == HIDDEN or sheet.cell(KEYS, 1).value != MARK:
            continue
        places = {one.value: one.column for one in sheet[KEYS]}
        for row in range(HEAD + 1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == address:
                return sheet.cell(row, places[key])
    raise LookupError(address)


def message(book, address):
    return cell(book, address, MESSAGE).value


def fill(book, **typed):
    """``general__summary__text="…"`` fills that cell."""
    for name, value in typed.items():
        section, key, part = name.split("__")
        cell(book, f"{section}.{key}", part).value = value
    return book


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(book, name="bao-cao.xlsx"):
    data = book if isinstance(book, bytes) else saved(book)
    return SimpleUploadedFile(name, data, content_type=XLSX)


def sent(report, book, by, name="bao-cao.xlsx"):
    return actions.receive(report.pk, upload=file_of(book, name), by=by, at=NOON)


def taken(report, book, by, **choices):
    """Send a workbook and confirm its preview at once."""
    kept = sent(report, book, by)
    report.refresh_from_db()
    chosen = {address.replace("__", "."): whose for address, whose in choices.items()}
    return actions.take(kept.pk, choices=chosen, seen=report.version, by=by, at=NOON)
