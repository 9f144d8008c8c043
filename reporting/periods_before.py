"""What was approved for the period before, beside each field: of the unit itself, or those it came from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import words
from .models import (
    ActivityAnswer,
    ApprovedActivity,
    ApprovedCount,
    ApprovedMoney,
    ApprovedValue,
    StatusReport,
)
from .models.values import Approved
from .number_parts import AMOUNTS
from .questions import INDICATOR_KINDS, Question
from .rights import with_predecessors

Subject = Any  # what an approved row is about: an indicator, an activity, a source of money, an address


@dataclass(frozen=True)
class Earlier:
    """An approved answer of an earlier period, in words."""

    unit: str
    period: str
    text: str


@dataclass(frozen=True)
class Kept:
    """Where the approved answers of some kinds of question stand, and how they read."""

    table: type[Approved]
    subject: str
    subject_of: Callable[[Question], Subject]
    text: Callable[[Any, Question], str]
    links: tuple[str, ...] = ()


def _value(row: ApprovedValue, _question: Question) -> str:
    return words.approved(row)


def _money(row: ApprovedMoney, _question: Question) -> str:
    value = {name: getattr(row, name) for name in ("emptiness", *AMOUNTS)}
    return words.money(value)


def _activity(row: ApprovedActivity, question: Question) -> str:
    said = ActivityAnswer(**{name: getattr(row, name) for name in ActivityAnswer.VALUES})
    lines = words.lines(question, said.as_json())
    return "; ".join(f"{line.label}: {line.text}" if line.label else line.text for line in lines[:3])


def _count(row: ApprovedCount, question: Question) -> str:
    value = {
        "emptiness": row.emptiness,
        "value": row.value,
        "parts": row.parts,
        "reason": "",
        "note": "",
        "expected_on": row.expected_on.isoformat() if row.expected_on else None,
    }
    return "; ".join(
        f"{line.label}: {line.text}" if line.label else line.text for line in words.lines(question, value)
    )


INDICATORS = Kept(ApprovedValue, "indicator_id", lambda asked: asked.subject, _value, ("indicator",))
KEPT: dict[str, Kept] = {
    **dict.fromkeys(INDICATOR_KINDS, INDICATORS),
    "money": Kept(ApprovedMoney, "money_source", lambda asked: asked.key, _money),
    "count": Kept(ApprovedCount, "address", lambda asked: asked.address, _count),
    "activity": Kept(ApprovedActivity, "activity_id", lambda asked: asked.subject, _activity),
}


def earlier_answers(report: StatusReport, questions: Iterable[Question]) -> dict[str, list[Earlier]]:
    """By address: two queries, and one more for each kind of answer that is asked for."""
    by_table: dict[type[Approved], list[Question]] = {}
    for question in questions:
        if question.kind in KEPT:
            by_table.setdefault(KEPT[question.kind].table, []).append(question)
    if not by_table:
        return {}
    units = with_predecessors([report.obligation.province_id])
    found: dict[str, list[Earlier]] = {}
    for asked in by_table.values():
        found |= _of_table(report, units, asked)
    return found


def _of_table(
    report: StatusReport, units: frozenset[int], questions: list[Question]
) -> dict[str, list[Earlier]]:
    """Of the newest earlier period only; an older one would be mistaken for it."""
    kept = KEPT[questions[0].kind]
    rows = (
        kept.table._default_manager.filter(
            superseded_at__isnull=True,
            province__in=units,
            period__regime=report.period.regime,
            period__last_day__lt=report.period.first_day,
        )
        .select_related("province", "period__regime", *kept.links)
        .order_by("-period__last_day", "province__code")
    )
    asked = {kept.subject_of(question): question for question in questions}
    found: dict[str, list[Earlier]] = {}
    newest = None
    for row in rows:
        newest = newest or row.period.last_day
        if row.period.last_day != newest:
            break
        question = asked.get(getattr(row, kept.subject))
        if question:
            told = Earlier(str(row.province.name), str(row.period), kept.text(row, question))
            found.setdefault(question.address, []).append(told)
    return found
