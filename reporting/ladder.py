"""Which reminders an obligation calls for, and on which days they go out. Pure: dates in, rungs out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .workflow import WITH_MINISTRY, State
from .working_days import Calendar

LONGEST = 365


class Kind(models.TextChoices):
    OPENS = "opens", _("reporting opens")
    BEFORE = "before", _("before the deadline")
    DUE = "due", _("due on the day")
    OVERDUE = "overdue", _("overdue")
    RETURN = "return", _("return not answered")
    IDLE = "idle", _("waits with the ministry")
    ACTION = "action", _("follow-up action to be done")
    VERIFY = "verify", _("follow-up action to be verified")


OF_ACTIONS = (Kind.ACTION, Kind.VERIFY)

UNSENT = frozenset({"", State.DRAFT.value})
# In which states of the report a kind of reminder holds; empty before a report begins.
HOLDS_IN: dict[str, frozenset[str]] = {
    Kind.OPENS: frozenset({""}),
    Kind.BEFORE: UNSENT,
    Kind.DUE: UNSENT,
    Kind.OVERDUE: UNSENT,
    Kind.RETURN: frozenset({State.RETURNED.value}),
    Kind.IDLE: frozenset(state.value for state in WITH_MINISTRY),
}


def days_of(text: str) -> tuple[int, ...]:
    """“30, 14, 7” → (30, 14, 7). Raises ``ValidationError`` for anything but whole days from 1 to 365."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) <= 3 and 0 < int(part) <= LONGEST for part in parts):
        raise ValidationError(_("Write days from 1 to 365 with commas between them, such as 30, 14, 7."))
    return tuple(dict.fromkeys(int(part) for part in parts))


def validate_days(text: str) -> None:
    days_of(text)


@dataclass(frozen=True)
class Ladder:
    """Days before the deadline, days after it, and days a report lies with the ministry."""

    before: tuple[int, ...] = ()
    overdue: tuple[int, ...] = ()
    idle: tuple[int, ...] = ()


@dataclass(frozen=True)
class Case:
    """What the reminders of one obligation depend on.

    ``state`` is its report's, ``since`` the day from which it holds; both are empty before a report begins.
    """

    opens_on: date
    deadline: date
    extended_on: date | None = None
    state: str = ""
    since: date | None = None
    is_closed: bool = False
    is_past: bool = False  # the next period of the regime is due already
    told_on: date | None = None  # by a mail of its own, which stands for the reminder of the opening

    @property
    def begins(self) -> date:
        """The day on which the deadline was told; reminders before it would say nothing new."""
        begins = self.since if self.state == State.RETURNED and self.since else self.opens_on
        return max(begins, self.extended_on or begins, self.told_on or begins)


@dataclass(frozen=True)
class ActionCase:
    """What the reminders of a follow-up action depend on; ``done_on`` while it waits to be verified."""

    made_on: date
    due_on: date
    done_on: date | None = None
    is_settled: bool = False


@dataclass(frozen=True)
class Rung:
    """One reminder: ``step`` days after ``about_on`` (before it when negative); goes out on ``day``."""

    kind: Kind
    step: int
    about_on: date
    day: date

    @property
    def key(self) -> tuple[str, int, date]:
        return (self.kind.value, self.step, self.about_on)


def rungs(case: Case, ladder: Ladder, calendar: Calendar) -> list[Rung]:
    """All that is and will be said while nothing changes; nothing of what is done or given up."""
    if case.is_closed or case.state == State.APPROVED:
        return []
    if case.state in WITH_MINISTRY:
        assert case.since is not None
        return [_after(Kind.IDLE, days, case.since, calendar) for days in ladder.idle]
    return list(_with_province(case, ladder, calendar))


def action_rungs(case: ActionCase, ladder: Ladder, calendar: Calendar) -> list[Rung]:
    """Of a follow-up action: to whoever does it until it is done, then to those who verify it."""
    if case.is_settled:
        return []
    if case.done_on:
        return [_after(Kind.VERIFY, days, case.done_on, calendar) for days in ladder.idle]
    until = [_until(Kind.ACTION, days, case.due_on, calendar) for days in (*ladder.before, 0)]
    after = [_after(Kind.ACTION, days, case.due_on, calendar) for days in ladder.overdue]
    return [rung for rung in (*until, *after) if rung.day > case.made_on]


def _with_province(case: Case, ladder: Ladder, calendar: Calendar) -> Iterator[Rung]:
    is_return = case.state == State.RETURNED
    if case.is_past and not is_return:
        return  # it stays on the ministry's list of what is missing
    if not case.state and case.told_on is None:
        yield Rung(Kind.OPENS, 0, case.opens_on, calendar.on_or_before(case.opens_on))
    for days in ladder.before:
        rung = _until(Kind.RETURN if is_return else Kind.BEFORE, days, case.deadline, calendar)
        if rung.day > case.begins:
            yield rung
    yield _until(Kind.RETURN if is_return else Kind.DUE, 0, case.deadline, calendar)
    for days in ladder.overdue:
        yield _after(Kind.RETURN if is_return else Kind.OVERDUE, days, case.deadline, calendar)


def _until(kind: Kind, days: int, deadline: date, calendar: Calendar) -> Rung:
    return Rung(kind, -days, deadline, calendar.on_or_before(deadline - timedelta(days=days)))


def _after(kind: Kind, days: int, since: date, calendar: Calendar) -> Rung:
    """On the worked day before a day off; but never before what it says has come true."""
    wanted = since + timedelta(days=days)
    day = calendar.on_or_before(wanted)
    return Rung(kind, days, since, day if day > since else calendar.on_or_after(wanted))
