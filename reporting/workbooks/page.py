"""What the preview and the result of a workbook show."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions.checking import checked
from ..check_pages import CheckLine, CheckList
from ..diffs import Piece, parts
from ..models import AnswerChange, FilledWorkbook
from ..pages import Frame, anchor
from ..snapshots import digest
from ..words import Line, lines
from .actions import THEIRS, book_of
from .comparing import Outcome, Row, compared


@dataclass(frozen=True)
class RowLine:
    """A row that is more than unchanged, in words."""

    row: Row
    choice: str = ""
    last: AnswerChange | None = None

    @property
    def label(self) -> Any:
        return self.row.question.label

    @property
    def name(self) -> str:
        return f"choice-{self.row.question.address}"

    @property
    def anchor(self) -> str:
        return anchor(self.row.question.address)

    @property
    def lines(self) -> list[tuple[str, list[Piece]]]:
        """Before and after, as a change between rounds is shown."""
        return parts(self.row.question, dict(self.row.now), dict(self.row.after))

    @property
    def mine(self) -> list[Line]:
        return lines(self.row.question, self.row.mine)

    @property
    def theirs(self) -> list[Line]:
        return lines(self.row.question, self.row.now)

    @property
    def chose_theirs(self) -> bool:
        return self.choice == THEIRS


@dataclass(frozen=True)
class SectionLines:
    title: str
    unchanged: int
    lines: list[RowLine]


class PreviewPage:
    """What the workbook would change, section by section. Nothing is saved."""

    def __init__(self, frame: Frame, kept: FilledWorkbook, chosen: Mapping[str, str] | None = None) -> None:
        self.frame, self.kept, self.chosen = frame, kept, chosen or {}
        self.seen = frame.report.version
        self.book = book_of(kept, frame.report)
        self.rows = compared(frame.report, self.book, frame.open_fields, today=timezone.localdate(frame.now))

    def of(self, outcome: Outcome) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The counts over the page."""
        told = (
            (Outcome.NEW, _("New"), "done"),
            (Outcome.CHANGED, _("With a change"), "pace"),
            (Outcome.CONFLICT, _("Changed by both"), "late"),
            (Outcome.REFUSED, _("Refused"), "failed"),
            (Outcome.UNCHANGED, _("Unchanged"), "none"),
        )
        return [
            {"label": label, "number": len(self.of(outcome)), "icon": icon} for outcome, label, icon in told
        ]

    @property
    def absent(self) -> int:
        """Questions whose row is not in the workbook any more; they stay as they are."""
        return len(self.frame.report.questions) - len(self.rows)

    @property
    def is_of_earlier_form(self) -> bool:
        """The form has grown since the download: what is new has no row in the workbook."""
        return self.book.seal.form != digest(self.frame.report.definition)

    @property
    def changes_something(self) -> bool:
        return any(row.is_good or row.outcome == Outcome.CONFLICT for row in self.rows)

    @property
    def has_refused(self) -> bool:
        return bool(self.of(Outcome.REFUSED))

    @cached_property
    def found(self) -> list[CheckLine]:
        """What the checks would find in the rows that can be taken. It stops none of them."""
        taken = {row.question.address: dict(row.after) for row in self.rows if row.is_good}
        if not taken:
            return []
        values = {**self.frame.values, **taken}
        found = checked(self.frame.report, on=timezone.localdate(self.frame.now), values=values)
        touched = [one for one in found if taken.keys() & set(one.finding.addresses)]
        return CheckList(touched, self.frame.url_of).lines

    @cached_property
    def last_changes(self) -> dict[str, AnswerChange]:
        """Who last changed the fields that both changed; one query for all."""
        addresses = [row.question.address for row in self.of(Outcome.CONFLICT)]
        if not addresses:
            return {}
        found = AnswerChange.objects.filter(report=self.frame.report, address__in=addresses)
        return {change.address: change for change in found.order_by("version")}

    @property
    def sections(self) -> list[SectionLines]:
        found = []
        for section in self.frame.report.sections:
            rows = [row for row in self.rows if row.question.section == section.key]
            if rows:
                told = [self._line(row) for row in rows if row.outcome != Outcome.UNCHANGED]
                found.append(
                    SectionLines(f"{section.position}. {section.title}", len(rows) - len(told), told)
                )
        return found

    def _line(self, row: Row) -> RowLine:
        address = row.question.address
        return RowLine(row, self.chosen.get(address, ""), self.last_changes.get(address))


@dataclass(frozen=True)
class RefusedLine:
    label: Any
    sheet: str
    complaints: list[tuple[str, str]]


def refused_lines(kept: FilledWorkbook) -> list[RefusedLine]:
    """The refused rows of a workbook that was taken, with the sentences of then."""
    questions = kept.report.questions
    return [
        RefusedLine(questions[one["address"]].label, one["sheet"], one["complaints"])
        for one in kept.outcome["refused"]
    ]
