"""One section on the screen: its fields with their boxes, and how what was typed goes to the doors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from foundation.actions import ActionRefused
from foundation.text import whole_number

from . import actions
from .answers import values_of
from .followups import FollowUpLine, of_section
from .forms import FORMS, AnswerForm, ReplyForm
from .items import Items, ItemState
from .models import Evidence, Remark, State
from .pages import Earlier, Frame, anchor, earlier_values
from .questions import Question, Section
from .threads import Thread
from .totals import opened_with, parts_of
from .words import Line, lines, percent

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class RemarkBox:
    """A thread, and the boxes for the answer to its newest question."""

    thread: Thread
    form: ReplyForm | None

    @property
    def remark(self) -> Remark:
        return self.thread.newest


@dataclass
class FieldBox:
    """A question with all that hangs on it."""

    question: Question
    value: Mapping[str, Any]
    form: AnswerForm | None  # none: the field is locked
    typed: AnswerForm | None = None  # what somebody typed into a field that has been locked meanwhile
    earlier: list[Earlier] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[RemarkBox] = field(default_factory=list)
    conflict: "actions.Conflict | None" = None
    evidence_faults: list[str] = field(default_factory=list)
    open_for: list[str] = field(default_factory=list)  # the returned fields of which it is the total
    is_approved: bool = False  # on its own, while others went back

    @property
    def anchor(self) -> str:
        return anchor(self.question.address)

    @property
    def lines(self) -> list[Line]:
        return lines(self.question, self.value)

    @property
    def lacks_evidence(self) -> bool:
        return self.question.needs_evidence and not self.evidence

    @property
    def share(self) -> str:
        """Numerator over denominator as stored, in per cent; nothing where there is none."""
        above, below = self.value.get("numerator"), self.value.get("denominator")
        if above is None or not below or not Decimal(below):
            return ""
        return percent(above, below)

    @property
    def theirs(self) -> list[Line]:
        return lines(self.question, self.conflict.theirs) if self.conflict else []

    @property
    def shows_evidence(self) -> bool:
        """Where files can be added, or there are some to look at."""
        can_be_proven = self.question.is_indicator or self.question.kind == "activity"
        return bool(self.evidence) or (can_be_proven and self.form is not None)

    @property
    def typed_words(self) -> list[tuple[str, str]]:
        if self.typed is None:
            return []
        return [(str(box.label), str(box.value())) for box in self.typed if box.value()]


class SectionPage:
    """Built for a GET with the stored answers, for a POST with what was typed."""

    def __init__(
        self,
        frame: Frame,
        section: Section,
        data: Any = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        self.frame, self.section, self.data, self.files = frame, section, data, files
        self.report = frame.report
        self.seen = self._seen()
        self.refusal = ""
        values = values_of(self.report)
        open_fields = self.report.open_addresses() if frame.may_save else frozenset()
        self.fields = [
            self._field(question, values[question.address], question.address in open_fields)
            for question in section.questions
        ]
        self._hang()

    def _seen(self) -> int:
        """The version the person saw; a missing or wrong one counts as the oldest."""
        if self.data is None:
            return self.report.version
        return min(whole_number(self.data.get("seen")) or 0, self.report.version)

    def _field(self, question: Question, value: Mapping[str, Any], is_open: bool) -> FieldBox:
        form = FORMS[question.kind](question, self.data, initial=value)
        if is_open:
            return FieldBox(question, value, form)
        was_typed = self.data is not None and any(name.startswith(f"{form.prefix}-") for name in self.data)
        return FieldBox(question, value, None, typed=form if was_typed else None)

    def _hang(self) -> None:
        """Evidence, remarks and last period's values, each to its field."""
        fields = {one.question.address: one for one in self.fields}
        for proof in actions.evidence_of(self.report):
            if proof.address in fields:
                fields[proof.address].evidence.append(proof)
        self._hang_remarks(fields)
        self._hang_approved(fields)
        if any(one.question.is_indicator for one in self.fields):
            earlier = earlier_values(self.report)
            for one in self.fields:
                one.earlier = earlier.get(one.question.subject, []) if one.question.is_indicator else []

    def _hang_remarks(self, fields: Mapping[str, FieldBox]) -> None:
        for thread in self.frame.threads:
            if thread.address in fields:
                fields[thread.address].remarks.append(RemarkBox(thread, self._reply(thread.newest)))
        for address, parts in self._totals_opened().items():
            if address in fields and fields[address].form:
                fields[address].open_for = [str(self.report.questions[part].label) for part in parts]

    def _hang_approved(self, fields: Mapping[str, FieldBox]) -> None:
        if self.report.state != State.RETURNED:
            return
        items = Items.load(self.report)
        for address, one in fields.items():
            one.is_approved = items[address].state == ItemState.APPROVED

    def _totals_opened(self) -> dict[str, list[str]]:
        flagged = {one.address for one in self.frame.round_remarks}
        opened = opened_with(parts_of(self.report.definition), flagged)
        is_returned = self.report.state == State.RETURNED
        return {one: of for one, of in opened.items() if one not in flagged} if is_returned else {}

    def _reply(self, remark: Remark) -> ReplyForm | None:
        if not self.frame.may_save or remark not in self.frame.round_remarks:
            return None
        stored = {"reply": remark.reply, "text": remark.reply_text}
        return ReplyForm(self.data, prefix=f"reply-{remark.pk}", initial=stored, use_required_attribute=False)

    @cached_property
    def follow_ups(self) -> list[FollowUpLine]:
        """What earlier reviews asked for and is not settled, at the section it concerns."""
        return of_section(self.report, self.section.key, today=timezone.localdate(self.frame.now))

    @property
    def is_open(self) -> bool:
        """Whether there is anything to save: an open field, or a remark to answer."""
        return any(one.form or any(box.form for box in one.remarks) for one in self.fields)

    @property
    def neighbours(self) -> dict[str, str]:
        """Addresses of the section before and the one after."""
        urls = self.frame.urls_of_sections(self.report)
        place = self.section.position - 1
        return {"before": urls[place - 1] if place else "", "after": urls[place + 1]}

    # --- Saving -------------------------------------------------------------------------

    def save(self, *, by: "User", at: datetime) -> bool:
        """Hand everything typed to the doors; false where something was not taken and stands on the page."""
        try:
            whole = self._save_answers(by, at)
        except ActionRefused as refusal:
            self.refusal = str(refusal)
            return False
        replies = [self._save_reply(box, by, at) for one in self.fields for box in one.remarks]
        files = [self._save_files(one, by, at) for one in self.fields if one.form]
        return whole and all(replies) and all(files)

    def _save_answers(self, by: "User", at: datetime) -> bool:
        if any(one.typed for one in self.fields):  # locked since the page was loaded
            raise ActionRefused(actions.locked_meanwhile())
        kept = set(self.data.getlist("theirs"))
        forms = {one.question.address: one.form for one in self.fields if one.form}
        valid = {address: form for address, form in forms.items() if form.is_valid() and address not in kept}
        typed = {address: form.typed() for address, form in valid.items()}
        saved = actions.save_draft(self.report.pk, answers=typed, seen=self.seen, by=by, at=at)
        self.seen = saved.version
        for one in self.fields:
            one.conflict = saved.conflicts.get(one.question.address)
            for fault in saved.faults.get(one.question.address, []):
                forms[one.question.address].add_error(fault.part, fault.sentence)
        return saved.is_whole and len(valid) + len(kept & set(forms)) == len(forms)

    def _save_reply(self, box: RemarkBox, by: "User", at: datetime) -> bool:
        if box.form is None:
            return True
        if not box.form.is_valid():
            return False
        reply, text = box.form.cleaned_data["reply"], box.form.cleaned_data["text"]
        if not reply and not text:
            return True
        try:
            actions.reply(box.remark.pk, reply=reply, text=text, by=by, at=at)
        except ActionRefused as refusal:
            box.form.add_error("reply", str(refusal))
            return False
        return True

    def _save_files(self, one: FieldBox, by: "User", at: datetime) -> bool:
        deeds: list[partial[Evidence]] = [
            partial(actions.withdraw_evidence, proof.pk)
            for proof in one.evidence
            if self.data.get("remove") == str(proof.pk)
        ]
        deeds += [
            partial(
                actions.attach_evidence,
                self.report.pk,
                address=one.question.address,
                upload=upload,
                is_public=f"{one.anchor}-public" in self.data,
            )
            for upload in (self.files.getlist(f"{one.anchor}-evidence") if self.files else [])
        ]
        for deed in deeds:
            try:
                deed(by=by, at=at)
            except ActionRefused as refusal:  # the report may have been submitted a moment ago
                one.evidence_faults.append(str(refusal))
        return not one.evidence_faults
