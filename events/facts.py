"""Loads the real meetings from ``data/``: idempotent, by natural key."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together
from programmes.models import Organisation, Person
from provinces.models import Province

from .models import (
    Event,
    EventOrganiser,
    EventSeries,
    Outcome,
    Paper,
    Session,
    Speaker,
    Statement,
    Theme,
)

DATA = Path(__file__).parent / "data"
PUBLISHED_AT = "2026-11-20T08:00:00+07:00"
PARTS = ("organisers", "sessions", "themes", "speakers", "papers", "statements", "outcomes")


@transaction.atomic
@indexed_together()
def load_facts() -> dict[str, int]:
    """Load series and events with all that belongs to them; returns rows by kind."""
    return {"event series": _series(), "events": _events()}


def _series() -> int:
    rows = read_rows(DATA / "series.json")
    for row in rows:
        row["part_of"] = EventSeries.objects.get(slug=row["part_of"]) if row["part_of"] else None
        upsert(EventSeries, {**row, "published_at": PUBLISHED_AT}, key=["slug"])
    return len(rows)


def _events() -> int:
    rows = read_rows(DATA / "events.json")
    for row in rows:
        parts = {name: row.pop(name) for name in PARTS}
        row["series"] = EventSeries.objects.get(slug=row["series"]) if row["series"] else None
        code, day = row["province"]
        row["province"] = Province.objects.in_force(date.fromisoformat(day)).get(code=code)
        _load_parts(upsert(Event, {**row, "published_at": PUBLISHED_AT}, key=["slug"]), parts)
    return len(rows)


def _load_parts(event: Event, parts: dict[str, list[dict[str, Any]]]) -> None:
    _each(EventOrganiser, event, parts["organisers"], _organisation)
    _each(Session, event, parts["sessions"], lambda row: {"chair": _body(row.get("chair"))})
    _each(Theme, event, parts["themes"], lambda row: {"session": _session(event, row.get("session"))})
    _each(Speaker, event, parts["speakers"], lambda row: {"person": Person.objects.get(slug=row["person"])})
    _each(Paper, event, parts["papers"], lambda row: _organisation(row) | _speaker(event, row))
    _each(Statement, event, parts["statements"], lambda row: _speaker(event, row))
    _each(Outcome, event, parts["outcomes"], lambda row: {})


def _each(model: type[models.Model], event: Event, rows: list[dict[str, Any]], links: Any) -> None:
    """Rows are known by their place in the event; those the data file dropped are removed."""
    for position, row in enumerate(rows, 1):
        whole = {**row, **links(row), "event": event, "position": position}
        upsert(model, whole, key=["event", "position"])
    model._default_manager.filter(event=event, position__gt=len(rows)).delete()


def _organisation(row: dict[str, Any]) -> dict[str, Any]:
    return {"organisation": _body(row.get("organisation"))}


def _body(slug: str | None) -> Organisation | None:
    return Organisation.objects.get(slug=slug) if slug else None


def _session(event: Event, title: str | None) -> Session | None:
    return event.sessions.get(title_vi=title) if title else None


def _speaker(event: Event, row: dict[str, Any]) -> dict[str, Any]:
    slug = row.get("speaker")
    return {"speaker": event.speakers.get(person__slug=slug) if slug else None}
