"""What a check found, in one sentence with its numbers; and in both languages, to be kept."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.text import LANGUAGES

from ..models import CheckRule, Emptiness
from ..questions import Question
from .numbers import part_words, rounded, said
from .testing import Seen

if TYPE_CHECKING:
    from .evaluating import Finding

Test = CheckRule.Test


def sentence(rule: CheckRule, question: Question, seen: Seen, questions: Mapping[str, Question]) -> str:
    writers: Mapping[str, Callable[[], str]] = {
        Test.JUMP: lambda: _jump(rule, question, seen.facts),
        Test.RANGE: lambda: _range(rule, question, seen.facts),
        Test.SUM: lambda: _sum(rule, question, seen.facts),
        Test.ORDER: lambda: _order(rule, question, questions[seen.facts["other"]], seen.facts),
        Test.NOTE: lambda: _note(question, seen.facts),
        Test.TEXT: lambda: _text(rule, questions[seen.facts["other"]], seen.facts),
        Test.UNCHANGED: lambda: _("Exactly as for %(period)s.") % {"period": seen.facts["period"]},
    }
    return writers[rule.test]()


def _jump(rule: CheckRule, question: Question, facts: Mapping[str, Any]) -> str:
    is_up, in_points = facts["change"] > 0, rule.measure == CheckRule.Measure.POINTS
    if in_points:
        form = (
            _("Up %(change)s points on %(period)s: from %(earlier)s to %(now)s.")
            if is_up
            else _("Down %(change)s points on %(period)s: from %(earlier)s to %(now)s.")
        )
    else:
        form = (
            _("Up %(change)s%% on %(period)s: from %(earlier)s to %(now)s.")
            if is_up
            else _("Down %(change)s%% on %(period)s: from %(earlier)s to %(now)s.")
        )
    return form % {
        "change": rounded(abs(facts["change"])),
        "period": facts["period"],
        "earlier": said(question, rule.part, facts["earlier"]),
        "now": said(question, rule.part, facts["now"]),
    }


def _range(rule: CheckRule, question: Question, facts: Mapping[str, Any]) -> str:
    """A blocker draws a limit; what is milder tells what is usual."""
    is_low, is_limit = "least" in facts, rule.severity == CheckRule.Severity.BLOCKER
    limit = facts["least"] if is_low else facts["most"]
    if is_limit:
        low = _("%(now)s is less than %(limit)s, the least that is allowed.")
        high = _("%(now)s is more than %(limit)s, the most that is allowed.")
    else:
        low = _("%(now)s is less than %(limit)s, the least that is expected.")
        high = _("%(now)s is more than %(limit)s, the most that is expected.")
    numbers = {"now": facts["now"], "limit": limit}
    return (low if is_low else high) % {
        name: said(question, rule.part, number) for name, number in numbers.items()
    }


def _sum(rule: CheckRule, question: Question, facts: Mapping[str, Any]) -> str:
    numbers = {name: said(question, rule.part, facts[name]) for name in ("sum", "now")}
    if facts["sum"] > facts["now"]:
        return _("Its parts add up to %(sum)s, more than the %(now)s that stand here.") % numbers
    return _("Its parts add up to %(sum)s, less than the %(now)s that stand here.") % numbers


def _order(rule: CheckRule, question: Question, other: Question, facts: Mapping[str, Any]) -> str:
    return _("“%(first)s”, %(now)s, is more than “%(second)s”, %(most)s.") % {
        "first": part_words(question, rule.part),
        "now": said(question, rule.part, facts["now"]),
        "second": part_words(other, rule.other_part),
        "most": said(other, rule.other_part, facts["most"]),
    }


def _note(question: Question, facts: Mapping[str, Any]) -> str:
    return _("The answer is “%(answer)s” and the note is empty.") % {
        "answer": _answer(question, facts["emptiness"])
    }


def _answer(question: Question, emptiness: str) -> str:
    if question.kind == "yes_no" and emptiness in (Emptiness.NUMBER, Emptiness.ZERO):
        is_yes = emptiness == Emptiness.NUMBER
        return pgettext("a province does it", "yes") if is_yes else pgettext("a province does it", "no")
    return str(Emptiness(emptiness).label)


def _text(rule: CheckRule, other: Question, facts: Mapping[str, Any]) -> str:
    return _("The text says %(said)s, the field “%(field)s” %(now)s.") % {
        "said": said(other, rule.other_part, facts["said"]),
        "field": other.label,
        "now": said(other, rule.other_part, facts["now"]),
    }


def frozen(finding: "Finding") -> dict[str, Any]:
    """The finding as plain JSON in both languages: a later change of the rule changes none of it."""
    rule = finding.rule
    kept: dict[str, Any] = {
        "rule": rule.code,
        "version": rule.version,
        "severity": str(rule.severity),
        "address": finding.address,
        "addresses": list(finding.addresses),
        "basis": dict(finding.seen.basis),
        "is_preset": rule.is_preset,
    }
    for language in LANGUAGES:
        with translation.override(language):
            kept[f"sentence_{language}"] = finding.sentence
        for name in ("message", "instruction", "legal_reference"):
            kept[f"{name}_{language}"] = getattr(rule, f"{name}_{language}")
    return kept
