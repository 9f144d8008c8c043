"""What a data cut holds: every figure a document prints, frozen as canonical JSON with its hash."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone, translation

from programmes.models import Target
from provinces.boundary_maps import shown_on
from provinces.models import ActivityBudget, Province, ProvincialPlan
from provinces.standing import standings_on

from ..figures import Figure
from ..lenses import Lens
from ..models import (
    ActivityAnswer,
    ApprovedActivity,
    ApprovedMoney,
    ApprovedText,
    DataCut,
    Obligation,
    Period,
    State,
)
from ..outline import Stretch
from ..progress import Measure, Progress, load_progress
from ..snapshots import digest

WHOLE = Stretch()
LANGUAGES = ("vi", "en")
MONEY = ("planned", "received", "spent")
# Where the provinces' words stand in the report, by section or address; no others are printed.
CHAPTERS = {"general.summary": "results", "difficulties": "difficulties"}


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
    progress = load_progress(lens, last_year=period.year)
    units = progress.register.units
    day = lens.map_day(period.last_day)
    on_map = progress.register.lineage.units_in_force(day)
    return {
        "period": {
            "year": period.year,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
            "span": stretch.span,
            "half": stretch.half,
            "first_year": stretch.first_year,
        },
        "lens": str(lens),
        "map_day": day.isoformat(),
        "is_demo": progress.is_demo,
        "units": [_unit(units[key], day) for key in sorted(on_map)],
        "former_units": {str(key): _name(unit, day) for key, unit in units.items() if key not in on_map},
        "indicators": [_indicator(measure) for measure in progress.measures],
        "reports": _reports(period, day),
        "plans": _plans(progress, day),
        "activities": _activities(period),
        "money": _money(period),
        "texts": _texts(period),
        "boundaries": _boundaries(day),
    }


def in_both(name: str, say: Callable[[], object]) -> dict[str, str]:
    """``name_vi`` and ``name_en``: what is said in each language."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[f"{name}_{language}"] = str(say())
    return words


def _name(unit: Province, day: date) -> dict[str, str]:
    return in_both("name", lambda: unit.name_on(day))


def _unit(unit: Province, day: date) -> dict[str, Any]:
    region = unit.region_on(day)
    return {
        "id": unit.pk,
        "code": unit.code,
        "region_order": region.position if region else 0,
        **_name(unit, day),
        **in_both("region", lambda: region.name if region else ""),
    }


def _indicator(measure: Measure) -> dict[str, Any]:
    indicator = measure.indicator
    return {
        "code": indicator.code,
        "name_vi": indicator.name_vi,
        "name_en": indicator.name_en,
        "unit_vi": indicator.unit_vi,
        "unit_en": indicator.unit_en,
        "is_numeric": indicator.is_numeric,
        "carry_over": indicator.carry_over,
        "targets": [_target(target) for target in measure.targets],
        "figures": [_figure(figure) for figure in measure.figures],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "year": target.phase.last_year,
        "low": _text(target.low),
        "high": _text(target.high),
        **in_both("words", target.words),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "year": figure.year,
        "number": _text(figure.total.number),
        "numerator": _text(figure.total.numerator),
        "denominator": _text(figure.total.denominator),
        "cells": [
            {
                "unit": cell.unit,
                "number": _text(cell.number),
                "numerator": _text(cell.total.numerator),
                "denominator": _text(cell.total.denominator),
                "parts": list(cell.parts),
                "lacking": list(cell.lacking),
                "emptiness": cell.emptiness,
                "reason": cell.reason,
            }
            for cell in figure.cells
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _reports(period: Period, day: date) -> dict[str, Any]:
    owed = Obligation.objects.expected(day).filter(period=period).values_list("province_id", "report__state")
    return {
        "expected": len(owed),
        "approved": sorted(unit for unit, state in owed if state == State.APPROVED),
    }


def _plans(progress: Progress, day: date) -> list[dict[str, Any]]:
    """For each unit of the map: issued by itself, inherited, or none; and the documents. Facts alone."""
    plans = ProvincialPlan.objects.real().published().order_by("issued_on", "pk")
    return [
        {
            "unit": one.unit.pk,
            "state": one.standing.value,
            "documents": [_plan(progress, plan, one.unit.pk, day) for plan in one.plans],
        }
        for one in standings_on(day, progress.register, plans)
    ]


def _plan(progress: Progress, plan: ProvincialPlan, shown_for: int, day: date) -> dict[str, str]:
    issuer = plan.province = progress.register.units[plan.province_id]  # spares a query for each plan
    if issuer.pk == shown_for:
        return in_both("words", lambda: plan)
    return in_both("words", lambda: f"{issuer.name_on(day)}: {plan}")


def _boundaries(day: date) -> dict[str, Any] | None:
    """The boundary map of the day, so that the document keeps it whatever is shown later; none: tiles."""
    shown = shown_on(day)
    if shown is None:
        return None
    return {"map": shown.key, "source_vi": shown.source_vi, "source_en": shown.source_en}


def _activities(period: Period) -> list[dict[str, Any]]:
    counted = (
        ApprovedActivity.objects.current()
        .filter(period=period)
        .values_list("progress")
        .annotate(count=Count("pk"))
        .order_by("progress")
    )
    return [{**_label(ActivityAnswer.Progress(state)), "count": count} for state, count in counted if state]


def _money(period: Period) -> list[dict[str, Any]]:
    sums = (
        ApprovedMoney.objects.current()
        .filter(period=period)
        .values("money_source")
        .annotate(**{f"{column}_sum": Sum(column) for column in MONEY})
        .order_by("money_source")
    )
    return [
        {
            **_label(ActivityBudget.Source(row["money_source"])),
            **{column: _text(row[f"{column}_sum"]) for column in MONEY},
        }
        for row in sums
    ]


def _texts(period: Period) -> list[dict[str, Any]]:
    """The provinces' own words as approved, question by question in the order of the form."""
    approved = ApprovedText.objects.current().filter(period=period).exclude(text="")
    groups: dict[str, dict[str, Any]] = {}
    order: dict[str, int] = {}
    for row in approved.select_related("submission__report").order_by("province__code", "address"):
        questions = row.submission.report.questions
        question, chapter = questions.get(row.address), chapter_of(row.address)
        if question is None or not chapter:
            continue
        order.setdefault(row.address, list(questions).index(row.address))
        group = groups.setdefault(
            row.address,
            {
                "chapter": chapter,
                "name_vi": question.raw.get("label_vi", ""),
                "name_en": question.raw.get("label_en", ""),
                "lines": [],
            },
        )
        group["lines"].append({"unit": row.province_id, "text": row.text})
    return [groups[address] for address in sorted(groups, key=lambda address: order[address])]


def chapter_of(address: str) -> str:
    return CHAPTERS.get(address) or CHAPTERS.get(address.partition(".")[0], "")


def _label(choice: Any) -> dict[str, str]:
    return in_both("name", lambda: choice.label)
