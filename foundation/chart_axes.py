"""The axes of a line chart: years from left to right, whole numbers upwards."""

import math
from collections.abc import Sequence
from typing import Any

from .chart_labels import LETTER

AXIS_GAP = 10  # px between the first label and the axis
EDGE_YEARS = 0.2  # between the outer years and the edges of the plane
STEPS = 5  # of the upright axis at most
LABEL = "#44504D"  # as charts name it: --ink-soft


def first_of(years: Sequence[int], points: Sequence[dict[str, Any]], width: int) -> float:
    """Where the plane begins: the label over the first year's point stays clear of the axis."""
    half = (
        max((len(point["text"]) for point in points if point["year"] == years[0]), default=0) * LETTER / 2
        + AXIS_GAP
    )
    return years[0] - max(EDGE_YEARS, half * (years[-1] + EDGE_YEARS - years[0]) / (width - half))


def years_axis(field: str, years: Sequence[int], shown: Sequence[int], first: float) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [first, years[-1] + EDGE_YEARS], "nice": False},
        "axis": {
            "values": list(shown),
            "format": "d",
            "title": None,
            "grid": False,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "labelColor": LABEL,
            "labelFontSize": 12.5,
        },
    }


def steps_to(top: float) -> list[int]:
    """Whole numbers alone, at most six: half a model or half an enterprise stands on no axis."""
    step = next(
        size * 10**power for power in range(16) for size in (1, 2, 5) if top / size / 10**power <= STEPS
    )
    return list(range(0, math.floor(top) + 1, step))
