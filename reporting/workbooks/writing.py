"""Writes a report as a workbook: instructions, a sheet for each section, and the portal's hidden sheet."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from foundation.sheets import RUNS

from ..answers import flat
from ..questions import Question, Section
from .cells import MOST_TEXT, Cell, choices_of, is_cut, is_number, plain, shown
from .layout import (
    DAYS,
    EARLIER,
    FIRST,
    HEAD,
    HELP,
    HIDDEN,
    KEYS,
    LABEL,
    MARK,
    MESSAGE,
    PROPOSED,
    SHARE,
    TITLE,
    UNIT,
    WORDS,
    Column,
    columns_of,
    described,
    key_of,
    parts_of,
    sheet_title,
)  # fmt: skip

LONGEST_CHUNK = 30_000  # a cell holds 32,767 letters
MOST_EXACT = 10**15  # a spreadsheet counts no further without rounding
DAY, SHARE_FORMAT = "dd/mm/yyyy", "0.0%"
OPEN, SHUT, WRONG, HEADING = (
    PatternFill("solid", fgColor=colour) for colour in ("FFFBE6", "EFEFEF", "F9D6D2", "1F5F5B")
)
THIN = Side(style="thin", color="B9B9B9")
EDGE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Mark:
    """A refused row: what was typed, by part, and the sentences that say what to mend."""

    typed: Mapping[str, Cell]
    sentences: Sequence[str]


@dataclass
class Contents:
    """All that a workbook says. ``facts`` are lines of label and text for the first sheet."""

    title: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    values: Mapping[str, Mapping[str, Any]]
    seal: str
    open_fields: frozenset[str] = frozenset()
    earlier: Mapping[str, str] = field(default_factory=dict)
    proposed: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)


def write(contents: Contents) -> bytes:
    """The workbook's bytes, in the language that is read now."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = _("Instructions")
    _instruct(first, contents)
    lists = Lists()
    for section in contents.sections:
        if section.questions:
            SectionSheet(book.create_sheet(sheet_title(section)), section, contents, lists).fill()
    _hide(book.create_sheet(HIDDEN), contents.seal, lists)
    book.calculation.fullCalcOnLoad = True  # the shares are computed where the workbook is opened
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Any, value: Any) -> None:
    """A value as what it is. A text stays a text, even where it looks like a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = plain(value)[:MOST_TEXT].replace("_x", "_x005F_x")
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(RUNS)  # as if a person had typed a quote in front


class Lists:
    """The words of drop-downs, each list once, in the hidden sheet."""

    FIRST_COLUMN = 3

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def range_of(self, words: Iterable[str]) -> str:
        listed = tuple(words)
        place = self.columns.setdefault(listed, self.FIRST_COLUMN + len(self.columns))
        letter = get_column_letter(place)
        return f"'{HIDDEN}'!${letter}$1:${letter}${len(listed)}"


def _hide(sheet: Worksheet, seal: str, lists: Lists) -> None:
    chunks = [seal[start : start + LONGEST_CHUNK] for start in range(0, len(seal), LONGEST_CHUNK)]
    for row, chunk in enumerate(chunks, 1):
        put(sheet.cell(row, 1), chunk)
    for words, column in lists.columns.items():
        for row, word in enumerate(words, 1):
            put(sheet.cell(row, column), word)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _instruct(sheet: Worksheet, contents: Contents) -> None:
    put(sheet["A1"], contents.title)
    sheet["A1"].font = Font(bold=True, size=14)
    row = 3
    for label, text in contents.facts:
        put(sheet.cell(row, 1), label)
        put(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font = Font(bold=True)
        row += 1
    for line in instructions():
        row += 1
        put(sheet.cell(row, 1), line)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.cell(row, 1).alignment = WRAPPED
        sheet.row_dimensions[row].height = 15.5 * (1 + len(line) // 95)  # merged cells do not grow themselves
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 74
    _shut(sheet)


def instructions() -> list[str]:
    return [
        _("Fill in the yellow cells. Grey cells are locked: they say what is asked, or are closed now."),
        _("Choose the kind of answer from the list in the cell. Where there is no number, say why."),
        _("Write numbers as numbers and dates as dates. Formulas are not taken."),
        _("The share is computed from the number and the total."),
        _("Do not delete rows or sheets. A sheet of your own for notes does no harm."),
        _("Save as .xlsx and upload it at the report. You see what changes before anything is saved."),
        _("What somebody else changes meanwhile is not overwritten: you choose which version stays."),
        _("Evidence files are attached at the report itself."),
    ]


def _shut(sheet: Worksheet) -> None:
    """Locked without a password: it keeps from slips, not from people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


