"""A question on a section's page with all that hangs on it: values, boxes, evidence, remarks, findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from . import actions
from .answers import completed
from .check_boxes import CheckBox
from .forms import AnswerForm, EvidenceForm, ReplyForm, seen_box
from .models import Evidence, Remark
from .pages import anchor
from .periods_before import Earlier
from .portal_numbers import told
from .proposals import Proposal, counted_words
from .questions import Question
from .reuse import Use
from .threads import Thread
from .words import Line, lines, percent


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
    seen: int = 0  # the version of the report whose value the boxes were filled with
    typed: AnswerForm | None = None  # what somebody typed into a field that has been locked meanwhile
    earlier: list[Earlier] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    uses: Mapping[int, list[Use]] = field(default_factory=dict)
    file_form: EvidenceForm | None = None
    remarks: list[RemarkBox] = field(default_factory=list)
    checks: list[CheckBox] = field(default_factory=list)
    conflict: "actions.Conflict | None" = None
    evidence_faults: list[str] = field(default_factory=list)
    proposal: Proposal | None = None
    stamp: Mapping[str, Any] | None = None
    open_for: list[str] = field(default_factory=list)  # the returned fields of which it is the total
    is_approved: bool = False  # on its own, while others went back
    has_moved: bool = False  # the portal counts otherwise than on the page where the button was pressed

    @property
    def confirmed(self) -> list[Line]:
        return told(self.question, self.stamp, self.value)

    @property
    def proposed_lines(self) -> list[Line]:
        return lines(self.question, completed("count", self.proposal.answer)) if self.proposal else []

    @property
    def proposed_words(self) -> str:
        return counted_words(self.proposal) if self.proposal else ""

    @property
    def seen_box(self) -> str:
        return seen_box(self.question)

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
    def files(self) -> list[tuple[Evidence, list[Use]]]:
        """Each file with what else it proves."""
        return [(proof, self.uses.get(proof.pk, [])) for proof in self.evidence]

    @property
    def typed_words(self) -> list[tuple[str, str]]:
        if self.typed is None:
            return []
        return [(str(box.label), str(box.value())) for box in self.typed if box.value()]
