"""Answers to remarks and reasons for checks that are sent while somebody types, each through its own door."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from foundation.actions import ActionRefused
from foundation.text import whole_number

from . import actions
from .answers import Seen
from .check_boxes import REASON, CheckBox, boxes_at, changed_since, save_reason
from .forms import ReplyForm, read_seen
from .models import Remark, StatusReport
from .questions import Section
from .workflow import fields_open_to

if TYPE_CHECKING:
    from accounts.models import User

REPLY = "reply-"  # with it begin the names of the boxes


class Words:
    """``named``: the groups of boxes that were touched, such as reply-12 or reason-r-indicators-T3."""

    def __init__(self, report: StatusReport, section: Section, data: QueryDict) -> None:
        self.report, self.section, self.data = report, section, data
        self.named = set(data.getlist("word"))
        self.seen = Seen(whole_number(data.get("seen_words")) or 0, read_seen(data, section.questions).fields)
        asks = any(one.startswith(REASON) for one in self.named)
        self.stale = changed_since(report, self.seen) if asks else frozenset()

    def keep(self, *, by: "User", at: datetime) -> dict[str, Any]:
        """What was taken, and by box what was not. Half an answer is neither: it waits in the browser."""
        said: list[str] = []
        faults: dict[str, list[str]] = {}
        for prefix, form, is_kept in (*self._replies(by, at), *self._reasons(by, at)):
            if is_kept:
                said.append(prefix)
            faults |= {
                form.add_prefix(box): [str(one) for one in found] for box, found in form.errors.items()
            }
        return {"said": said, "word_faults": faults}

    def _replies(self, by: "User", at: datetime) -> Iterator[tuple[str, ReplyForm, bool]]:
        keys = [whole_number(one.removeprefix(REPLY)) for one in self.named if one.startswith(REPLY)]
        asked = self.report.remarks.filter(pk__in=[key for key in keys if key])
        for remark in asked:
            if remark.address.partition(".")[0] == self.section.key:
                form = ReplyForm(self.data, prefix=f"{REPLY}{remark.pk}")
                yield f"{REPLY}{remark.pk}", form, form.is_valid() and self._reply(remark, form, by, at)

    def _reply(self, remark: Remark, form: ReplyForm, by: "User", at: datetime) -> bool:
        reply, text = form.cleaned_data["reply"], form.cleaned_data["text"]
        if not reply or (reply == Remark.Reply.KEPT and not text.strip()):
            return False
        try:
            actions.reply(remark.pk, reply=reply, text=text, by=by, at=at)
        except ActionRefused as refusal:
            form.add_error("reply", str(refusal))
            return False
        return True

    def _reasons(self, by: "User", at: datetime) -> Iterator[tuple[str, Any, bool]]:
        for box in self._boxes(by, at):
            if box.form and box.form.prefix in self.named:
                is_kept = save_reason(self.report.pk, box, stale=self.stale, by=by, at=at)
                yield str(box.form.prefix), box.form, is_kept

    def _boxes(self, by: "User", at: datetime) -> list[CheckBox]:
        """Found anew, after the numbers that came with them were saved."""
        if not any(one.startswith(REASON) for one in self.named):
            return []
        report = StatusReport.objects.with_unit().get(pk=self.report.pk)
        found = actions.checked(report, on=timezone.localdate(at))
        open_fields = fields_open_to(by, report)
        return [
            box
            for question in self.section.questions
            for box in boxes_at(
                question.address, found, data=self.data, may_save=True, open_fields=open_fields
            )
        ]
