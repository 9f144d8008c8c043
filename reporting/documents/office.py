"""The document for the office to go on with: real Word styles, the same head, tables and signature block.

Only workers and commands load this: the pictures are drawn here.
"""

import io
from typing import Any

import docx
import segno
from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Written

from foundation.archives import settled

from .blocks import Annex, Contents, Document, Foot, Head, Heading, Paragraph, Picture, Table
from .composing import annex_name, heading_words
from .imprint import Imprint
from .office_parts import (
    contents_field,
    describe_picture,
    field,
    keep_whole,
    lay_two_columns,
    mark_language,
    number_pages_anew,
    rule_above,
    rule_below,
)
from .office_pictures import png_of, width_of
from .office_styles import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, set_styles
from .office_tables import write_table

NUMBER_SIZE = Pt(13)


def office_of(document: Document, imprint: Imprint) -> bytes:
    """The same document gives the same bytes."""
    with translation.override(document.language):
        paper = docx.Document()
        _drop_thumbnail(paper)
        set_styles(paper, document.language)
        _Office(paper, document, imprint).write()
        _describe(paper, imprint)
    out = io.BytesIO()
    paper.save(out)
    return settled(out.getvalue(), at=imprint.cut_at)


def _drop_thumbnail(paper: Paper) -> None:
    """The library's template brings a picture of its own first page along."""
    related = paper.part.package.rels
    for key in [key for key, one in related.items() if one.reltype.endswith("/thumbnail")]:
        del related[key]


def _describe(paper: Paper, imprint: Imprint) -> None:
    about, moment = paper.core_properties, imprint.cut_at.replace(tzinfo=None)
    about.title, about.subject, about.keywords = imprint.title, imprint.line(), imprint.check_code
    about.author = about.last_modified_by = "SCP Portal"
    about.comments, about.language = "", imprint.language
    about.created = about.modified = moment
    about.revision = 1


