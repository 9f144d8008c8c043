"""Training and events in a cut: what was published, in numbers. No person is named."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from events.models import Event
from foundation.amounts import Amount
from training.figures import StageFigures, figures_of
from training.models import Course, Expert, Sex, Stage

from .plain_json import columns, day_text, in_both, number_text


def courses(*, demo: bool) -> list[dict[str, Any]]:
    rows = Course.objects.published().with_links()
    rows = rows.prefetch_related("participants__certificates", "reported_counts")
    rows = rows if demo else rows.filter(is_demo=False)
    return [_course(one) for one in rows.order_by("begins_on", "title_vi", "pk")]


def _course(course: Course) -> dict[str, Any]:
    return {
        **columns(course, "title", "place"),
        "unit": course.province_id,
        **columns(course.level, "name", called="level"),
        "topics": [columns(topic, "name") for topic in course.topics.all()],
        **(columns(course.organiser, "name", called="organiser") if course.organiser else {}),
        "begins_on": day_text(course.begins_on),
        "ends_on": day_text(course.ends_on),
        "status": course.status,
        **in_both("status", course.get_status_display),
        "people": _people(course),
    }


def _people(course: Course) -> dict[str, Any]:
    """Stage → how many, how sure, how many of them women, and among how many of known sex."""
    figures = figures_of(course)
    by_label = {stage.label: stage for stage in figures.stages}
    told = {stage.value: by_label[str(stage.label)] for stage in Stage if str(stage.label) in by_label}
    return {
        code: {**_amount(found.people), **_sexes(found, is_reported=figures.is_reported)}
        for code, found in told.items()
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {"number": number_text(amount.number), "qualifier": amount.qualifier}


def _sexes(found: StageFigures, *, is_reported: bool) -> dict[str, str | None]:
    """How many women, and among how many people whose sex is known; nothing where nobody's is.

    An organiser who tells the women tells them of everybody; in a list somebody's sex may be left out.
    """
    known = {label: part.number for label, part in found.by_sex if label != str(Sex.UNKNOWN.label)}
    women = known.get(str(Sex.FEMALE.label))
    if not known or (is_reported and women is None):
        return {"women": None, "of_known_sex": None}
    whole = found.people.number if is_reported else sum(known.values(), Decimal(0))
    return {"women": number_text(women or Decimal(0)), "of_known_sex": number_text(whole)}


def experts(*, demo: bool) -> dict[str, Any]:
    """How many people of the public register there are, by field, level and unit; nobody by name."""
    rows = Expert.objects.listed().select_related("level").prefetch_related("topics")
    found = list(rows if demo else rows.filter(is_demo=False))
    return {
        "total": len(found),
        "topics": _counted((topic for one in found for topic in one.topics.all()), by="position"),
        "levels": _counted((one.level for one in found if one.level), by="position"),
        "units": [
            {"unit": unit, "count": count}
            for unit, count in sorted(Counter(one.province_id for one in found if one.province_id).items())
        ],
    }


def _counted(rows: Iterable[Any], *, by: str) -> list[dict[str, Any]]:
    counts = Counter(rows)
    return [
        {**columns(row, "name"), "count": counts[row]}
        for row in sorted(counts, key=lambda row: getattr(row, by))
    ]


def meetings(*, demo: bool) -> list[dict[str, Any]]:
    rows = Event.objects.published().select_related("series")
    rows = rows if demo else rows.filter(is_demo=False)
    return [_event(one) for one in rows.order_by("starts", "pk")]


def _event(event: Event) -> dict[str, Any]:
    return {
        **columns(event, "title", "place"),
        "kind": event.kind,
        **in_both("kind", event.get_kind_display),
        **(columns(event.series, "title", called="series") if event.series else {}),
        "ordinal": event.ordinal,
        "starts": day_text(event.starts),
        "ends": day_text(event.ends),
        "unit": event.province_id,
        "stated": event.stated_status,
        "people": _amount(event.delegates) if event.delegates else None,
        "countries": _amount(event.countries) if event.countries else None,
    }
