"""The legal texts that the library holds of boundary events: walked back along the relation, and kept."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from foundation.editions import Kept

from .models import BoundaryEvent

Texts = dict[int, list[Any]]


def texts_of(events: Iterable[BoundaryEvent]) -> list[list[Any]]:
    """The texts that are public now, event by event; no query of its own while the library is unchanged."""
    held = _kept()()
    return [[text for text in held.get(event.pk, []) if text.is_published] for event in events]


@cache
def _kept() -> Kept[Texts]:
    """Made at the first use: the room that links its texts stands above this one."""
    relation: Any = BoundaryEvent._meta.get_field("documents")
    texts = relation.related_model
    return Kept(_read, (BoundaryEvent, relation.through, texts, *texts._meta.get_parent_list()))


def _read() -> Texts:
    """By event, published or not, as time decides only when somebody asks."""
    linked: Any = BoundaryEvent.objects.filter(documents__isnull=False).distinct()
    return {event.pk: list(event.documents.all()) for event in linked.prefetch_related("documents")}