class SectionSheet:
    """One section on its sheet."""

    def __init__(self, sheet: Worksheet, section: Section, contents: Contents, lists: Lists) -> None:
        self.sheet, self.section, self.contents, self.lists = sheet, section, contents, lists
        self.columns = columns_of(section)
        self.place = {column.key: number for number, column in enumerate(self.columns, 1)}
        self.choices: dict[str, DataValidation] = {}

    def fill(self) -> None:
        self._head()
        for row, question in enumerate(self.section.questions, FIRST):
            self._row(row, question)
        self.sheet.row_dimensions[KEYS].hidden = True
        self.sheet.column_dimensions["A"].hidden = True
        self.sheet.freeze_panes = f"{get_column_letter(self.place[LABEL] + 1)}{FIRST}"
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.print_title_rows = f"{HEAD}:{HEAD}"
        _shut(self.sheet)

    def _head(self) -> None:
        put(self.sheet.cell(TITLE, self.place[LABEL]), f"{self.section.position}. {self.section.title}")
        self.sheet.cell(TITLE, self.place[LABEL]).font = Font(bold=True, size=13)
        put(self.sheet.cell(HELP, self.place[LABEL]), str(self.section.help))
        for number, column in enumerate(self.columns, 1):
            put(self.sheet.cell(KEYS, number), column.key)
            head = self.sheet.cell(HEAD, number)
            put(head, str(column.heading))
            head.font, head.fill = Font(bold=True, color="FFFFFF"), HEADING
            head.alignment, head.border = WRAPPED, EDGE
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width

    def _row(self, row: int, question: Question) -> None:
        mark = self.contents.marks.get(question.address)
        for column in self.columns:
            cell = self.sheet.cell(row, self.place[column.key])
            cell.alignment, cell.border, cell.fill = WRAPPED, EDGE, SHUT
            put(cell, self._said(question, column, row))
        self.sheet.cell(row, self.place[LABEL]).font = Font(bold=True)
        if SHARE in self.place:
            self.sheet.cell(row, self.place[SHARE]).number_format = SHARE_FORMAT
        for part in parts_of(question):
            self._part(row, question, part, mark.typed.get(part) if mark else None)
        if mark:
            self._complain(row, mark)

    def _said(self, question: Question, column: Column, row: int) -> Any:
        """What stands in the portal's own columns."""
        if column.key == MARK:
            return question.address
        if column.key == LABEL:
            return described(question)
        if column.key == UNIT:
            return _("million đồng") if question.kind in ("money", "activity") else str(question.unit)
        if column.key == PROPOSED:
            return self.contents.proposed.get(question.address, "")
        if column.key == EARLIER:
            return self.contents.earlier.get(question.address, "")
        return None

    def _part(self, row: int, question: Question, part: str, typed: Cell | None) -> None:
        stored = flat(self.contents.values[question.address], question).get(part)
        cell = self.sheet.cell(row, self.place[key_of(part)])
        put(cell, _typed(typed) if typed else shown(question, part, stored))
        if part in DAYS:
            cell.number_format = DAY
        if part == "denominator":
            self._share(row)
        if question.address not in self.contents.open_fields or is_cut(part, stored):
            return
        cell.protection, cell.fill = Protection(locked=False), OPEN
        if part in WORDS:
            self._choice(question, part).add(cell)

    def _share(self, row: int) -> None:
        above, below = (
            f"{get_column_letter(self.place[key])}{row}" for key in (key_of("numerator"), "denominator")
        )
        self.sheet.cell(
            row, self.place[SHARE]
        ).value = f'=IF(AND(ISNUMBER({above}),ISNUMBER({below}),{below}<>0),{above}/{below},"")'

    def _choice(self, question: Question, part: str) -> DataValidation:
        source = self.lists.range_of(choices_of(question, part).values())
        if source not in self.choices:
            rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
            rule.error = _("Choose one of the list.")
            self.choices[source] = rule
            self.sheet.add_data_validation(rule)
        return self.choices[source]

    def _complain(self, row: int, mark: Mark) -> None:
        for number in range(self.place[LABEL], len(self.columns) + 1):
            self.sheet.cell(row, number).fill = WRONG
        message = self.sheet.cell(row, self.place[MESSAGE])
        put(message, "\n".join(mark.sentences))
        message.font = Font(bold=True, color="9C1C10")


def _typed(cell: Cell) -> Any:
    """What a person had typed: a formula, or a number no spreadsheet holds, comes back as the text it is."""
    value = cell.value
    if is_number(value) and not abs(value) < MOST_EXACT:
        return str(value)
    if isinstance(value, str | int | float | date):
        return value
    return "" if value is None else str(value)
