"""A file somebody sent, read cell by cell; what is not a workbook of ours is refused in one sentence.

Read as a stream, so that no sheet is held whole. That alone keeps nothing small: openpyxl builds the styles,
merged ranges and lists all the same, and a row before it is cut. ``harm`` has bounded them by then.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from foundation.files import BROKEN_ARCHIVE, MACROS, checked

from .cells import Cell
from .harm import damaged, refuse_harm
from .layout import HIDDEN, KEYS, MARK, OWN
from .seal import Seal, WorkbookRefused

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 50, 3000, 100
MOST_LETTERS = 32_767  # a spreadsheet holds no more in one cell
WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
# A hostile file says anything where openpyxl expects a number, a name or a place.
BROKEN_WORKBOOK = (
    *BROKEN_ARCHIVE, InvalidFileException, KeyError, IndexError, TypeError, AttributeError, ArithmeticError,
    SyntaxError, AssertionError, RecursionError,
)  # fmt: skip


@dataclass
class Book:
    """What was read: the seal, each question's cells by column, and the sheet it stands in."""

    seal: Seal
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)


def read_upload(upload: UploadedFile) -> Book:
    """Look into an uploaded file; ``WorkbookRefused`` says in one sentence why it is not taken."""
    suffix = PurePosixPath((upload.name or "").lower()).suffix
    if suffix in WITH_MACROS:
        raise WorkbookRefused(str(MACROS))
    if suffix != ".xlsx":
        raise WorkbookRefused(_("This is not an Excel workbook. Send the .xlsx file you downloaded here."))
    try:
        data = checked(upload)
    except ValidationError as fault:
        raise WorkbookRefused(" ".join(fault.messages)) from None
    return read(data)


def read(data: bytes) -> Book:
    """The workbook in these bytes; ``WorkbookRefused`` where it is none, or one that may do harm."""
    refuse_harm(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl names what it leaves out
            return _read(data)
    except BROKEN_WORKBOOK:
        raise damaged() from None


def _read(data: bytes) -> Book:
    source = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        if HIDDEN not in source.sheetnames:
            return Book(Seal.opened(""))  # refuses in the words for a missing seal
        if len(source.sheetnames) > MOST_SHEETS:
            raise WorkbookRefused(
                _("The workbook has more sheets than the portal takes. Delete your own ones.")
            )
        book = Book(Seal.opened(_signed(source[HIDDEN])))
        for sheet in source.worksheets:
            if sheet.title != HIDDEN:
                _take_sheet(book, sheet)
        return book
    finally:
        source.close()


def _signed(sheet: Any) -> str:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=1, values_only=True)
    return "".join(str(value) for (value,) in rows if value)


def _take_sheet(book: Book, sheet: Any) -> None:
    """The answers of one sheet; a sheet that somebody added for notes is left alone."""
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        raise WorkbookRefused(
            _("The sheet “%(sheet)s” has more rows or columns than the portal takes. Delete the empty ones.")
            % {"sheet": sheet.title}
        )
    rows = sheet.iter_rows(min_row=KEYS, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    keys = [str(cell.value or "") for cell in next(rows, ())]
    if MARK not in keys:
        return
    mark = keys.index(MARK)
    for number, row in enumerate(rows, KEYS + 1):
        _refuse_endless(row, sheet.title)
        if address := str(row[mark].value or ""):
            if address in book.cells:
                book.doubled.add(address)
            book.cells[address] = _cells(keys, row, number)
            book.sheets[address] = sheet.title


def _refuse_endless(row: Sequence[Any], sheet: str) -> None:
    """One text that every cell points at is small in the file, and large each time it is read."""
    if any(isinstance(cell.value, str) and len(cell.value) > MOST_LETTERS for cell in row):
        raise WorkbookRefused(
            _("A cell of the sheet “%(sheet)s” holds more text than a spreadsheet takes. Shorten it.")
            % {"sheet": sheet}
        )


def _cells(keys: list[str], row: Sequence[Any], number: int) -> dict[str, Cell]:
    """The cells of a row under the keys of their columns, the portal's own columns left out."""
    return {
        key: Cell(f"{get_column_letter(place)}{number}", cell.value, getattr(cell, "data_type", "n"))
        for place, (key, cell) in enumerate(zip(keys, row, strict=False), 1)
        if key and key not in OWN
    }
