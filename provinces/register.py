"""The whole register in the hand: units with their names, regions and events, and their lineage.

About a hundred rows, kept in the process: ``Register.load()`` costs one small query, and a handful more when
the register has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.db.models import Model

from foundation.editions import Kept
from foundation.text import fold, sort_key

from .lineage import Key, Lineage, Unit, build, link_of
from .models import (
    BoundaryEvent,
    Province,
    ProvinceAlias,
    ProvinceName,
    Region,
    RegionMembership,
    Succession,
)

TURNING_POINTS = (date(2021, 1, 1),)  # the programme begins


@dataclass
class Register:
    """Shared by all who ask within an edition: nobody changes it."""

    reads: ClassVar[tuple[type[Model], ...]] = (
        Province, ProvinceName, ProvinceAlias, Region, RegionMembership, BoundaryEvent, Succession,
    )  # fmt: skip

    units: dict[int, Province]
    successions: list[Succession]
    events: list[BoundaryEvent]

    @classmethod
    def load(cls) -> "Register":
        """As of now; one small query unless the register has changed."""
        return _register()

    @classmethod
    def read(cls) -> "Register":
        by_pk = {unit.pk: unit for unit in Province.objects.with_history()}
        events = list(BoundaryEvent.objects.all())
        named = {event.pk: event for event in events}
        successions = list(Succession.objects.all())
        for one in successions:
            one.event = named[one.event_id]
            one.predecessor, one.heir = by_pk[one.predecessor_id], by_pk[one.heir_id]
        for event in events:
            event.unit = by_pk.get(event.unit_id) if event.unit_id else None
        return cls(by_pk, successions, events)

    @cached_property
    def lineage(self) -> Lineage:
        return build(
            (Unit(u.pk, u.code, u.valid_from, u.valid_to) for u in self.units.values()),
            (link_of(one) for one in self.successions),
        )

    def in_force(self, day: date) -> list[Province]:
        """The units of that day in Vietnamese order of their names then."""
        return self.named_on(self.lineage.units_in_force(day), day)

    def named_on(self, keys: Iterable[Key], day: date) -> list[Province]:
        found = [self.units[key] for key in set(keys)]
        return sorted(found, key=lambda unit: sort_key(str(unit.name_on(day))))

    def events_of(self, unit: Province) -> list[BoundaryEvent]:
        """What made it, changed it or ended it, in order of time."""
        joined = {one.event_id for one in self.successions if unit.pk in (one.predecessor_id, one.heir_id)}
        found = [event for event in self.events if event.pk in joined or event.unit_id == unit.pk]
        return sorted(found, key=lambda event: (event.effective_on, event.slug))

    def ending_of(self, unit: Province) -> BoundaryEvent | None:
        ends = [one.event for one in self.successions if one.predecessor_id == unit.pk]
        return next((event for event in ends if event.effective_on == unit.valid_to), None)

    def beginning_of(self, unit: Province) -> BoundaryEvent | None:
        kinds = BoundaryEvent.Kind
        begins = [one.event for one in self.successions if one.heir_id == unit.pk]
        whole = [event for event in begins if event.kind != kinds.PART_TRANSFER]
        return next((event for event in whole if event.effective_on == unit.valid_from), None)

    def turning_points(self, today: date) -> list[date]:
        """The days after which the map or a type was another one, and today."""
        changes = {event.effective_on for event in self.events if event.effective_on <= today}
        return sorted({*TURNING_POINTS, *changes, today})

    def begins(self) -> date:
        return min((unit.valid_from for unit in self.units.values()), default=date.min)

    def known_until(self, today: date) -> date:
        """Today, or the day of a change that is decided already."""
        return max(today, *(event.effective_on for event in self.events), today)

    def matching(self, words: str) -> list[Province]:
        """Units that ever bore the name, living ones first; accents do not matter."""
        found = [unit for unit in self.units.values() if fold(words) and unit.answers_to(words)]
        return sorted(found, key=lambda unit: (unit.valid_to is not None, sort_key(str(unit.name))))


_register = Kept(Register.read, Register.reads)
