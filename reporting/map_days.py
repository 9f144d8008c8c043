"""Which days' maps can be asked for: the same for documents and for the pages of progress."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from provinces.register import Register

from .models import Period


@dataclass(frozen=True)
class MapDays:
    """From the register's beginning to the last day that it, or the period spoken of, knows."""

    first: date
    last: date

    @classmethod
    def known(cls, register: Register, *, today: date, period_ends: date | None) -> "MapDays":
        known_until = register.known_until(today)
        return cls(register.begins(), max(known_until, period_ends or known_until))

    @classmethod
    def public(cls, register: Register, day: date, *, today: date) -> "MapDays":
        """To the end of the newest yearly period, which is asked for only where it decides."""
        known = cls.known(register, today=today, period_ends=None)
        if day <= known.last:
            return known
        ends = Period.objects.yearly().aggregate(last=Max("last_day"))["last"]
        return cls.known(register, today=today, period_ends=ends)
