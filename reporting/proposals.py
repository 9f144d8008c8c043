"""Numbers the portal already owns: counted from the rooms below, proposed to the province, never retyped.

A course, event or plan counts for the unit it is filed under, and for the unit that carries that one on,
within the part of the period the report is about. Demo records count in demo reports alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.models import Status as EventStatus
from foundation.dates import PartialDate
from library.models import PilotModel
from library.models.entry import Status as ModelStatus
from provinces.models import ProvincialPlan
from training.models import Course, Stage

from .models import StatusReport
from .questions import Question
from .rights import with_predecessors
from .snapshots import digest

APPLIED = (ModelStatus.APPLY, ModelStatus.REPLICATE)
RUN_OUT = (ProvincialPlan.Status.REPLACED, ProvincialPlan.Status.EXPIRED)
UNKNOWN = "unknown"  # the code of people whose sex the list of a course does not say


@dataclass(frozen=True)
class Counted:
    """One record that is counted, and for how many."""

    title: str
    url: str
    number: int = 1
    parts: Mapping[str, int] = field(default_factory=dict)
    is_about: bool = False  # its organiser told a rough number, or its source no exact day


@dataclass(frozen=True)
class Proposal:
    """What the portal counts for one question now."""

    question: Question
    records: tuple[Counted, ...]

    @property
    def value(self) -> int:
        return sum(one.number for one in self.records)

    @cached_property
    def parts(self) -> dict[str, int]:
        """By the codes of the question's list; none where somebody falls under no code of a complete list."""
        breakdown = self.question.breakdown
        if breakdown is None or not self.value:
            return {}
        counted: Counter[str] = Counter()
        for one in self.records:
            counted.update(one.parts)
        known = {code: counted[code] for code in breakdown.codes if counted[code]}
        return {} if breakdown.is_complete and sum(known.values()) != self.value else known

    @property
    def is_about(self) -> bool:
        return any(one.is_about for one in self.records)

    @property
    def answer(self) -> dict[str, Any]:
        """The value of the answer when it is taken over as it is."""
        if not self.value:
            return {"emptiness": "zero"}
        parts = {code: str(number) for code, number in self.parts.items()}
        return {"emptiness": "number", "value": str(self.value), "parts": parts}

    @property
    def token(self) -> str:
        """Stands in the button, so that nobody takes over another number than the one on the page."""
        return digest([self.value, self.parts])[:12]

    def stamp(self, at: datetime) -> dict[str, Any]:
        """What is kept with the answer: the number, where it came from, when."""
        parts = {code: str(number) for code, number in sorted(self.parts.items())}
        return {
            "value": str(self.value),
            "parts": parts,
            "source": self.question.proposed_from,
            "at": at.isoformat(),
        }


@dataclass(frozen=True)
class Scope:
    """For whom and for which days is counted. Each room is asked once, whatever the form proposes from it."""

    units: frozenset[int]
    first_day: date
    last_day: date
    year: int
    is_demo: bool
    at: datetime

    @classmethod
    def of(cls, report: StatusReport, at: datetime) -> "Scope":
        own, period = report.obligation, report.period
        return cls(
            with_predecessors([own.province_id]),
            own.first_day or period.first_day,
            own.last_day or period.last_day,
            period.year,
            report.is_demo,
            at,
        )

    def facts(self, rows: Any) -> Any:
        """What is out, the demo's left aside where the report is none."""
        published = rows.published(self.at)
        return published if self.is_demo else published.filter(is_demo=False)

    def holds(self, begun: PartialDate | None) -> bool:
        """By the first day the date can mean; a date without a year is in no period."""
        day = begun.first_day if begun else None
        return day is not None and self.first_day <= day <= self.last_day

    @cached_property
    def courses(self) -> list[Course]:
        rows = self.facts(Course.objects.filter(province__in=self.units, status=Course.Status.HELD))
        rows = rows.prefetch_related("participants", "reported_counts").order_by("begins_on", "pk")
        return [course for course in rows if self.holds(course.begins_on)]


