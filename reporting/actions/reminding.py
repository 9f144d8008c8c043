"""Reminders: plan what should be said, drop what is no longer true, send what is due. Twice is once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .. import emails
from ..ladder import HOLDS_IN, Case, rungs
from ..models import Delivery, Holiday, Obligation, Regime, Reminder, State
from ..rights import OnDuty
from ..working_days import Calendar

if TYPE_CHECKING:
    from accounts.models import User

Told = dict["User", list[Reminder]]


@dataclass
class Reminding:
    """What one run did."""

    planned: int = 0
    dropped: int = 0
    sent: int = 0
    mails: int = 0


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


def _plan_all(today: date, at: datetime, done: Reminding) -> None:
    calendar = Calendar.of(Holiday.objects.values_list("day", "is_worked"))
    new: list[Reminder] = []
    changed: list[Reminder] = []
    for obligation in _owed(today):
        added, other = _plan(obligation, calendar, today=today, at=at)
        new += added
        changed += other
    Reminder.objects.bulk_create(new)
    Reminder.objects.bulk_update(changed, ["day", "dropped_at", "dropped_because"])
    done.planned = len(new)
    done.dropped = sum(row.dropped_at is not None for row in changed)


def _owed(today: date) -> Iterable[Obligation]:
    """All that may ask for a reminder, and all for which one waits."""
    waiting = Reminder.objects.waiting().values("obligation")
    undone = ~Q(report__state=State.APPROVED) | Q(report__isnull=True)
    expected = Obligation.objects.expected(today).filter(undone)
    found = Obligation.objects.filter(Q(pk__in=expected.values("pk")) | Q(pk__in=waiting)).order_by("pk")
    found = found.select_related("period__regime", "report").defer("report__definition")
    return found.prefetch_related("reminders")


def case_of(obligation: Obligation, *, today: date) -> Case:
    report = getattr(obligation, "report", None)
    return Case(
        opens_on=obligation.period.opens_on,
        deadline=obligation.last_day_to_submit,
        extended_on=obligation.extended_on,
        state=report.state if report else "",
        since=timezone.localdate(report.state_since) if report else None,
        is_closed=obligation.is_closed(today),
        told_on=timezone.localdate(obligation.created_at) if obligation.period.is_asked_for else None,
    )


def _plan(
    obligation: Obligation, calendar: Calendar, *, today: date, at: datetime
) -> tuple[list[Reminder], list[Reminder]]:
    """Rows to add, and rows that were dropped, taken up again or put on another day."""
    case = case_of(obligation, today=today)
    known = {row.key: row for row in obligation.reminders.all()}
    # What a run for a later day has said or overtaken silences nothing that is true before that day.
    said = max((row.day for row in known.values() if row.sent_at and row.day <= today), default=date.min)
    found = rungs(case, obligation.period.regime.ladder, calendar)
    wanted = {rung.key: rung for rung in found if rung.day > said}
    new = [
        Reminder(obligation=obligation, kind=rung.kind, step=rung.step, about_on=rung.about_on, day=rung.day)
        for key, rung in wanted.items()
        if key not in known
    ]
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
            row.dropped_at, row.dropped_because = at, _why(row, case)
        if (row.day, row.dropped_because) != before:
            changed.append(row)
    return new, changed


def _why(row: Reminder, case: Case) -> Reminder.Why:
    if case.is_closed:
        return Reminder.Why.CLOSED
    return Reminder.Why.MOVED if case.state in HOLDS_IN[row.kind] else Reminder.Why.DONE


# --- Sending ----------------------------------------------------------------------------


def _send_due(today: date, at: datetime, done: Reminding) -> None:
    """One line an obligation: the newest of its reminders that are due. Without a reader they wait."""
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
    """By obligation the newest reminder that is due, and the older ones it speaks for."""
    due = Reminder.objects.waiting().filter(day__lte=today).order_by("obligation", "pk")
    due = due.select_related("obligation__province", "obligation__period__regime", "obligation__report")
    due = due.defer("obligation__report__definition")
    found = []
    for _obligation, rows in groupby(due, attrgetter("obligation_id")):
        *older, newest = sorted(rows, key=lambda row: (row.day, row.about_on + timedelta(days=row.step)))
        found.append((newest, older))
    return found


def _settled(row: Reminder, overtaken: list[Reminder], *, at: datetime) -> list[Reminder]:
    row.sent_at = at
    for older in overtaken:
        older.dropped_at, older.dropped_because = at, Reminder.Why.OVERTAKEN
    return [row, *overtaken]
