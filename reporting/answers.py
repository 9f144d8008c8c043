"""Answers by address, whatever their kind: read them all, change one, know what stood before."""

from collections.abc import Iterable, Mapping
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


def before_version(report: StatusReport, seen: int) -> dict[str, Value | None]:
    """What stood at version ``seen`` wherever somebody has changed it since."""
    changes = AnswerChange.objects.filter(report=report, version__gt=seen).order_by("-version")
    return dict(changes.values_list("address", "before"))  # the earliest change comes last and stays
