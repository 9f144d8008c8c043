"""The kinds of check, one function each: what it saw where it finds something, or ``None``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..models import CheckRule, Emptiness
from ..questions import Question
from ..rule_fitting import KINDS_OF, PARTS, WITH_NOTE, lines_of, summands_of
from .numbers import HUNDRED, NOTHING, Before, Value, numbers_of, plain
from .passages import contradicts, said_of

Test = CheckRule.Test


@dataclass(frozen=True)
class Case:
    """One field under one rule, with all it may be compared with."""

    question: Question
    questions: Mapping[str, Question]
    values: Mapping[str, Value]
    earlier: Mapping[str, Before]

    @property
    def value(self) -> Value:
        return self.values[self.question.address]

    @property
    def before(self) -> Before | None:
        return self.earlier.get(self.question.address)

    def numbers(self, address: str) -> dict[str, Decimal]:
        question = self.questions.get(address)
        return numbers_of(question, self.values[address]) if question else {}

    def number(self, part: str) -> Decimal | None:
        return self.numbers(self.question.address).get(part)


@dataclass(frozen=True)
class Seen:
    """What a check saw: numbers for its sentence, the other fields it read, and by which values it stands."""

    facts: Mapping[str, Any]
    basis: Mapping[str, str]
    others: tuple[str, ...] = field(default=())


def jump(rule: CheckRule, case: Case) -> Seen | None:
    now, before = case.number(rule.part), case.before
    earlier = before.numbers.get(rule.part) if before else None
    if before is None or now is None or earlier is None or rule.threshold is None:
        return None
    change = now - earlier
    if rule.measure == CheckRule.Measure.PERCENT:
        if not earlier:
            return None  # nothing is any per cent of 0
        change = change / earlier * HUNDRED
    wanted = {CheckRule.Direction.UP: change > 0, CheckRule.Direction.DOWN: change < 0}
    if abs(change) <= rule.threshold or not wanted.get(CheckRule.Direction(rule.direction), True):
        return None
    facts = {"now": now, "earlier": earlier, "change": change, "period": before.period}
    return Seen(facts, {**own_basis(case, rule.part), "before": plain(earlier)})


def in_range(rule: CheckRule, case: Case) -> Seen | None:
    now = case.number(rule.part)
    if now is None:
        return None
    if rule.minimum is not None and now < rule.minimum:
        return Seen({"now": now, "least": rule.minimum}, own_basis(case, rule.part))
    if rule.maximum is not None and now > rule.maximum:
        return Seen({"now": now, "most": rule.maximum}, own_basis(case, rule.part))
    return None


def adds_up(rule: CheckRule, case: Case) -> Seen | None:
    """A part that is not filled in yet proves nothing but that the sum is at least this much."""
    total, parts = case.number(rule.part), _parts(rule, case)
    known = {place: number for place, number in parts.items() if number is not None}
    if total is None or not known:
        return None
    found = sum(known.values(), NOTHING)
    leeway = total * (rule.tolerance or NOTHING) / HUNDRED
    is_over = found > total + leeway
    is_under = found < total - leeway and len(known) == len(parts)
    if not is_over and not (is_under and rule.relation == CheckRule.Relation.EQUAL):
        return None
    basis = {f"{address}:{part}": plain(number) for (address, part), number in known.items()}
    others = tuple(dict.fromkeys(address for address, _part in known))
    return Seen({"now": total, "sum": found}, {**own_basis(case, rule.part), **basis}, others)


def _parts(rule: CheckRule, case: Case) -> dict[tuple[str, str], Decimal | None]:
    """Every part that adds up, by field and name; ``None`` where nothing stands yet."""
    found: dict[tuple[str, str], Decimal | None] = {}
    for one in (typed.of(case.question.key) for typed in summands_of(rule.summands)):
        for address, question in case.questions.items():
            is_meant = question.section == one.section if one.is_all else address == one.address
            if is_meant and one.part in PARTS.get(question.kind, ()):
                found[address, one.part] = case.numbers(address).get(one.part)
    return found


def in_order(rule: CheckRule, case: Case) -> Seen | None:
    address = rule.other or case.question.address
    now, most = case.number(rule.part), case.numbers(address).get(rule.other_part)
    if now is None or most is None or now <= most:
        return None
    others = (address,) if address != case.question.address else ()
    basis = {**own_basis(case, rule.part), f"{address}:{rule.other_part}": plain(most)}
    return Seen({"now": now, "most": most, "other": address}, basis, others)


CONDITIONS = {
    CheckRule.Condition.NUMBER: frozenset({Emptiness.NUMBER}),
    CheckRule.Condition.ZERO: frozenset({Emptiness.ZERO}),
    CheckRule.Condition.NOT_APPLICABLE: frozenset({Emptiness.NOT_APPLICABLE}),
    CheckRule.Condition.NOTHING: frozenset({Emptiness.ZERO, Emptiness.NOT_APPLICABLE}),
}


def has_note(rule: CheckRule, case: Case) -> Seen | None:
    if case.question.kind not in WITH_NOTE or not rule.condition:
        return None
    emptiness = case.value["emptiness"]
    if emptiness not in CONDITIONS[CheckRule.Condition(rule.condition)] or case.value["note"].strip():
        return None
    return Seen({"emptiness": emptiness}, {f"{case.question.address}:emptiness": str(emptiness)})


def text_agrees(rule: CheckRule, case: Case) -> Seen | None:
    other = case.questions.get(rule.other)
    number = case.numbers(rule.other).get(rule.other_part)
    if other is None or number is None:
        return None
    is_share = (other.kind == "ratio" and rule.other_part == "") or rule.other_part == "percent"
    found = contradicts(said_of(case.value["text"], lines_of(rule.aliases), is_share=is_share), number)
    if found is None:
        return None
    basis = {f"{case.question.address}:text": plain(found), f"{rule.other}:{rule.other_part}": plain(number)}
    return Seen({"said": found, "now": number, "other": rule.other}, basis, (rule.other,))


def has_changed(_rule: CheckRule, case: Case) -> Seen | None:
    before, question = case.before, case.question
    if before is None:
        return None
    if question.kind == "text":
        text = case.value["text"].strip()
        is_same = bool(text) and text == before.text.strip()
        return Seen({"period": before.period}, {f"{question.address}:text": text[:60]}) if is_same else None
    now = case.numbers(question.address)
    if not any(now.values()) or dict(now) != dict(before.numbers):
        return None  # nothing again is no surprise
    return Seen(
        {"period": before.period}, {f"{question.address}:{part}": plain(one) for part, one in now.items()}
    )


def own_basis(case: Case, part: str) -> dict[str, str]:
    """The numbers typed in the field; a share stands by both of its numbers."""
    address = case.question.address
    shown = ("numerator", "denominator") if case.question.kind == "ratio" else (part,)
    numbers = case.numbers(address)
    return {f"{address}:{name}": plain(numbers[name]) for name in shown if name in numbers}


CHECKS: Mapping[str, Callable[[CheckRule, Case], Seen | None]] = {
    Test.JUMP: jump,
    Test.RANGE: in_range,
    Test.SUM: adds_up,
    Test.ORDER: in_order,
    Test.NOTE: has_note,
    Test.TEXT: text_agrees,
    Test.UNCHANGED: has_changed,
}


def check(rule: CheckRule, case: Case) -> Seen | None:
    """Nothing where the rule does not fit the field: forms differ, and a rule may outlive a question."""
    if rule.test not in CHECKS or case.question.kind not in KINDS_OF[rule.test]:
        return None
    return CHECKS[rule.test](rule, case)
