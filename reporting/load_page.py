"""How the ministry's review stands: who holds what, for how long, and which steps lack people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from statistics import mean, median
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Post, User
from provinces.models import Province

from .clocks import TO_MINISTRY, TO_PROVINCE, calendar_days, clocks
from .models import Obligation, Period, ReportEvent, State, StatusReport
from .pages import ICONS
from .rights import OnDuty
from .workflow import APPROVER, REVIEW, SIGNATORY, WITH_MINISTRY


@dataclass(frozen=True)
class Pending:
    """A report that lies somewhere, and for how many days."""

    report: StatusReport
    days: int

    @property
    def url(self) -> str:
        return reverse("work:review", args=[self.report.pk])


@dataclass(frozen=True)
class Load:
    """What one person holds; ``person`` is nobody for what has not been taken up."""

    person: User | None
    pending: list[Pending]
    is_on_duty: bool = True

    @property
    def oldest(self) -> Pending | None:
        return max(self.pending, key=lambda one: one.days, default=None)

    @property
    def mean_days(self) -> float | None:
        return mean(one.days for one in self.pending) if self.pending else None


@dataclass(frozen=True)
class StateLine:
    """The reports in one state, with a bar for the mean days in it."""

    state: State
    days: list[int]
    longest_of_all: int

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def mean_days(self) -> float:
        return mean(self.days)

    @property
    def longest(self) -> int:
        return max(self.days)

    @property
    def bar(self) -> int:
        return round(100 * self.mean_days / self.longest_of_all) if self.longest_of_all else 0

    @property
    def longest_bar(self) -> int:
        return round(100 * self.longest / self.longest_of_all) if self.longest_of_all else 0


@dataclass(frozen=True)
class StepLine:
    """A step of the review, with how many people may take it today."""

    name: str
    people: int
    vacant: list[Post]

    @property
    def icon(self) -> str:
        return ("failed", "late")[self.people] if self.people < 2 else "done"

    @property
    def words(self) -> str:
        if not self.people:
            return _("nobody: the step waits")
        return _("one person only: no one stands in") if self.people == 1 else str(self.people)


@dataclass(frozen=True)
class MissingLine:
    """A past period and how many units never handed in its report."""

    period: Period
    units: int

    @property
    def url(self) -> str:
        return f"{reverse('work:review_queue')}?period={self.period.pk}&show=overdue"


@dataclass(frozen=True)
class UnitClocks:
    """Days of all the reports of a unit, on the two clocks."""

    unit: Province
    province: list[int]
    ministry: list[int]

    @property
    def median_province(self) -> float:
        return median(self.province)

    @property
    def median_ministry(self) -> float:
        return median(self.ministry)

    @property
    def longest_province(self) -> int:
        return max(self.province)

    @property
    def longest_ministry(self) -> int:
        return max(self.ministry)


class Moved(NamedTuple):
    """An event as far as the clocks need it."""

    report_id: int
    step: str
    at: datetime


class LoadPage:
    """Reads alone, in a number of queries that no number of reports changes."""

    def __init__(self, *, today: date, now: datetime) -> None:
        self.today, self.now = today, now
        self.duty = OnDuty(today)

    @cached_property
    def reports(self) -> list[StatusReport]:
        """All that were ever submitted and are not approved."""
        found = StatusReport.objects.filter(round__gt=0).exclude(state=State.APPROVED)
        found = found.with_unit().select_related("reviewer").defer("definition", "form__definition")
        return list(found.annotate(received_at=Max("submissions__received_at")).order_by("received_at", "pk"))

    @cached_property
    def with_ministry(self) -> list[Pending]:
        """Days since the newest round came in, whatever the ministry did since."""
        waiting: list[Any] = [one for one in self.reports if one.state in WITH_MINISTRY]
        return [Pending(one, calendar_days(one.received_at, self.now)) for one in waiting]

    @cached_property
    def loads(self) -> list[Load]:
        """Everybody who reviews, and whoever holds a report though in no such post; heaviest first."""
        on_duty = self.duty.holders(REVIEW)
        held: dict[User, list[Pending]] = {person: [] for person in on_duty}
        for one in self.with_ministry:
            if one.report.reviewer:
                held.setdefault(one.report.reviewer, []).append(one)
        found = [Load(person, pending, person in on_duty) for person, pending in held.items()]
        return sorted(found, key=lambda load: -len(load.pending))

    @cached_property
    def unassigned(self) -> list[Pending]:
        """Longest first."""
        free = [one for one in self.with_ministry if one.report.reviewer is None]
        return sorted(free, key=lambda one: -one.days)

    @property
    def left_behind(self) -> int:
        """Reports held by people who review no more."""
        return sum(len(load.pending) for load in self.loads if not load.is_on_duty)

    @cached_property
    def states(self) -> list[StateLine]:
        days: dict[State, list[int]] = {}
        for one in self.reports:
            days.setdefault(State(one.state), []).append(calendar_days(one.state_since, self.now))
        longest = max((max(found) for found in days.values()), default=0)
        order = (State.SUBMITTED, State.PROPOSED, State.RETURNED)
        return [StateLine(state, days[state], longest) for state in order if state in days]

    @cached_property
    def steps(self) -> list[StepLine]:
        reviewers = frozenset({Post.Role.MINISTRY_REVIEWER})
        vacant = list(Post.objects.filter(role__in=REVIEW).exclude(pk__in=self.duty.posts_held))
        named = ((_("Review and propose"), REVIEW, reviewers), (_("Approve"), APPROVER, APPROVER))
        return [
            StepLine(name, len(self.duty.holders(roles)), [one for one in vacant if one.role in own])
            for name, roles, own in named
        ]

    @cached_property
    def units_without_signatory(self) -> list[Province]:
        """Units that owe a report which nobody can sign today."""
        owing = Obligation.objects.expected(self.today).exclude(
            report__state__in=[*WITH_MINISTRY, State.APPROVED]
        )
        rows = owing.filter(period__opens_on__lte=self.today).select_related("province")
        units = {
            row.province: row.answered_by_id or row.province_id for row in rows.order_by("province__code")
        }
        return [unit for unit, home in units.items() if not self.duty.answering(SIGNATORY, home)]

    @cached_property
    def missing(self) -> list[MissingLine]:
        """Periods whose next one is due already, with what was never handed in: nobody is reminded of it."""
        later = Period.objects.periodic().filter(
            regime=OuterRef("regime"), last_day__gt=OuterRef("last_day"), due_on__lt=self.today
        )
        open_ = Q(obligations__closed_on__isnull=True) | Q(obligations__closed_on__gt=self.today)
        unsent = Q(obligations__report__isnull=True) | Q(obligations__report__state=State.DRAFT)
        late = Q(obligations__extended_to__isnull=True) | Q(obligations__extended_to__lt=self.today)
        asked = Period.objects.periodic().filter(Exists(later)).select_related("regime")
        counted = asked.annotate(lacking=Count("obligations", filter=open_ & unsent & late))
        return [
            MissingLine(one, one.lacking) for one in counted.filter(lacking__gt=0).order_by("-last_day", "pk")
        ]

    @property
    def clocks_today(self) -> list[UnitClocks]:
        return [line for line in self.unit_clocks if line.unit.exists_on(self.today)]

    @property
    def clocks_of_former(self) -> list[UnitClocks]:
        """Units that have ended: what they reported stays theirs."""
        return [line for line in self.unit_clocks if not line.unit.exists_on(self.today)]

    @cached_property
    def unit_clocks(self) -> list[UnitClocks]:
        """By unit, the longest time with the ministry first; a clock that runs counts up to now."""
        spent: dict[Province, tuple[list[int], list[int]]] = {}
        moved = self._moved()
        reports = StatusReport.objects.filter(round__gt=0).select_related("obligation__province")
        for report in reports.defer("definition").order_by("pk"):
            found = clocks(moved.get(report.pk, []), now=self.now)
            province, ministry = spent.setdefault(report.province, ([], []))
            province.append(found.province)
            ministry.append(found.ministry)
        lines = [UnitClocks(unit, *days) for unit, days in spent.items()]
        return sorted(lines, key=lambda line: (-line.median_ministry, -line.longest_ministry, line.unit.code))

    def _moved(self) -> Mapping[int, Iterable[Any]]:
        steps = [*TO_MINISTRY, *TO_PROVINCE, "approve"]
        rows = ReportEvent.objects.filter(step__in=steps, report__round__gt=0).order_by("at", "pk")
        found: dict[int, list[Moved]] = {}
        for row in rows.values_list("report_id", "step", "at"):
            found.setdefault(row[0], []).append(Moved(*row))
        return found

    @property
    def cells(self) -> list[dict[str, Any]]:
        days = [one.days for one in self.with_ministry]
        return [
            {"label": _("with the ministry"), "number": len(days), "note": _("reports")},
            {"label": _("looked at by nobody"), "number": len(self.unassigned), "note": _("reports")},
            {"label": _("the longest wait"), "number": max(days, default=0), "note": _("days")},
            {"label": _("half of them wait at most"), "number": round(median(days)) if days else 0,
             "note": _("days")},
        ]  # fmt: skip
