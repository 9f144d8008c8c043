"""Keeps the search index: each row as it is saved, or after a load all of them together.

The portal's own search reads two columns of the index and ranks by neither length nor title, so what the
library computes for that is left out: it would read the whole index at every save.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.backends import database, get_search_backends

Saved = dict[type[models.Model], set[Any]]
TOGETHER = 500
_waiting: ContextVar[Saved | None] = ContextVar("rows saved and not indexed yet", default=None)


def reindex(rows: Iterable[models.Model]) -> None:
    """Bring the index up to date with these rows, as after a bulk write, which no save has announced."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        row.__dict__.pop("all_lexemes", None)
        by_model.setdefault(type(row), []).append(row)
    for backend in get_search_backends(with_auto_update=True):
        for model, found in by_model.items():
            backend.add_bulk(model, found)


@contextmanager
def indexed_together() -> Iterator[None]:
    """What is saved within, also by those it calls, is indexed at the end at once; for loads."""
    if _waiting.get() is not None:
        yield
        return
    saved: Saved = {}
    token = _waiting.set(saved)
    try:
        yield
    finally:
        _waiting.reset(token)
    for model, keys in saved.items():
        ordered = sorted(keys)
        for start in range(0, len(ordered), TOGETHER):
            reindex(model._default_manager.filter(pk__in=ordered[start : start + TOGETHER]))


def watch_saves() -> None:
    """Called once all models are there."""
    for model in index.get_indexed_models():
        name = f"index {model._meta.label}"
        post_save.connect(_saved, sender=model, dispatch_uid=name)
        post_delete.connect(_deleted, sender=model, dispatch_uid=name)


def _saved(sender: type[models.Model], instance: models.Model, raw: bool = False, **_about: Any) -> None:
    waiting = _waiting.get()
    if raw:
        return
    if waiting is None:
        stored = sender._default_manager.get(pk=instance.pk)  # the instance may hold old relations
        reindex([stored])
    else:
        waiting.setdefault(sender, set()).add(instance.pk)


def _deleted(sender: type[models.Model], instance: models.Model, **_about: Any) -> None:
    index.remove_object(instance)
    waiting = _waiting.get()
    if waiting is not None:
        waiting.get(sender, set()).discard(instance.pk)


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 -- the name the library looks for
    backend = database.SearchBackend(params)
    backend.index_class = type("Index", (backend.index_class,), {"_refresh_title_norms": _leave})
    return backend


def _leave(_index: Any, full: bool = False) -> None:
    """No column of its own holds titles here, so there is nothing to weigh."""
