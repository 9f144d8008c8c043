"""Remarks of one field as threads: what was asked, answered and asked again, in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import Remark, State, StatusReport


@dataclass(frozen=True)
class Thread:
    """A first remark and those that ask again, oldest first."""

    remarks: tuple[Remark, ...]

    @property
    def head(self) -> Remark:
        return self.remarks[0]

    @property
    def newest(self) -> Remark:
        return self.remarks[-1]

    @property
    def address(self) -> str:
        return self.head.address

    @property
    def is_resolved(self) -> bool:
        return self.head.resolved_at is not None

    @property
    def is_unsent(self) -> bool:
        """Its newest question was written and not sent yet."""
        return self.newest.sent_at is None

    @property
    def awaits_judgement(self) -> bool:
        """The province has answered, and the ministry has neither resolved it nor asked again."""
        return not self.is_resolved and bool(self.newest.reply)

    @property
    def icon(self) -> str:
        if self.is_resolved:
            return "done"
        if self.is_unsent:
            return "info"
        return "pace" if self.newest.reply else "late"

    @property
    def words(self) -> str:
        if self.is_resolved:
            return _("resolved")
        if self.is_unsent:
            return _("asked again, not sent yet") if len(self.remarks) > 1 else _("written, not sent yet")
        return _("answered") if self.newest.reply else _("not answered yet")


def threads_of(remarks: Iterable[Remark]) -> list[Thread]:
    """In the order in which they were begun; ``remarks`` come in order of time."""
    found: dict[int, list[Remark]] = {}
    for one in remarks:
        found.setdefault(one.head_id, []).append(one)
    return [Thread(tuple(one)) for one in found.values()]


def remarks_as_read_by(user: Any, report: StatusReport) -> list[Remark]:
    """What this person may read now; an answer is the province's own until it resubmits."""
    found = list(report.remarks.seen_by(user))
    if user.works_for_ministry and report.state == State.RETURNED:
        for one in found:
            if one.round == report.round:  # read, never saved: the row keeps its answer
                one.reply, one.reply_text, one.replied_at = "", "", None
    return found
