"""Rounds on the screen: what was sent, in words, and what changed between two of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from foundation.dates import day_words
from foundation.text import whole_number

from .actions import evidence_of
from .answers import values_of
from .diffs import Change, Said, changes, said_between
from .items import Item
from .models import Evidence, StatusReport, Submission
from .pages import anchor
from .portal_numbers import stamps_of, told
from .questions import Question, questions_of, sections_of
from .snapshots import files_by_claim
from .threads import Thread
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
    threads: list[Thread] = field(default_factory=list)
    item: Item | None = None  # how the ministry judged it

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


@dataclass(frozen=True)
class ChangeRow:
    """One field between two rounds; no change where only a remark on it was answered."""

    question: Question
    change: Change | None
    said: list[Said]


def change_rows(
    snapshots: Iterable[Mapping[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[ChangeRow]:
    """The changed fields first, then those whose remark was answered though nothing in them changed."""
    said = said_between(snapshots, after=before["round"], upto=after["round"])
    changed = [
        ChangeRow(one.question, one, said.pop(one.question.address, [])) for one in changes(before, after)
    ]
    asked = questions_of(after["form"]["definition"])
    kept = [ChangeRow(asked[address], None, found) for address, found in said.items() if address in asked]
    return [*changed, *kept]


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

    @cached_property
    def changes(self) -> list[ChangeRow]:
        """What differs in value, words or files, and what was asked and answered in between."""
        if not self.earlier or not self.later:
            return []
        snapshots = [one.snapshot for one in self.submissions]
        return change_rows(snapshots, self.earlier.snapshot, self.later.snapshot)

    @property
    def changed_count(self) -> int:
        return sum(row.change is not None for row in self.changes)

    @property
    def field_count(self) -> int:
        return len(self.later.snapshot["answers"]) if self.later else 0


@dataclass(frozen=True)
class ThreadsOfField:
    label: Any
    threads: list[Thread]


def threads_by_field(report: StatusReport, threads: Iterable[Thread]) -> list[ThreadsOfField]:
    """All rounds' remarks in the order of the form, each field's threads in order of time."""
    found: dict[str, list[Thread]] = {}
    for one in threads:
        found.setdefault(one.address, []).append(one)
    return [
        ThreadsOfField(question.label, found[address])
        for address, question in report.questions.items()
        if address in found
    ]
