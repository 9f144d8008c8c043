"""A deed that can be taken back: every row it touches, whole, as it was before and as it is after.

Rows are saved one by one, so their history and the search index follow as for any change. Taking back
writes the old columns exactly, also ``updated_at``, and leaves a line of history that says so.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

from .indexing import reindex
from .searching import Searchable

Image = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Entry:
    """One row of one table; nothing before it was made, nothing after it was deleted."""

    label: str
    pk: str
    before: Image | None
    after: Image | None

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def is_new(self) -> bool:
        return self.before is None


class Journal:
    """Writes rows and remembers them, in the caller's transaction."""

    def __init__(self, *, by: Any, at: datetime, reason: str = "") -> None:
        self.by, self.at, self.reason = by, at, reason
        self.entries: list[Entry] = []

    def create(self, row: Row) -> Row:
        self._sign(row)
        row.save(force_insert=True)
        self._remember(row, before=None)
        return row

    def change(self, row: Row, **columns: Any) -> Row:
        """Change these columns of a row read in this transaction; a row that is so already stays."""
        before = image(row)
        for name, value in columns.items():
            setattr(row, name, value)
        if image(row) == before:
            return row
        stamped = [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now", False)]
        self._sign(row)
        row.save(update_fields=[*columns, *stamped])
        self._remember(row, before=before)
        return row

    def delete(self, row: models.Model) -> None:
        """Only a row that nothing has been done with yet: what happened is never deleted."""
        before, label, pk = image(row), row._meta.label, str(row.pk)
        self._sign(row)
        row.delete()
        self.entries.append(Entry(label, pk, before, None))

    def _sign(self, row: Any) -> None:
        row._history_user, row._history_date, row._change_reason = self.by, self.at, self.reason[:100]

    def _remember(self, row: models.Model, *, before: Image | None) -> None:
        row.refresh_from_db()
        self.entries.append(Entry(row._meta.label, str(row.pk), before, image(row)))


def image(row: models.Model) -> Image:
    """Every column as text that loses nothing, JSON columns as they are."""
    return {field.attname: _plain(field, row) for field in row._meta.concrete_fields}


def _plain(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    return value if value is None or isinstance(field, models.JSONField) else field.value_to_string(row)


def _columns(model: type[models.Model], kept: Image) -> dict[str, Any]:
    return {
        field.attname: kept[field.attname]
        if kept[field.attname] is None or isinstance(field, models.JSONField)
        else field.to_python(kept[field.attname])
        for field in model._meta.concrete_fields
    }


# --- Whether it can still be taken back ----------------------------------------------------


def hold(entries: Iterable[Entry]) -> None:
    """Lock every row of the deed until the caller's transaction ends, table by table.

    Whoever is changing one, or hanging a new row on one, is waited for and then seen; who comes later waits.
    """
    for model, kept in _by_model(entries):
        list(model._base_manager.select_for_update().filter(pk__in=list(kept)).order_by("pk").values("pk"))


def changed_since(entries: Iterable[Entry]) -> list[models.Model]:
    """Rows that are no longer as the deed left them; one query a table."""
    last = {(entry.label, entry.pk): entry for entry in entries}
    found: list[models.Model] = []
    for model, kept in _by_model(last.values()):
        now = {str(row.pk): row for row in model._base_manager.filter(pk__in=list(kept))}
        for pk, entry in kept.items():
            row = now.get(pk)
            if row is None and entry.after is None:
                continue
            if row is None:
                found.append(model(**_columns(model, entry.after or {})))
            elif image(row) != entry.after:
                found.append(row)
    return found


def depending(
    entries: Collection[Entry], *, besides: Collection[type[models.Model]] = ()
) -> list[models.Model]:
    """Rows that point at rows the deed made and are not its own; one query a relation."""
    own = {(entry.label, entry.pk) for entry in entries}
    found: list[models.Model] = []
    for model, kept in _by_model(entry for entry in entries if entry.is_new):
        for relation in _pointing_at(model):
            if relation.related_model in besides:
                continue
            pointing = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": list(kept)}
            )
            found += [row for row in pointing.distinct() if (row._meta.label, str(row.pk)) not in own]
    return found


def _pointing_at(model: type[models.Model]) -> Iterator[Any]:
    """Relations a person would miss: not history, not the hidden tables of links."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.is_relation):
            continue
        related: Any = relation.related_model
        if getattr(relation, "on_delete", None) is models.DO_NOTHING or related._meta.auto_created:
            continue
        yield relation


def _by_model(entries: Iterable[Entry]) -> list[tuple[type[models.Model], dict[str, Entry]]]:
    grouped: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.label, {})[entry.pk] = entry
    return [(apps.get_model(label), kept) for label, kept in grouped.items()]


# --- Taking back --------------------------------------------------------------------------------


def take_back(entries: Collection[Entry], *, by: Any, at: datetime, reason: str) -> None:
    """Put every row back as it was, the last first. The caller holds them and has asked whether it can be."""
    signing = Journal(by=by, at=at, reason=reason)
    mended: dict[tuple[str, str], models.Model] = {}
    for entry in reversed(list(entries)):
        rows, place = entry.model._base_manager.filter(pk=entry.pk), (entry.label, entry.pk)
        if entry.before is None:
            row: Any = rows.get()
            signing._sign(row)
            row.delete()
            mended.pop(place, None)
            continue
        if entry.after is None:
            entry.model(**_columns(entry.model, entry.before)).save_base(raw=True, force_insert=True)
        else:
            rows.update(**_columns(entry.model, entry.before))
        mended[place] = rows.get()
    for row in mended.values():
        _write_history(row, signing)
    reindex(row for row in mended.values() if isinstance(row, Searchable))


def _write_history(row: Any, signing: Journal) -> None:
    """``update`` announces nothing, so the line of history is written by hand."""
    history = getattr(type(row), "history", None)
    if history is not None:
        history.bulk_history_create(
            [row],
            update=True,
            default_user=signing.by,
            default_change_reason=signing.reason[:100],
            default_date=signing.at,
        )
