"""Who succeeded whom, on which date: pure thinking over about a hundred loaded rows.

Everything works on keys of units. ``load()`` reads the register in two queries; the rest never asks.

    lineage = load()
    lineage.units_in_force(date(2024, 6, 30))            # 63 keys
    lineage.heirs_on(hau_giang.pk, date(2026, 1, 1))     # {the new Cần Thơ}
    lineage.ancestors_on(can_tho.pk, date(2024, 1, 1))   # {Cần Thơ, Hậu Giang, Sóc Trăng}
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from .models import BoundaryEvent, Province, Succession

Key = int
MOST_STANDINGS = 64  # a reader may type any day; some ten years of periods under a few maps fit


class BrokenLineage(ValueError):
    """The register contradicts itself: a loop, a gap, two units on one code, or an event on the wrong day."""


@dataclass(frozen=True)
class Unit:
    key: Key
    code: str
    first: date
    end: date | None = None  # exclusive

    def exists_on(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Link:
    """``heir`` takes over from ``predecessor`` on a day: all of it, or a part while it goes on."""

    predecessor: Key
    heir: Key
    on: date
    is_part: bool = False


@dataclass(frozen=True)
class Standing:
    """Where the units of a period stand on a map: ``place_of`` one that reported, ``parts_of`` one shown.

    A unit that falls to several places has none: it is in ``torn``, with those places.
    """

    place_of: Mapping[Key, Key]
    parts_of: Mapping[Key, tuple[Key, ...]]
    torn: Mapping[Key, frozenset[Key]]

    def torn_from(self, place: Key) -> tuple[Key, ...]:
        """The units of which a share, nobody knows which, belongs to this place."""
        return tuple(unit for unit, places in self.torn.items() if place in places)


@dataclass
class Lineage:
    """The register as one thing. Building it refuses rows that contradict each other."""

    units: dict[Key, Unit]
    links: tuple[Link, ...]
    _after: dict[Key, list[Link]] = field(default_factory=dict, repr=False)
    _before: dict[Key, list[Link]] = field(default_factory=dict, repr=False)
    _standings: OrderedDict[tuple[date, date | None], Standing] = field(
        default_factory=OrderedDict, repr=False
    )

    def __post_init__(self) -> None:
        for link in self.links:
            self._after.setdefault(link.predecessor, []).append(link)
            self._before.setdefault(link.heir, []).append(link)
        for check in (_links_fit, _ended_have_heirs, _codes_held_once):
            check(self)

    def units_in_force(self, day: date) -> frozenset[Key]:
        return frozenset(unit.key for unit in self.units.values() if unit.exists_on(day))

    def unchanged_around(self, day: date) -> tuple[date, date | None]:
        """From when until when (exclusive) the units were those of ``day``, each with the same land."""
        there = [unit for unit in self.units.values() if unit.exists_on(day)]
        moved = [link.on for link in self.links if link.is_part]
        starts = [unit.first for unit in there] + [on for on in moved if on <= day]
        ends = [unit.end for unit in there if unit.end] + [on for on in moved if on > day]
        coming = [unit.first for unit in self.units.values() if unit.first > day]
        return max(starts, default=day), min([*ends, *coming], default=None)

    def heirs_on(self, unit: Key, day: date, *, since: date | None = None) -> frozenset[Key]:
        """The units of that day that answer for what ``unit`` did up to ``since`` (its first day).

        Several heirs mean that a single value cannot be carried over. Empty: the unit came later.
        """
        own = self.units[unit]
        if day < own.first:
            return frozenset()
        after = since or own.first
        found = frozenset({unit}) if own.exists_on(day) else frozenset()
        for link in self._after.get(unit, []):
            if link.on <= day and link.on > after:
                found |= self.heirs_on(link.heir, day, since=max(after, link.on))
        return found

    def ancestors_on(self, unit: Key, day: date, *, until: date | None = None) -> frozenset[Key]:
        """The units of that day for which ``unit`` answers, as it is just before ``until`` (its end).

        Empty: the register begins later.
        """
        own = self.units[unit]
        if own.end is not None and day >= own.end:
            return frozenset()
        found = frozenset({unit}) if own.exists_on(day) else frozenset()
        for link in self._before.get(unit, []):
            if day < link.on and (until is None or link.on < until):
                found |= self.ancestors_on(link.predecessor, day, until=link.on)
        return found

    def answering(self, unit: Key, shown_on: date, *, as_of: date) -> frozenset[Key]:
        """The units of ``shown_on`` that answer for what ``unit`` was on ``as_of``, later or earlier."""
        if shown_on < as_of:
            return self.ancestors_on(unit, shown_on, until=as_of + timedelta(days=1))
        return self.heirs_on(unit, shown_on, since=as_of)

    def standing(self, last_day: date, shown_on: date | None) -> Standing:
        """How a period that ended on ``last_day`` is shown; ``None`` keeps every unit as it was then.

        A unit that ended within the period or before is asked as of its own last day. Thought out once
        for each pair of days, of which the last asked are kept.
        """
        known = self._standings.pop((last_day, shown_on), None) or self._stand(last_day, shown_on)
        self._standings[last_day, shown_on] = known
        while len(self._standings) > MOST_STANDINGS:
            with suppress(KeyError):  # another thread may have dropped the oldest
                self._standings.popitem(last=False)
        return known

    def _stand(self, last_day: date, shown_on: date | None) -> Standing:
        owing = self.units_in_force(last_day)
        begun = sorted(unit.key for unit in self.units.values() if unit.first <= last_day)
        if shown_on is None:
            return Standing({key: key for key in begun}, {key: (key,) for key in begun if key in owing}, {})
        places = {key: self._places(self.units[key], last_day, shown_on) for key in begun}
        alone = {key: next(iter(found)) for key, found in places.items() if len(found) == 1}
        parts: dict[Key, list[Key]] = {key: [] for key in sorted(self.units_in_force(shown_on))}
        for key, place in alone.items():
            if key in owing:
                parts[place].append(key)
        torn = {key: found for key, found in places.items() if len(found) > 1}
        return Standing(alone, {place: tuple(keys) for place, keys in parts.items()}, torn)

    def _places(self, unit: Unit, last_day: date, shown_on: date) -> frozenset[Key]:
        own_last = unit.end - timedelta(days=1) if unit.end else last_day
        return self.answering(unit.key, shown_on, as_of=min(last_day, own_last))

    @cached_property
    def whole(self) -> "Lineage":
        """The same without the parts that moved: a part takes no plan along, and makes nobody an heir."""
        return Lineage(self.units, tuple(link for link in self.links if not link.is_part))

    def predecessors(self, unit: Key) -> tuple[Key, ...]:
        """Those it succeeded directly, in order of their keys; who only gave it a part goes on."""
        return tuple(sorted(link.predecessor for link in self._before.get(unit, []) if not link.is_part))

    def heirs(self, unit: Key) -> tuple[Key, ...]:
        return tuple(sorted(link.heir for link in self._after.get(unit, []) if not link.is_part))

    def family(self, unit: Key) -> frozenset[Key]:
        """The unit with everybody before and after it, whom it is told together with."""
        return _reach(unit, self.heirs) | _reach(unit, self.predecessors)

    def roots(self, unit: Key) -> frozenset[Key]:
        """The unit and all whom it goes back to: those whose plans it has inherited."""
        return _reach(unit, self.predecessors)


def load() -> Lineage:
    """The register as the database holds it; two queries."""
    units = Province.objects.values_list("pk", "code", "valid_from", "valid_to")
    links = Succession.objects.select_related("event")
    return build((Unit(*row) for row in units), (link_of(one) for one in links))


def link_of(one: Succession) -> Link:
    is_part = one.event.kind == BoundaryEvent.Kind.PART_TRANSFER
    return Link(one.predecessor_id, one.heir_id, one.event.effective_on, is_part)


def build(units: Iterable[Unit], links: Iterable[Link]) -> Lineage:
    return Lineage({unit.key: unit for unit in units}, tuple(links))


def _reach(start: Key, step: Callable[[Key], tuple[Key, ...]]) -> frozenset[Key]:
    seen, waiting = {start}, [start]
    while waiting:
        for key in step(waiting.pop()):
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return frozenset(seen)


def _links_fit(lineage: Lineage) -> None:
    """Each heir begins as its predecessor ends; so no chain can come back to where it started."""
    for link in lineage.links:
        old, new = lineage.units.get(link.predecessor), lineage.units.get(link.heir)
        if old is None or new is None:
            raise BrokenLineage(f"{link} names a unit that is not in the register")
        if link.predecessor == link.heir:
            raise BrokenLineage(f"{link.heir} would be its own heir")
        fits = (
            old.first < link.on and old.exists_on(link.on) and new.exists_on(link.on)
            if link.is_part
            else old.end == link.on == new.first
        )
        if not fits:
            raise BrokenLineage(f"{link} does not meet the days of its units: a gap or a loop")


def _ended_have_heirs(lineage: Lineage) -> None:
    for unit in lineage.units.values():
        if unit.end is None:
            continue
        if unit.end <= unit.first:
            raise BrokenLineage(f"{unit.key} ends before it begins")
        if not any(not link.is_part for link in lineage._after.get(unit.key, [])):
            raise BrokenLineage(f"{unit.key} ends on {unit.end} and nobody succeeds it: a gap")


def _codes_held_once(lineage: Lineage) -> None:
    held: dict[str, list[Unit]] = {}
    for unit in lineage.units.values():
        held.setdefault(unit.code, []).append(unit)
    for code, holders in held.items():
        holders.sort(key=lambda unit: unit.first)
        for earlier, later in pairwise(holders):
            if earlier.end is None or later.first < earlier.end:
                raise BrokenLineage(f"two units hold code {code} on {later.first}")
