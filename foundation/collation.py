"""Vietnamese alphabetical order, the same on both databases."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Collate

from .text import sort_key

VIETNAMESE = "vi-x-icu"  # PostgreSQL carries it; SQLite is taught it below


def in_vietnamese_order(field: str) -> Collate:
    """An ``order_by`` expression: a ă â … d đ … , where plain order puts Đ behind Z."""
    return Collate(F(field), VIETNAMESE)


def teach_sqlite_vietnamese(sender: object, connection: Any, **_kwargs: object) -> None:
    """Register the collation on each new SQLite connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(VIETNAMESE, _compare)


def _compare(one: str, other: str) -> int:
    left, right = sort_key(one), sort_key(other)
    return (left > right) - (left < right)
