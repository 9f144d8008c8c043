"""Rounds on the screen: what was sent, in words, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.dates import day_words
from foundation.text import whole_number

from .actions import evidence_of
from .answers import values_of
from .diffs import Change, changes
from .models import Evidence, Remark, StatusReport, Submission
from .pages import anchor
from .portal_numbers import stamps_of, told
from .questions import Question, sections_of
from .snapshots import files_by_claim
from .words import Line, lines


@dataclass
class SentFile:
    """A file as it was sent with its claim; older submissions say neither its kind nor its day."""

    id: int
    name: str
    size: int
    sha256: str
    is_public: bool
    kind: str = ""
    dated_on: str | None = None
    uses: list[Any] = field(default_factory=list)  # other claims with the same content

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "SentFile":
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    @property
    def about(self) -> str:
        """list, 1 March 2026."""
        kind = str(Evidence.Kind(self.kind).label) if self.kind else ""
        day = day_words(date.fromisoformat(self.dated_on)) if self.dated_on else ""
        return ", ".join(said for said in (kind, day) if said)


@dataclass
class SentField:
    """A field as it was sent, or stands ready to be."""

    question: Question
    lines: list[Line]
    files: list[SentFile]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return anchor(self.question.address)


@dataclass
class SentSection:
    title: Any
    position: int
    key: str
    fields: list[SentField]


def sent_sections(submission: Submission) -> list[SentSection]:
    """The whole of a submission, out of its snapshot alone."""
    snapshot = submission.snapshot
    return _sections(
        snapshot["form"]["definition"],
        snapshot["answers"],
        snapshot["evidence"],
        snapshot.get("proposed", {}),  # older submissions have none
    )


def unsent_sections(report: StatusReport) -> list[SentSection]:
    """The report as it would be sent now."""
    files = files_by_claim(evidence_of(report))
    return _sections(report.definition, values_of(report), files, stamps_of(report))


def _sections(
    definition: dict[str, Any],
    answers: Mapping[str, Any],
    evidence: Mapping[str, Any],
    stamps: Mapping[str, Any],
) -> list[SentSection]:
    return [
        SentSection(
            section.title,
            section.position,
            section.key,
            [
                SentField(
                    one,
                    [
                        *lines(one, answers[one.address]),
                        *told(one, stamps.get(one.address), answers[one.address]),
                    ],
                    [SentFile.of(kept) for kept in evidence.get(one.address, [])],
                )
                for one in section.questions
            ],
        )
        for section in sections_of(definition)
    ]


class RoundsPage:
    """Two rounds side by side; the two newest unless the address asks for others."""

    def __init__(self, report: StatusReport, asked: Mapping[str, str]) -> None:
        self.submissions = list(report.submissions.all())
        by_round = {one.round: one for one in self.submissions}
        self.later = by_round.get(whole_number(asked.get("to")) or 0) or by_round.get(report.round)
        before = self.later.round - 1 if self.later else 0
        self.earlier = by_round.get(whole_number(asked.get("from")) or 0) or by_round.get(before)

    @property
    def is_comparison(self) -> bool:
        return self.earlier is not None and self.later is not None and self.earlier != self.later

    @property
    def changes(self) -> list[Change]:
        if not self.earlier or not self.later:
            return []
        return changes(self.earlier.snapshot, self.later.snapshot)

    @property
    def field_count(self) -> int:
        return len(self.later.snapshot["answers"]) if self.later else 0
