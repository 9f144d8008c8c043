"""All rules over one report: what each found, the severest first, then in the order of the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..models import CheckRule
from ..questions import Question
from .finding_words import sentence
from .numbers import Before, Value
from .testing import Case, Seen, check

Severity = CheckRule.Severity
RANK = {severity: place for place, severity in enumerate(Severity.values)}


@dataclass(frozen=True)
class Finding:
    """What a rule found at a field. ``sentence`` is said in the language of whoever reads it."""

    rule: CheckRule
    question: Question
    seen: Seen
    questions: Mapping[str, Question]

    @property
    def address(self) -> str:
        return self.question.address

    @property
    def addresses(self) -> tuple[str, ...]:
        """The field it stands at, and those it was compared with."""
        return (self.address, *self.seen.others)

    @property
    def severity(self) -> Severity:
        return Severity(self.rule.severity)

    @property
    def sentence(self) -> str:
        return sentence(self.rule, self.question, self.seen, self.questions)

    @property
    def is_blocker(self) -> bool:
        return self.severity == Severity.BLOCKER

    @property
    def asks_for_reason(self) -> bool:
        return self.severity.asks_for_reason


def findings(
    rules: Iterable[CheckRule],
    questions: Mapping[str, Question],
    values: Mapping[str, Value],
    earlier: Mapping[str, Before],
) -> list[Finding]:
    """Pure, and the same for the same input, in whatever order the rules come."""
    found = []
    for rule in rules:
        for question in looked_at(rule, questions):
            seen = check(rule, Case(question, questions, values, earlier))
            if seen is not None:
                found.append(Finding(rule, question, seen, questions))
    place = {address: number for number, address in enumerate(questions)}
    return sorted(found, key=lambda one: (RANK[one.severity], place[one.address], one.rule.code))


def looked_at(rule: CheckRule, questions: Mapping[str, Question]) -> list[Question]:
    if rule.scope == CheckRule.Scope.FIELD:
        return [questions[rule.target]] if rule.target in questions else []
    name = "section" if rule.scope == CheckRule.Scope.SECTION else "kind"
    return [question for question in questions.values() if getattr(question, name) == rule.target]
