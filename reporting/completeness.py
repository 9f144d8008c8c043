"""Who has reported on a period and who has not: two lists of names under a lens, never only a rate.

Expected is who owed a report (``expecting``) and was not released from it, so a rate cannot pass one hundred
per cent; a submission that says nothing does not count as a report.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from provinces.models import Province
from provinces.register import Register

from . import snapshots
from .expecting import Covered, covered_units
from .lenses import Lens
from .models import Obligation, Period, State, Submission


@dataclass(frozen=True)
class Owing:
    """One unit's duty, and what came of it."""

    unit: int
    is_received: bool
    is_approved: bool
    is_overdue: bool
    part_words: str = ""


@dataclass(frozen=True)
class Line:
    """One unit of the map, with the units that reported, or should have, for what it is now."""

    unit: Province
    owing: tuple[Owing, ...]

    @property
    def is_received(self) -> bool:
        return all(one.is_received for one in self.owing)

    @property
    def is_approved(self) -> bool:
        return all(one.is_approved for one in self.owing)

    @property
    def is_overdue(self) -> bool:
        return any(one.is_overdue for one in self.owing)

    @property
    def parts(self) -> tuple[int, ...]:
        """The units that owed, when they are others than the one shown."""
        return tuple(one.unit for one in self.owing if one.unit != self.unit.pk)


@dataclass(frozen=True)
class Completeness:
    """``shared`` are duties of units that fall to several units of the map: in no line, and said so."""

    period: Period
    lens: Lens
    day: date  # of the map
    lines: tuple[Line, ...]
    shared: tuple[Owing, ...]
    covered: tuple[Covered, ...]
    register: Register

    @cached_property
    def received(self) -> list[Line]:
        return [line for line in self.lines if line.is_received]

    @cached_property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if not line.is_received]

    @cached_property
    def approved(self) -> list[Line]:
        return [line for line in self.lines if line.is_approved]

    @property
    def names_of_covered(self) -> list[tuple[Province, Province]]:
        """Each unit that ended within the period, with the heir whose report speaks for it."""
        return [(self.register.units[one.unit], self.register.units[one.by]) for one in self.covered]

    def former(self, line: Line) -> list[Province]:
        return [self.register.units[key] for key in line.parts]

    @property
    def rate(self) -> Decimal | None:
        """Units with all their reports over units that owed any, from 0 to 1."""
        return Decimal(len(self.received)) / len(self.lines) if self.lines else None


def completeness(period: Period, lens: Lens, *, today: date) -> Completeness:
    """Three queries beside the register, however many units or reports there are."""
    register = Register.load()
    owing = _owing(period, today=today)
    day = lens.map_day(period.last_day)
    lines, shared = _placed(owing, period, lens, register)
    covered = covered_units(register.lineage, period.first_day, period.last_day, period.regime.ended_units)
    shown = tuple(
        Line(unit, tuple(lines[unit.pk])) for unit in register.named_on(lines, day) if lines[unit.pk]
    )
    return Completeness(period, lens, day, shown, tuple(shared), tuple(covered), register)


def yearly_periods() -> QuerySet[Period]:
    """The years that have begun to be reported on, newest first."""
    asked = Period.objects.yearly().filter(obligations__isnull=False).distinct()
    return asked.select_related("regime").order_by("-year")


def _placed(
    owing: list[Owing], period: Period, lens: Lens, register: Register
) -> tuple[dict[int, list[Owing]], list[Owing]]:
    standing = register.lineage.standing(period.last_day, lens.regrouped_on)
    lines: dict[int, list[Owing]] = {}
    shared = []
    for one in owing:
        place = standing.place_of.get(one.unit)
        if place is None:
            shared.append(one)
        else:
            lines.setdefault(place, []).append(one)
    return lines, shared


def _owing(period: Period, *, today: date) -> list[Owing]:
    said = _reports_that_say_something(period)
    rows = Obligation.objects.expected(today).filter(period=period).select_related("report", "period")
    found = []
    for row in rows.order_by("province__code", "province__valid_from"):
        report = getattr(row, "report", None)
        received = report is not None and report.pk in said
        found.append(
            Owing(
                row.province_id,
                is_received=received,
                is_approved=received and report is not None and report.state == State.APPROVED,
                is_overdue=not received and today > row.last_day_to_submit,
                part_words=row.part_words,
            )
        )
    return found


def _reports_that_say_something(period: Period) -> set[int]:
    rows = Submission.objects.filter(period=period).order_by("round")
    newest = dict(rows.values_list("report_id", "snapshot"))  # the last round of each report stays
    return {report for report, snapshot in newest.items() if snapshots.says_something(snapshot)}
