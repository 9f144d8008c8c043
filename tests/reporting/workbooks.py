"""Workbooks in tests: open one as a person would, and find its cells."""

import io

import openpyxl

from reporting.workbooks import actions
from reporting.workbooks.layout import HEAD, HIDDEN, KEYS, MARK


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
