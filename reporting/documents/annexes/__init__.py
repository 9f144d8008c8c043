"""The annexes a report can have, each under the name by which a kind of report asks for it.

One name may give several, or none where the cut holds nothing for it. They are numbered in order afterwards.
"""

from collections.abc import Callable

from ..blocks import Annex
from ..reading import Cut
from . import figures, listings, provenance

ANNEXES: dict[str, Callable[[Cut], list[Annex]]] = {
    "targets": figures.together,
    "indicators": figures.by_province,
    "plans": listings.plans,
    "activities": listings.activities,
    "money": listings.money,
    "courses": listings.courses,
    "events": listings.events,
    "library": listings.library,
    "sources": provenance.sources,
    "reports": provenance.reports,
    "revisions": provenance.revisions,
}
