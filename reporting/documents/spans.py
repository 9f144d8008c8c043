"""The stretch of time a document speaks of: a year, a half-year, or from the start until now."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from foundation.dates import PartialDate

HALVES = {
    1: pgettext_lazy("span", "the first half of %(year)s"),
    2: pgettext_lazy("span", "the second half of %(year)s"),
}


@dataclass(frozen=True)
class Span:
    """A year, one of its halves, or the years from the first one on."""

    first_year: int
    year: int
    half: int | None
    first_day: date
    last_day: date

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Span":
        """Cuts from before there were other spans know the year alone."""
        period = content["period"]
        first_day, last_day = (date.fromisoformat(period[name]) for name in ("first_day", "last_day"))
        year, half, first_year = period["year"], period.get("half"), period.get("first_year")
        if half:
            return cls(year, year, half, *_half(content, first_day, last_day, half))
        if first_year and first_year < year:
            return cls(first_year, year, None, _begin(content, first_year), last_day)
        return cls(year, year, None, first_day, last_day)

    @property
    def is_range(self) -> bool:
        return self.first_year < self.year

    def words(self) -> str:
        """2026 · the first half of 2026 · 2021–2025, as they stand inside a sentence."""
        form = pgettext("span", "%(first)s–%(year)s") if self.is_range else pgettext("span", "%(year)s")
        if self.half:
            form = str(HALVES[self.half])
        return form % {"first": self.first_year, "year": self.year}

    def has_row(self, row: dict[str, Any]) -> bool:
        """Whether a row of a period falls into it; the rows are all of one regime."""
        if self.half:
            return bool(row["year"] == self.year and row["number"] == self.half)
        return bool(self.first_year <= row["year"] <= self.year)

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


def second_half_of(first_day: date) -> date:
    """The same day half a year on; in a month without that day its last one."""
    years, month = divmod(first_day.month - 1 + 6, 12)
    year, month = first_day.year + years, month + 1
    return date(year, month, min(first_day.day, monthrange(year, month)[1]))


def _half(content: dict[str, Any], first_day: date, last_day: date, half: int) -> tuple[date, date]:
    """The half-yearly period's own days, or the year's cut in the middle."""
    for one in content.get("windows", []):
        if (one["year"], one["number"]) == (content["period"]["year"], half):
            return date.fromisoformat(one["first_day"]), date.fromisoformat(one["last_day"])
    middle = second_half_of(first_day)
    return (first_day, middle - timedelta(days=1)) if half == 1 else (middle, last_day)


def _begin(content: dict[str, Any], first_year: int) -> date:
    days = [
        date.fromisoformat(one["first_day"])
        for one in content.get("windows", [])
        if one["year"] >= first_year
    ]
    return min(days, default=date(first_year, 1, 1))
