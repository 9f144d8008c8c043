"""Dates as records know them: to the day, to the month, to the year, or without a year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

_PATTERN = re.compile(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")
_TYPED_WITHOUT_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, order=False)
class PartialDate:
    """A date of which the year, the month or the day may be unknown (``None``).

    Stored as ISO 8601-2 text: ``2022``, ``2022-12``, ``2022-12-24``, ``XXXX-09-27``.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if 0 in (self.year, self.month, self.day):
            raise ValueError("there is no year, month or day 0")
        if self.day and not self.month:
            raise ValueError("a day needs its month")
        if not self.year and not self.day:
            raise ValueError("without a year, month and day must be known")
        if self.month:
            date(self.year or 2000, self.month, self.day or 1)  # raises ValueError when impossible

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read the stored form, or what people type: 24/12/2022, 12/2022, 2022, 27/9."""
        text = text.strip()
        if found := _PATTERN.fullmatch(text):
            year, month, day = found.groups()
            return cls(None if year == "XXXX" else int(year), _part(month), _part(day))
        if found := _TYPED.fullmatch(text):
            day, month, year = found.groups()
            return cls(int(year), _part(month), _part(day))
        if found := _TYPED_WITHOUT_YEAR.fullmatch(text):
            return cls(None, int(found[2]), int(found[1]))
        raise ValueError(text)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}" if self.year else "XXXX"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def first_day(self) -> date | None:
        """The earliest day it can mean; ``None`` when the year is unknown."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def last_day(self) -> date | None:
        """The latest day it can mean; ``None`` when the year is unknown."""
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def exact(self) -> date | None:
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def words(self) -> str:
        """For people, in the page's language: 24/12/2022 or 24 December 2022."""
        return _words(self.year, self.month, self.day)


def day_words(day: date | datetime | PartialDate | None) -> str:
    """A date for people: 01/7/2025 (as Decree 30/2020 writes it) or 1 July 2025."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day) if timezone.is_aware(day) else day
    return _words(day.year, day.month, day.day)


def short_words(day: PartialDate) -> str:
    """For a narrow column: 24/12/2022 or 24 Dec 2022."""
    return _words(day.year, day.month, day.day, letters=3)


def range_words(start: date | PartialDate | None, end: date | PartialDate | None) -> str:
    """Two dates as one: 21–22/11/2019, 12/9–02/10/2026, 21–22 November 2019."""
    if start is None or end is None or start == end:
        return day_words(start or end)
    if start.year == end.year and start.month and end.month and start.day and end.day:
        if start.month == end.month:
            return f"{_day(start.day)}–{day_words(end)}"
        return f"{_words(None, start.month, start.day, bare=True)}–{day_words(end)}"
    return f"{day_words(start)}–{day_words(end)}"


def _part(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def _day(day: int) -> str:
    return str(day) if _english() else f"{day:02d}"


def _words(
    year: int | None, month: int | None, day: int | None, *, bare: bool = False, letters: int | None = None
) -> str:
    written = f"{year:04d}" if year else ""
    if _english():
        text = " ".join(str(part) for part in (day, month and _MONTHS[month - 1][:letters], written) if part)
    else:
        shown = [f"{day:02d}" if day else "", f"{month:02d}" if month and month < 3 else str(month or "")]
        text = "/".join(part for part in (*shown, written) if part)
    if year is None and not bare:
        return pgettext("a day whose year is unknown", "%(day)s, year not in the source") % {"day": text}
    return text


class PartialDateFormField(forms.CharField):
    """Takes what ``PartialDate.parse`` takes, and says what it takes when it cannot."""

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError:
            raise ValidationError(
                _("Write the date as 24/12/2022, 12/2022, 2022, or 27/9 when the year is unknown."),
                code="invalid",
            ) from None

    def prepare_value(self, value: Any) -> str:
        return str(value) if value else ""


class PartialDateField(models.CharField):
    """Stores a ``PartialDate`` as sortable text; empty text is ``None``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str, *_args: object) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> Any:
        if value in (None, "") or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(value)
        except ValueError:
            raise ValidationError(_("This is not a date."), code="invalid") from None

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str) and value:
            value = PartialDate.parse(value)
        return str(value) if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = self.to_python(value)
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super(models.CharField, self).formfield(**{"form_class": PartialDateFormField, **kwargs})
