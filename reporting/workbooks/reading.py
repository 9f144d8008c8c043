"""A file somebody sent, read cell by cell; what is not a workbook of ours is refused in one sentence.

Read as a stream: nothing of what a workbook may hold beside cells (pictures, merged ranges, styles) is
ever built, so a small file cannot grow in memory.
"""

import io
import warnings
import zipfile
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
from .layout import HIDDEN, KEYS, MARK, OWN
from .seal import Seal, WorkbookRefused

MOST_UNPACKED = 30 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 50, 3000, 100
WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
# Parts that reach out of the file, or run something.
REACHING_OUT = ("xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/connections", "xl/querytables/",
                "xl/model/", "customui/")  # fmt: skip
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
    _refuse_harm(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl names what it leaves out
            return _read(data)
    except BROKEN_WORKBOOK:
        raise WorkbookRefused(_("The workbook is damaged. Save it again as .xlsx and send it.")) from None


def _refuse_harm(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise WorkbookRefused(_("The file unpacks to more than the portal takes."))
            names = [member.filename.lower() for member in members]
            if any(name.startswith(REACHING_OUT) for name in names):
                raise WorkbookRefused(
                    _("The workbook is linked to other files or data. Remove the links and send it again.")
                )
            if any(_declares_entities(archive.read(member)) for member in members):
                raise WorkbookRefused(_("The workbook is damaged. Save it again as .xlsx and send it."))
    except BROKEN_ARCHIVE:
        raise WorkbookRefused(_("The workbook is damaged. Save it again as .xlsx and send it.")) from None


def _declares_entities(content: bytes) -> bool:
    """No program that writes workbooks declares entities; a bomb of XML does, in UTF-16 as well."""
    return b"<!DOCTYPE" in content or b"<!DOCTYPE".decode().encode("utf-16-le") in content


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
        if address := str(row[mark].value or ""):
            if address in book.cells:
                book.doubled.add(address)
            book.cells[address] = _cells(keys, row, number)
            book.sheets[address] = sheet.title


def _cells(keys: list[str], row: Sequence[Any], number: int) -> dict[str, Cell]:
    """The cells of a row under the keys of their columns, the portal's own columns left out."""
    return {
        key: Cell(f"{get_column_letter(place)}{number}", cell.value, getattr(cell, "data_type", "n"))
        for place, (key, cell) in enumerate(zip(keys, row, strict=False), 1)
        if key and key not in OWN
    }
