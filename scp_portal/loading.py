"""Conducts the loading of facts and of demo data: each room offers one function for each."""

import random
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.db import transaction

from foundation.indexing import indexed_together

# Lower rooms first; ``scp_portal`` conducts, the rooms know how.
ORDER = ("programmes", "provinces", "accounts", "training", "events", "library", "reporting", "news")


@transaction.atomic
@indexed_together()
def load_facts() -> dict[str, int]:
    """Load every room's real data; a second run changes nothing. Returns rows by kind."""
    counts: dict[str, int] = {}
    for room in _rooms_with("facts"):
        counts |= import_module(f"{room}.facts").load_facts()
    return counts


@transaction.atomic
@indexed_together()
def make_demo(*, seed: int, today: date) -> dict[str, int]:
    """Make the demo data, each row marked as demo; the same seed and day make the same rows."""
    counts: dict[str, int] = {}
    for room in _rooms_with("demo"):
        counts |= import_module(f"{room}.demo").make_demo(random.Random(f"{seed} {room}"), today=today)  # noqa: S311 -- demo data, not secrets
    return counts


def _rooms_with(module: str) -> list[str]:
    return [room for room in ORDER if find_spec(f"{room}.{module}")]
