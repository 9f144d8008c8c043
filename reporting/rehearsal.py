"""A rule run over past submissions before it is switched on. Reads only: nothing is stored, nothing is sent.

The newest submission of each report of the chosen years, so drafts are never among them; six years of 63
reports cost the same few queries as one report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse

from . import earlier
from .actions.checking import COMPARING
from .models import CheckRule, Period, Submission
from .questions import questions_of
from .rules import Finding, findings
from .rules.evaluating import looked_at

SHOWN = 200  # rows of a year on the page; the counts are of all


@dataclass(frozen=True)
class Hit:
    """A finding the rule would have made."""

    submission: Submission
    finding: Finding

    @property
    def url(self) -> str:
        return f"{reverse('work:review', args=[self.submission.report_id])}?tab=whole#sent-{self.anchor}"

    @property
    def anchor(self) -> str:
        return self.finding.address.replace(".", "-")


@dataclass(frozen=True)
class RehearsedYear:
    year: int
    reports: int
    hits: list[Hit]

    @property
    def fired(self) -> int:
        """Reports with a finding, however many."""
        return len({hit.submission.pk for hit in self.hits})

    @property
    def shown(self) -> list[Hit]:
        return self.hits[:SHOWN]


@dataclass(frozen=True)
class Rehearsal:
    rule: CheckRule
    years: list[RehearsedYear]

    @property
    def is_demo(self) -> bool:
        return any(hit.submission.is_demo for year in self.years for hit in year.hits)


def years_sent() -> list[int]:
    """The years of which reports were submitted, newest first."""
    years = Period.objects.filter(submissions__isnull=False).values_list("year", flat=True)
    return list(years.order_by("-year").distinct())


def rehearse(rule: CheckRule, years: Iterable[int]) -> Rehearsal:
    wanted = sorted(set(years), reverse=True)
    sent = list(_submissions(rule, wanted))
    asked = {one.pk: earlier.asked_of(one.report.obligation) for one in sent}
    before = earlier.read(list(asked.values()), _compared(rule, sent))
    hits: dict[int, list[Hit]] = {year: [] for year in wanted}
    for one in sent:
        hits[one.period.year] += [Hit(one, found) for found in _findings(rule, one, asked[one.pk], before)]
    counts = {year: sum(one.period.year == year for one in sent) for year in wanted}
    return Rehearsal(rule, [RehearsedYear(year, counts[year], hits[year]) for year in wanted])


def _submissions(rule: CheckRule, years: Sequence[int]) -> Any:
    found = Submission.objects.filter(period__year__in=years, round=F("report__round"))
    if rule.regime_id:
        found = found.filter(period__regime=rule.regime_id)
    found = found.select_related(
        "period__regime", "report__obligation__province", "report__obligation__period__regime"
    )
    found = found.defer("report__definition")
    return found.order_by("-period__year", "report__obligation__province__code")


def _compared(rule: CheckRule, sent: Iterable[Submission]) -> set[str]:
    """Kinds of answers whose earlier values are needed; none for a rule that looks at one report alone."""
    if rule.test not in COMPARING:
        return set()
    if rule.scope == CheckRule.Scope.KIND:
        return {rule.target}
    return {one.kind for submission in sent for one in looked_at(rule, _questions(submission))}


def _questions(submission: Submission) -> dict[str, Any]:
    form = submission.snapshot.get("form")
    return questions_of(form["definition"]) if form else {}


def _findings(
    rule: CheckRule, submission: Submission, asked: earlier.Asked, before: earlier.Earlier
) -> list[Finding]:
    questions = _questions(submission)
    if not questions:
        return []
    compared = before.of(asked, looked_at(rule, questions))
    return findings([rule], questions, submission.snapshot["answers"], compared)
