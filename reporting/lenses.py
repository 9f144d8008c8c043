"""Three ways to look at one number: as reported, on the map of a day, on one map for all years."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.dates import day_words


class LensKind(models.TextChoices):
    AS_REPORTED = "as_reported", _("units as they reported")
    ON = "on", _("map of the day")
    CONSTANT = "constant", _("one map for all years")


@dataclass(frozen=True)
class Lens:
    """Written ``as_reported``, ``on:2026-11-20`` or ``constant:2025-07-01``."""

    kind: LensKind
    day: date

    @classmethod
    def parse(cls, kind: str, day: str, *, today: date) -> Self:
        """What the address asks for, ``on`` with a day or ``on:2026-11-20``; unreadable is today's map."""
        kind, _colon, inline = kind.partition(":")
        day = inline or day
        known = LensKind(kind) if kind in LensKind.values else LensKind.ON
        try:
            return cls(known, date.fromisoformat(day))
        except ValueError:
            return cls(known, _typed(day) or today)

    def __str__(self) -> str:
        return self.kind.value if self.kind == LensKind.AS_REPORTED else f"{self.kind.value}:{self.day}"

    @property
    def query(self) -> str:
        """As addresses carry it."""
        return f"lens={self.kind.value}&on={self.day.isoformat()}"

    @property
    def regrouped_on(self) -> date | None:
        """The day on whose map everything is put together; none keeps the units that reported."""
        return None if self.kind == LensKind.AS_REPORTED else self.day

    def map_day(self, last_day: date) -> date:
        """The day whose map shows a period that ended on ``last_day``."""
        return last_day if self.kind == LensKind.AS_REPORTED else self.day

    def words(self) -> str:
        if self.kind == LensKind.AS_REPORTED:
            return gettext("units as they were when they reported")
        forms = {
            LensKind.ON: gettext("map of %(day)s"),
            LensKind.CONSTANT: gettext("map of %(day)s for all years"),
        }
        return forms[self.kind] % {"day": day_words(self.day)}


def _typed(text: str) -> date | None:
    """What people type: 20/11/2026."""
    parts = text.strip().split("/")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError):  # a year of twenty digits overflows
        return None
