"""Reading the rooms' data files into rows: by natural key, touching only what differs."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON data file: a list of objects."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def upsert(model: type[M], row: dict[str, Any], *, key: Iterable[str]) -> M:
    """Find the row by its natural key and write what differs; an equal row is left untouched.

    Untouched rows keep their history short: a second run of a loader writes nothing.
    """
    found = model._default_manager.filter(**{name: row[name] for name in key}).first()
    if found is None:
        found = model(**row)
        _check(found)
        found.save()
        return found
    wanted = {name: _as_stored(model, name, value) for name, value in row.items()}
    changed = [name for name, value in wanted.items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, wanted[name])
        _check(found)
        found.save()
    return found


def _check(row: models.Model) -> None:
    """Each column, and the model's own rules. What the database refuses by itself is not asked for first."""
    links = {field.name for field in row._meta.concrete_fields if field.is_relation}
    row.full_clean(exclude={"history", *links}, validate_unique=False, validate_constraints=False)


def _as_stored(model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    if isinstance(value, models.Model) or not isinstance(field, models.Field):
        return value
    return field.to_python(value)
