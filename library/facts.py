"""Loads the library's real records from ``data/``: idempotent, by address."""

from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Q

from foundation.datafiles import read_rows, upsert
from foundation.dates import PartialDate
from foundation.indexing import indexed_together
from programmes.models import Assignment, Deliverable, LifeCycleStage, Organisation
from provinces.models import BoundaryEvent

from .models import (
    CaseStudy,
    ConsumptionNorm,
    CriteriaSet,
    Document,
    DocumentRelation,
    Entry,
    FundingOpportunity,
    Guideline,
    Material,
    PartnerProject,
    PilotModel,
    Sector,
)

DATA = Path(__file__).parent / "data"
PUBLISHED_AT = "2026-11-20T08:00:00+07:00"

SHELVES: dict[str, type[Entry]] = {
    "documents": Document,
    "guidelines": Guideline,
    "criteria_sets": CriteriaSet,
    "norms": ConsumptionNorm,
    "pilot_models": PilotModel,
    "case_studies": CaseStudy,
    "materials": Material,
    "projects": PartnerProject,
    "funding": FundingOpportunity,
}
LINKS: dict[str, type[models.Model]] = {
    "issuer": Organisation,
    "facility": Organisation,
    "sector": Sector,
    "assignment": Assignment,
}


@indexed_together()
def load_facts() -> dict[str, int]:
    """Load all of it; returns rows by kind."""
    for row in _rows("sectors"):
        upsert(Sector, row, key=["slug"])
    counts = {name.replace("_", " "): _shelf(model, _rows(name)) for name, model in SHELVES.items()}
    _boundary_events()
    return {**counts, "relations between texts": _relations()}


def _rows(name: str) -> list[dict[str, Any]]:
    return read_rows(DATA / f"{name}.json")


def _shelf(model: type[Entry], rows: list[dict[str, Any]]) -> int:
    for row in rows:
        stages, deliverables = row.pop("stages"), row.pop("deliverables", [])
        linked = {
            name: target._default_manager.get(slug=row[name]) for name, target in LINKS.items() if name in row
        }
        entry = upsert(model, {**row, **linked, "published_at": PUBLISHED_AT}, key=["slug"])
        entry.stages.set(LifeCycleStage.objects.filter(slug__in=stages))
        entry.deliverables.set(Deliverable.objects.filter(slug__in=deliverables))
    return len(rows)


def _boundary_events() -> None:
    """Tie each resolution to the changes of units that cite it, or that took effect by it alone."""
    for row in _rows("resolutions"):
        text = Document.objects.get(slug=row["document"])
        named = Q(slug__in=row["events"]) | Q(instrument_number=text.number)
        text.boundary_events.set(BoundaryEvent.objects.filter(named))


def _relations() -> int:
    rows = _rows("relations")
    texts = {text.slug: text for text in Document.objects.all()}
    for row in rows:
        day = PartialDate.parse(row["dated_on"]) if row["dated_on"] else None
        upsert(
            DocumentRelation,
            {
                "document": texts[row["document"]],
                "kind": row["kind"],
                "target": texts[row["target"]],
                "dated_on": day,
            },
            key=["document", "kind", "target"],
        )
    return len(rows)
