"""Answers by address, whatever their kind: read them all, change one, know what stood before."""

from collections.abc import Mapping
from typing import Any

from .models import (
    ActivityAnswer,
    Answer,
    AnswerChange,
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
    "activity": ActivityAnswer,
}
Value = dict[str, Any]


def blank(kind: str) -> Value:
    """The value of a question nobody has answered."""
    return TABLES[kind]().as_json()


def is_blank(kind: str, value: Value) -> bool:
    return value == blank(kind)


def rows_of(report: StatusReport) -> dict[str, Answer]:
    """The report's answers by address: four queries, however long the form."""
    return {
        row.address: row
        for table in dict.fromkeys(TABLES.values())
        for row in table._default_manager.filter(report=report)
    }


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


def completed(kind: str, given: Mapping[str, Any]) -> Value:
    """What was typed as a whole value: unknown parts dropped, missing parts blank, numbers canonical."""
    row = TABLES[kind]()
    row.take(dict(given))
    return row.as_json()


def before_version(report: StatusReport, seen: int) -> dict[str, Value | None]:
    """What stood at version ``seen`` wherever somebody has changed it since."""
    changes = AnswerChange.objects.filter(report=report, version__gt=seen).order_by("-version")
    return dict(changes.values_list("address", "before"))  # the earliest change comes last and stays
