"""Writes the event into the register and gives every touched item its turn, in the caller's transaction."""

from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.carrying import Turn
from foundation.journal import Journal
from provinces import lineage
from provinces.lineage import BrokenLineage
from provinces.models import BoundaryEvent, Cutover, Province
from provinces.redrawing import redraw

from .dry_run import ROOMS, DryRun, Line


def apply(cutover: Cutover, run: DryRun, journal: Journal) -> BoundaryEvent:
    """The map first, then the rooms, and the register must still agree with itself."""
    try:
        redrawn = redraw(cutover, journal)
    except BrokenLineage as broken:
        raise _contradiction(broken) from broken
    rooms = {room.ROOM: room for room in ROOMS}
    for line in run.lines:
        rooms[line.item.room].carry(_turn(cutover, line, redrawn.heirs, journal))
    try:
        lineage.load()
    except BrokenLineage as broken:
        raise _contradiction(broken) from broken
    return redrawn.event


def _turn(cutover: Cutover, line: Line, heirs: tuple[Province, ...], journal: Journal) -> Turn:
    return Turn(
        kind=line.item.kind,
        pk=line.item.pk,
        choice=line.choice,
        heir=_heir(line, heirs),
        on=cutover.effective_on,
        reason=line.note,
        by=journal.by,
        at=journal.at,
        journal=journal,
    )


def _heir(line: Line, heirs: tuple[Province, ...]) -> int | None:
    if line.heir is not None:
        return heirs[line.heir - 1].pk
    return heirs[0].pk if len(heirs) == 1 else None


def _contradiction(broken: BrokenLineage) -> ActionRefused:
    return ActionRefused(
        _("The register would contradict itself: %(why)s. Nothing was applied.") % {"why": broken}
    )
