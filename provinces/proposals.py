"""A change of the map as somebody proposes it, and every reason why it cannot be. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words

from .models import BoundaryEvent, Province
from .register import Register

Kind = BoundaryEvent.Kind


@dataclass(frozen=True)
class Draft:
    """An heir to be; for a unit that is kept only its new name, or its new type."""

    code: str = ""
    name_vi: str = ""
    name_en: str = ""
    kind: str = ""
    region: int | None = None
    slug: str = ""


@dataclass(frozen=True)
class Proposal:
    kind: str
    on: date
    predecessors: tuple[int, ...]
    receiver: int | None = None
    heirs: tuple[Draft, ...] = ()

    @property
    def ends_units(self) -> bool:
        return self.kind in (Kind.MERGER, Kind.SPLIT)


@dataclass(frozen=True)
class Fault:
    """A sentence and the field it belongs to."""

    field: str
    sentence: str


def faults_of(proposal: Proposal, register: Register, regions: dict[int, Any]) -> list[Fault]:
    """Everything wrong with it, in the order of the form; nothing means that it may be."""
    case = _Case(proposal, register, regions)
    return [*case.days(), *case.units(), *case.own_kind(), *case.heirs()]


@dataclass
class _Case:
    proposal: Proposal
    register: Register
    regions: dict[int, Any]

    @property
    def before(self) -> list[Province]:
        return [self.register.units[key] for key in self.proposal.predecessors]

    @property
    def day(self) -> str:
        return day_words(self.proposal.on)

    def days(self) -> Iterator[Fault]:
        """Every predecessor must have stood before the day, as it stands now."""
        for unit in self.before:
            words = {"unit": unit.name, "day": day_words(unit.valid_from)}
            if self.proposal.on <= unit.valid_from:
                yield Fault(
                    "effective_on", _("%(unit)s begins on %(day)s; the event must come later.") % words
                )
            elif later := self._changed_later(unit):
                words["day"] = day_words(later)
                yield Fault(
                    "effective_on",
                    _("The register has a change of %(unit)s on %(day)s. Enter events in the order of time.")
                    % words,
                )

    def _changed_later(self, unit: Province) -> date | None:
        dated = [row.valid_from for row in (*unit.names.all(), *unit.memberships.all())]
        dated += [event.effective_on for event in self.register.events_of(unit)]
        on, ends = self.proposal.on, self.proposal.ends_units
        later = [day for day in dated if day > on or (ends and day == on)]
        return min(later, default=None)

    def units(self) -> Iterator[Fault]:
        if not self.before:
            yield Fault("predecessors", _("Choose the unit that the event changes."))
        for key, times in Counter(self.proposal.predecessors).items():
            if times > 1:
                yield Fault(
                    "predecessors",
                    _("%(unit)s is named twice: a unit does not merge into itself.")
                    % {"unit": self.register.units[key].name},
                )
        for unit in self.before:
            if unit.valid_to is not None:
                yield Fault(
                    "predecessors",
                    _("%(unit)s has already ended on %(day)s. Choose a unit that is in force.")
                    % {"unit": unit.name, "day": day_words(unit.valid_to)},
                )

    def own_kind(self) -> Iterator[Fault]:
        """What only one kind of event asks."""
        checks = {
            Kind.MERGER: self._merger,
            Kind.SPLIT: self._split,
            Kind.PART_TRANSFER: self._part_transfer,
            Kind.RENAMING: self._renaming,
            Kind.TYPE_CHANGE: self._type_change,
        }
        yield from checks[Kind(self.proposal.kind)]()

    def _merger(self) -> Iterator[Fault]:
        if len(self.proposal.predecessors) == 1:
            yield Fault(
                "predecessors",
                _("A merger joins at least two units; %(unit)s alone would merge into itself.")
                % {"unit": self.before[0].name},
            )

    def _split(self) -> Iterator[Fault]:
        if len(self.proposal.heirs) < 2:
            yield Fault("heir2_name_vi", _("A split has at least two heirs. Describe the second one."))

    def _part_transfer(self) -> Iterator[Fault]:
        if self.proposal.receiver is None:
            yield Fault("receiver", _("Choose the unit that takes the part."))
            return
        receiver = self.register.units[self.proposal.receiver]
        words = {"unit": receiver.name, "day": self.day}
        if self.proposal.receiver in self.proposal.predecessors:
            yield Fault("receiver", _("%(unit)s cannot give a part to itself.") % words)
        elif not receiver.exists_on(self.proposal.on):
            yield Fault("receiver", _("%(unit)s does not exist on %(day)s.") % words)
        elif self._comes_back(receiver):
            yield Fault(
                "receiver",
                _("%(unit)s gives a part the other way on the same day: that would be a loop.") % words,
            )

    def _comes_back(self, receiver: Province) -> bool:
        """Whether parts that move on this day lead from the receiver to the giver."""
        links = [one for one in self.register.successions if one.event.effective_on == self.proposal.on]
        reached, waiting = {receiver.pk}, [receiver.pk]
        while waiting:
            here = waiting.pop()
            ahead = {one.heir_id for one in links if one.predecessor_id == here} - reached
            reached |= ahead
            waiting += ahead
        return bool(reached & set(self.proposal.predecessors))

    def _renaming(self) -> Iterator[Fault]:
        new = self.proposal.heirs[0] if self.proposal.heirs else Draft()
        if not new.name_vi:
            yield Fault("heir1_name_vi", _("Write the new name."))
        for unit in self.before:
            if new.name_vi and unit.name_on(self.proposal.on) == new.name_vi:
                yield Fault("heir1_name_vi", _("%(unit)s bears this name already.") % {"unit": unit.name})

    def _type_change(self) -> Iterator[Fault]:
        new = self.proposal.heirs[0] if self.proposal.heirs else Draft()
        if not new.kind:
            yield Fault("heir1_kind", _("Choose the new type."))
        for unit in self.before:
            title = unit.title_on(self.proposal.on)
            if new.kind and title and title.kind == new.kind:
                yield Fault("heir1_kind", _("%(unit)s is of this type already.") % {"unit": unit.name})

    def heirs(self) -> Iterator[Fault]:
        if not self.proposal.ends_units:
            return
        codes: set[str] = set()
        slugs: set[str] = set()
        for number, heir in enumerate(self.proposal.heirs, 1):
            for part, sentence in self._heir_faults(heir, codes, slugs):
                yield Fault(f"heir{number}_{part}", sentence)
            codes.add(heir.code)
            slugs.add(heir.slug)

    def _heir_faults(self, heir: Draft, codes: set[str], slugs: set[str]) -> Iterator[tuple[str, str]]:
        if not heir.name_vi:
            yield "name_vi", _("Write the name of the new unit.")
        if not heir.kind:
            yield "kind", _("Choose the type of the new unit.")
        yield from self._code_faults(heir, codes)
        yield from self._region_faults(heir)
        yield from self._slug_faults(heir, slugs)

    def _code_faults(self, heir: Draft, codes: set[str]) -> Iterator[tuple[str, str]]:
        if len(heir.code) != 2 or not heir.code.isascii() or not heir.code.isdigit():
            yield "code", _("A code has two digits, such as 01 or 79.")
        elif heir.code in codes:
            yield "code", _("Another heir has this code.")
        elif holder := self._holder_of(heir.code):
            yield (
                "code",
                _("%(unit)s holds code %(code)s on %(day)s and goes on. Choose another code.")
                % {"unit": holder.name, "code": heir.code, "day": self.day},
            )

    def _holder_of(self, code: str) -> Province | None:
        """Whoever has the code on the day or later, and does not end with this event."""
        return next(
            (
                unit
                for unit in self.register.units.values()
                if unit.code == code
                and unit.pk not in self.proposal.predecessors
                and (unit.valid_to is None or unit.valid_to > self.proposal.on)
            ),
            None,
        )

    def _region_faults(self, heir: Draft) -> Iterator[tuple[str, str]]:
        region = self.regions.get(heir.region or 0)
        if region is None:
            yield "region", _("Choose the region of the new unit.")
        elif not region.covers(self.proposal.on):
            yield (
                "region",
                _("The region %(region)s is not in force on %(day)s.")
                % {"region": region.name, "day": self.day},
            )

    def _slug_faults(self, heir: Draft, slugs: set[str]) -> Iterator[tuple[str, str]]:
        """A predecessor's address may be taken over; the predecessor then moves to one with its year."""
        if not heir.slug:
            yield "slug", _("Write the address of the new unit's page, such as can-tho.")
        elif heir.slug in slugs:
            yield "slug", _("Another heir has this address.")
        elif holder := next(
            (
                unit
                for unit in self.register.units.values()
                if unit.slug == heir.slug and unit.pk not in self.proposal.predecessors
            ),
            None,
        ):
            yield "slug", _("The page of %(unit)s has this address.") % {"unit": holder}
