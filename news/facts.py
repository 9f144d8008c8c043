"""Loads the news room's real records from ``data/``: idempotent, by natural key."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from events.models import Event
from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together
from library.models import Entry
from programmes.models import Assignment, LifeCycleStage, Organisation, Programme, Task
from provinces.models import Province, ProvincialPlan
from training.models import Curriculum

from .models import Article, Highlight, Section

DATA = Path(__file__).parent / "data"
LINKS: dict[str, Any] = {
    "programmes": Programme,
    "tasks": Task,
    "assignments": Assignment,
    "events": Event,
    "entries": Entry,
    "curricula": Curriculum,
    "organisations": Organisation,
    "stages": LifeCycleStage,
}


@indexed_together()
def load_facts() -> dict[str, int]:
    """Load all of it; returns rows by kind."""
    return {
        "sections": len([upsert(Section, row, key=["slug"]) for row in read_rows(DATA / "sections.json")]),
        "articles": len([_article(row) for row in read_rows(DATA / "articles.json")]),
        "highlights": len([_highlight(row) for row in read_rows(DATA / "highlights.json")]),
    }


def _article(row: dict[str, Any]) -> Article:
    linked = {name: row.pop(name, []) for name in LINKS}
    units = row.pop("provinces", [])
    row["section"] = Section.objects.get(slug=row["section"])
    row["published_at"] = datetime.fromisoformat(row["published_at"])
    article = upsert(Article, row, key=["slug"])
    for name, model in LINKS.items():
        getattr(article, name).set(_rows(model, linked[name]))
    article.provinces.set(
        Province.objects.get(code=code, valid_from=date.fromisoformat(day)) for code, day in units
    )
    return article


def _rows(model: Any, slugs: list[str]) -> list[Any]:
    """Each by its address; a missing one stops the load with its name."""
    return [model._default_manager.get(slug=slug) for slug in slugs]


def _highlight(row: dict[str, Any]) -> Highlight:
    row["article"] = Article.objects.get(slug=row["article"]) if row.get("article") else None
    row["entry"] = Entry.objects.get(slug=row["entry"]) if row.get("entry") else None
    if row.get("plan"):
        unit, number = row["plan"]
        row["plan"] = ProvincialPlan.objects.get(province__slug=unit, number=number)
    for name in ("starts_on", "ends_on"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    return upsert(Highlight, row, key=["headline_vi"])
