"""What was approved for the period before, on today's boundaries of the unit, for one report or many at once.

Where units were merged in between, their values are added up by the indicator's own rule; where that cannot
be said without doubt, there is nothing to compare with: a part of a unit that moved, a predecessor that gave
no number, a report on a part of the period, a rule that adds nothing up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from programmes.models import CarryOver
from provinces.lineage import Lineage
from provinces.register import Register

from .figures import Reported, combined
from .models import COUNTS, ApprovedMoney, ApprovedText, ApprovedValue, Obligation, Period
from .number_parts import AMOUNTS
from .questions import INDICATOR_KINDS, Question
from .rules.numbers import NOTHING, Before, with_share


class Asked(NamedTuple):
    """A unit that reports on a period; ``is_whole``: on all of it."""

    unit: int
    period: Period
    is_whole: bool = True


@dataclass(frozen=True)
class Earlier:
    """Approved rows of the periods before, by period, unit and subject."""

    rows: Mapping[tuple[int, int, str, Any], Any]
    before: Mapping[int, Period]  # of each period the one before
    lineage: Lineage

    def of(self, asked: Asked, questions: Iterable[Question]) -> dict[str, Before]:
        """By address what there is to compare with."""
        period = self.before.get(asked.period.pk)
        parts = parts_of(asked, period, self.lineage) if period else ()
        if period is None or not parts:
            return {}
        found = {}
        for question in questions:
            kind, subject = subject_of(question)
            said = [self.rows.get((period.pk, unit, kind, subject)) for unit in parts]
            if all(one is not None for one in said) and (made := _together(kind, question, said, period)):
                found[question.address] = made
        return found


def asked_of(obligation: Obligation) -> Asked:
    is_whole = obligation.first_day is None and obligation.last_day is None
    return Asked(obligation.province_id, obligation.period, is_whole)


def read(asked: Sequence[Asked], kinds: Iterable[str]) -> Earlier:
    """One query for the periods, one for the edition of the register, one for each table that is needed."""
    before = _periods_before(asked)
    lineage = Register.load().lineage
    units = {
        unit for one in asked if one.period.pk in before
        for unit in parts_of(one, before[one.period.pk], lineage)
    }  # fmt: skip
    rows: dict[tuple[int, int, str, Any], Any] = {}
    wanted = set(kinds)
    for kind, table, subject in TABLES:
        if units and wanted & kind.kinds:
            for row in _approved(table, units, before.values()):
                rows[row.period_id, row.province_id, kind.name, getattr(row, subject)] = row
    return Earlier(rows, before, lineage)


def parts_of(asked: Asked, before: Period, lineage: Lineage) -> tuple[int, ...]:
    """The units whose reports on the period before are its own now; none where a part cannot be told."""
    own = lineage.units.get(asked.unit)
    if own is None or not asked.is_whole:
        return ()
    last = own.end - timedelta(days=1) if own.end else asked.period.last_day
    standing = lineage.standing(before.last_day, min(last, asked.period.last_day))
    if standing.torn_from(asked.unit):
        return ()
    return standing.parts_of.get(asked.unit, ())


def subject_of(question: Question) -> tuple[str, Any]:
    """Under what its approved rows are filed."""
    if question.kind in INDICATOR_KINDS:
        return "indicator", question.subject
    return ("money", question.key) if question.kind == "money" else ("text", question.address)


class Kind(NamedTuple):
    name: str
    kinds: frozenset[str]


TABLES: tuple[tuple[Kind, Any, str], ...] = (
    (Kind("indicator", INDICATOR_KINDS), ApprovedValue, "indicator_id"),
    (Kind("money", frozenset({"money"})), ApprovedMoney, "money_source"),
    (Kind("text", frozenset({"text"})), ApprovedText, "address"),
)


def _periods_before(asked: Iterable[Asked]) -> dict[int, Period]:
    wanted = {one.period.pk: one.period for one in asked}
    regimes = {period.regime_id for period in wanted.values()}
    known = list(Period.objects.filter(regime__in=regimes).select_related("regime").order_by("last_day"))
    found = {}
    for pk, period in wanted.items():
        past = [one for one in known if one.regime_id == period.regime_id and one.last_day < period.first_day]
        if past:
            found[pk] = past[-1]
    return found


def _approved(table: Any, units: Iterable[int], periods: Iterable[Period]) -> Any:
    """Whole statements about whole periods."""
    owed = "submission__report__obligation__"
    rows = table.objects.current().filter(
        period__in={period.pk for period in periods},
        province__in=units,
        **{f"{owed}first_day__isnull": True, f"{owed}last_day__isnull": True},
    )
    return rows.filter(part="").select_related("indicator") if table is ApprovedValue else rows


def _together(kind: str, question: Question, said: Sequence[Any], period: Period) -> Before | None:
    if kind == "text":
        return Before(period, text=said[0].text) if len(said) == 1 else None
    if not all(one.emptiness in COUNTS for one in said):
        return None
    numbers = _money(said) if kind == "money" else _claims(question, said)
    return Before(period, numbers) if numbers else None


def _money(said: Sequence[ApprovedMoney]) -> dict[str, Decimal]:
    """Zero is written without amounts."""
    found = {}
    for part in AMOUNTS:
        amounts = [NOTHING if one.emptiness == "zero" else getattr(one, part) for one in said]
        if None not in amounts:
            found[part] = sum(amounts, NOTHING)
    return found


def _claims(question: Question, said: Sequence[ApprovedValue]) -> dict[str, Decimal]:
    rule = said[0].indicator.carry_over
    if rule == CarryOver.SHARE_OF_UNITS:
        return {}
    rows = [
        Reported(one.province_id, 0, one.indicator_id, one.emptiness, True, one.value, one.numerator,
                 one.denominator)  # of one period, so the year plays no part
        for one in said
    ]  # fmt: skip
    total = combined(rule, rows)
    if question.kind == "ratio":
        if total.numerator is None or total.denominator is None:
            return {}
        return with_share({"numerator": total.numerator, "denominator": total.denominator})
    return {} if total.number is None else {"": total.number}
