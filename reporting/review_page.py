"""One report for the ministry: changes first, the whole second, remarks and judgements beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

from . import words
from .check_pages import SentChecks, sent_checks
from .diffs import Change, Said
from .followups import FollowUpLine, lines_of, remembered
from .items import Item, Items, ItemState
from .models import ApprovedValue, Remark, State, Submission
from .pages import ICONS, Frame
from .questions import Question
from .reuse import flag, reused_in
from .rights import holders, with_predecessors
from .round_pages import ChangeRow, SentFile, SentSection, change_rows, sent_sections
from .threads import Thread
from .workflow import APPROVER, REVIEW, STEPS


@dataclass(frozen=True)
class Decision:
    """A button of the ministry: what it does, and whether it is the main one."""

    name: str
    label: Any
    url: str
    is_primary: bool


@dataclass(frozen=True)
class JudgedRow:
    """A changed field with how it was judged."""

    question: Question
    change: Change | None
    said: list[Said]
    item: Item
    reused: list[SentFile]  # its files that prove something else as well


class ReviewPage:
    """One report for the ministry, read from its submissions alone."""

    def __init__(self, frame: Frame, asked: Mapping[str, str]) -> None:
        self.frame, self.report = frame, frame.report
        self.submissions = list(self.report.submissions.all())
        self.latest: Submission = self.submissions[-1]
        self.earlier = self._earlier(asked.get("from", ""))
        self.tab = asked.get("tab") if asked.get("tab") in ("changes", "whole") else ""
        if not self.tab:
            self.tab = "changes" if self.earlier else "whole"
        self.address = asked.get("field", "") if asked.get("field", "") in self.report.questions else ""
        self.may_remark = STEPS["remark"].open_to(frame.user, self.report)
        self.may_judge = STEPS["mark_items"].open_to(frame.user, self.report)
        is_approver = any(post.role in APPROVER for post in frame.user.posts_today)
        self.may_approve_items = self.may_judge and is_approver
        self.holds_it = self.report.reviewer_id == frame.user.pk
        self.may_assign = self.may_judge and (is_approver or self.holds_it)

    def _earlier(self, asked: str) -> Submission | None:
        before = [one for one in self.submissions if one.round < self.latest.round]
        chosen = [one for one in before if str(one.round) == asked]
        return next(reversed(chosen or before), None)

    @cached_property
    def changes(self) -> list[ChangeRow]:
        """The fields that differ, and those whose remark was answered though nothing in them changed."""
        if self.earlier is None:
            return []
        snapshots = [one.snapshot for one in self.submissions]
        return change_rows(snapshots, self.earlier.snapshot, self.latest.snapshot)

    @property
    def rows(self) -> list["JudgedRow"]:
        reused = reused_in(self.latest, self.frame.user)
        return [
            JudgedRow(
                row.question,
                row.change,
                row.said,
                self.items[row.question.address],
                reused.get(row.question.address, []),
            )
            for row in self.changes
        ]

    @property
    def changed_count(self) -> int:
        return sum(row.change is not None for row in self.changes)

    @cached_property
    def items(self) -> Items:
        approved = [event.round for event in self.frame.events if event.step == "approve"]
        marks = self.report.item_marks.all()
        return Items(self.report, self.submissions, marks, self.frame.remarks, approved)

    @cached_property
    def reviewers(self) -> list[User]:
        """To whom the review can be handed: who holds a reviewing post today, but for whoever has it."""
        found = holders(REVIEW, on=timezone.localdate(self.frame.now))
        return [one for one in found if one.pk != self.report.reviewer_id]

    @cached_property
    def sections(self) -> list[SentSection]:
        found = flag(sent_sections(self.latest), self.frame.user)
        for section in found:
            for one in section.fields:
                one.threads = self.threads_on(one.question.address)
                one.item = self.items[one.question.address]
        return found

    def threads_on(self, address: str) -> list[Thread]:
        return [one for one in self.frame.threads if one.address == address]

    @cached_property
    def follow_ups(self) -> list[FollowUpLine]:
        """What is not settled of any report of the unit, or of those it carries on."""
        return lines_of(remembered(self.report), today=timezone.localdate(self.frame.now))

    @property
    def may_follow_up(self) -> bool:
        return STEPS["follow_up"].open_to(self.frame.user, self.report)

    @property
    def question(self) -> Question | None:
        return self.report.questions.get(self.address)

    @property
    def thread(self) -> list[Thread]:
        return self.threads_on(self.address)

    @property
    def unsent(self) -> list[Remark]:
        return [one for one in self.frame.remarks if one.sent_at is None]

    @property
    def unsent_lines(self) -> list[dict[str, Any]]:
        return [{"remark": one, "field": self.report.questions[one.address].label} for one in self.unsent]

    @property
    def decisions(self) -> list[Decision]:
        names = ("return", "reopen", "propose", "approve")
        open_ = [name for name in names if STEPS[name].open_to(self.frame.user, self.report)]
        if not self.unsent and "reopen" in open_:
            open_.remove("reopen")  # nothing to ask yet: the remark comes first
        return [
            Decision(
                name,
                STEPS[name].label,
                reverse("work:confirm", args=[self.report.pk, name]),
                name == open_[-1],
            )
            for name in open_
        ]

    @cached_property
    def checks(self) -> SentChecks:
        """What the newest round was found to have when it was sent."""
        return sent_checks(self.latest.snapshot, self.report.questions)

    @property
    def cells(self) -> list[dict[str, Any]]:
        sent = [one for one in self.frame.remarks if one.sent_at]
        answered = [one for one in sent if one.reply]
        clocks = self.frame.clocks
        total = len(self.latest.snapshot["answers"])
        approved = self.items.count(ItemState.APPROVED)
        return [
            self.checks.cell,
            {
                "label": _("Changes"),
                "number": self.changed_count,
                "note": _("of %(total)s fields") % {"total": total},
            },
            {"label": _("Remarks answered"), "number": f"{len(answered)} / {len(sent)}"},
            {
                "label": _("Fields approved"),
                "number": f"{approved} / {total}",
                "note": self._edited_words(),
            },
            {"label": _("With the province"), "number": clocks.province, "note": _("days")},
            {"label": _("With the ministry"), "number": clocks.ministry, "note": _("days")},
        ]

    def _edited_words(self) -> str:
        edited = self.items.count(ItemState.EDITED)
        if not edited:
            return ""
        return ngettext(
            "%(n)s edited, to be approved again", "%(n)s edited, to be approved again", edited
        ) % {"n": edited}

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """The chosen indicator's approved values over the years, as units reported them then."""
        question = self.question
        if question is None or not question.is_indicator:
            return []
        rows = ApprovedValue.objects.current().filter(
            indicator=question.subject, province__in=with_predecessors([self.report.obligation.province_id])
        )
        rows = rows.select_related("province", "period__regime", "indicator").order_by("period__first_day")
        return [{"row": row, "text": words.approved(row)} for row in rows]

    @property
    def icon(self) -> str:
        return ICONS[State(self.report.state)]
