"""What a count and its parts may not say. Pure: box and sentence out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from . import words
from .models import Emptiness
from .questions import Breakdown, Question

Value = Mapping[str, Any]
Wrong = tuple[str, str]  # the box, the sentence that stands at it
TOO_MANY = Decimal(10) ** 12


def faults(question: Question, value: Value) -> Iterator[Wrong]:
    number = None if value["value"] is None else Decimal(value["value"])
    yield from _one("value", number)
    if number is not None and question.maximum is not None and number > question.maximum:
        yield "value", _("This is more than can be. Check the number and its unit.")
    if value["emptiness"] == Emptiness.ZERO and number:
        yield "value", _("You chose “zero”, but the number is not 0.")
    yield from _strays(question.breakdown, value["parts"])
    if question.breakdown:
        yield from _parts(question.breakdown, value["parts"], Decimal(0) if _is_zero(value) else number)


def _is_zero(value: Value) -> bool:
    return bool(value["emptiness"] == Emptiness.ZERO)


def _one(box: str, number: Decimal | None) -> Iterator[Wrong]:
    if number is None:
        return
    if number < 0:
        yield box, _("A number here is not below 0.")
    elif number != number.to_integral():
        yield box, _("Count in whole pieces.")
    elif number >= TOO_MANY:
        yield box, _("This number is too large. Check the unit.")


def _strays(breakdown: Breakdown | None, parts: Mapping[str, str]) -> Iterator[Wrong]:
    codes = breakdown.codes if breakdown else {}
    for code in parts:
        if code not in codes:
            yield "value", _("“%(code)s” is not in the list this is divided by.") % {"code": code[:60]}


def _parts(breakdown: Breakdown, parts: Mapping[str, str], whole: Decimal | None) -> Iterator[Wrong]:
    """Together no more than the whole; with every code of a complete list, no less either."""
    said = {code: Decimal(parts[code]) for code in breakdown.codes if code in parts}
    wrong = [one for code, number in said.items() for one in _one(breakdown.part(code), number)]
    yield from wrong
    if not said or wrong:
        return
    together = sum(said.values(), Decimal(0))
    told = {"sum": words.number(together), "whole": words.number(whole)}
    last = breakdown.part(list(said)[-1])
    if whole is None:
        yield "value", _("The parts make %(sum)s. Write the whole as well.") % told
    elif together > whole:
        yield last, _("The parts make %(sum)s, more than the whole of %(whole)s.") % told
    elif together < whole and breakdown.is_complete and len(said) == len(breakdown.codes):
        yield last, _("The parts make %(sum)s, not the whole of %(whole)s.") % told


def gap(question: Question, value: Value) -> str:
    """A complete list has to be filled in before the report is sent."""
    breakdown = question.breakdown
    if breakdown is None or not breakdown.is_complete or value["emptiness"] != Emptiness.NUMBER:
        return ""
    whole = Decimal(value["value"])
    together = sum((Decimal(part) for part in value["parts"].values()), Decimal(0))
    if together == whole:
        return ""
    if not value["parts"]:
        return _("the parts are missing: %(list)s") % {"list": breakdown.name}
    told = {"list": breakdown.name, "sum": words.number(together), "whole": words.number(whole)}
    return _("%(list)s: the parts make %(sum)s, not the whole of %(whole)s") % told
