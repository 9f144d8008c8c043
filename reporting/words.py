"""An answer in words, as review, receipts and mail print it. Pure: a question and its value in, text out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.dates import day_words

from .models import NEEDS_REASON, ActivityAnswer, ApprovedValue, Emptiness, MoneySource
from .number_parts import AMOUNTS, SPENT
from .questions import Question

Value = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One part of an answer that can change on its own."""

    label: str
    text: str


def lines(question: Question, value: Value) -> list[Line]:
    """The answer part by part; the first line has no label and says the main thing."""
    if question.kind == "text":
        return [Line("", value["text"].strip() or _("not answered"))]
    if question.kind == "activity":
        return _activity(value)
    main = Line(
        "", money(value) if question.kind == "money" else claim(question.kind, value, str(question.unit))
    )
    divided = _said(*_divided(question, value)) if question.kind == "count" else []
    reason, note = _said(_("Reason"), _reason(value)), _said(_("Note to the ministry"), value["note"])
    return [main, *divided, *reason, *note]


def claim(kind: str, value: Value, unit: str = "") -> str:
    """52 of 66 (78.8%) · 2 models · yes · not yet available, expected 31 January 2027."""
    emptiness = value["emptiness"]
    if emptiness == Emptiness.NOT_ANSWERED:
        return _("not answered")
    if emptiness in NEEDS_REASON:
        return _emptiness(value)
    if kind == "yes_no":
        return _("yes") if emptiness == Emptiness.NUMBER else _("no")
    if kind in ("number", "count"):
        count = number("0" if emptiness == Emptiness.ZERO else value["value"])
        return f"{count} {unit}".strip()
    return _share("0" if emptiness == Emptiness.ZERO else value["numerator"], value["denominator"])


def count_words(question: Question, value: Value) -> str:
    """20 people (women 12, men 8)."""
    _list, divided = _divided(question, value)
    whole = claim("count", value, str(question.unit))
    return f"{whole} ({divided})" if divided else whole


def _divided(question: Question, value: Value) -> tuple[str, str]:
    """The list, and the parts that were said: women 12, men 8."""
    breakdown = question.breakdown
    if breakdown is None:
        return "", ""
    parts = value["parts"]
    said = [f"{name} {number(parts[code])}" for code, name in breakdown.codes.items() if code in parts]
    return str(breakdown.name), ", ".join(said)


def approved(row: ApprovedValue) -> str:
    """The same words for an approved row."""
    kind = "ratio" if row.indicator.is_ratio else "yes_no" if row.indicator.is_share else "number"
    value = {
        name: getattr(row, name) for name in ("emptiness", "value", "numerator", "denominator", "reason")
    }
    value["expected_on"] = row.expected_on.isoformat() if row.expected_on else None
    return claim(kind, value, str(row.indicator.unit))


def _emptiness(value: Value) -> str:
    label = str(Emptiness(value["emptiness"]).label)
    expected = value.get("expected_on")
    if not expected:
        return label
    return _("%(state)s, expected %(day)s") % {"state": label, "day": day_words(date.fromisoformat(expected))}


def _reason(value: Value) -> str:
    return value["reason"] if value["emptiness"] in NEEDS_REASON else ""


def _share(above: Any, below: Any) -> str:
    if above is None or below is None:
        return _("%(above)s of %(below)s") % {"above": number(above), "below": number(below)}
    if not Decimal(below):
        return _("%(above)s of %(below)s") % {"above": number(above), "below": number(below)}
    return _("%(above)s of %(below)s (%(share)s%%)") % {
        "above": number(above),
        "below": number(below),
        "share": percent(above, below),
    }


def percent(above: Any, below: Any) -> str:
    """One number over another in per cent, to one place."""
    share = Decimal(above) / Decimal(below) * 100
    # Django cuts places off; people expect them rounded.
    return number_format(share.quantize(Decimal("0.1"), ROUND_HALF_UP), decimal_pos=1)


def number(value: Any) -> str:
    """A number with separators; “…” where it is missing."""
    if value is None:
        return "…"
    amount = Decimal(value)
    text = f"{amount:f}"
    places = len(text.partition(".")[2].rstrip("0"))
    return number_format(amount, decimal_pos=places, force_grouping=True)


def money(value: Value) -> str:
    if value["emptiness"] == Emptiness.NOT_ANSWERED:
        return _("not answered")
    if value["emptiness"] == Emptiness.ZERO:
        return _("0 million đồng")
    if value["emptiness"] in NEEDS_REASON:
        return str(Emptiness(value["emptiness"]).label)
    return _("planned %(planned)s, received %(received)s, spent %(spent)s million đồng") % {
        part: number(value[part]) for part in AMOUNTS
    }


def _activity(value: Value) -> list[Line]:
    if not value["progress"]:
        return [Line("", _("not answered"))]
    state = str(ActivityAnswer.Progress(value["progress"]).label)
    percent = "" if value["percent"] is None else f", {value['percent']}%"
    days = [
        day_words(date.fromisoformat(value[part])) if value[part] else ""
        for part in ("started_on", "finished_on")
    ]
    return [
        Line("", f"{state}{percent}"),
        *_said(_("Begun and finished"), " – ".join(days).strip(" –")),
        *_said(_("Spent"), _spent(value)),
        *_said(_("Result"), value["result"]),
        *_said(_("Difficulty"), value["difficulty"]),
    ]


def _spent(value: Value) -> str:
    parts = [
        f"{MoneySource(part.removeprefix('spent_')).label} {number(value[part])}"
        for part in SPENT
        if value[part] is not None
    ]
    return _("%(amounts)s million đồng") % {"amounts": ", ".join(parts)} if parts else ""


def _said(label: str, text: str) -> list[Line]:
    return [Line(label, text.strip())] if text.strip() else []