def _courses(scope: Scope) -> list[Counted]:
    return [
        Counted(str(one.title), one.get_absolute_url(), is_about=_is_vague(one.begins_on))
        for one in scope.courses
    ]


def _people(scope: Scope) -> list[Counted]:
    """Those who attended: counted from the list where there is one, else as the organiser told."""
    return [_attendance(course) for course in scope.courses]


def _attendance(course: Course) -> Counted:
    came = [person for person in course.participants.all() if person.has_attended]
    told = [row for row in course.reported_counts.all() if row.stage == Stage.ATTENDED]
    by_sex: Counter[str] = Counter()
    is_about = False
    if came or course.participants.all():
        by_sex.update(person.sex or UNKNOWN for person in came)
    else:
        rows = [row for row in told if row.sex and not row.organisation_kind]
        whole = next((row for row in told if not row.sex and not row.organisation_kind), None)
        by_sex.update({row.sex: row.people_number for row in rows})
        if whole and (rest := whole.people_number - by_sex.total()) > 0:
            by_sex[UNKNOWN] = rest
        is_about = any(row.people_qualifier for row in (*rows, *([whole] if whole else [])))
    return Counted(
        str(course.title), course.get_absolute_url(), by_sex.total(), dict(by_sex), is_about=is_about
    )


def _events(scope: Scope) -> list[Counted]:
    rows = scope.facts(Event.objects.filter(province__in=scope.units)).order_by("starts", "pk")
    return [
        Counted(str(one.title), one.get_absolute_url(), is_about=_is_vague(one.starts))
        for one in rows
        if scope.holds(one.starts) and one.status_at(scope.at) in (EventStatus.HELD, EventStatus.UNDER_WAY)
    ]


def _models(scope: Scope) -> list[Counted]:
    rows = PilotModel.objects.filter(provinces__in=scope.units, status__in=APPLIED).distinct()
    rows = scope.facts(rows).order_by("title_vi", "pk")
    return [Counted(str(one.title), one.get_absolute_url()) for one in rows]


def _plans(scope: Scope) -> list[Counted]:
    rows = ProvincialPlan.objects.issued().filter(province__in=scope.units).exclude(status__in=RUN_OUT)
    rows = scope.facts(rows).select_related("province").order_by("first_year", "pk")
    return [
        Counted(f"{one} ({one.province})", one.get_absolute_url())
        for one in rows
        if one.covers_year(scope.year) and one.was_out(scope.last_day)
    ]


def _is_vague(day: PartialDate | None) -> bool:
    return day is None or day.exact is None


SOURCES: dict[str, Callable[[Scope], list[Counted]]] = {
    "training.courses": _courses,
    "training.people": _people,
    "events.held": _events,
    "library.models": _models,
    "provinces.plans": _plans,
}


def proposals_for(
    report: StatusReport, questions: Iterable[Question], *, at: datetime
) -> dict[str, Proposal]:
    """By address, for the questions that say where the portal knows the number from.

    At most seven queries, however many questions and records; none where nothing is proposed.
    """
    asked = [question for question in questions if question.proposed_from in SOURCES]
    if not asked:
        return {}
    scope = Scope.of(report, at)
    found = {source: tuple(SOURCES[source](scope)) for source in {one.proposed_from for one in asked}}
    return {one.address: Proposal(one, found[one.proposed_from]) for one in asked}


def counted_words(proposal: Proposal) -> str:
    """Where the number comes from, for people."""
    told = {
        "training.courses": _("from the register of courses"),
        "training.people": _("from the lists of participants"),
        "events.held": _("from the register of events"),
        "library.models": _("from the library’s models"),
        "provinces.plans": _("from the register of plans"),
    }
    words = told[proposal.question.proposed_from]
    about = sum(one.is_about for one in proposal.records)
    if not about:
        return words
    rough = ngettext("%(n)s of them is not exact", "%(n)s of them are not exact", about) % {"n": about}
    return f"{words}; {rough}"
