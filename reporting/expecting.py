"""Who owes a report on a period: units that existed within it, for as long as they did. Pure dates.

A unit that ended within the period is covered by its heir's report, or owes one for its own part of the
period, as the regime says. What several heirs share nobody covers, so such a unit owes its part in any case.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.lineage import Lineage, Unit


class Ended(models.TextChoices):
    """What a regime asks of a unit that ended within a period."""

    COVERED = "covered", _("its heir reports for the whole period")
    PART = "part", _("it reports on its own part of the period, its heir on the rest")


class Duty(NamedTuple):
    """A unit reports on these days, both inclusive."""

    unit: int
    first_day: date
    last_day: date


class Covered(NamedTuple):
    unit: int
    by: int


def duties(lineage: Lineage, first_day: date, last_day: date, ended: str) -> list[Duty]:
    """One for each unit that owes a report on the period, by key."""
    return sorted(_duties(lineage, first_day, last_day, ended))


def _duties(lineage: Lineage, first_day: date, last_day: date, ended: str) -> Iterator[Duty]:
    covered = {one.unit for one in covered_units(lineage, first_day, last_day, ended)}
    stood_for = {one.by for one in covered_units(lineage, first_day, last_day, ended)}
    for unit in lineage.units.values():
        if unit.key in covered or unit.first > last_day or _last(unit, last_day) < first_day:
            continue
        begins = first_day if unit.key in stood_for else max(first_day, unit.first)
        yield Duty(unit.key, begins, min(last_day, _last(unit, last_day)))


def covered_units(lineage: Lineage, first_day: date, last_day: date, ended: str) -> list[Covered]:
    """The units that ended within the period, and the one heir whose report speaks for each."""
    if ended != Ended.COVERED:
        return []
    found = []
    for unit in lineage.units.values():
        if unit.end is None or not first_day < unit.end <= last_day:
            continue
        heirs = lineage.heirs_on(unit.key, last_day, since=unit.end - timedelta(days=1))
        if len(heirs) == 1:
            found.append(Covered(unit.key, next(iter(heirs))))
    return sorted(found)


def _last(unit: Unit, last_day: date) -> date:
    return unit.end - timedelta(days=1) if unit.end else last_day
