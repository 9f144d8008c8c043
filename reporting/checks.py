"""What an answer may not say, and what a report still lacks. Pure: values in, sentences out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words

from . import counting
from .far_days import is_far
from .models import NEEDS_REASON, ActivityAnswer, Emptiness
from .number_parts import AMOUNTS, NUMBERS, SPENT
from .questions import Question

Value = Mapping[str, Any]
Progress = ActivityAnswer.Progress


@dataclass(frozen=True)
class Fault:
    """Why a value cannot be kept; ``part`` is the box it stands in."""

    part: str
    sentence: str


@dataclass(frozen=True)
class Missing:
    """What stops the submission, and where to mend it."""

    address: str
    label: str
    sentence: str


def faults(question: Question, value: Value, last_day: date, *, today: date | None = None) -> list[Fault]:
    """Nonsense that is refused at once, draft or not; ``today``: what has happened, happened by then."""
    checks: dict[str, Callable[[Question, Value, date], Iterator[Fault]]] = {
        "ratio": _ratio,
        "number": _number,
        "yes_no": _nothing,
        "money": _money,
        "count": _count,
        "activity": _activity,
        "text": _nothing,
    }
    found = list(checks[question.kind](question, value, last_day))
    contradictions = _contradictions(value) if question.kind == "activity" else ()
    for more in (_far_days(value, last_day), _days_to_come(question, value, today), contradictions):
        told = {one.part for one in found}
        found += [fault for fault in more if fault.part not in told]
    return found


def _far_days(value: Value, last_day: date) -> Iterator[Fault]:
    """A slip in the year, whatever the date says."""
    for part in ("started_on", "finished_on", "expected_on"):
        day = _date(value, part) if part in value else None
        if day and is_far(day, last_day):
            yield Fault(part, _("This date is far from the reporting period. Check the year."))


def _days_to_come(question: Question, value: Value, today: date | None) -> Iterator[Fault]:
    """A year is reported on before it ends: a day in its rest is within the period and has not come."""
    for part in ("started_on", "finished_on") if question.kind == "activity" and today else ():
        day = _date(value, part)
        if day and today and day > today:
            yield Fault(part, _("This date has not come yet. Write the day it happened, or leave it empty."))


def _nothing(_question: Question, _value: Value, _last_day: date) -> Iterator[Fault]:
    yield from ()


def _ratio(question: Question, value: Value, _last_day: date) -> Iterator[Fault]:
    above, below = (_decimal(value, part) for part in ("numerator", "denominator"))
    yield from _counted(question, value, "numerator", "denominator")
    if above is not None and below is not None and above > below:
        yield Fault("numerator", _("This is more than the total. Check both numbers."))
    if below is not None and below == 0 and value["emptiness"] == Emptiness.NUMBER:
        yield Fault("denominator", _("A total of 0 gives no share. Choose “not applicable” and say why."))
    if value["emptiness"] == Emptiness.ZERO and above:
        yield Fault("numerator", _("You chose “zero”, but the number is not 0."))


def _number(question: Question, value: Value, _last_day: date) -> Iterator[Fault]:
    yield from _counted(question, value, "value")
    number = _decimal(value, "value")
    if number is not None and question.maximum is not None and number > question.maximum:
        yield Fault("value", _("This is more than can be. Check the number and its unit."))
    if value["emptiness"] == Emptiness.ZERO and number:
        yield Fault("value", _("You chose “zero”, but the number is not 0."))


def _count(question: Question, value: Value, _last_day: date) -> Iterator[Fault]:
    return (Fault(box, sentence) for box, sentence in counting.faults(question, value))


def _counted(question: Question, value: Value, *parts: str) -> Iterator[Fault]:
    for part in parts:
        number = _decimal(value, part)
        if number is not None and number < 0:
            yield Fault(part, _("A number here is not below 0."))
        if number is not None and question.is_whole and number != number.to_integral():
            yield Fault(part, _("Count in whole pieces."))


def _money(_question: Question, value: Value, _last_day: date) -> Iterator[Fault]:
    for part in AMOUNTS:
        amount = _decimal(value, part)
        if amount is not None and amount < 0:
            yield Fault(part, _("An amount is not below 0."))
        if amount and value["emptiness"] == Emptiness.ZERO:
            yield Fault(part, _("You chose “zero”, but the amount is not 0."))


def _activity(_question: Question, value: Value, last_day: date) -> Iterator[Fault]:
    if value["percent"] is not None and not 0 <= value["percent"] <= 100:
        yield Fault("percent", _("A percentage lies between 0 and 100."))
    for part in SPENT:
        if (amount := _decimal(value, part)) is not None and amount < 0:
            yield Fault(part, _("An amount is not below 0."))
    begun, ended = (_date(value, part) for part in ("started_on", "finished_on"))
    if begun and ended and ended < begun:
        yield Fault("finished_on", _("The work cannot end before it begins."))
    for part, day in (("started_on", begun), ("finished_on", ended)):
        if day and day > last_day:
            yield Fault(
                part,
                _("This date is after the reporting period ends (%(day)s).") % {"day": day_words(last_day)},
            )


def _contradictions(value: Value) -> Iterator[Fault]:
    """What the state of an activity and its other boxes say against each other."""
    percent = value["percent"]
    if value["progress"] == Progress.NOT_STARTED:
        if percent:
            yield Fault("percent", _("You chose “not started”, but the percentage is not 0."))
        if value["started_on"]:
            yield Fault("started_on", _("You chose “not started”, but a day of beginning stands here."))
        if value["finished_on"]:
            yield Fault("finished_on", _("You chose “not started”, but a day of ending stands here."))
    if value["progress"] == Progress.DONE and percent is not None and percent != 100:
        yield Fault("percent", _("You chose “done”, but the percentage is not 100."))


# --- Completeness -----------------------------------------------------------------------


def missing(
    questions: Mapping[str, Question], values: Mapping[str, Value], proven: frozenset[str]
) -> list[Missing]:
    """All that stops submission, in the order of the form; ``proven`` are the claims with evidence."""
    gaps = []
    for address, question in questions.items():
        sentence = _gap(question, values[address]) or _unproven(question, values[address], address in proven)
        if sentence:
            gaps.append(Missing(address, str(question.label), sentence))
    return gaps


def contradictory(questions: Mapping[str, Question], values: Mapping[str, Value]) -> list[Missing]:
    """Activities kept before contradictions were refused: they are mended before the report is sent."""
    return [
        Missing(address, str(question.label), fault.sentence)
        for address, question in questions.items()
        if question.kind == "activity"
        for fault in list(_contradictions(values[address]))[:1]
    ]


def _gap(question: Question, value: Value) -> str:
    if question.kind == "text":
        return _("not written yet") if question.is_required and not value["text"].strip() else ""
    if question.kind == "activity":
        return _activity_gap(value)
    return _claim_gap(question, value)


def _claim_gap(question: Question, value: Value) -> str:
    emptiness = value["emptiness"]
    if emptiness == Emptiness.NOT_ANSWERED:
        is_left_out = question.kind == "count" and not question.is_required
        return "" if is_left_out else _("not answered yet")
    if emptiness in NEEDS_REASON:
        return _reason_gap(value)
    needed = NUMBERS
    if emptiness == Emptiness.ZERO:
        needed = {"ratio": ("denominator",)}  # 0 of how many still has to be said
    if any(value[part] is None for part in needed.get(question.kind, ())):
        return _("a number is missing")
    return counting.gap(question, value) if question.kind == "count" else ""


def _reason_gap(value: Value) -> str:
    if not value["reason"].strip():
        return _("the reason is missing")
    if value["emptiness"] == Emptiness.NOT_YET and "expected_on" in value and not value["expected_on"]:
        return _("the expected date is missing")
    return ""


def _activity_gap(value: Value) -> str:
    if not value["progress"]:
        return _("the state is missing")
    if value["progress"] == Progress.DOING and value["percent"] is None:
        return _("the percentage is missing")
    if value["progress"] == Progress.DONE and not value["result"].strip():
        return _("the result is missing")
    if value["progress"] in (Progress.PAUSED, Progress.DROPPED) and not value["difficulty"].strip():
        return _("the reason is missing: write it under difficulties")
    return ""


def _unproven(question: Question, value: Value, is_proven: bool) -> str:
    claims = question.is_indicator and value["emptiness"] == Emptiness.NUMBER
    return _("no evidence file yet") if claims and question.needs_evidence and not is_proven else ""


def _decimal(value: Value, part: str) -> Decimal | None:
    return None if value[part] is None else Decimal(value[part])


def _date(value: Value, part: str) -> date | None:
    return date.fromisoformat(value[part]) if value[part] else None
