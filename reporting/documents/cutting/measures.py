"""The indicators in a cut: targets, figures by year, unit and region, and how values were revised."""

from typing import Any

from django.utils import timezone

from programmes.models import Target

from ...figures import Cell, Figure, by_group
from ...models import ApprovedValue
from ...progress import Measure, Progress
from .plain_json import columns, day_text, in_both, number_text


def indicators(progress: Progress) -> list[dict[str, Any]]:
    return [_indicator(progress, measure) for measure in progress.measures]


def _indicator(progress: Progress, measure: Measure) -> dict[str, Any]:
    indicator = measure.indicator
    return {
        "code": indicator.code,
        **columns(indicator, "name", "unit", "numerator", "denominator", "carry_over_reason"),
        **in_both("rule", indicator.get_carry_over_display),
        "is_numeric": indicator.is_numeric,
        "carry_over": indicator.carry_over,
        "targets": [_target(target) for target in measure.targets],
        "figures": [_figure(progress, measure, figure) for figure in measure.figures],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "year": target.phase.last_year,
        "low": number_text(target.low),
        "high": number_text(target.high),
        **in_both("words", target.words),
    }


def _figure(progress: Progress, measure: Measure, figure: Figure) -> dict[str, Any]:
    return {
        "year": figure.year,
        "number": number_text(figure.total.number),
        "numerator": number_text(figure.total.numerator),
        "denominator": number_text(figure.total.denominator),
        "cells": [_cell(cell) for cell in figure.cells],
        "left_out": list(figure.left_out),
        "regions": _regions(progress, measure, figure),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "unit": cell.unit,
        "number": number_text(cell.number),
        "numerator": number_text(cell.total.numerator),
        "denominator": number_text(cell.total.denominator),
        "parts": list(cell.parts),
        "lacking": list(cell.lacking),
        "emptiness": cell.emptiness,
        "reason": cell.reason,
        "blank": str(cell.blank),
    }


def _regions(progress: Progress, measure: Measure, figure: Figure) -> list[dict[str, Any]]:
    """Each region's own figure on the map that shows the year, added up from parts as the rule says."""
    places = progress.places_in(figure.year)
    found = {cell.unit: places[cell.unit].region for cell in figure.cells}
    region_of = {unit: str(region.pk) if region else "" for unit, region in found.items()}
    named = {str(region.pk): region for region in found.values() if region}
    values = measure.values.get(figure.year, ())
    totals = by_group(measure.indicator.carry_over, figure.cells, values, region_of.__getitem__)
    rows = []
    for key in sorted(named, key=lambda key: named[key].position):
        cells = [cell for cell in figure.cells if region_of[cell.unit] == key]
        rows.append(
            {
                "region": named[key].pk,
                **columns(named[key], "name"),
                "number": number_text(totals[key].number),
                "numerator": number_text(totals[key].numerator),
                "denominator": number_text(totals[key].denominator),
                "counted": sum(cell.number is not None for cell in cells),
                "expected": len(cells),
            }
        )
    return rows


def revisions(progress: Progress, year: int) -> list[dict[str, Any]]:
    """Values that were approved anew: what stood before and what stands now, oldest first."""
    ours = [measure.indicator.pk for measure in progress.measures]
    rows = ApprovedValue.objects.filter(period__year__lte=year, indicator__in=ours)
    later = rows.filter(version__gt=1).select_related("indicator", "period").order_by("approved_at", "pk")
    earlier = {(*_key(row), row.version): row for row in rows.filter(superseded_at__isnull=False)}
    pairs = [(earlier.get((*_key(row), row.version - 1)), row) for row in later]
    return [_revision(old, new) for old, new in pairs if old is not None and _says(old) != _says(new)]


def _key(row: ApprovedValue) -> tuple[int, int, int, str]:
    return row.indicator_id, row.province_id, row.period_id, row.part


def _says(row: ApprovedValue) -> dict[str, Any]:
    return {
        "emptiness": row.emptiness,
        "value": number_text(row.value),
        "numerator": number_text(row.numerator),
        "denominator": number_text(row.denominator),
    }


def _revision(old: ApprovedValue, new: ApprovedValue) -> dict[str, Any]:
    return {
        "code": new.indicator.code,
        "unit": new.province_id,
        "year": new.period.year,
        "part": new.part,
        "before": _says(old),
        "after": _says(new),
        "approved_on": day_text(timezone.localdate(new.approved_at)),
        "reason": new.reason,
    }
