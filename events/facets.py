"""How the list of events is narrowed: by kind, series, year and province."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.dates import day_words
from provinces.models import Province

from .models import Event, EventQuerySet, Kind
from .models.event import NO_YEAR


@dataclass(frozen=True)
class Facet:
    """One way to narrow: what it is called, which column it asks, how an event answers."""

    name: str
    label: str
    lookup: str
    value: Callable[[Any], str]
    words: Callable[[Any], Any]


def facets() -> list[Facet]:
    return [
        Facet("kind", _("Kind"), "kind__in", lambda e: e.kind, lambda e: Kind(e.kind).label),
        Facet("series", _("Series"), "series__slug__in", lambda e: e.series and e.series.slug,
              lambda e: e.series.title),
        Facet("year", _("Year"), "year__in", lambda e: e.year, lambda e: _year_words(e.year)),
        Facet("province", _("Province"), "province__slug__in", lambda e: e.province and e.province.slug,
              lambda e: _unit_words(e.province)),
    ]  # fmt: skip


def narrow(events: EventQuerySet, asked: QueryDict) -> EventQuerySet:
    """The events that answer every facet asked for; several values of one facet are alternatives."""
    found = events.dated()
    for facet in facets():
        if values := asked.getlist(facet.name):
            found = found.filter(**{facet.lookup: values})
    return found


def offered(events: Iterable[Event], asked: QueryDict) -> list[dict[str, Any]]:
    """The facets as the page prints them, with how many events answer each value."""
    rows = list(events)
    return [_printed(facet, rows, asked.getlist(facet.name)) for facet in facets()]


def in_use(offered_facets: list[dict[str, Any]], asked: QueryDict) -> list[dict[str, Any]]:
    """What narrows the list now, each with the address that takes it off."""
    return [
        {"group": facet["label"], "label": option["label"],
         "remove_url": "?" + _without(asked, facet["name"], option["value"])}
        for facet in offered_facets
        for option in facet["options"]
        if option["chosen"]
    ]  # fmt: skip


def _printed(facet: Facet, rows: list[Event], chosen: list[str]) -> dict[str, Any]:
    counts = Counter(facet.value(row) for row in rows if facet.value(row))
    words = {facet.value(row): facet.words(row) for row in rows if facet.value(row)}
    order = sorted(words, key=lambda value: (-counts[value], str(words[value])))
    if facet.name == "year":
        order = sorted(words, key=lambda value: (value != NO_YEAR, value), reverse=True)
    options = [
        {"value": value, "label": words[value], "count": counts[value], "chosen": value in chosen}
        for value in order
    ]
    return {"name": facet.name, "label": facet.label, "options": options}


def _year_words(year: str) -> str:
    return _("Year not in the source") if year == NO_YEAR else year


def _unit_words(unit: Province) -> str:
    """Two units may bear one name, one after the other."""
    if unit.valid_to is None:
        return str(unit.name)
    return _("%(name)s (before %(day)s)") % {"name": unit.name, "day": day_words(unit.valid_to)}


def _without(asked: QueryDict, name: str, value: str) -> str:
    kept = [
        (key, one)
        for key, values in asked.lists()
        for one in values
        if (key, one) != (name, value) and key != "page"
    ]
    return urlencode(kept)
