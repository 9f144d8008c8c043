"""The files made of a document beside its PDF, each from the same composed words and the same cut."""

from collections.abc import Callable
from typing import Any

from ..models import Format
from .blocks import Document
from .data_files import csv_archive, json_of
from .imprint import Imprint


def make(form: Format, document: Document, content: dict[str, Any], imprint: Imprint) -> bytes:
    """The file's bytes, which depend on what is given alone."""
    return _MAKERS[form](document, content, imprint)


def _xlsx(document: Document, _content: dict[str, Any], imprint: Imprint) -> bytes:
    from .workbook import workbook_of  # noqa: PLC0415 -- for workers and commands only

    return workbook_of(document, imprint)


def _docx(document: Document, _content: dict[str, Any], imprint: Imprint) -> bytes:
    from .office import office_of  # noqa: PLC0415 -- slow import

    return office_of(document, imprint)


_MAKERS: dict[Format, Callable[[Document, dict[str, Any], Imprint], bytes]] = {
    Format.XLSX: _xlsx,
    Format.DOCX: _docx,
    Format.CSV: lambda document, _content, imprint: csv_archive(document, imprint),
    Format.JSON: lambda _document, content, _imprint: json_of(content),
}
