"""Answers by address, whatever their kind: read them all, change one, know what stood before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .models import (
    ActivityAnswer,
    Answer,
    AnswerChange,
    CountAnswer,
    IndicatorAnswer,
    MoneyAnswer,
    StatusReport,
    TextAnswer,
)
from .questions import Question

TABLES: dict[str, type[Answer]] = {
    "text": TextAnswer,
    "ratio": IndicatorAnswer,
    "number": IndicatorAnswer,
    "yes_no": IndicatorAnswer,
    "money": MoneyAnswer,
    "count": CountAnswer,
    "activity": ActivityAnswer,
}
Value = dict[str, Any]
PART = "part_"  # begins the box of each code: part_sex_female


def blank(kind: str) -> Value:
    """The value of a question nobody has answered."""
    return TABLES[kind]().as_json()


def is_blank(kind: str, value: Value) -> bool:
    return value == blank(kind)


def rows_of(report: StatusReport, addresses: Iterable[str] | None = None) -> dict[str, Answer]:
    """The report's answers by address, at least those at ``addresses``: one query for each kind of row."""
    asked = report.questions.values() if addresses is None else map(report.questions.__getitem__, addresses)
    tables = dict.fromkeys(TABLES[question.kind] for question in asked)
    return {row.address: row for table in tables for row in table._default_manager.filter(report=report)}


def values_of(report: StatusReport) -> dict[str, Value]:
    """Every question's value; blank where there is no answer yet."""
    rows = rows_of(report)
    return {
        address: rows[address].as_json() if address in rows else blank(question.kind)
        for address, question in report.questions.items()
    }


def new_row(report: StatusReport, question: Question) -> Answer:
    subject = {"activity": "activity_id", "money": "source"}.get(question.kind)
    if question.is_indicator:
        subject = "indicator_id"
    row = TABLES[question.kind](report=report, address=question.address)
    if subject:
        setattr(row, subject, question.key if question.kind == "money" else question.subject)
    return row


def flat(value: Mapping[str, Any], question: Question) -> Value:
    """A value box by box: each part of a count stands on its own."""
    breakdown = question.breakdown
    own = {name: said for name, said in value.items() if name != "parts"}
    if breakdown is None:
        return own
    parts = value.get("parts") or {}
    return {**own, **{breakdown.part(code): parts.get(code) for code in breakdown.codes}}


def folded(boxes: Mapping[str, Any]) -> Value:
    """What stands in the boxes as a value: the parts of a count together again."""
    parts = {name.split("_", 2)[2]: said for name, said in boxes.items() if name.startswith(PART)}
    own = {name: said for name, said in boxes.items() if not name.startswith(PART)}
    return {**own, "parts": parts} if parts else own


def completed(kind: str, given: Mapping[str, Any]) -> Value:
    """What was typed as a whole value: unknown parts dropped, missing parts blank, numbers canonical."""
    row = TABLES[kind]()
    row.take(dict(given))
    return row.as_json()


@dataclass(frozen=True)
class Seen:
    """The version of a report that a page was loaded with, and of single fields the one it shows by now."""

    page: int
    fields: Mapping[str, int] = field(default_factory=dict)

    def of(self, address: str) -> int:
        return self.fields.get(address, self.page)

    @property
    def oldest(self) -> int:
        return min([self.page, *self.fields.values()])


def before_version(report: StatusReport, seen: int | Seen) -> dict[str, Value | None]:
    """What stood where the page speaks of it, wherever somebody has changed it since."""
    seen = seen if isinstance(seen, Seen) else Seen(seen)
    if seen.oldest >= report.version:
        return {}
    changes = AnswerChange.objects.filter(report=report, version__gt=seen.oldest).order_by("-version")
    found = changes.values_list("address", "version", "before")  # the earliest change comes last and stays
    return {address: before for address, version, before in found if version > seen.of(address)}
