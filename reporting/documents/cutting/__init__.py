"""What a data cut holds: every figure a document prints, frozen as canonical JSON with its hash."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from provinces.boundary_maps import shown_on
from provinces.models import Province

from ...lenses import Lens
from ...models import DataCut, Period
from ...outline import Stretch
from ...progress import Progress, load_progress
from ...snapshots import digest
from . import framework, measures, registered, training_and_events, work
from .plain_json import columns, in_both

WHOLE = Stretch()


def cut_of(period: Period, *, lens: Lens, stretch: Stretch = WHOLE, by: Any, at: datetime) -> DataCut:
    """The approved figures of the period and the years before it, frozen through one lens.

    While nothing has changed since the newest such cut, that one is given back. The caller holds the
    periods' rows, so that a cut never holds half an approval and no two get one number.
    """
    content = content_of(period, lens, stretch)
    sha256 = digest(content)
    alike = {"period": period, "lens": str(lens), "span": stretch.span, "half": stretch.half}
    newest = DataCut.objects.filter(**alike).order_by("-pk").first()
    if newest and newest.sha256 == sha256:
        return newest
    return DataCut.objects.create(
        **alike,
        number=_next_number(timezone.localdate(at).year),
        cut_at=at,
        content=content,
        sha256=sha256,
        counted=len(content["reports"]["approved"]),
        expected=content["reports"]["expected"],
        is_demo=content["is_demo"],
        by=by,
    )


def _next_number(year: int) -> str:
    """C-2026-01, C-2026-02 …"""
    last = DataCut.objects.filter(number__startswith=f"C-{year}-").order_by("-pk").first()
    count = int(last.number.rpartition("-")[2]) + 1 if last else 1
    return f"C-{year}-{count:02d}"


def content_of(period: Period, lens: Lens, stretch: Stretch = WHOLE) -> dict[str, Any]:
    """Plain JSON of everything the documents say, in both languages.

    The same whoever asks: names and their order do not follow the language of the page.
    """
    with translation.override("vi"):
        return _content(period, lens, stretch)


def _content(period: Period, lens: Lens, stretch: Stretch) -> dict[str, Any]:
    last = work.days_of(period, stretch)[1]
    year = work.year_told(period, stretch)
    progress = load_progress(lens, last_year=year)
    day = lens.map_day(last)
    return {
        "period": {
            "year": period.year,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
            "span": stretch.span,
            "half": stretch.half,
            "first_year": stretch.first_year,
            **_told_by_halves(period, stretch),
        },
        "lens": str(lens),
        "map_day": day.isoformat(),
        "is_demo": progress.is_demo,
        **_places(progress, day, last),
        "indicators": measures.indicators(progress),
        "revisions": measures.revisions(progress, year),
        "plans": registered.plans(progress, day),
        **_of_the_reports(period, last, year, stretch),
        **_of_other_rooms(is_demo=progress.is_demo),
        "boundaries": _boundaries(day),
    }


def _told_by_halves(period: Period, stretch: Stretch) -> dict[str, str]:
    """Of half a year: whether the targets are told by halves, or by whole years alone."""
    if stretch.half is None:
        return {}
    return {"figures": "half" if work.is_told_by_halves(work.told_by(period, stretch)) else "year"}


def _owed(period: Period, year: int, told: Period | None) -> Period:
    """The period whose reports stand behind the figures: half a year without reports of its own tells
    those of the last year that had ended.
    """
    if told is not None or year == period.year:
        return told or period
    return Period.objects.yearly().filter(regime=period.regime_id, year=year).first() or period


def _of_the_reports(period: Period, day: date, year: int, stretch: Stretch) -> dict[str, Any]:
    """What the reports of the period say; of a half-year, those of its own period, where there is one."""
    told = work.told_by(period, stretch)
    owed = _owed(period, year, told)
    return {
        "windows": work.windows(told),
        "reports": registered.reports(owed, day) | ({"year": owed.year} if stretch.half else {}),
        "codes": work.choices(),
        "activities": work.activities(told),
        "activity_rows": work.activity_rows(told),
        "task_money": work.task_money(told),
        "money": work.money(told),
        "money_rows": work.money_rows(told),
        "texts": work.texts(told),
    }


def _of_other_rooms(*, is_demo: bool) -> dict[str, Any]:
    """Published records; those of the demo only beside demo figures."""
    return {
        "programme": framework.programme(),
        "tasks": framework.tasks(),
        "deliverables": framework.deliverables(demo=is_demo),
        "library": framework.library(demo=is_demo),
        "courses": training_and_events.courses(demo=is_demo),
        "experts": training_and_events.experts(demo=is_demo),
        "events": training_and_events.meetings(demo=is_demo),
    }


def _places(progress: Progress, day: date, last: date) -> dict[str, Any]:
    """The units of the map, and those before or after it with the one that answers for them on it."""
    units, lineage = progress.register.units, progress.register.lineage
    on_map = lineage.units_in_force(day)
    return {
        "units": [_unit(units[key], day) | _ended(units[key], last) for key in sorted(on_map)],
        "former_units": {
            str(key): {
                **_name(unit, day),
                "heirs": sorted(lineage.whole.heirs_on(key, day)),
                **_ended(unit, last),
            }
            for key, unit in units.items()
            if key not in on_map
        },
    }


def _ended(unit: Province, last_day: date) -> dict[str, str]:
    """Since when a unit no longer is, where that was before what is told ended."""
    if unit.valid_to is None or unit.valid_to > last_day:
        return {}
    return {"ended_on": unit.valid_to.isoformat()}


def _name(unit: Province, day: date) -> dict[str, str]:
    return in_both("name", lambda: unit.name_on(day))


def _unit(unit: Province, day: date) -> dict[str, Any]:
    region = unit.region_on(day)
    return {
        "id": unit.pk,
        "code": unit.code,
        "region": region.pk if region else None,
        "region_order": region.position if region else 0,
        **_name(unit, day),
        **(columns(region, "name", called="region") if region else {"region_vi": "", "region_en": ""}),
    }


def _boundaries(day: date) -> dict[str, Any] | None:
    """The boundary map of the day, so that the document keeps it whatever is shown later; none: tiles."""
    shown = shown_on(day)
    if shown is None:
        return None
    return {"map": shown.key, "source_vi": shown.source_vi, "source_en": shown.source_en}
