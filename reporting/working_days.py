"""Which days are worked. Pure: the days a ministry entered in, days out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Saturdays, Sundays and days off are not worked; a day worked in exchange is, whatever it falls on."""

    off: frozenset[date] = frozenset()
    exchanged: frozenset[date] = frozenset()

    @classmethod
    def of(cls, days: Iterable[tuple[date, bool]]) -> "Calendar":
        """From pairs of a day and whether it is worked."""
        known = dict(days)
        worked = frozenset(day for day, is_worked in known.items() if is_worked)
        return cls(off=frozenset(known) - worked, exchanged=worked)

    def is_worked(self, day: date) -> bool:
        if day in self.exchanged:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def on_or_before(self, day: date) -> date:
        """The day itself when it is worked, or else the newest worked day before it."""
        while not self.is_worked(day):
            day -= DAY
        return day

    def on_or_after(self, day: date) -> date:
        while not self.is_worked(day):
            day += DAY
        return day
