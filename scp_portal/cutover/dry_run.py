"""What a cut-over would do: pure reading, the same number of queries for any number of items."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

import accounts.carrying
import events.carrying
import provinces.carrying
import reporting.carrying
import training.carrying
from foundation.carrying import Choice, Item
from provinces.models import BoundaryEvent, Cutover, CutoverChoice, CutoverHeir, CutoverUnit, Province, Region
from provinces.proposals import Draft, Fault, Proposal, faults_of
from provinces.register import Register

# Lower rooms first. The library and the news keep what they hold: it tells of the units of its day.
ROOMS: tuple[ModuleType, ...] = (
    provinces.carrying,
    accounts.carrying,
    training.carrying,
    events.carrying,
    reporting.carrying,
)


@dataclass(frozen=True)
class Line:
    """One touched item with what is chosen for it."""

    item: Item
    unit: str
    choice: Choice
    heir: int | None = None  # the position of the heir's draft
    note: str = ""
    needs_heir: bool = False  # several heirs, and none chosen yet
    is_new: bool = False  # since confirmation was asked
    is_changed: bool = False

    @property
    def sentence(self) -> str:
        offer = self.item.offer(self.choice)
        return offer.sentence if offer else ""

    @property
    def can_close(self) -> bool:
        return self.item.offer(Choice.CLOSE) is not None

    @property
    def needs_reason(self) -> bool:
        return self.choice == Choice.CLOSE and not self.note


@dataclass(frozen=True)
class Shelf:
    """The items of one kind."""

    name: Any
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Gone:
    """An item that was there when confirmation was asked, and is not touched any more."""

    title: str


@dataclass(frozen=True)
class DryRun:
    proposal: Proposal
    units: tuple[Province, ...]
    heirs: tuple[CutoverHeir, ...]
    receiver: Province | None
    shelves: tuple[Shelf, ...]
    faults: tuple[Fault, ...]
    gone: tuple[Gone, ...]
    asked_digest: str

    @property
    def lines(self) -> Iterator[Line]:
        for shelf in self.shelves:
            yield from shelf.lines

    @cached_property
    def digest(self) -> str:
        """Over what the event is, the items as they stand, and what was chosen; in no language."""
        told = [
            repr(self.proposal),
            *(
                [line.item.key, line.item.seen, line.choice.value, line.heir, line.note]
                for line in self.lines
            ),
        ]
        written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def still_as_asked(self) -> bool:
        return not self.asked_digest or self.digest == self.asked_digest

    @property
    def people(self) -> frozenset[int]:
        return frozenset().union(*(line.item.people for line in self.lines))

    @property
    def gaps(self) -> list[Line]:
        """Lines that somebody has still to complete before the event can be asked for."""
        return [line for line in self.lines if line.needs_heir or line.needs_reason]


def kind_names() -> dict[tuple[str, str], Any]:
    """What each kind of item of each room is called."""
    return {(room.ROOM, kind): name for room in ROOMS for kind, name in room.KINDS.items()}


def dry_run(cutover: Cutover) -> DryRun:
    """The cut-over as it would go now."""
    register, regions = Register.load(), {region.pk: region for region in Region.objects.all()}
    rows, heirs = list(cutover.units.order_by("pk")), list(cutover.heirs.all())
    proposal = proposal_of(cutover, rows, heirs)
    chosen = {one.key: one for one in cutover.choices.all()}
    positions = {heir.pk: heir.position for heir in heirs}
    reader = _Reader(cutover, proposal, register, chosen, positions)
    shelves = reader.shelves()
    there = {line.item.key for shelf in shelves for line in shelf.lines}
    asked = bool(cutover.digest)
    return DryRun(
        proposal=proposal,
        units=tuple(register.units[key] for key in proposal.predecessors),
        heirs=tuple(heirs),
        receiver=register.units[proposal.receiver] if proposal.receiver else None,
        shelves=shelves,
        faults=tuple(faults_of(proposal, register, regions)) if cutover.is_open else (),
        gone=tuple(Gone(one.title) for key, one in chosen.items() if asked and key not in there),
        asked_digest=cutover.digest,
    )


def proposal_of(cutover: Cutover, rows: list[CutoverUnit], heirs: list[CutoverHeir]) -> Proposal:
    receivers = [row.unit_id for row in rows if row.role == CutoverUnit.Role.RECEIVER]
    return Proposal(
        kind=cutover.kind,
        on=cutover.effective_on,
        predecessors=tuple(row.unit_id for row in rows if row.role == CutoverUnit.Role.PREDECESSOR),
        receiver=receivers[0] if receivers else None,
        heirs=tuple(
            Draft(heir.code, heir.name_vi, heir.name_en, heir.kind, heir.region_id, heir.slug)
            for heir in heirs
        ),
    )


@dataclass(frozen=True)
class _Reader:
    cutover: Cutover
    proposal: Proposal
    register: Register
    chosen: dict[str, CutoverChoice]
    positions: dict[int, int]

    def shelves(self) -> tuple[Shelf, ...]:
        """Of a unit that only changes its name or type nothing is touched."""
        if self.proposal.kind in BoundaryEvent.KEEPS_THE_UNIT:
            return ()
        return tuple(shelf for room in ROOMS for shelf in self._of(room) if shelf.lines)

    def _of(self, room: ModuleType) -> list[Shelf]:
        goes_on = not self.proposal.ends_units
        items = room.hanging(self.proposal.predecessors, on=self.proposal.on, goes_on=goes_on)
        return [
            Shelf(name, kind, tuple(self._line(item) for item in items if item.kind == kind))
            for kind, name in room.KINDS.items()
        ]

    def _line(self, item: Item) -> Line:
        one = self.chosen.get(item.key)
        offered = one is not None and item.offer(one.choice) is not None
        choice = Choice(one.choice) if one and offered else item.default
        heir = self.positions.get(one.heir_id or 0) if one and offered else None
        several = len(self.proposal.heirs) > 1 and not item.is_shared
        asked = bool(self.cutover.digest)
        return Line(
            item=item,
            unit=str(self.register.units[item.unit].name),
            choice=choice,
            heir=heir if several and choice == Choice.INHERIT else None,
            note=one.note if one and choice == Choice.CLOSE else "",
            needs_heir=several and choice == Choice.INHERIT and heir is None,
            is_new=asked and one is None,
            is_changed=asked and one is not None and one.seen != item.seen,
        )
