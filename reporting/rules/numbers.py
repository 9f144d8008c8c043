"""The numbers an answer holds, by part, and how each is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .. import words
from ..models import COUNTS, CheckRule, Emptiness
from ..number_parts import AMOUNTS, SPENT
from ..questions import Question

Value = Mapping[str, Any]
HUNDRED, NOTHING = Decimal(100), Decimal(0)


@dataclass(frozen=True)
class Before:
    """What was approved for the period before; ``numbers`` by part, added up where units were merged."""

    period: Any
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    text: str = ""


def numbers_of(question: Question, value: Value) -> dict[str, Decimal]:
    """By part; “” is what the answer is about: a share in per cent, or a count. What is empty has none."""
    if question.kind == "activity":
        return _of_activity(value)
    emptiness = value.get("emptiness")
    if emptiness not in COUNTS:
        return {}
    is_zero = emptiness == Emptiness.ZERO
    if question.kind == "money":
        return dict.fromkeys(AMOUNTS, NOTHING) if is_zero else _there(value, AMOUNTS)
    if question.kind in ("number", "count"):
        number = NOTHING if is_zero else _there(value, ("value",)).get("value")
        return {} if number is None else {"": number}
    if question.kind == "ratio":
        return with_share(
            _there({**value, "numerator": "0"} if is_zero else value, ("numerator", "denominator"))
        )
    return {}


def with_share(parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Numerator and denominator, and the share they make."""
    above, below = parts.get("numerator"), parts.get("denominator")
    share = {"": above / below * HUNDRED} if above is not None and below else {}
    return {**parts, **share}


def _of_activity(value: Value) -> dict[str, Decimal]:
    spent = _there(value, SPENT)
    total = {"spent": sum(spent.values(), NOTHING)} if spent else {}
    return {**_there(value, ("percent",)), **spent, **total}


def _there(value: Value, parts: tuple[str, ...]) -> dict[str, Decimal]:
    return {part: Decimal(value[part]) for part in parts if value.get(part) is not None}


# --- In words -----------------------------------------------------------------------------


def said(question: Question, part: str, number: Decimal) -> str:
    """78.8% · 2 models · 1,200 million đồng · 66."""
    if (question.kind == "ratio" and part == "") or part == "percent":
        return f"{rounded(number)}%"
    if question.kind == "money" or part.startswith("spent"):
        return _("%(amount)s million đồng") % {"amount": words.number(number)}
    unit = str(question.unit) if part == "" else ""
    return f"{words.number(number)} {unit}".strip()


def rounded(number: Decimal) -> str:
    """To one place, and none where it is a whole number: 16.7 · 30."""
    short = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    places = 0 if short == short.to_integral() else 1
    return number_format(short, decimal_pos=places, force_grouping=True)


def part_words(question: Question, part: str) -> str:
    """What a part is called on the form; its own number is called as the field is."""
    if part == "numerator":
        return str(question.numerator or _("Number"))
    if part == "denominator":
        return str(question.denominator or _("Total"))
    return str(CheckRule.Part(part).label if part else question.label)


def plain(number: Decimal) -> str:
    """As canonical JSON has it, to the six places that tell two shares apart."""
    text = f"{number.quantize(Decimal('0.000001'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")
