"""What courses and experts can be narrowed by."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.facets import Facet

from .models import Course


def course_facets() -> list[Facet]:
    return [
        Facet("status", _("Status"), "status", lambda c: [(c.status, Course.Status(c.status).label)]),
        Facet("level", _("Level"), "level__slug", _named("level")),
        Facet("topic", _("Topic"), "topics__slug", _topics),
        Facet("year", _("Year"), "first_year", _year, newest_first=True),
        Facet("province", _("Province"), "province__slug", _province),
    ]


def expert_facets() -> list[Facet]:
    return [
        Facet("topic", _("Field"), "topics__slug", _topics),
        Facet("level", _("Level"), "level__slug", _named("level")),
        Facet("province", _("Province"), "province__slug", _province),
    ]


def _named(link: str) -> Callable[[Any], Iterable[tuple[str, Any]]]:
    def answers(row: Any) -> Iterable[tuple[str, Any]]:
        found = getattr(row, link)
        return [(found.slug, found.name)] if found else []

    return answers


def _topics(row: Any) -> Iterable[tuple[str, Any]]:
    return [(topic.slug, topic.name) for topic in row.topics.all()]


def _year(course: Course) -> Iterable[tuple[str, Any]]:
    return [(str(course.year), str(course.year))] if course.year else []


def _province(row: Any) -> Iterable[tuple[str, Any]]:
    """With its last day where the unit is gone, as two units may bear one name."""
    return [(row.province.slug, str(row.province))] if row.province else []
