"""Which map a reader asks for, as an address writes it: ``as_reported``, ``on:DATE``, ``constant:DATE``."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

AS_REPORTED, ON, CONSTANT = "as_reported", "on", "constant"
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class MapChoice:
    """The kind of lens and its day; as reported, the day is today and decides nothing."""

    kind: str
    day: date

    def __str__(self) -> str:
        return self.kind if self.kind == AS_REPORTED else f"{self.kind}:{self.day}"

    @property
    def as_reported(self) -> bool:
        return self.kind == AS_REPORTED


def read_map(text: str, *, today: date, begins: date) -> MapChoice:
    """The choice, or a ``ValueError`` whose text says what to write."""
    kind, colon, day = text.partition(":")
    if text == AS_REPORTED:
        return MapChoice(AS_REPORTED, today)
    if kind not in (ON, CONSTANT) or not colon:
        raise ValueError(
            _("“%(typed)s” is not a lens. Write as_reported, on:2025-07-01 or constant:2025-07-01.")
            % {"typed": text[:40]}
        )
    return MapChoice(kind, read_day(day, begins=begins))


def read_day(text: str, *, begins: date) -> date:
    """A day of the register, or a ``ValueError`` whose text says what to write."""
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_("“%(typed)s” is not a day. Write it as 2025-07-01.") % {"typed": text[:40]})
    if day < begins:
        raise ValueError(
            _("The register begins on %(day)s. Ask for that day or a later one.")
            % {"day": begins.isoformat()}
        )
    return day