class _Office:
    """Writes one document from above to below."""

    def __init__(self, paper: Paper, document: Document, imprint: Imprint) -> None:
        self.paper, self.document, self.imprint = paper, document, imprint
        self.width = PORTRAIT_WIDTH

    def write(self) -> None:
        self._set_page(self.paper.sections[0])
        self._write_head(self.document.head)
        for block in self.document.blocks:
            self._write_block(block)
        self.paper.paragraphs[-1].paragraph_format.keep_with_next = True
        self._write_foot(self.document.foot)
        for annex in self.document.annexes:
            self._write_annex(annex)

    def _line(
        self, text: str, style: str = "Normal", *, place: Any = None, side: SIDE | None = None, **look: Any
    ) -> Written:
        """A paragraph, in the body or in a cell. ``look`` is bold, italic and size."""
        written: Written = (place or self.paper).add_paragraph(style=style)
        if side is not None:
            written.alignment = side
        if text:
            run = written.add_run(text)
            run.bold, run.italic = look.get("bold"), look.get("italic")
            run.font.size = look.get("size")
        return written

    def _set_page(self, section: Any, *, is_landscape: bool = False) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        long, short = Mm(297), Mm(210)
        section.page_width, section.page_height = (long, short) if is_landscape else (short, long)
        section.top_margin, section.bottom_margin = Mm(22), Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(18)
        section.header_distance, section.footer_distance = Mm(10), Mm(9)
        self.width = LANDSCAPE_WIDTH if is_landscape else PORTRAIT_WIDTH
        is_first = section is self.paper.sections[0] or len(self.paper.sections) == 1
        section.different_first_page_header_footer = is_first
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            part.is_linked_to_previous = False
        self._number(section.header)
        self._mark_demo(section.header)
        self._mark_demo(section.first_page_header)
        for part in (section.footer, section.first_page_footer):
            self._run_along(part)

    def _number(self, part: Any) -> None:
        """Decree 30/2020: Arabic, centred in the upper margin, not on the first page."""
        number = part.paragraphs[0]
        number.alignment = SIDE.CENTER
        field(number, "PAGE", size=NUMBER_SIZE)

    def _mark_demo(self, part: Any) -> None:
        if self.document.demo:
            self._line(self.document.demo, "Foot", place=part, side=SIDE.RIGHT, bold=True)

    def _run_along(self, part: Any) -> None:
        line = part.paragraphs[0]
        line.style = self.paper.styles["Foot"]
        rule_above(line)
        line.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{self.document.running}\t{self.document.code_words}")

    def _write_head(self, head: Head) -> None:
        left, right = lay_two_columns(self.paper, self.width, 0.4)
        if head.superior:
            self._cell_line(left, head.superior, size=Pt(12))
        self._cell_line(left, head.issuer, bold=True, size=Pt(12))
        rule_below(left.paragraphs[-1], indent=Mm(24))
        self._cell_line(left, head.number, size=NUMBER_SIZE, before=Pt(6))
        self._cell_line(right, head.state, bold=True, size=Pt(12))
        self._cell_line(right, head.motto, bold=True, size=NUMBER_SIZE)
        rule_below(right.paragraphs[-1], indent=Mm(18))
        self._cell_line(right, head.place_and_date, italic=True, size=NUMBER_SIZE, before=Pt(6))
        self._line(head.kind, "Title")
        abstract = self._line(head.abstract, "Subtitle")
        rule_below(abstract, indent=Mm(56))
        if head.addressed_to:
            self._line(head.addressed_to, side=SIDE.CENTER).paragraph_format.first_line_indent = Mm(0)

    def _cell_line(self, cell: Any, text: str, *, before: Any = None, **look: Any) -> None:
        """The first line of a cell is there already."""
        first = cell.paragraphs[0]
        written = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
        written.style, written.alignment = self.paper.styles["Cell"], look.pop("side", SIDE.CENTER)
        if before is not None:
            written.paragraph_format.space_before = before
        run = written.add_run(text)
        run.bold, run.italic, run.font.size = look.get("bold"), look.get("italic"), look.get("size")

    def _write_block(self, block: Any) -> None:
        if isinstance(block, Heading):
            heading = self._line(heading_words(block), f"Heading {max(block.level, 1)}")
            if block.level == 0:
                heading.alignment, heading.paragraph_format.first_line_indent = SIDE.CENTER, Mm(0)
        elif isinstance(block, Contents):
            self._write_contents(block)
        elif isinstance(block, Picture):
            self._write_picture(block)
        elif isinstance(block, Table):
            write_table(self.paper, block, language=self.document.language, width=self.width)
        else:
            self._write_paragraph(block)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        """Each line of the text is a paragraph of its own; what is quoted is marked as Vietnamese."""
        first, *others = paragraph.lead.split("\n")
        written = self._line(first, "Body Text")
        for line in others:
            written = self._line(line, "Body Text")
        if not paragraph.quote:
            return
        first, *others = paragraph.quote.split("\n")
        mark_language(written.add_run(first), "vi")
        for line in others:
            mark_language(self._line("", "Body Text").add_run(line), "vi")

    def _write_contents(self, contents: Contents) -> None:
        """Word's own list, filled in: it reckons the pages when the document is opened."""
        self._line(contents.title, "Contents title")
        lines = []
        for entry in contents.entries:
            line = self._line(entry.words, "Contents")
            line.paragraph_format.left_indent = Mm(6 * max(entry.level - 1, 0))
            lines.append(line)
        if lines:
            contents_field(lines)

    def _write_picture(self, picture: Picture) -> None:
        width = width_of(picture, most=self.width)
        held = self._line("", "Picture")
        drawn = held.add_run().add_picture(io.BytesIO(png_of(picture, width)), width=width)
        describe_picture(drawn, picture.sentence, title=picture.caption)
        self._line(picture.caption, "Caption")

    def _write_foot(self, foot: Foot) -> None:
        left, right = lay_two_columns(self.paper, self.width, 0.5)
        self._cell_line(left, foot.recipients_title, side=SIDE.LEFT, bold=True, italic=True, size=Pt(12))
        for recipient in foot.recipients:
            self._cell_line(left, recipient, side=SIDE.LEFT, size=Pt(11))
        for words in (foot.authority, foot.position):
            if words:
                self._cell_line(right, words, bold=True)
        self._cell_line(right, foot.signature_note, italic=True, size=Pt(11), before=Pt(46))
        self._cell_line(right, foot.signatory, bold=True, before=Pt(46))
        keep_whole(left, right)
        code, words = lay_two_columns(self.paper, self.width, 0.14)
        self._write_code(code)
        self._cell_line(words, self.document.check_words, side=SIDE.LEFT, size=Pt(10.5))
        keep_whole(code, words)

    def _write_code(self, cell: Any) -> None:
        square = io.BytesIO()
        segno.make(self.imprint.check_url, error="m").save(square, kind="png", scale=8, border=0)
        drawn = cell.paragraphs[0].add_run().add_picture(io.BytesIO(square.getvalue()), width=Mm(15))
        words = _("Square code that leads to %(address)s") % {"address": self.imprint.check_url}
        describe_picture(drawn, words, title=words)

    def _write_annex(self, annex: Annex) -> None:
        section = self.paper.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, is_landscape=annex.is_landscape)
        number_pages_anew(section)
        self._line(annex_name(annex), "Annex number")
        title = self._line(annex.title, "Heading 1", side=SIDE.CENTER)
        title.paragraph_format.first_line_indent = Mm(0)
        if self.document.annex_reference:
            self._line(self.document.annex_reference, "Annex reference")
        for block in annex.blocks:
            self._write_block(block)
