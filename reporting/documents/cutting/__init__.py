"""What a data cut holds: every figure a document prints, frozen as canonical JSON with its hash."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from provinces.boundary_maps import shown_on
from provinces.models import Province

from ...lenses import Lens, LensKind
from ...models import DataCut, Period
from ...progress import Progress, load_progress
from ...snapshots import digest
from . import framework, learning, measures, registered, work
from .wording import columns, in_both


def make_cut(period: Period, *, map_day: date, by: Any, at: datetime) -> DataCut:
    """Freeze the approved figures of the period and the years before it, on the map of a day."""
    lens = Lens(LensKind.ON, map_day)
    content = content_of(period, lens)
    return DataCut.objects.create(
        number=_next_number(timezone.localdate(at).year),
        period=period,
        cut_at=at,
        lens=str(lens),
        content=content,
        sha256=digest(content),
        counted=len(content["reports"]["approved"]),
        expected=content["reports"]["expected"],
        is_demo=content["is_demo"],
        by=by,
    )


def _next_number(year: int) -> str:
    """C-2026-01, C-2026-02 …; the caller holds the periods' rows, so that nobody else counts."""
    last = DataCut.objects.filter(number__startswith=f"C-{year}-").order_by("-pk").first()
    count = int(last.number.rpartition("-")[2]) + 1 if last else 1
    return f"C-{year}-{count:02d}"


def content_of(period: Period, lens: Lens) -> dict[str, Any]:
    """Plain JSON of everything the national report says, in both languages.

    The same whoever asks: names and their order do not follow the language of the page.
    """
    with translation.override("vi"):
        return _content(period, lens)


def _content(period: Period, lens: Lens) -> dict[str, Any]:
    progress = load_progress(lens, last_year=period.year)
    demo = progress.is_demo
    return {
        "period": {
            "year": period.year,
            "number": period.number,
            "months": period.regime.months,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
        },
        "windows": work.windows(period),
        "map_day": lens.day.isoformat(),
        "is_demo": demo,
        **_places(progress, lens.day),
        "programme": framework.programme(),
        "tasks": framework.tasks(),
        "indicators": measures.indicators(progress),
        "revisions": measures.revisions(progress, period),
        "reports": registered.reports(period, lens.day),
        "plans": registered.plans(progress, lens.day),
        "codes": work.choices(),
        "activities": work.activities(period),
        "activity_rows": work.activity_rows(period),
        "task_money": work.task_money(period),
        "money": work.money(period),
        "money_rows": work.money_rows(period),
        "texts": work.texts(period),
        "deliverables": framework.deliverables(demo=demo),
        "library": framework.library(demo=demo),
        "courses": learning.courses(demo=demo),
        "experts": learning.experts(demo=demo),
        "events": learning.meetings(demo=demo),
        "boundaries": _boundaries(lens.day),
    }


def _places(progress: Progress, day: date) -> dict[str, Any]:
    """The units of the map, and those before or after it with the one that answers for them on it."""
    units, lineage = progress.register.units, progress.register.lineage
    on_map = lineage.units_in_force(day)
    return {
        "units": [_unit(units[key], day) for key in sorted(on_map)],
        "former_units": {
            str(key): {
                **_name(unit, day),
                "slug": unit.slug,
                "heirs": sorted(lineage.whole.heirs_on(key, day)),
            }
            for key, unit in units.items()
            if key not in on_map
        },
    }


def _name(unit: Province, day: date) -> dict[str, str]:
    return in_both("name", lambda: unit.name_on(day))


def _unit(unit: Province, day: date) -> dict[str, Any]:
    region = unit.region_on(day)
    return {
        "id": unit.pk,
        "code": unit.code,
        "slug": unit.slug,
        "region": region.slug if region else "",
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
