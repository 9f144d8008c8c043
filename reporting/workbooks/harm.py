"""What of a file may harm whoever opens it; it is refused before anything is built of it.

A workbook is small as a file and large in memory: openpyxl makes an object of every style, merged range and
cell it meets, also where it reads as a stream. So tags are counted in the bytes, which costs nothing.
"""

import io
import re
import zipfile
from collections import Counter

from django.utils.translation import gettext as _

from foundation.files import BROKEN_ARCHIVE

from .seal import WorkbookRefused

MOST_UNPACKED = 30 * 1024 * 1024
# Measured: a report of 400 activities has 20,000 tags when it is empty and twice as many filled in, nearly
# all of rows, cells and their texts; what else there is (styles, widths, lists) are 1,500 tags of 40 kB. To
# read a cell takes 4 µs and 300 bytes; a style, list or view, or one of the places it names, up to 70 µs.
MOST_CELL_TAGS, MOST_OTHER_TAGS = 150_000, 20_000
MOST_CELL_BYTES, MOST_OTHER_BYTES = 4_000_000, 500_000
MOST_FORMULA = 1_000_000  # bytes of the longest formula, times their number: each may repeat it, shifted
# Parts that reach out of the file, or run something.
REACHING_OUT = ("xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/connections", "xl/querytables/",
                "xl/model/", "customui/")  # fmt: skip
EBCDIC = b"\x4c\x6f\xa7\x94"  # “<?xm”, which holds no “<”
_XML = re.compile(rb"[\0\s\xef\xbb\xbf\xfe\xff]*<")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_INSERTED = re.compile(rb"<!|<\?(?!xml\s)")
# The name of a cell's part, or nothing; then the attributes, whose values may hold a “>” but never a “<”.
_TAG = re.compile(rb"""<(/?(?:row|c|v|f|is|si|t|r)(?=[\s/>]))?(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+""")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]++:)?f[\s/>][^<]*")


def refuse_harm(data: bytes) -> None:
    """``WorkbookRefused`` for an archive that unpacks, reaches out or grows beyond what a report needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise WorkbookRefused(_("The file unpacks to more than the portal takes."))
            if any(member.filename.lower().startswith(REACHING_OUT) for member in members):
                raise WorkbookRefused(
                    _("The workbook is linked to other files or data. Remove the links and send it again.")
                )
            burden: Counter[str] = Counter()
            for member in members:
                _weigh(archive.read(member), burden)
    except BROKEN_ARCHIVE:
        raise damaged() from None


def damaged() -> WorkbookRefused:
    return WorkbookRefused(_("The workbook is damaged. Save it again as .xlsx and send it."))


def _weigh(content: bytes, burden: Counter[str]) -> None:
    """Add what a part holds to the burden of the whole; a picture holds no tags."""
    if content.startswith(EBCDIC):
        raise damaged()
    if not (start := _XML.match(content)):
        return
    if not _is_plain(content, start.end() - 1):
        raise damaged()
    burden["tags"] += content.count(b"<")
    _refuse_above(burden["tags"], MOST_CELL_TAGS + MOST_OTHER_TAGS)
    for tag in _TAG.finditer(content):
        kind = "cell" if tag[1] else "other"
        burden[kind] += 1
        burden[f"{kind} bytes"] += tag.end() - tag.start()
    _refuse_above(burden["cell"], MOST_CELL_TAGS)
    _refuse_above(burden["other"], MOST_OTHER_TAGS)
    _refuse_above(burden["cell bytes"], MOST_CELL_BYTES)
    _refuse_above(burden["other bytes"], MOST_OTHER_BYTES)
    for formula in _FORMULA.finditer(content):
        burden["formulas"] += 1
        burden["longest"] = max(burden["longest"], formula.end() - formula.start())
    _refuse_above(burden["formulas"] * burden["longest"], MOST_FORMULA)


def _is_plain(content: bytes, start: int) -> bool:
    """UTF-8, where a tag is what it looks like, without entities, comments and the like.

    No program that writes workbooks writes anything else; a bomb of XML does.
    """
    declared = _ENCODING.match(content, start)
    encoding = declared[1].lower() if declared else b"utf-8"
    return (
        content[:start].strip() in (b"", b"\xef\xbb\xbf")
        and content[start + 1 : start + 2] != b"\0"
        and encoding in (b"utf-8", b"us-ascii")
        and not _INSERTED.search(content)
    )


def _refuse_above(number: int, most: int) -> None:
    if number > most:
        raise WorkbookRefused(
            _("The workbook holds more cells, formulas or formatting than a report needs. "
              "Delete your own sheets, or download it again and bring your answers over.")
        )  # fmt: skip
