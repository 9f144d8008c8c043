"""What Word knows and python-docx has no call for, written as the parts of its XML."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph as Written


def element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def field(place: Written, code: str, *, size: Length) -> None:
    """A value that Word reckons itself: PAGE."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        run = place.add_run()
        run.font.size = size
        if kind == "text":
            run.text = text or ""
        elif kind is None:
            instruction = element("w:instrText")
            instruction.text = code
            run._r.append(instruction)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def contents_field(lines: Sequence[Written]) -> None:
    """Word's list of contents around lines that stand in for it until Word has reckoned the pages."""
    instruction = element("w:instrText")
    instruction.text = r'TOC \o "1-2" \h'
    opening = (
        element("w:fldChar", fldCharType="begin", dirty="true"),
        instruction,
        element("w:fldChar", fldCharType="separate"),
    )
    first = lines[0]._p
    for place, part in enumerate(opening):
        run = OxmlElement("w:r")
        run.append(part)
        first.insert(place + (first.pPr is not None), run)
    lines[-1].add_run()._r.append(element("w:fldChar", fldCharType="end"))


def rule_above(place: Written) -> None:
    _rule(place, "w:top", space="3")


def rule_below(place: Written, *, indent: Length) -> None:
    """A short rule under a centred line: the paragraph after it is as narrow as the rule."""
    after = OxmlElement("w:p")
    place._p.addnext(after)
    narrow = Written(after, place._parent)
    narrow.style = "Rule"
    narrow.paragraph_format.left_indent = narrow.paragraph_format.right_indent = indent
    _rule(narrow, "w:top", space="1")


def _rule(place: Written, side: str, *, space: str) -> None:
    borders = element("w:pBdr")
    borders.append(element(side, val="single", sz="6", space=space, color="000000"))
    _insert(place._p.get_or_add_pPr(), borders, before=("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"))


def _insert(parent: Any, made: Any, *, before: tuple[str, ...]) -> None:
    """Word is strict about the order in which properties stand."""
    for child in parent:
        if child.tag in {qn(name) for name in before}:
            child.addprevious(made)
            return
    parent.append(made)


def describe_picture(drawn: Any, words: str, *, title: str) -> None:
    """What a screen reader says instead of the picture."""
    for side in "TBLR":  # without these some programs keep a distance of their own
        drawn._inline.set(f"dist{side}", "0")
    about = drawn._inline.docPr
    about.set("descr", words)
    about.set("title", title)


def number_pages_anew(section: Any) -> None:
    numbering = element("w:pgNumType", start="1")
    _insert(section._sectPr, numbering, before=("w:cols", "w:titlePg", "w:docGrid"))


def lay_two_columns(paper: Paper, width: Length, share: float) -> tuple[Any, Any]:
    """Two cells side by side without lines, which are no table to anybody."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    left, right = table.rows[0].cells
    widths = (int(width * share), int(width * (1 - share)))
    for column, cell, wide in zip(table.columns, (left, right), widths, strict=True):
        column.width = cell.width = wide
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="0", type="dxa"))
    for old in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(old)
    table._tbl.tblPr.append(margins)
    return left, right


def keep_whole(*cells: Any) -> None:
    """A block that stays on one page."""
    for cell in cells:
        for written in cell.paragraphs:
            written.paragraph_format.keep_together = True
            written.paragraph_format.keep_with_next = True
    row = cells[0]._tc.getparent()
    row.get_or_add_trPr().insert(0, element("w:cantSplit", val="true"))


TAGS = {"vi": "vi-VN", "en": "en-GB"}


def mark_language(run: Any, language: str) -> None:
    """What is said in another language than the document."""
    spoken_in(run._r.get_or_add_rPr(), language)


def spoken_in(look: Any, language: str) -> None:
    tag = TAGS[language]
    look.append(element("w:lang", val=tag, eastAsia=tag))


def speak(styles: Any, language: str) -> None:
    """The language of the whole document, for spelling and for screen readers."""
    (defaults,) = styles.element.iter(qn("w:rPrDefault"))
    look = defaults.find(qn("w:rPr"))
    for old in look.findall(qn("w:lang")):
        look.remove(old)
    spoken_in(look, language)
