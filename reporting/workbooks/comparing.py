"""A workbook against the report: what stands in it, what stood there, what stands on the site now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..actions.filling import merged
from ..answers import completed, flat, folded, is_blank, values_of
from ..checks import faults
from ..models import Emptiness, StatusReport
from ..number_parts import NUMBERS
from ..questions import Question
from .cells import Cell, is_untouched, read_parts, shown
from .layout import key_of, parts_of
from .reading import Book

Value = Mapping[str, Any]


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass
class Row:
    """One question of the workbook. ``wanted`` is what the person wants in place of ``base``."""

    question: Question
    outcome: Outcome
    now: Value
    base: Value
    wanted: Value
    sheet: str = ""
    typed: Mapping[str, Cell] = field(default_factory=dict)
    complaints: list[tuple[str, str]] = field(default_factory=list)  # place of the cell, sentence

    @property
    def is_good(self) -> bool:
        return self.outcome in (Outcome.CHANGED, Outcome.NEW)

    @property
    def mine(self) -> Value:
        """The person's version where both changed: of an activity only the boxes that they touched."""
        if self.question.kind != "activity":
            return self.wanted
        touched = {part: new for part, new in self.wanted.items() if new != self.base[part]}
        return {**self.now, **touched}

    @property
    def after(self) -> Value:
        """What will stand there once the row is taken."""
        return merged(self.question, base=dict(self.base), mine=dict(self.wanted), theirs=dict(self.now)) or (
            self.mine
        )


def compared(
    report: StatusReport, book: Book, open_fields: frozenset[str], *, today: date | None = None
) -> list[Row]:
    """Every question that the workbook has, in the order of the form. Nothing is changed.

    ``open_fields`` are those that the person who sent it may change now.
    """
    now = values_of(report)
    return [
        _row(report, question, book, now[address], is_open=address in open_fields, today=today)
        for address, question in report.questions.items()
        if address in book.cells and address in book.seal.base
    ]


def _row(
    report: StatusReport, question: Question, book: Book, now: Value, *, is_open: bool, today: date | None
) -> Row:
    address = question.address
    base = book.seal.base[address]
    cells = {part: book.cells[address].get(key_of(part), Cell("", None)) for part in parts_of(question)}
    row = Row(question, Outcome.UNCHANGED, now, base, base, sheet=book.sheets[address], typed=cells)
    _read(row, book)
    if row.complaints:
        row.outcome = Outcome.REFUSED
        return row
    together = merged(question, base=dict(base), mine=dict(row.wanted), theirs=dict(now))
    if row.wanted == base or together == now:
        return row
    if not is_open:
        row.complaints = [("", _("The field is locked now and cannot be changed."))]
    elif found := faults(question, together or row.mine, report.period.last_day, today=today):
        row.complaints = [(_place(cells, fault.part), fault.sentence) for fault in found]
    if row.complaints:
        row.outcome = Outcome.REFUSED
    elif together is None:
        row.outcome = Outcome.CONFLICT
    else:
        row.outcome = Outcome.NEW if is_blank(question.kind, dict(now)) else Outcome.CHANGED
    return row


def _read(row: Row, book: Book) -> None:
    """Find what was touched, and what the row says with it; or what is wrong with it."""
    question, base = row.question, row.base
    if question.address in book.doubled:
        row.complaints = [("", _("The row stands twice in the workbook. Delete one of the two."))]
        return
    strays = _strays(question, book.cells[question.address])
    row.complaints = [(cell.place, _("Nothing is asked in this cell. Clear it.")) for cell in strays]
    touched = {part: cell for part, cell in row.typed.items() if not _is_as_given(question, part, cell, book)}
    values, wrong = read_parts(question, touched, book.seal.language)
    row.complaints += [(_place(row.typed, part), sentence) for part, sentence in wrong.items()]
    if not row.complaints and touched:
        given = {part: said for part, said in values.items() if said not in (None, "")}
        boxes = {**flat(base, question), **{part: given.get(part) for part in touched}}
        row.wanted = _with_kind(question, completed(question.kind, folded(boxes)), touched)


def _is_as_given(question: Question, part: str, cell: Cell, book: Book) -> bool:
    with override(book.seal.language):  # the words of a drop-down are the workbook's
        base = flat(book.seal.base[question.address], question)
        return is_untouched(cell, shown(question, part, base.get(part)))


def _with_kind(question: Question, wanted: dict[str, Any], touched: Mapping[str, Cell]) -> Value:
    """A number typed where nothing was said before is an answer with a number."""
    said = any(wanted[part] is not None and part in touched for part in NUMBERS.get(question.kind, ()))
    if said and wanted["emptiness"] == Emptiness.NOT_ANSWERED and "emptiness" not in touched:
        return {**wanted, "emptiness": str(Emptiness.NUMBER.value)}
    return wanted


def _strays(question: Question, cells: Mapping[str, Cell]) -> list[Cell]:
    """Cells of other kinds of question that somebody wrote into."""
    own = {key_of(part) for part in parts_of(question)}
    return [cell for key, cell in cells.items() if key not in own and not cell.is_empty]


def _place(cells: Mapping[str, Cell], part: str) -> str:
    return cells[part].place if part in cells else ""
