"""Where each field of a report stands with the ministry: waiting, accepted, approved, going back, edited."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import totals
from .models import ItemMark, Remark, State, StatusReport, Submission
from .snapshots import file_key
from .workflow import WITH_MINISTRY

Kind = ItemMark.Kind


class ItemState(models.TextChoices):
    WAITING = "waiting", _("to be judged")
    ACCEPTED = "accepted", _("technically accepted")
    MARKED = "marked", _("approved with the next decision")
    APPROVED = "approved", _("approved")
    EDITED = "edited", _("edited – needs approval again")
    GOES_BACK = "goes_back", _("goes back with the next return")
    RETURNED = "returned", _("returned")


ICONS = {
    ItemState.WAITING: "none",
    ItemState.ACCEPTED: "pace",
    ItemState.MARKED: "pace",
    ItemState.APPROVED: "done",
    ItemState.EDITED: "late",
    ItemState.GOES_BACK: "failed",
    ItemState.RETURNED: "failed",
}


@dataclass(frozen=True)
class Item:
    address: str
    state: ItemState
    by_name: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def words(self) -> str:
        return str(self.state.label)


class Items:
    """The fields of the newest submission, each judged by what is marked, written, remarked and changed."""

    def __init__(
        self,
        report: StatusReport,
        submissions: Iterable[Submission],
        marks: Iterable[ItemMark],
        remarks: Iterable[Remark],
        approved_whole: Iterable[int],
    ) -> None:
        self.report = report
        self.snapshots: dict[int, Mapping[str, Any]] = {one.round: one.snapshot for one in submissions}
        self.rounds = {one.pk: one.round for one in submissions}
        self.marks, self.remarks = list(marks), list(remarks)
        self.approved_whole = max(approved_whole, default=0)

    @classmethod
    def load(cls, report: StatusReport) -> "Items":
        """Four queries; the snapshots of all rounds come along."""
        return cls(
            report,
            list(report.submissions.all()),
            report.item_marks.all(),
            report.remarks.all(),
            report.events.filter(step="approve").values_list("round", flat=True),
        )

    @cached_property
    def going_back(self) -> frozenset[str]:
        """What a return sends back now: the fields with unsent remarks, and their totals."""
        unsent = {one.address for one in self.remarks if one.sent_at is None}
        return frozenset(unsent | set(totals.opened_with(totals.parts_of(self.report.definition), unsent)))

    @cached_property
    def flagged(self) -> frozenset[str]:
        """What the last return sent back."""
        if self.report.state != State.RETURNED:
            return frozenset()
        return self.report.open_addresses()

    @cached_property
    def newest_marks(self) -> dict[tuple[str, str], ItemMark]:
        """Marks on the newest submission, by field and kind."""
        return {
            (one.address, one.kind): one
            for one in self.marks
            if self.rounds[one.submission_id] == self.report.round
        }

    @cached_property
    def approved_in(self) -> dict[str, int]:
        """By field, the newest round of which its value was written as approved on its own."""
        found: dict[str, int] = {}
        for one in self.marks:
            if one.written_at is not None:
                found[one.address] = max(found.get(one.address, 0), self.rounds[one.submission_id])
        return found

    def approved_round(self, address: str) -> int:
        """The round whose value of the field is approved; 0: none."""
        whole = self.approved_whole
        if whole and address not in self.snapshots[whole]["answers"]:
            whole = 0
        return max(self.approved_in.get(address, 0), whole)

    @cached_property
    def to_approve(self) -> list[str]:
        """What the next decision approves: the marked fields that do not go back."""
        return [
            address
            for (address, kind), one in self.newest_marks.items()
            if kind == Kind.APPROVED and one.written_at is None and address not in self.going_back
        ]

    def is_edited(self, address: str) -> bool:
        """Whether value, words or files differ from those that are approved."""
        approved = self.approved_round(address)
        if not approved:
            return False
        before, after = self.snapshots[approved], self.snapshots[self.report.round]
        return _said(before, address) != _said(after, address)

    @cached_property
    def edited(self) -> list[str]:
        return [one for one in self.snapshots[self.report.round]["answers"] if self.is_edited(one)]

    def __getitem__(self, address: str) -> Item:
        state = self._state(address)
        kind = Kind.ACCEPTED if state == ItemState.ACCEPTED else Kind.APPROVED
        mark = self.newest_marks.get((address, kind))
        return Item(address, state, mark.by_name if mark and state != ItemState.EDITED else "")

    def _state(self, address: str) -> ItemState:
        if address in self.flagged:
            return ItemState.RETURNED
        if address in self.going_back:
            return ItemState.GOES_BACK
        if self.report.state in WITH_MINISTRY and address in self.to_approve:
            return ItemState.MARKED
        if self.is_edited(address):
            return ItemState.EDITED
        if self.approved_round(address):
            return ItemState.APPROVED
        return ItemState.ACCEPTED if (address, Kind.ACCEPTED) in self.newest_marks else ItemState.WAITING

    def count(self, *states: ItemState) -> int:
        """How many fields of the newest submission stand so."""
        return sum(self._state(one) in states for one in self.snapshots[self.report.round]["answers"])


def _said(snapshot: Mapping[str, Any], address: str) -> tuple[Any, frozenset[Any]]:
    files: Collection[Mapping[str, Any]] = snapshot["evidence"].get(address, [])
    return snapshot["answers"].get(address), frozenset(file_key(one) for one in files)
