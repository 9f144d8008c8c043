"""The data behind a document as files: its cut as JSON, its tables as CSV; beside the PDF and inside it."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from foundation.archives import archive
from foundation.pdf.archive import Attachment
from foundation.sheets import safe

from ..snapshots import canonical
from .blocks import Document
from .imprint import Imprint
from .tables import Line, Numbered, Value, tables_of

CSV, JSON = "text/csv", "application/json"
MARK = b"\xef\xbb\xbf"  # so that a spreadsheet reads the Vietnamese letters
LIST = "tables.csv"


def json_of(content: dict[str, Any]) -> bytes:
    """The cut's content in its canonical form: the hash of this file is the one the cut was given."""
    return canonical(content)


def csv_files(document: Document, imprint: Imprint) -> dict[str, bytes]:
    """A file for each table, and a list of them that says where the figures come from."""
    tables = tables_of(document)
    files = {LIST: _csv(_listing(tables, imprint))}
    for table in tables:
        files[f"{table.name}.csv"] = _csv([_safe(table.head), *(_cells(line) for line in table.lines)])
    return files


def csv_archive(document: Document, imprint: Imprint) -> bytes:
    return archive(csv_files(document, imprint), at=imprint.cut_at)


def attachments_of(document: Document, content: dict[str, Any], imprint: Imprint) -> list[Attachment]:
    """What is put inside the PDF, each with a sentence that says what it holds."""
    with translation.override(document.language):
        words = {f"{table.name}.csv": f"{table.place}. {table.title}" for table in tables_of(document)}
        words[LIST] = _("List of the tables, and where the figures come from")
        data = _("Every figure of data cut %(cut)s") % {"cut": imprint.cut_number}
    files = csv_files(document, imprint)
    return [
        Attachment("data.json", json_of(content), JSON, data),
        *(Attachment(name, data, CSV, words[name]) for name, data in files.items()),
    ]


def _listing(tables: Sequence[Numbered], imprint: Imprint) -> list[list[str]]:
    with translation.override(imprint.language):
        rows = [[_("File"), _("Place"), _("Table"), _("Note")]]
        rows += [[f"{one.name}.csv", one.place, one.title, one.note] for one in tables]
        about = [[_("Document"), imprint.title], *([label, text] for label, text in imprint.facts())]
    demo = [["", imprint.demo]] if imprint.demo else []
    return [_safe(row) for row in (*about, *demo, [], *rows)]


def _safe(row: Sequence[str]) -> list[str]:
    return [str(safe(cell)) for cell in row]


def _cells(line: Line) -> list[str]:
    """A cell over several columns fills the first; the others stay empty, so that each keeps its place."""
    cells: list[str] = []
    for value in line.values:
        cells += [_plain(value), *([""] * (value.span - 1))]
    return cells


def _plain(value: Value) -> str:
    """Numbers with a decimal point and nothing between thousands, whatever the language; units stay."""
    if value.number is None:
        return str(safe(value.text))
    number = f"{value.number:.{value.places}f}"
    return f"{number}%" if value.unit == "%" else f"{number} {value.unit}".strip()


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return MARK + out.getvalue().encode()
