"""A form as people will meet it: sections, questions, units and what is asked with them, for the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.text import Text

from .definition import Register, question_asked
from .questions import PLAN_ACTIVITIES, Question, faults_of_definition, words


@dataclass(frozen=True)
class QuestionLine:
    """``label`` and ``unit`` are those of today's register where an indicator is asked about."""

    address: str
    label: Text
    kind: str
    unit: str
    conditions: list[str]


@dataclass(frozen=True)
class SectionLine:
    key: str
    title: Text
    is_of_plans: bool
    questions: list[QuestionLine]


def preview(definition: Any) -> str:
    """As it stands in the box, saved or not."""
    if not definition:
        return "–"
    if faults_of_definition(definition):
        return _("Nothing to show: mend what is marked at the box of sections and questions.")
    return SafeString(
        render_to_string("reporting/admin/form_preview.html", {"sections": laid_out(definition)})
    )


def laid_out(definition: dict[str, Any]) -> list[SectionLine]:
    """One query, and two more where the form divides a count by a list."""
    register = Register.on(timezone.localdate(), definition)
    return [
        SectionLine(
            raw["key"],
            words(raw, "title"),
            raw.get("from") == PLAN_ACTIVITIES,
            [_line(raw["key"], one, register) for one in raw.get("questions", [])],
        )
        for raw in definition["sections"]
    ]


def _line(section: str, raw: dict[str, Any], register: Register) -> QuestionLine:
    asked = question_asked(raw, register)
    if asked is None:
        gone = [_("not in the programme's register of indicators: it is not asked")]
        return QuestionLine(f"{section}.{raw['key']}", Text(raw["key"], "vi"), _kind(raw["kind"]), "", gone)
    question = Question(section, asked)
    unit = _("million đồng") if question.kind == "money" else str(question.unit)
    return QuestionLine(
        question.address, question.label, _kind(question.kind), unit, list(_conditions(question))
    )


def _kind(kind: str) -> str:
    return {
        "text": _("text"),
        "ratio": _("share: number and total"),
        "number": _("number"),
        "yes_no": _("yes or no"),
        "money": _("money: planned, received, spent"),
        "count": _("count"),
        "indicator": _("indicator"),
    }[kind]


def _conditions(question: Question) -> Iterator[str]:
    if question.is_required:
        yield _("must be answered")
    if question.needs_evidence:
        yield _("needs a file")
    if question.is_whole:
        yield _("in whole pieces")
    if question.maximum is not None:
        yield _("at most %(n)s") % {"n": question.maximum}
    if question.breakdown:
        yield _("divided by: %(list)s") % {"list": question.breakdown.name}
    if question.proposed_from:
        yield _("counted by the portal")
    if parts := question.raw.get("total_of"):
        yield _("total of: %(fields)s") % {"fields": ", ".join(parts)}
