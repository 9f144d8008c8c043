"""The styles of an official document in Word, after Annex I of Decree 30/2020/NĐ-CP."""

from typing import Any

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .office_look import FACE
from .office_parts import speak

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = Mm(210 - 30 - 18), Mm(297 - 30 - 18)
BLACK = RGBColor(0, 0, 0)
# Size in points, bold, italic, side, space before and after in points, first-line indent in mm, leading.
BUILT_IN: dict[str, tuple[Any, ...]] = {
    "Normal": (14, False, False, None, 0, 6, 0, 1.3),
    "Body Text": (14, False, False, SIDE.JUSTIFY, 0, 6, 10, 1.42),
    "Heading 1": (14, True, False, None, 8, 6, 10, 1.3),
    "Heading 2": (14, True, False, None, 8, 6, 10, 1.3),
    "Heading 3": (14, True, True, None, 6, 6, 10, 1.3),
    "Title": (14, True, False, SIDE.CENTER, 14, 0, 0, 1.3),
    "Subtitle": (14, True, False, SIDE.CENTER, 0, 0, 0, 1.3),
    "Caption": (12, False, True, SIDE.CENTER, 2, 8, 0, 1.2),
}
OURS: dict[str, tuple[Any, ...]] = {
    "Cell": (14, False, False, None, 0, 0, 0, 1.15),
    "Grid": (12, False, False, None, 2, 2, 0, 1.0),
    "Table note": (10.5, False, False, None, 3, 8, 0, 1.2),
    "Picture": (12, False, False, SIDE.CENTER, 6, 0, 0, 1.0),
    "Rule": (3, False, False, None, 2, 4, 0, 1.0),
    "Foot": (10, False, False, None, 0, 0, 0, 1.0),
    "Contents title": (13, True, False, SIDE.CENTER, 10, 4, 0, 1.2),
    "Contents": (11.5, False, False, None, 0, 1.5, 0, 1.15),
    "Annex number": (14, True, False, SIDE.CENTER, 0, 0, 0, 1.3),
    "Annex reference": (14, False, True, SIDE.CENTER, 0, 8, 0, 1.3),
}
STAY_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "Title", "Picture", "Annex number")


def set_styles(paper: Paper, language: str) -> None:
    for name, look in BUILT_IN.items():
        _set(paper.styles[name], look)
    for name, look in OURS.items():
        made = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = paper.styles["Normal"]
        _set(made, look)
    for name in STAY_WITH_NEXT:
        paper.styles[name].paragraph_format.keep_with_next = True
    for name in ("Heading 1", "Contents title"):
        paper.styles[name].font.all_caps = True
    speak(paper.styles, language)


def _set(style: Any, look: tuple[Any, ...]) -> None:
    size, bold, italic, side, before, after, indent, leading = look
    _face(style)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = BLACK
    shape = style.paragraph_format
    shape.alignment, shape.line_spacing = side, leading
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.first_line_indent = Mm(indent)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:  # Word's own title is underlined in blue
        style.element.pPr.remove(borders)
    for odd in ("w:spacing", "w:kern"):  # and its letters are set apart
        if (found := style.element.rPr.find(qn(odd))) is not None:
            style.element.rPr.remove(found)


def _face(style: Any) -> None:
    """One face for every script; a theme's face would win over it."""
    style.font.name = FACE
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)
