"""Loads the register of units, what changed it, and the plans that sources tell of: idempotent.

The files name a unit by the address it had when they were written. An heir may have taken that address over
since, so a name is looked up in ``units.csv``: the unit is its code and first day.
"""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from foundation.datafiles import read_rows, upsert
from foundation.dates import PartialDate
from foundation.indexing import indexed_together
from programmes.models import Indicator, Organisation

from . import lineage
from .models import (
    BoundaryEvent,
    OrganisationSeat,
    PlanTarget,
    Province,
    ProvinceAlias,
    ProvinceName,
    ProvincialPlan,
    Region,
    RegionMembership,
    Succession,
)

Identity = tuple[str, date]
DATA = Path(__file__).parent / "data"
PUBLISHED_AT = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
REGISTER_BEGINS = "2008-08-01"
NOT_EARLIER = {
    "note_vi": "Sổ bắt đầu từ 01/8/2008. Thời gian trước đó không ghi.",
    "note_en": "The register begins on 1 August 2008. Earlier times are not recorded.",
}
ASSIGNED_LATER = {
    "note_vi": "Xếp vùng theo Nghị quyết 306/NQ-CP từ 05/10/2025.",
    "note_en": "Assigned by Resolution 306/NQ-CP from 5 October 2025.",
}


@indexed_together()
def load_facts() -> dict[str, int]:
    """Load all of it; returns rows by kind. Refuses a register that contradicts itself."""
    counts = load_units()
    plans = _plans()
    return {**counts, "provincial plans": plans, "seats": _seats()}


@indexed_together()
def load_units() -> dict[str, int]:
    """The units with their names, regions, events and heirs, without any plan.

    What a later event has changed, one that the files do not know, is left as that event made it.
    """
    counts = {
        "provincial units": _units(),
        "dated names": _names(),
        "regions": _regions(),
        "boundary events": _events(),
    }
    lineage.load()
    return counts


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def _units() -> int:
    rows, changed = _rows("units"), _changed_since()
    for row in rows:
        if (row["code"], date.fromisoformat(row["valid_from"])) in changed:
            continue
        note = NOT_EARLIER if row["valid_from"] == REGISTER_BEGINS else {}
        upsert(Province, {**row, **note}, key=["code", "valid_from"])
    units = _named_in_files()
    for row in _rows("aliases"):
        unit = units[row.pop("unit")]
        alias = {name: value or "" for name, value in row.items()}
        upsert(ProvinceAlias, {**alias, "province": unit}, key=["province", "name"])
    return len(rows)


def _names() -> int:
    rows, units, changed = _rows("names"), _named_in_files(), _changed_since()
    for row in rows:
        unit = units[row.pop("unit")]
        if _identity(unit) in changed:
            continue
        upsert(ProvinceName, {**row, "province": unit}, key=["province", "valid_from"])
    return len(rows)


def _regions() -> int:
    rows = _rows("regions")
    for row in rows:
        upsert(Region, row, key=["slug"])
    units, regions = _named_in_files(), {region.slug: region for region in Region.objects.all()}
    changed = _changed_since()
    for row in _rows("memberships"):
        unit = units[row.pop("unit")]
        if _identity(unit) in changed:
            continue
        note = ASSIGNED_LATER if row["valid_to"] is None else {}
        links = {"province": unit, "region": regions[row.pop("region")]}
        upsert(RegionMembership, {**row, **links, **note}, key=["province", "valid_from"])
    return len(rows)


def _events() -> int:
    rows, units = _rows("events"), _named_in_files()
    for row in rows:
        heir, predecessors = row.pop("heir"), (row.pop("predecessors") or "").split()
        issuer = {"instrument_issuer_vi": "Quốc hội", "instrument_issuer_en": "National Assembly"}
        cited = issuer if row["instrument_number"] else {}
        own = {**row, **cited, "instrument_number": row["instrument_number"] or ""}
        event = upsert(BoundaryEvent, {**own, "unit": units.get(row["unit"])}, key=["slug"])
        for slug in predecessors:
            link = {"event": event, "predecessor": units[slug], "heir": units[heir]}
            upsert(Succession, link, key=["event", "predecessor", "heir"])
    return len(rows)


def _changed_since() -> set[Identity]:
    """The units touched by an event that is not in the data files."""
    later = BoundaryEvent.objects.exclude(slug__in=[row["slug"] for row in _rows("events")])
    touched = Q(events_kept__in=later) | Q(successions_to__event__in=later)
    found = Province.objects.filter(touched | Q(successions_from__event__in=later))
    return set(found.values_list("code", "valid_from"))


def _plans() -> int:
    rows, units = read_rows(DATA / "plans.json"), _named_in_files()
    indicators = {indicator.slug: indicator for indicator in Indicator.objects.all()}
    frames: dict[tuple[str, str], ProvincialPlan] = {}
    for row in rows:
        targets, unit = row.pop("targets"), row["province"]
        row["frame"] = frames.get((unit, row.get("frame", "")))
        for name in ("issued_on", "reported_on"):
            row[name] = PartialDate.parse(row[name]) if row.get(name) else None
        plan = upsert(
            ProvincialPlan,
            {**row, "province": units[unit], "published_at": PUBLISHED_AT},
            key=["province", "kind", "number", "first_year"],
        )
        frames[unit, plan.number] = plan
        for position, target in enumerate(targets, 1):
            served = {"plan": plan, "position": position, "indicator": indicators.get(target["indicator"])}
            upsert(PlanTarget, {**target, **served, "source": plan.source}, key=["plan", "position"])
    return len(rows)


def _seats() -> int:
    rows, units, changed = _rows("seats"), _named_in_files(), _changed_since()
    bodies = {body.slug: body for body in Organisation.objects.all()}
    for row in rows:
        if _identity(units[row["province"]]) in changed:
            continue
        seat = {"organisation": bodies[row["organisation"]], "province": units[row["province"]]}
        upsert(OrganisationSeat, seat, key=["organisation", "province"])
    return len(rows)


def _named_in_files() -> dict[str, Province]:
    """Each unit of the files by the address they call it, whatever its address is now."""
    units = {_identity(unit): unit for unit in Province.objects.all()}
    return {row["slug"]: units[row["code"], date.fromisoformat(row["valid_from"])] for row in _rows("units")}


def _identity(unit: Province) -> Identity:
    return unit.code, unit.valid_from
