"""Reminders: plan what should be said, drop what is no longer true, send what is due. Twice is once."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from .. import emails
from ..ladder import HOLDS_IN, ActionCase, Case, Rung, action_rungs, rungs
from ..models import Delivery, FollowUp, Holiday, Obligation, Period, Regime, Reminder, State
from ..rights import OnDuty
from ..working_days import Calendar

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)
Told = dict["User", list[Reminder]]


@dataclass
class Reminding:
    """What one run did."""

    planned: int = 0
    dropped: int = 0
    sent: int = 0
    mails: int = 0
    failed: int = 0  # rows for which nothing could be planned; the log says why


@transaction.atomic
def send_reminders(*, today: date, at: datetime) -> Reminding:
    """Plan, drop and send for this day. What was missed goes out once, in a person's one mail a day."""
    # The regimes' rows are the queue: of two workers at one moment, the second finds everything sent.
    list(Regime.objects.select_for_update(no_key=True).order_by("pk"))
    done = Reminding()
    _plan_all(today, at, done)
    _send_due(today, at, done)
    return done


# --- Planning ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """What reminders are planned for: an obligation, or a follow-up action to its report."""

    obligation: int
    follow_up: int | None
    known: list[Reminder]
    rungs: Callable[[], list[Rung]]
    why: Callable[[Reminder], Reminder.Why]  # what became of a reminder that holds no more


def _plan_all(today: date, at: datetime, done: Reminding) -> None:
    calendar = Calendar.of(Holiday.objects.values_list("day", "is_worked"))
    new: list[Reminder] = []
    changed: list[Reminder] = []
    for subject in (*_of_reports(calendar, today), *_of_actions(calendar)):
        try:
            added, other = _plan(subject, today=today, at=at)
        except Exception:  # whatever is wrong with one row: all others are reminded
            log.exception("No reminders planned for obligation %s", subject.obligation)
            done.failed += 1
            continue
        new += added
        changed += other
    Reminder.objects.bulk_create(new)
    Reminder.objects.bulk_update(changed, ["day", "dropped_at", "dropped_because"])
    done.planned = len(new)
    done.dropped = sum(row.dropped_at is not None for row in changed)


def _of_reports(calendar: Calendar, today: date) -> Iterator[Subject]:
    """All that may ask for a reminder, and all for which one waits."""
    own = Reminder.objects.filter(follow_up__isnull=True)
    undone = ~Q(report__state=State.APPROVED) | Q(report__isnull=True)
    expected = Obligation.objects.expected(today).filter(undone)
    found = Obligation.objects.filter(
        Q(pk__in=expected.values("pk")) | Q(pk__in=own.waiting().values("obligation"))
    )
    found = found.select_related("period__regime", "report").defer("report__definition").order_by("pk")
    next_due = _next_due()
    for one in found.prefetch_related(Prefetch("reminders", own)):
        case = case_of(one, today=today, next_due=next_due.get(one.period_id))
        steps = partial(_rungs, case, one.period.regime, calendar)
        yield Subject(one.pk, None, list(one.reminders.all()), steps, partial(_why, case))


def _rungs(case: Case, regime: Regime, calendar: Calendar) -> list[Rung]:
    return rungs(case, regime.ladder, calendar)


def _action_rungs(case: ActionCase, regime: Regime, calendar: Calendar) -> list[Rung]:
    return action_rungs(case, regime.ladder, calendar)


def _next_due() -> dict[int, date]:
    """By period, when the one after it is due from provinces."""
    found = list(Period.objects.periodic().order_by("regime", "last_day", "pk"))
    return {one.pk: after.due_on for one, after in pairwise(found) if one.regime_id == after.regime_id}


def case_of(obligation: Obligation, *, today: date, next_due: date | None = None) -> Case:
    """``next_due``: of the next period. A deadline that lies after it still counts."""
    report = getattr(obligation, "report", None)
    deadline = obligation.last_day_to_submit
    return Case(
        opens_on=obligation.period.opens_on,
        deadline=deadline,
        extended_on=obligation.extended_on,
        state=report.state if report else "",
        since=timezone.localdate(report.state_since) if report else None,
        is_closed=obligation.is_closed(today),
        is_past=next_due is not None and deadline < next_due < today,
        told_on=timezone.localdate(obligation.created_at) if obligation.period.is_asked_for else None,
    )


