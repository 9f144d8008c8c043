"""Reporting windows as a regime states them: pure dates, no database.

Every day is given as a month counted from the last month of the period, and a day in it: the yearly
regime of Decree 09/2019 runs from the 15th of the month before the first month to the 14th of the last.
"""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DayRule:
    """A day counted from a month: ``shift`` months later (or earlier), on ``day``."""

    shift: int
    day: int

    def of(self, year: int, month: int) -> date:
        """The day; the month's last day where the month is too short."""
        months = year * 12 + month - 1 + self.shift
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class WindowRule:
    months: int  # 1, 3, 6 or 12
    begins: DayRule  # counted from the first month
    ends: DayRule  # these are counted from the last month
    opens: DayRule
    due: DayRule
    government_due: DayRule


@dataclass(frozen=True)
class Window:
    year: int
    number: int  # 1 … 12 / months
    first_day: date
    last_day: date
    opens_on: date
    due_on: date
    government_due_on: date


def window(rule: WindowRule, year: int, number: int) -> Window:
    """The window of the period ``number`` of ``year``."""
    last = rule.months * number
    first = last - rule.months + 1
    return Window(
        year=year,
        number=number,
        first_day=rule.begins.of(year, first),
        last_day=rule.ends.of(year, last),
        opens_on=rule.opens.of(year, last),
        due_on=rule.due.of(year, last),
        government_due_on=rule.government_due.of(year, last),
    )


def newest_open(rule: WindowRule, today: date) -> Window:
    """The newest period whose day of opening has come."""
    place = (today.year + 2, 1)
    while (found := window(rule, *place)).opens_on > today:
        place = before(rule, *place)
    return found


def before(rule: WindowRule, year: int, number: int) -> tuple[int, int]:
    return (year, number - 1) if number > 1 else (year - 1, 12 // rule.months)


def after(rule: WindowRule, year: int, number: int) -> tuple[int, int]:
    return (year, number + 1) if number < 12 // rule.months else (year + 1, 1)
