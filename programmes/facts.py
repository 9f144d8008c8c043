"""Loads the framework's real records from ``data/``: idempotent, by natural key."""

from pathlib import Path
from typing import Any

from foundation.datafiles import read_rows, upsert
from foundation.dates import PartialDate
from foundation.indexing import indexed_together

from .models import (
    AcceptanceReview,
    Assignment,
    Commitment,
    Deliverable,
    Indicator,
    LifeCycleStage,
    Organisation,
    OrganisationAlias,
    Person,
    PersonRole,
    Phase,
    PlannedActivity,
    Programme,
    Target,
    Task,
    TaskBody,
    TaskGroup,
)

DATA = Path(__file__).parent / "data"


@indexed_together()
def load_facts() -> dict[str, int]:
    """Load all of it; returns rows by kind."""
    return {
        "life-cycle stages": _stages(),
        "organisations": _organisations(),
        "persons": _persons(),
        "programmes": _programmes(),
        "indicators with targets": _indicators(),
        "tasks": _tasks(),
        "deliverables": _deliverables(),
        "assignments": _assignments(),
    }


def _rows(name: str) -> list[dict[str, Any]]:
    return read_rows(DATA / f"{name}.json")


def _stages() -> int:
    return len([upsert(LifeCycleStage, row, key=["slug"]) for row in _rows("stages")])


def _organisations() -> int:
    rows = _rows("organisations")
    for row in rows:
        own = {name: value for name, value in row.items() if name not in ("parent", "successor", "aliases")}
        upsert(Organisation, own, key=["slug"])
    by_slug = {body.slug: body for body in Organisation.objects.all()}
    for row in rows:
        body = by_slug[row["slug"]]
        links = {name: by_slug[row[name]] for name in ("parent", "successor") if row[name]}
        upsert(Organisation, {"slug": body.slug, **links}, key=["slug"])
        for alias in row["aliases"]:
            OrganisationAlias.objects.get_or_create(organisation=body, name=alias)
    return len(rows)


def _persons() -> int:
    rows = _rows("persons")
    for row in rows:
        roles = row.pop("roles")
        person = upsert(Person, row, key=["slug"])
        for role in roles:
            body = Organisation.objects.get(slug=role["organisation"])
            seen_on = PartialDate.parse(role["seen_on"])
            upsert(
                PersonRole,
                {**role, "person": person, "organisation": body, "seen_on": seen_on},
                key=["person", "title_vi", "seen_on"],
            )
    return len(rows)


def _programmes() -> int:
    for row in _rows("commitments"):
        upsert(Commitment, row, key=["slug"])
    rows = _rows("programmes")
    for row in rows:
        stages, phases = row.pop("stages", []), row.pop("phases", [])
        for name, model in (("issuer", Organisation), ("lead", Organisation), ("commitment", Commitment),
                            ("predecessor", Programme)):  # fmt: skip
            row[name] = model._default_manager.get(slug=row[name]) if row.get(name) else None
        programme = upsert(Programme, row, key=["slug"])
        programme.stages.set(LifeCycleStage.objects.filter(slug__in=stages))
        for first, last in phases:
            upsert(
                Phase,
                {"programme": programme, "first_year": first, "last_year": last},
                key=["programme", "last_year"],
            )
    return len(rows)


def _indicators() -> int:
    rows = _rows("indicators")
    for row in rows:
        targets = row.pop("targets")
        indicator = upsert(Indicator, {**row, "programme": _programme(row)}, key=["programme", "code"])
        for last_year, target in targets.items():
            phase = Phase.objects.get(programme=indicator.programme, last_year=int(last_year))
            upsert(Target, {"indicator": indicator, "phase": phase, **target}, key=["indicator", "phase"])
    return len(rows)


def _tasks() -> int:
    for row in _rows("task_groups"):
        upsert(TaskGroup, {**row, "programme": _programme(row)}, key=["slug"])
    rows = _rows("tasks")
    for row in rows:
        bodies, indicators, stages = row.pop("bodies"), row.pop("indicators"), row.pop("stages")
        group = TaskGroup.objects.get(slug=row["group"]) if row["group"] else None
        task = upsert(Task, {**row, "programme": _programme(row), "group": group}, key=["slug"])
        task.indicators.set(Indicator.objects.filter(programme=task.programme, code__in=indicators))
        task.stages.set(LifeCycleStage.objects.filter(slug__in=stages))
        for slug, part in bodies:
            body = Organisation.objects.get(slug=slug)
            upsert(TaskBody, {"task": task, "organisation": body, "part": part}, key=["task", "organisation"])
    return len(rows)


def _deliverables() -> int:
    rows = _rows("deliverables")
    for row in rows:
        upsert(Deliverable, {**row, "programme": _programme(row)}, key=["slug"])
    for row in _rows("planned_activities"):
        upsert(PlannedActivity, {**row, "programme": _programme(row)}, key=["slug"])
    return len(rows)


def _assignments() -> int:
    rows = _rows("assignments")
    for row in rows:
        reviews = row.pop("reviews")
        for name in ("assigner", "contractor"):
            row[name] = Organisation.objects.get(slug=row[name])
        assignment = upsert(Assignment, {**row, "programme": _programme(row)}, key=["slug"])
        for review in reviews:
            upsert(
                AcceptanceReview,
                {**review, "assignment": assignment, "held_on": PartialDate.parse(review["held_on"])},
                key=["assignment", "held_on"],
            )
    return len(rows)


def _programme(row: dict[str, Any]) -> Programme:
    return Programme.objects.get(slug=row["programme"])
