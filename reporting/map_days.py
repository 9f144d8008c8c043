"""Which days' maps can be asked for: the same for documents and for the pages of progress."""

from dataclasses import dataclass
from datetime import date

from provinces.register import Register


@dataclass(frozen=True)
class MapDays:
    """From the register's beginning to the last day that it, or the period spoken of, knows."""

    first: date
    last: date

    @classmethod
    def known(cls, register: Register, *, today: date, period_ends: date | None) -> "MapDays":
        known_until = register.known_until(today)
        return cls(register.begins(), max(known_until, period_ends or known_until))
