"""Documents the portal compiles by itself: for the newest period whose day has come, once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.models import Job

from ..models import CompiledReport, Period, ReportKind, Span
from ..outline import Stretch
from .actions import compile_report
from .asking import Wanted, default_lens
from .cutting.work import told_by
from .spans import second_half_of
from .telling import tell_what_ended_before

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Due:
    """One document the schedule owes. ``day`` is the first on which it may be compiled."""

    kind: ReportKind
    period: Period
    half: int | None
    language: str
    day: date

    @property
    def words(self) -> str:
        half = f", {self.half}/2" if self.half else ""
        return f"{self.kind.code} {self.period.year}{half}, {self.language}"


@dataclass(frozen=True)
class Outcome:
    """What became of one of them; ``report`` is none where ``sentence`` says why."""

    due: Due
    report: CompiledReport | None
    sentence: str
    is_new: bool = False


def compile_due(*, today: date, at: datetime) -> list[Outcome]:
    """Compile whatever is due and not there. Twice is once; a failure stops none of the others."""
    kinds = ReportKind.objects.filter(is_active=True, is_scheduled=True)
    return [_tried(due, today=today, at=at) for kind in kinds for due in due_of(kind, today)]


def due_of(kind: ReportKind, today: date) -> list[Due]:
    """For the newest time alone that the kind covers and whose day has come, in each of its languages."""
    found = max(_days(kind, today), default=None, key=lambda one: one[0])
    if found is None:
        return []
    day, period, half = found
    return [Due(kind, period, half, language, day) for language in kind.languages]


def _days(kind: ReportKind, today: date) -> list[tuple[date, Period, int | None]]:
    years = Period.objects.yearly().filter(first_day__lte=today).select_related("regime")
    if kind.span == Span.SINCE_START:
        years = years.filter(year=kind.last_year or 0)
    wait = timedelta(days=kind.days_after)
    days: list[tuple[date, Period, int | None]] = []
    for period in years.order_by("-year"):
        if kind.span == Span.HALF:
            days += [(half_due_on(period, half) + wait, period, half) for half in (1, 2)]
        else:
            days.append((period.due_on + wait, period, None))
    return [one for one in days if one[0] <= today]


def half_due_on(period: Period, half: int) -> date:
    """When provinces owe the half-yearly report that is told; without one, the first half ends by itself."""
    if told := told_by(period, Stretch(Span.HALF, half)):
        return told.due_on
    return second_half_of(period.first_day) - timedelta(days=1) if half == 1 else period.due_on


def _tried(due: Due, *, today: date, at: datetime) -> Outcome:
    try:
        return _compiled(due, today=today, at=at)
    except ActionRefused as refusal:
        log.info("schedule.refused", document=due.words, why=str(refusal))
        return Outcome(due, None, str(refusal))
    except Exception:
        log.exception("schedule.failed", document=due.words)
        return Outcome(due, None, _("An unexpected fault stopped it. It has been logged."))


@transaction.atomic
def _compiled(due: Due, *, today: date, at: datetime) -> Outcome:
    """The kind's row is the queue: of two schedulers, the second finds the document of the first."""
    ReportKind.objects.select_for_update(no_key=True).get(pk=due.kind.pk)
    if there := _there(due):
        return Outcome(due, there, _("It is there already."))
    lens = default_lens(due.kind, due.period, due.half)
    wanted = Wanted(due.kind, due.period, due.language, lens, half=due.half)
    report = compile_report(wanted, by=None, at=at)
    # The job is held: a build of somebody else's that ends meanwhile is told here, a later end by itself.
    job = Job.objects.select_for_update().get(pk=report.job_id)
    report.scheduled_on = today
    report.save(update_fields=["scheduled_on"])
    tell_what_ended_before(report, job, on=today, at=at)
    return Outcome(due, report, _("Compiled; its files are being built."), is_new=True)


def _there(due: Due) -> CompiledReport | None:
    """A document of that kind and time that the portal asked for, or that somebody compiled since the day."""
    alike = CompiledReport.objects.filter(
        kind=due.kind, language=due.language, cut__period=due.period, cut__half=due.half
    )
    since = timezone.make_aware(datetime.combine(due.day, datetime.min.time()))
    asked: CompiledReport | None = alike.exclude(scheduled_on=None).first()
    return asked or alike.filter(cut__cut_at__gte=since).first()