def _of_actions(calendar: Calendar) -> Iterator[Subject]:
    waiting = Reminder.objects.waiting().values("follow_up")
    found = FollowUp.objects.filter(Q(state__in=FollowUp.UNSETTLED) | Q(pk__in=waiting)).order_by("pk")
    for one in found.with_subject().prefetch_related("reminders"):
        case = ActionCase(
            made_on=timezone.localdate(one.made_at),
            due_on=one.due_on,
            done_on=timezone.localdate(one.done_at) if one.done_at else None,
            is_settled=one.state not in FollowUp.UNSETTLED,
        )
        steps = partial(_action_rungs, case, one.report.period.regime, calendar)
        known = list(one.reminders.all())
        yield Subject(one.report.obligation_id, one.pk, known, steps, lambda _row: Reminder.Why.DONE)


def _plan(subject: Subject, *, today: date, at: datetime) -> tuple[list[Reminder], list[Reminder]]:
    """Rows to add, and rows that were dropped, taken up again or put on another day."""
    known = {row.key: row for row in subject.known}
    # What a run for a later day has said or overtaken silences nothing that is true before that day.
    said = max((row.day for row in known.values() if row.sent_at and row.day <= today), default=date.min)
    wanted = {rung.key: rung for rung in subject.rungs() if rung.day > said}
    new = [
        Reminder(
            obligation_id=subject.obligation, follow_up_id=subject.follow_up,
            kind=rung.kind, step=rung.step, about_on=rung.about_on, day=rung.day,
        )
        for key, rung in wanted.items()
        if key not in known
    ]  # fmt: skip
    open_ = [
        row
        for row in known.values()
        if not row.sent_at and (row.dropped_because != Reminder.Why.OVERTAKEN or row.day >= today)
    ]
    changed = []
    for row in open_:
        before = (row.day, row.dropped_because)
        if rung := wanted.get(row.key):
            row.day, row.dropped_at, row.dropped_because = rung.day, None, ""
        elif row.is_waiting:
            row.dropped_at, row.dropped_because = at, subject.why(row)
        if (row.day, row.dropped_because) != before:
            changed.append(row)
    return new, changed


def _why(case: Case, row: Reminder) -> Reminder.Why:
    if case.is_closed:
        return Reminder.Why.CLOSED
    if case.state not in HOLDS_IN[row.kind]:
        return Reminder.Why.DONE
    return Reminder.Why.PAST if case.is_past else Reminder.Why.MOVED


# --- Sending ----------------------------------------------------------------------------


def _send_due(today: date, at: datetime, done: Reminding) -> None:
    """One line an obligation or action: its newest reminder that is due. Without a reader it waits."""
    told: Told = {}
    settled: list[Reminder] = []
    reached, duty = emails.reached_today(today), OnDuty(today)
    for row, overtaken in _newest(today):
        readers = duty.readers_of(row)
        if not readers or reached.intersection(readers):
            continue  # a person gets one mail a day; the rest waits for tomorrow's
        for reader in readers:
            told.setdefault(reader, []).append(row)
        settled += _settled(row, overtaken, at=at)
        done.sent += 1
        done.dropped += len(overtaken)
    Reminder.objects.bulk_update(settled, ["sent_at", "dropped_at", "dropped_because"])
    mails = {reader: emails.reminded(reader, rows, today=today, at=at) for reader, rows in told.items()}
    Delivery.objects.bulk_create(
        Delivery(reminder=row, reader=reader, reader_name=str(reader), mail=mails[reader])
        for reader, rows in told.items()
        for row in rows
    )
    done.mails = len(mails)


def _newest(today: date) -> list[tuple[Reminder, list[Reminder]]]:
    """By obligation or action the newest reminder that is due, and the older ones it speaks for."""
    due = Reminder.objects.waiting().filter(day__lte=today).order_by("obligation", "follow_up", "pk")
    due = due.select_related("obligation__province", "obligation__period__regime", "obligation__report")
    due = due.select_related("follow_up__post").defer("obligation__report__definition")
    found = []
    for _subject, rows in groupby(due, lambda row: (row.obligation_id, row.follow_up_id)):
        *older, newest = sorted(rows, key=lambda row: (row.day, row.about_on + timedelta(days=row.step)))
        found.append((newest, older))
    return found


def _settled(row: Reminder, overtaken: list[Reminder], *, at: datetime) -> list[Reminder]:
    row.sent_at = at
    for older in overtaken:
        older.dropped_at, older.dropped_because = at, Reminder.Why.OVERTAKEN
    return [row, *overtaken]
