"""What the list of events is narrowed by: kind, series, year and province."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.facets import Facet
from provinces.models import Province

from .models import Event, Kind
from .models.finding import NO_YEAR

Answers = Iterable[tuple[str, Any]]


def event_facets() -> list[Facet]:
    return [
        Facet("kind", _("Kind"), "kind", lambda event: [(event.kind, Kind(event.kind).label)]),
        Facet("series", _("Series"), "series__slug", _series),
        Facet("year", _("Year"), "year", _year, newest_first=True),
        Facet("province", _("Province"), "province__slug", _province),
    ]


def _series(event: Event) -> Answers:
    return [(event.series.slug, event.series.title)] if event.series else []


def _year(event: Event) -> Answers:
    if not event.year:
        return []
    return [(event.year, _("Year not in the source") if event.year == NO_YEAR else event.year)]


def _province(event: Event) -> Answers:
    return [(event.province.slug, _unit_words(event.province))] if event.province else []


def _unit_words(unit: Province) -> str:
    """Two units may bear one name, one after the other."""
    if unit.valid_to is None:
        return str(unit.name)
    return _("%(name)s (before %(day)s)") % {"name": unit.name, "day": day_words(unit.valid_to)}
