"""Loads the training programme as far as the sources tell it: two levels, six topics, no modules."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from foundation.datafiles import read_rows, upsert
from foundation.indexing import indexed_together
from programmes.models import Assignment, Organisation

from .models import Curriculum, CurriculumLevel, Level, Topic

DATA = Path(__file__).parent / "data"


@transaction.atomic
@indexed_together()
def load_facts() -> dict[str, int]:
    """Load all of it; a second run changes nothing. Returns rows by kind."""
    return {
        "training levels": len([upsert(Level, row, key=["slug"]) for row in _rows("levels")]),
        "training topics": len([upsert(Topic, row, key=["slug"]) for row in _rows("topics")]),
        "curricula": len([_curriculum(row) for row in _rows("curricula")]),
    }


def _rows(name: str) -> list[dict[str, Any]]:
    return read_rows(DATA / f"{name}.json")


def _curriculum(row: dict[str, Any]) -> Curriculum:
    levels, topics = row.pop("levels"), row.pop("topics")
    row["published_at"] = datetime.fromisoformat(row["published_at"])
    row["assignment"] = Assignment.objects.filter(slug=row["assignment"]).first()
    row["author"] = Organisation.objects.filter(slug=row["author"]).first()
    curriculum = upsert(Curriculum, row, key=["slug"])
    curriculum.topics.set(Topic.objects.filter(slug__in=topics))
    for slug in levels:
        level = Level.objects.get(slug=slug)
        upsert(CurriculumLevel, {"curriculum": curriculum, "level": level}, key=["curriculum", "level"])
    return curriculum
