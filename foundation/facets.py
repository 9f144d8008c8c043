"""How a list is narrowed by its address: the values offered, how many rows answer each, what is in use."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from .text import sort_key

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Facet:
    """One way to narrow: its parameter, its words, the column it asks, what a row answers.

    ``answers`` gives (value, words) pairs: none, one, or several where the column is a many-to-many.
    """

    name: str
    label: str
    lookup: str
    answers: Callable[[Any], Iterable[tuple[str, Any]]]
    newest_first: bool = False  # order by value, as years; otherwise by how many rows answer


def narrow(rows: Rows, facets: Sequence[Facet], asked: QueryDict) -> Rows:
    """The rows that answer every facet asked for; several values of one facet are alternatives."""
    for facet in facets:
        if values := asked.getlist(facet.name):
            answering = rows.filter(_any_of(values, facet, rows)).order_by()
            rows = rows.filter(pk__in=answering.values("pk"))  # no row twice where several values answer
    return rows


def _any_of(values: Iterable[str], facet: Facet, rows: QuerySet[Any]) -> Q:
    """What the column cannot hold, such as the year “x”, finds nothing."""
    found = Q(pk__in=[])
    for value in values:
        one = Q(**{facet.lookup: value})
        with suppress(ValueError, ValidationError):
            rows.filter(one)  # is built, and refused, without asking the database
            found |= one
    return found


def offered(rows: Iterable[Any], facets: Sequence[Facet], asked: QueryDict) -> list[dict[str, Any]]:
    """The facets as ``components/facets.html`` prints them."""
    rows = list(rows)
    return [_printed(facet, rows, asked.getlist(facet.name)) for facet in facets]


def in_use(printed: list[dict[str, Any]], asked: QueryDict) -> list[dict[str, Any]]:
    """What narrows the list now, each with the address that takes it off."""
    return [
        {"group": facet["label"], "label": option["label"],
         "remove_url": "?" + _without(asked, facet["name"], option["value"])}
        for facet in printed
        for option in facet["options"]
        if option["chosen"]
    ]  # fmt: skip


def _printed(facet: Facet, rows: list[Any], chosen: list[str]) -> dict[str, Any]:
    pairs = [pair for row in rows for pair in facet.answers(row)]
    words, counts = dict(pairs), Counter(value for value, _words in pairs)
    order = sorted(words, key=lambda value: (-counts[value], sort_key(str(words[value]))))
    if facet.newest_first:
        order = sorted(words, key=lambda value: (value.isdecimal(), value), reverse=True)  # “XXXX” last
    options = [
        {"value": value, "label": words[value], "count": counts[value], "chosen": value in chosen}
        for value in order
    ]
    return {"name": facet.name, "label": facet.label, "options": options}


def _without(asked: QueryDict, name: str, value: str) -> str:
    kept = [
        (key, one)
        for key, values in asked.lists()
        for one in values
        if (key, one) != (name, value) and key != "page"
    ]
    return urlencode(kept)
