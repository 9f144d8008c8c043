"""Writes a confirmed event into the register: units end and begin, names are dated, heirs linked."""

from dataclasses import dataclass

from django.utils.text import slugify

from foundation.indexing import reindex
from foundation.journal import Journal

from .lineage import load
from .models import (
    BoundaryEvent,
    Cutover,
    CutoverHeir,
    CutoverUnit,
    Province,
    ProvinceName,
    RegionMembership,
    Succession,
)

Kind = BoundaryEvent.Kind
WORDS = {
    Kind.MERGER: "sap-nhap",
    Kind.SPLIT: "chia-tach",
    Kind.PART_TRANSFER: "chuyen-mot-phan",
    Kind.RENAMING: "doi-ten",
    Kind.TYPE_CHANGE: "doi-loai",
}


@dataclass(frozen=True)
class Redrawn:
    event: BoundaryEvent
    heirs: tuple[Province, ...]  # in the order of the drafts; of a part transfer, who takes the part


def redraw(cutover: Cutover, journal: Journal) -> Redrawn:
    """All of the map's part, in the caller's transaction; ``BrokenLineage`` when it does not fit."""
    units = list(cutover.units.select_related("unit").order_by("pk"))
    before = [row.unit for row in units if row.role == CutoverUnit.Role.PREDECESSOR]
    if cutover.kind in BoundaryEvent.KEEPS_THE_UNIT:
        event = _event(cutover, before[0], journal, unit=before[0])
        _title(cutover, before[0], cutover.heirs.get(), journal)
        reindex(before)
        return Redrawn(event, ())
    if cutover.kind == Kind.PART_TRANSFER:
        heirs = [row.unit for row in units if row.role == CutoverUnit.Role.RECEIVER]
    else:
        drafts = list(cutover.heirs.select_related("region"))
        for unit in before:
            _end(unit, cutover, drafts, journal)
        heirs = [_begin(draft, cutover, journal) for draft in drafts]
    event = _event(cutover, heirs[0], journal)
    for old in before:
        for heir in heirs:
            journal.create(Succession(event=event, predecessor=old, heir=heir))
    load()
    reindex([*before, *heirs])  # the search holds dated names, which came after the units
    return Redrawn(event, tuple(heirs))


def _event(
    cutover: Cutover, named: Province, journal: Journal, unit: Province | None = None
) -> BoundaryEvent:
    start = f"{WORDS[Kind(cutover.kind)]}-{named.slug}-{cutover.effective_on}"
    taken = set(BoundaryEvent.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    slug = next(name for name in (start, *(f"{start}-{n}" for n in range(2, 99))) if name not in taken)
    return journal.create(
        BoundaryEvent(
            slug=slug,
            kind=cutover.kind,
            effective_on=cutover.effective_on,
            unit=unit,
            instrument_number=cutover.instrument_number,
            instrument_issuer_vi=cutover.instrument_issuer_vi,
            instrument_issuer_en=cutover.instrument_issuer_en,
            instrument_date=cutover.instrument_date,
            instrument_url=cutover.instrument_url,
            note_vi=cutover.note_vi,
            note_en=cutover.note_en,
        )
    )


def _end(unit: Province, cutover: Cutover, drafts: list[CutoverHeir], journal: Journal) -> None:
    """The unit with the name and region it has; its address gives way to an heir that bears it."""
    for dated in (*unit.names.filter(valid_to=None), *unit.memberships.filter(valid_to=None)):
        journal.change(dated, valid_to=cutover.effective_on)
    columns = {"valid_to": cutover.effective_on}
    if unit.slug in {draft.slug for draft in drafts}:
        journal.change(unit, slug=_former_address(unit), **columns)
    else:
        journal.change(unit, **columns)


def _former_address(unit: Province) -> str:
    """Bac-ninh-2008: the year it began, as the register names the units before 2025.

    The bare address then leads to the heir, whose banner leads on to the former unit.
    """
    start = f"{unit.slug}-{unit.valid_from.year}"
    taken = set(Province.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    return next(name for name in (start, *(f"{start}-{n}" for n in range(2, 99))) if name not in taken)


def _begin(draft: CutoverHeir, cutover: Cutover, journal: Journal) -> Province:
    names = {"name_vi": draft.name_vi, "name_en": draft.name_en}
    first = cutover.effective_on
    unit = journal.create(
        Province(
            code=draft.code, valid_from=first, slug=draft.slug, source=cutover.instrument_number, **names
        )
    )
    journal.create(ProvinceName(province=unit, valid_from=first, kind=draft.kind, **names))
    assert draft.region is not None
    journal.create(RegionMembership(province=unit, region=draft.region, valid_from=first))
    draft.unit = unit
    draft.save(update_fields=["unit"])
    return unit


def _title(cutover: Cutover, unit: Province, new: CutoverHeir, journal: Journal) -> None:
    """The new name or type from the day on; a second event of one day completes the row of the first."""
    day = cutover.effective_on
    title = unit.title_on(day)
    is_name = cutover.kind == Kind.RENAMING
    columns = {"name_vi": new.name_vi, "name_en": new.name_en} if is_name else {"kind": new.kind}
    if title and title.valid_from == day:
        journal.change(title, **columns)
    else:
        kept = {
            "name_vi": title.name_vi if title else unit.name_vi,
            "name_en": title.name_en if title else unit.name_en,
            "kind": title.kind if title else "",
        }
        if title:
            journal.change(title, valid_to=day)
        journal.create(ProvinceName(province=unit, valid_from=day, **{**kept, **columns}))
    if is_name:
        journal.change(unit, **columns)


def address_of(name: str) -> str:
    """Can-tho: what a page of this name is called unless somebody says else."""
    return slugify(name.replace("đ", "d").replace("Đ", "D"))
