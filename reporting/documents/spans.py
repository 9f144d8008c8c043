"""The stretch of time a document speaks of: a year, a half-year, or from the start until now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from foundation.dates import PartialDate

SINCE_START = "since_start"


@dataclass(frozen=True)
class Span:
    """``number`` is that of the period in its year; a range has none."""

    first_year: int
    year: int
    number: int
    months: int
    first_day: date
    last_day: date

    @classmethod
    def of(cls, content: dict[str, Any], kind: str) -> "Span":
        """Cuts from before there were other spans know their yearly period alone."""
        period = content["period"]
        first_day, last_day = (date.fromisoformat(period[name]) for name in ("first_day", "last_day"))
        year, number, months = period["year"], period.get("number", 1), period.get("months", 12)
        if kind != SINCE_START:
            return cls(year, year, number, months, first_day, last_day)
        first_year = min((content.get("programme") or {}).get("first_year") or year, year)
        begins = [
            date.fromisoformat(one["first_day"])
            for one in content.get("windows", [])
            if one["year"] >= first_year
        ]
        return cls(first_year, year, number, months, min(begins, default=date(first_year, 1, 1)), last_day)

    @property
    def is_range(self) -> bool:
        return self.first_year < self.year

    @property
    def is_part_of_year(self) -> bool:
        return self.months < 12 and not self.is_range

    def words(self) -> str:
        """2026 · the first half of 2026 · 2021–2025, as they stand inside a sentence."""
        forms = {
            (6, 1): pgettext("span", "the first half of %(year)s"),
            (6, 2): pgettext("span", "the second half of %(year)s"),
        }
        if self.is_range:
            form = pgettext("span", "%(first)s–%(year)s")
        elif self.is_part_of_year:
            form = forms.get((self.months, self.number), pgettext("span", "period %(number)s of %(year)s"))
        else:
            form = pgettext("span", "%(year)s")
        return form % {"first": self.first_year, "year": self.year, "number": self.number}

    def has_row(self, row: dict[str, Any]) -> bool:
        """Whether a row of a period falls into it."""
        if self.is_range:
            return bool(self.first_year <= row["year"] <= self.year)
        return bool((row["year"], row["number"]) == (self.year, self.number))

    def has_day(self, begun: str) -> bool:
        """Whether it began within; what is known to the month or year alone counts by its first day."""
        day = _first_day(begun)
        return day is not None and self.first_day <= day <= self.last_day

    def is_past(self, begun: str) -> bool:
        """Whether it had begun by the end, as far as its day is known."""
        day = _first_day(begun)
        return day is not None and day <= self.last_day


def _first_day(text: str) -> date | None:
    return PartialDate.parse(text).first_day if text else None
