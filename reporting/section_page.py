"""One section on the screen: its fields with their boxes, and how what was typed goes to the doors."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from . import actions
from .answers import Seen
from .check_boxes import REASON, boxes_at, changed_since, save_reason
from .field_boxes import FieldBox, RemarkBox
from .followups import FollowUpLine, of_section
from .form_news import FormNews, activities_to_add, news_for
from .forms import FORMS, EvidenceForm, ReplyForm, read_seen
from .inside_pages import hand_words, is_in_hands_of
from .items import Items, ItemState
from .models import Evidence, Remark, SectionTask, State
from .pages import Frame
from .periods_before import earlier_answers
from .portal_numbers import stamps_of
from .proposals import proposals_for
from .questions import Question, Section
from .reuse import uses
from .totals import opened_with, parts_of
from .workflow import STEPS

if TYPE_CHECKING:
    from accounts.models import User


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
        self.shown = Seen(self.report.version) if data is None else read_seen(data, section.questions)
        self.seen = self.shown.page
        self.settled: set[str] = set()  # saved, or left to others: the stored value is what is shown
        self.refusal = ""
        values = frame.values
        open_fields = frame.open_fields
        self.fields = [
            self._field(question, values[question.address], question.address in open_fields)
            for question in section.questions
        ]
        self._hang()
        # Who only saves is not kept waiting for checks whose boxes were not on the page.
        if data is None or any(name.startswith(REASON) for name in data):
            self._hang_checks()

    def _field(self, question: Question, value: Mapping[str, Any], is_open: bool) -> FieldBox:
        form = FORMS[question.kind](question, self.data, initial=value)
        if is_open:
            return FieldBox(question, value, form, self.shown.of(question.address))
        was_typed = self.data is not None and any(name.startswith(f"{form.prefix}-") for name in self.data)
        return FieldBox(question, value, None, typed=form if was_typed else None)

    def _hang(self) -> None:
        """Evidence, remarks and last period's values, each to its field."""
        fields = {one.question.address: one for one in self.fields}
        for proof in actions.evidence_of(self.report):
            if proof.address in fields:
                fields[proof.address].evidence.append(proof)
        told = uses(
            [(one.pk, one.file.sha256) for box in self.fields for one in box.evidence], self.frame.user
        )
        for box in self.fields:
            box.uses = told
            box.file_form = EvidenceForm(self.data, prefix=f"{box.anchor}-file") if box.form else None
        self._hang_remarks(fields)
        self._hang_approved(fields)
        self._propose()
        earlier = earlier_answers(self.report, [one.question for one in self.fields])
        for one in self.fields:
            one.earlier = earlier.get(one.question.address, [])

    def _propose(self) -> None:
        """The portal's own numbers, each to its open field; and what was made of them before."""
        asked = [one for one in self.fields if one.question.proposed_from]
        if not asked:
            return
        stamps = stamps_of(self.report)
        open_ones = [one.question for one in asked if one.form]
        found = proposals_for(self.report, open_ones, at=self.frame.now)
        for one in asked:
            one.proposal, one.stamp = found.get(one.question.address), stamps.get(one.question.address)

    def _hang_checks(self) -> None:
        """Findings to their fields; a reason typed there stays in its box, with its fault."""
        post = STEPS["save"].post_of(self.frame.user, self.report, self.section.key)
        may_save = self.frame.may_save and post is not None
        for one in self.fields:
            typed = {box.form.prefix: box.form for box in one.checks if box.form}
            one.checks = boxes_at(
                one.question.address,
                self.frame.checked,
                data=self.data,
                may_save=may_save,
                open_fields=self.frame.open_fields,
            )
            for box in one.checks:
                if box.form:
                    box.form = typed.get(box.form.prefix, box.form)

    def look_again(self, frame: Frame) -> None:
        """After a save that was not whole: what stands there now, round what was typed."""
        self.frame = frame
        for one in self.fields:
            if one.form and one.question.address in self.settled:
                value = frame.values[one.question.address]
                one.form = FORMS[one.question.kind](one.question, initial=value)
                one.seen = frame.report.version
        self._hang_checks()

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
        if remark.address not in self.frame.open_fields or remark not in self.frame.round_remarks:
            return None
        stored = {"reply": remark.reply, "text": remark.reply_text}
        return ReplyForm(self.data, prefix=f"reply-{remark.pk}", initial=stored, use_required_attribute=False)

    @cached_property
    def follow_ups(self) -> list[FollowUpLine]:
        """What earlier reviews asked for and is not settled, at the section it concerns."""
        return of_section(self.report, self.section.key, today=timezone.localdate(self.frame.now))

    @property
    def is_open(self) -> bool:
        """Whether there is anything to save: an open field, a remark to answer, a reason to give."""
        return any(
            one.form or any(box.form for box in one.remarks) or any(box.form for box in one.checks)
            for one in self.fields
        )

    @property
    def task(self) -> SectionTask | None:
        """Who has the section in hand, when it is not with those who fill in the report."""
        return self.frame.tasks.get(self.section.key)

    @property
    def hand_title(self) -> str:
        return _("In the hands of: %(hands)s.") % {"hands": hand_words(self.task)}

    @property
    def is_mine(self) -> bool:
        return self.task is not None and is_in_hands_of(self.frame.user, self.task)

    @property
    def may_delegate(self) -> bool:
        return STEPS["delegate"].open_to(self.frame.user, self.report)

    @property
    def is_only_read(self) -> bool:
        """The reader may write elsewhere in the report, not here."""
        here = [question.address for question in self.section.questions]
        in_part = STEPS["save"].whole_post_of(self.frame.user, self.report) is None
        return in_part and bool(self.frame.open_fields) and not self.frame.open_fields.intersection(here)

    @property
    def neighbours(self) -> dict[str, str]:
        """Addresses of the section before and the one after."""
        urls = self.frame.urls_of_sections(self.report)
        place = self.section.position - 1
        return {"before": urls[place - 1] if place else "", "after": urls[place + 1]}

    @cached_property
    def news(self) -> FormNews | None:
        return news_for(self.frame)

    @cached_property
    def activities_to_add(self) -> int:
        """Offered where they would stand; not counted for the other sections."""
        is_here = self.section.key == self.report.form.activities_section
        return activities_to_add(self.frame) if is_here else 0

    # --- Saving -------------------------------------------------------------------------

    def save(self, *, by: "User", at: datetime) -> bool:
        """Hand everything typed to the doors; false where something was not taken and stands on the page."""
        stale = changed_since(self.report, self.shown)
        try:
            whole = self._save_answers(by, at)
        except ActionRefused as refusal:
            self.refusal = str(refusal)
            return False
        replies = [self._save_reply(box, by, at) for one in self.fields for box in one.remarks]
        files = [self._save_files(one, by, at) for one in self.fields if one.form]
        reasons = [
            save_reason(self.report.pk, box, stale=stale, by=by, at=at)
            for one in self.fields
            for box in one.checks
        ]
        return whole and all(replies) and all(files) and all(reasons)

    def _save_answers(self, by: "User", at: datetime) -> bool:
        if any(one.typed for one in self.fields):  # locked since the page was loaded
            raise ActionRefused(actions.locked_meanwhile())
        kept = set(self.data.getlist("theirs"))
        forms = {one.question.address: one.form for one in self.fields if one.form}
        valid = {address: form for address, form in forms.items() if form.is_valid() and address not in kept}
        typed = {address: form.typed() for address, form in valid.items()}
        typed |= self._taken_over()
        saved = actions.save_draft(self.report.pk, answers=typed, seen=self.shown, by=by, at=at)
        self.seen = saved.version
        for one in self.fields:
            one.conflict = saved.conflicts.get(one.question.address)
            one.seen = saved.version if one.conflict else one.seen
            for fault in saved.faults.get(one.question.address, []):
                forms[one.question.address].add_error(fault.part, fault.sentence)
        settled = set(typed) | (kept & set(forms))
        self.settled = settled - set(saved.conflicts) - set(saved.faults)
        return saved.is_whole and settled == set(forms) and not any(one.has_moved for one in self.fields)

    def _taken_over(self) -> dict[str, Mapping[str, Any]]:
        """The portal's number in place of what stands in the boxes; the note stays."""
        address, _colon, token = self.data.get("take", "").rpartition(":")
        one = next((one for one in self.fields if one.question.address == address), None)
        if one is None or one.form is None or one.proposal is None:
            return {}
        one.has_moved = one.proposal.token != token
        if one.has_moved:
            return {}
        return {address: {**one.proposal.answer, "note": one.form.cleaned_data.get("note", "")}}

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
                **(one.file_form.told() if one.file_form else {}),
            )
            for upload in self._uploads(one)
        ]
        for deed in deeds:
            try:
                deed(by=by, at=at)
            except ActionRefused as refusal:  # the report may have been submitted a moment ago
                one.evidence_faults.append(str(refusal))
        return not one.evidence_faults

    def _uploads(self, one: FieldBox) -> list[Any]:
        """The files chosen for a field; none where what was said of them is wrong."""
        uploads = self.files.getlist(f"{one.anchor}-evidence") if self.files else []
        if uploads and one.file_form and not one.file_form.is_valid():
            one.evidence_faults.append(
                _("No file was kept: see the date or the kind, then choose the files again.")
            )
            return []
        return uploads
