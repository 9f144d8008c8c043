"""Approved rows out of a snapshot: what changed becomes a new version, what did not stays as it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import years
from .models import (
    ActivityAnswer,
    ApprovedActivity,
    ApprovedCount,
    ApprovedMoney,
    ApprovedText,
    ApprovedValue,
    CountAnswer,
    Emptiness,
    IndicatorAnswer,
    MoneyAnswer,
    StatusReport,
    Submission,
)
from .models.reports import COUNTS
from .models.values import Approved
from .number_parts import AMOUNTS
from .questions import INDICATOR_KINDS, Question, questions_of

Key = tuple[type[Approved], Any]
VALUE_PARTS = ("emptiness", "value", "numerator", "denominator", "reason", "expected_on")
COUNT_PARTS = ("emptiness", "value", "parts", "reason", "expected_on")
MONEY_PARTS = ("emptiness", *AMOUNTS, "reason")


def rows_from(
    submission: Submission, report: StatusReport, *, at: datetime, only: Collection[str] | None = None
) -> Iterator[tuple[Key, Approved]]:
    """Unsaved rows, each with what it is about; version 1 until ``approve`` says otherwise.

    ``only`` are the fields to speak of; ``None`` is all.
    """
    common = {
        "province": report.province,
        "period": report.period,
        "submission": submission,
        "approved_at": at,
        "is_demo": submission.is_demo,
        "source": f"{submission.running_number}/{report.period.year}",
    }
    snapshot = submission.snapshot
    for address, question in questions_of(snapshot["form"]["definition"]).items():
        if only is not None and address not in only:
            continue
        made = _row(question, snapshot["answers"][address], common)
        if made:
            yield made


def _row(question: Question, value: dict[str, Any], common: dict[str, Any]) -> tuple[Key, Approved] | None:
    row: Approved
    if question.kind in INDICATOR_KINDS:
        parts = _typed(IndicatorAnswer, normalised(question.kind, value), VALUE_PARTS)
        row = ApprovedValue(indicator_id=question.subject, **parts, **common)
        return (ApprovedValue, question.subject), row
    if question.kind == "activity":
        parts = _typed(ActivityAnswer, value, ActivityAnswer.VALUES)
        row = ApprovedActivity(activity_id=question.subject, **parts, **common)
        return (ApprovedActivity, question.subject), row
    if question.kind == "money":
        row = ApprovedMoney(money_source=question.key, **_typed(MoneyAnswer, value, MONEY_PARTS), **common)
        return (ApprovedMoney, question.key), row
    if question.kind == "count":
        return _count(question, value, common)
    if not value["text"].strip():
        return None
    return (ApprovedText, question.address), ApprovedText(
        address=question.address, text=value["text"], **common
    )


def _count(question: Question, value: dict[str, Any], common: dict[str, Any]) -> tuple[Key, Approved] | None:
    emptiness = value["emptiness"]
    if emptiness == Emptiness.NOT_ANSWERED:
        return None
    if emptiness not in COUNTS:
        value = {**value, "value": None, "parts": {}}
    elif emptiness == Emptiness.ZERO:
        value = {**value, "value": "0"}
    row = ApprovedCount(
        address=question.address,
        asked=question.raw,
        **_typed(CountAnswer, value, COUNT_PARTS),
        **common,
    )
    return (ApprovedCount, question.address), row


def normalised(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """The number a claim stands for: “zero” is 0, “yes” is 1, and what is empty carries no number."""
    emptiness = value["emptiness"]
    if emptiness not in COUNTS:
        return {**value, "value": None, "numerator": None, "denominator": None}
    if kind == "yes_no":
        return {
            **value,
            "value": "1" if emptiness == "number" else "0",
            "numerator": None,
            "denominator": None,
        }
    if emptiness == "zero":
        return {**value, "value": "0"} if kind == "number" else {**value, "numerator": "0"}
    return value


def _typed(table: Any, value: dict[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    row = table()
    row.take(value)
    return {part: getattr(row, part) for part in parts}


@dataclass(frozen=True)
class Writing:
    """What an approval writes: new versions, each with the row it takes the place of, and rows that end."""

    rows: list[tuple[Approved | None, Approved]]
    ended: list[Approved]


def writing(
    submission: Submission, report: StatusReport, *, at: datetime, only: Collection[str] | None = None
) -> Writing:
    """What would be written; nothing is. A part of the report says nothing of the other fields."""
    standing = _current(report)
    if only is not None:
        questions = questions_of(submission.snapshot["form"]["definition"])
        about = {subject_of(questions[address]) for address in only}
        standing = {key: row for key, row in standing.items() if key[:2] in about}
    rows: list[tuple[Approved | None, Approved]] = []
    for key, row in rows_from(submission, report, at=at, only=only):
        old = standing.pop(key, None)
        if old is None or not _same(old, row):
            rows.append((old, row))
    return Writing(rows, list(standing.values()))


def subject_of(question: Question) -> Key:
    """The table and what in it a field speaks of."""
    if question.kind in INDICATOR_KINDS:
        return ApprovedValue, question.subject
    if question.kind == "activity":
        return ApprovedActivity, question.subject
    if question.kind == "money":
        return ApprovedMoney, question.key
    if question.kind == "count":
        return ApprovedCount, question.address
    return ApprovedText, question.address


def keep(
    submission: Submission, report: StatusReport, *, at: datetime, only: Collection[str] | None = None
) -> int:
    """Write what is new or changed as the current version; return how many rows that were."""
    found = writing(submission, report, at=at, only=only)
    versions = _versions(report)
    for old, row in found.rows:
        if old is not None:
            _supersede(old, at=at)
        key = (type(row), getattr(row, SUBJECTS[type(row)]))
        row.version = versions[key] = versions.get(key, 0) + 1
        row.save(force_insert=True)
    for dropped in found.ended:  # the corrected report no longer says this
        _supersede(dropped, at=at)
    years.add_up(years.Scope(unit=report.province.pk, year=report.period.year))
    return len(found.rows)


def _supersede(row: Approved, *, at: datetime) -> None:
    row.superseded_at = at
    row.save(update_fields=["superseded_at", "updated_at"])


SUBJECTS: dict[type[Approved], str] = {
    ApprovedValue: "indicator_id",
    ApprovedActivity: "activity_id",
    ApprovedMoney: "money_source",
    ApprovedText: "address",
    ApprovedCount: "address",
}


def _current(report: StatusReport) -> dict[Key, Approved]:
    return {
        (table, getattr(row, subject)): row
        for table, subject in SUBJECTS.items()
        for row in table.objects.current().filter(province=report.province, period=report.period)
    }


def _versions(report: StatusReport) -> dict[Key, int]:
    """The newest version of each, current or not: what was dropped once may be said again."""
    return {
        (table, subject): version
        for table, name in SUBJECTS.items()
        for subject, version in table.objects.filter(province=report.province, period=report.period)
        .order_by("version")
        .values_list(name, "version")
    }


BOOKKEEPING = frozenset(
    {
        "id",
        "asked",
        "submission_id",
        "version",
        "approved_at",
        "superseded_at",
        "created_at",
        "updated_at",
        "source",
    }
)


def _same(old: Approved, new: Approved) -> bool:
    names = [field.attname for field in old._meta.concrete_fields if field.attname not in BOOKKEEPING]
    return all(getattr(old, name) == getattr(new, name) for name in names)
