"""Whether an applied cut-over can be taken back, and what stands in the way."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.indexing import reindex
from foundation.journal import Entry, changed_since, depending, take_back
from provinces.models import Cutover, CutoverChange, CutoverChoice, CutoverHeir, Province

BOOKKEEPING = (Cutover, CutoverChange, CutoverChoice, CutoverHeir)


@dataclass(frozen=True)
class Obstacle:
    """A row that would lose its ground, with its address."""

    words: str
    title: str
    url: str


class Blocked(ActionRefused):
    """Something new depends on the event; ``obstacles`` name it."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__(_("It can no longer be undone: something new depends on it."))


def obstacles(entries: Collection[Entry]) -> list[Obstacle]:
    """Rows changed since, and new rows that point at what the event made."""
    changed = [_obstacle(row, _("has been changed since")) for row in changed_since(entries)]
    new = [_obstacle(row, _("depends on what was made")) for row in depending(entries, besides=BOOKKEEPING)]
    return [*changed, *new]


def _obstacle(row: models.Model, words: str) -> Obstacle:
    title = f"{row._meta.verbose_name}: {row}"
    return Obstacle(words, title[0].upper() + title[1:], _address(row))


def _address(row: models.Model) -> str:
    own: Any = getattr(row, "get_absolute_url", None)
    try:
        return (
            own()
            if own
            else reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        )
    except NoReverseMatch:
        return ""


def undo_rows(cutover: Cutover, entries: Collection[Entry]) -> None:
    """Signed by whoever undoes it; the search then finds the units by their old names again."""
    assert cutover.undone_at is not None
    take_back(entries, by=cutover.undone_by, at=cutover.undone_at, reason=cutover.undone_reason)
    reindex(Province.objects.filter(cutovers__cutover=cutover))
