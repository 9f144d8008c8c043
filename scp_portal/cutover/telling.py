"""A cut-over in words and as a picture: counts first, then who becomes whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import day_words
from provinces.flows import Band, Box, flow
from provinces.models import BoundaryEvent, Cutover, Province
from provinces.models import Kind as UnitKind
from provinces.story import together

from .dry_run import DryRun

Kind = BoundaryEvent.Kind


@dataclass(frozen=True)
class Step:
    """A row of the table beside the picture."""

    before: str
    before_note: str
    after: str
    after_note: str
    is_part: bool = False


@dataclass(frozen=True)
class Telling:
    sentence: str
    picture: SafeString
    steps: tuple[Step, ...]


def telling_of(cutover: Cutover, run: DryRun) -> Telling:
    before = [_stands(unit, run) for unit in run.units]
    after, links = _after(cutover, run)
    if cutover.kind == Kind.PART_TRANSFER and run.receiver:
        before.append(_stands(run.receiver, run))
    sentence = _sentence(cutover, run, after)
    steps = tuple(
        Step(before[band.start].name, before[band.start].note, after[band.end].name, after[band.end].note,
             band.is_part)
        for band in links
    )  # fmt: skip
    return Telling(sentence, flow(before, after, links, title=sentence), steps)


def _stands(unit: Province, run: DryRun) -> Box:
    """As it is called just now, before the event is in the register."""
    title = (
        unit.title_on(run.proposal.on)
        if unit.valid_to is None
        else unit.title_on(unit.last_day or unit.valid_to)
    )
    return _box(str(title.name if title else unit.name), title.kind if title else "", unit.code)


def _box(name: str, kind: str, code: str) -> Box:
    words = pgettext("type of unit", "province") if kind == UnitKind.PROVINCE else _("city") if kind else ""
    told = _("code %(code)s") % {"code": code}
    return Box(name, f"{words}, {told}" if words else told)


def _after(cutover: Cutover, run: DryRun) -> tuple[list[Box], list[Band]]:
    if cutover.kind == Kind.PART_TRANSFER and run.receiver:
        boxes = [_stands(unit, run) for unit in (*run.units, run.receiver)]
        return boxes, [Band(0, 0), Band(1, 1), Band(0, 1, is_part=True)]
    if cutover.kind in BoundaryEvent.KEEPS_THE_UNIT:
        unit, new = run.units[0], run.heirs[0]
        title = unit.title_on(run.proposal.on)
        name = str(new.name or (title.name if title else unit.name))
        return [_box(name, new.kind or (title.kind if title else ""), unit.code)], [Band(0, 0)]
    boxes = [_box(str(heir.name), heir.kind, heir.code) for heir in run.heirs]
    links = [Band(start, end) for start in range(len(run.units)) for end in range(len(boxes))]
    return boxes, links


def _sentence(cutover: Cutover, run: DryRun, after: list[Box]) -> str:
    words = {
        "day": day_words(cutover.effective_on),
        "units": together(_stands(unit, run).name for unit in run.units),
        "heirs": together(box.name for box in after),
        "receiver": run.receiver.name if run.receiver else "",
        "type": after[0].note.partition(",")[0],
    }
    forms = {
        Kind.MERGER: _("%(units)s end on %(day)s and become %(heirs)s."),
        Kind.SPLIT: _("%(units)s ends on %(day)s and becomes %(heirs)s."),
        Kind.PART_TRANSFER: _("%(units)s gives a part to %(receiver)s on %(day)s; both go on."),
        Kind.RENAMING: _("%(units)s is called %(heirs)s from %(day)s; the unit stays the same."),
        Kind.TYPE_CHANGE: _("%(units)s is a %(type)s from %(day)s; the unit stays the same."),
    }
    return forms[Kind(cutover.kind)] % words


def cells_of(run: DryRun) -> list[dict[str, Any]]:
    """What the change touches, counted."""
    lines = list(run.lines)
    return [
        {"label": _("Records touched"), "number": len(lines)},
        {"label": _("Open drafts"), "icon": "pace", "number": sum(line.item.is_draft for line in lines)},
        {"label": _("Overdue"), "icon": "failed", "number": sum(line.item.is_overdue for line in lines)},
        {"label": _("Posts"), "number": sum(line.item.kind == "post" for line in lines)},
        {"label": pgettext("whose posts move", "People"), "number": len(run.people)},
    ]
