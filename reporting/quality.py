"""How good the reports of a period are, unit by unit; and whether the check rules earn their keep.

Read from what was submitted alone: a draft is nobody's business but its province's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Min
from django.utils import timezone

from .models import NEEDS_REASON, CheckRule, Emptiness, Obligation, Period, Submission

Severity = CheckRule.Severity
WEIGHTY = (Severity.BLOCKER, Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True)
class Share:
    """So many of so many; none of none is no share."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(self.part * 100 / self.whole) if self.whole else None


@dataclass(frozen=True)
class UnitLine:
    """One unit's newest submission, or that there is none. ``found`` is none where nothing was checked."""

    obligation: Obligation
    days_late: int
    sent: bool
    found: Mapping[str, int] | None = None
    open: int = 0
    empty: Share = Share(0, 0)
    proven: Share = Share(0, 0)

    @property
    def weighty(self) -> int | None:
        """Blockers, errors and warnings."""
        return None if self.found is None else sum(self.found.get(one, 0) for one in WEIGHTY)

    def count(self, severity: str) -> int | None:
        return None if self.found is None else self.found.get(severity, 0)

    @property
    def blockers(self) -> int | None:
        return self.count(Severity.BLOCKER)

    @property
    def errors(self) -> int | None:
        return self.count(Severity.ERROR)

    @property
    def warnings(self) -> int | None:
        return self.count(Severity.WARNING)

    @property
    def notes(self) -> int | None:
        return self.count(Severity.NOTE)


@dataclass(frozen=True)
class RuleLine:
    """What one rule did in a period, counted in reports."""

    code: str
    rule: CheckRule | None  # none: it is known from submissions alone
    fired: int
    justified: int
    open: int
    mended: int  # fired in an earlier round, gone in the newest
    severity: str

    @property
    def is_silent(self) -> bool:
        return self.fired == 0


# --- Units --------------------------------------------------------------------------------


def unit_lines(owed: Iterable[Obligation], period: Period, *, today: date) -> list[UnitLine]:
    """In the order of the obligations; two queries."""
    newest = Submission.objects.filter(period=period, round=F("report__round")).values_list(
        "report__obligation", "snapshot"
    )
    snapshots = dict(newest)
    first = dict(
        Submission.objects.filter(period=period)
        .values_list("report__obligation")
        .annotate(first=Min("received_at"))
        .order_by()
    )
    return [_line(one, snapshots.get(one.pk), first.get(one.pk), today) for one in owed]


def _line(
    owed: Obligation, snapshot: Mapping[str, Any] | None, first: datetime | None, today: date
) -> UnitLine:
    if snapshot is None:
        return UnitLine(owed, owed.days_late(today), sent=False)
    return UnitLine(
        owed,
        _late(owed, first),
        sent=True,
        found=_by_severity(snapshot),
        open=sum(_is_open(one) for one in snapshot.get("findings", ())),
        empty=_empty(snapshot),
        proven=_proven(snapshot),
    )


def _late(owed: Obligation, first: datetime | None) -> int:
    """By the first submission: what the ministry took to return it is no delay of the unit's."""
    due = owed.extended_to or owed.due_on
    return max(0, (timezone.localdate(first) - due).days) if first else 0


def _by_severity(snapshot: Mapping[str, Any]) -> dict[str, int] | None:
    if "findings" not in snapshot:
        return None
    return dict(Counter(one["severity"] for one in snapshot["findings"]))


def _is_open(finding: Mapping[str, Any]) -> bool:
    return Severity(finding["severity"]).asks_for_reason and not finding.get("justification")


def _empty(snapshot: Mapping[str, Any]) -> Share:
    """Claims without a number and with a reason, of all claims."""
    claims = [one for one in snapshot.get("answers", {}).values() if "emptiness" in one]
    return Share(sum(one["emptiness"] in NEEDS_REASON for one in claims), len(claims))


def _proven(snapshot: Mapping[str, Any]) -> Share:
    """Numbers of indicators with a file, of all numbers of indicators."""
    files = snapshot.get("evidence", {})
    claimed = [
        address
        for address, one in snapshot.get("answers", {}).items()
        if "numerator" in one and one["emptiness"] == Emptiness.NUMBER
    ]
    return Share(sum(bool(files.get(address)) for address in claimed), len(claimed))


# --- Rules --------------------------------------------------------------------------------

Found = dict[str, list[Mapping[str, Any]]]  # by rule


def rule_lines(period: Period) -> list[RuleLine]:
    """Every rule that fired or could have, the busiest first; two queries."""
    rounds: dict[int, list[Found]] = defaultdict(list)
    sent = Submission.objects.filter(period=period).order_by("report", "round")
    for report, found in sent.values_list("report", "snapshot__findings"):
        rounds[report].append(_by_rule(found or ()))
    rules = {one.code: one for one in CheckRule.objects.all() if one.regime_id in (None, period.regime_id)}
    codes = {code for found in rounds.values() for one in found for code in one}
    codes |= {code for code, one in rules.items() if one.is_active}
    lines = [_rule_line(code, rules.get(code), list(rounds.values())) for code in codes]
    return sorted(lines, key=lambda line: (-line.fired, line.code))


def _by_rule(found: Iterable[Mapping[str, Any]]) -> Found:
    by_rule: Found = {}
    for one in found:
        by_rule.setdefault(one["rule"], []).append(one)
    return by_rule


def _rule_line(code: str, rule: CheckRule | None, reports: list[list[Found]]) -> RuleLine:
    fired = [rounds for rounds in reports if any(code in found for found in rounds)]
    newest = [rounds[-1].get(code, []) for rounds in fired]
    there = [found for found in newest if found]
    opened = sum(any(_is_open(one) for one in found) for found in there)
    seen = [one for rounds in fired for found in rounds for one in found.get(code, ())]
    severity = rule.severity if rule else str(seen[-1]["severity"]) if seen else ""
    justified = sum(all(one.get("justification") for one in found) for found in there)
    return RuleLine(code, rule, len(fired), justified, opened, len(fired) - len(there), severity)


# --- One period ---------------------------------------------------------------------------


class Quality:
    """A period's overview; nothing is read before it is asked for."""

    def __init__(self, user: Any, asked: Mapping[str, str], *, today: date) -> None:
        self.user, self.today = user, today
        self.periods = list(
            Period.objects.select_related("regime").filter(obligations__isnull=False).distinct()
        )
        chosen = [period for period in self.periods if str(period.pk) == asked.get("period", "")]
        self.period: Period | None = next(iter([*chosen, *self.usual, *self.periods]), None)

    @property
    def usual(self) -> list[Period]:
        return [period for period in self.periods if not period.is_asked_for]

    @cached_property
    def units(self) -> list[UnitLine]:
        if self.period is None:
            return []
        owed = Obligation.objects.visible_to(self.user).filter(period=self.period)
        owed = owed.select_related("province", "period__regime", "report").defer("report__definition")
        return unit_lines(owed.order_by("province__code"), self.period, today=self.today)

    @cached_property
    def rules(self) -> list[RuleLine]:
        return rule_lines(self.period) if self.period else []
