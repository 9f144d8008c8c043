"""Whether an applied cut-over can be taken back, and what stands in the way."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.indexing import reindex
from foundation.journal import Entry, changed_since, depending, take_back
from provinces.models import Cutover, CutoverChange, CutoverChoice, CutoverHeir, CutoverUnit, Province

BOOKKEEPING = (Cutover, CutoverChange, CutoverChoice, CutoverHeir, CutoverUnit)


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
    named = [_obstacle(one, _("names a unit that was made; drop it first")) for one in _open_about(entries)]
    return [*changed, *new, *named]


def _naming(entries: Iterable[Entry]) -> models.QuerySet[CutoverUnit]:
    """Where other cut-overs speak of units that this one made."""
    made = [entry.pk for entry in entries if entry.is_new and entry.model is Province]
    return CutoverUnit.objects.filter(unit__in=made)


def _open_about(entries: Iterable[Entry]) -> models.QuerySet[Cutover]:
    return Cutover.objects.filter(state__in=Cutover.OPEN, units__in=_naming(entries)).distinct()


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


def undo_rows(cutover: Cutover, entries: Collection[Entry]) -> list[str]:
    """Signed by whoever undoes it; the search then finds the units by their old names again.

    Cut-overs that came to nothing let go of the units that never were; gives them back, for the audit.
    ``Blocked`` where the database still sees a row that depends on one.
    """
    assert cutover.undone_at is not None
    idle = _naming(entries).select_related("cutover", "unit")
    let_go = [f"{one.cutover}: {one.unit}" for one in idle]
    try:
        with transaction.atomic():
            idle.delete()
            take_back(entries, by=cutover.undone_by, at=cutover.undone_at, reason=cutover.undone_reason)
            connection.check_constraints()  # else a link left hanging is refused only at the very end
    except models.ProtectedError as refusal:
        still = [_obstacle(row, _("depends on what was made")) for row in refusal.protected_objects]
        raise Blocked(still) from refusal
    except IntegrityError as refusal:
        raise ActionRefused(
            _("Somebody was working on one of these rows. Load the page again: it names what is in the way.")
        ) from refusal
    reindex(Province.objects.filter(cutovers__cutover=cutover))
    return let_go
