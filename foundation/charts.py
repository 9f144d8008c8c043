"""A figure as a picture: one Vega-Lite specification, drawn for the page and for paper.

    chart = over_years(points, marks=…, forecast=…, unit="%")
    chart.page      # two SVGs (wide, narrow) whose colours follow the reader's theme
    chart.paper     # one SVG in the light palette for the PDF

Text in the picture is at least 11 px; a wide picture is never scaled down, the narrow one takes over.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .chart_dots import dots
from .chart_lines import line
from .chart_looks import COLOURS, INK, NARROW, PAGE_FONT, PAPER_FONT, PRINTED, WIDE


@dataclass(frozen=True)
class Point:
    """A year's number; an open circle where not all units gave one, ≥ where those could only add to it.

    ``note`` stands under the year.
    """

    year: int
    value: float | None
    is_complete: bool = True
    note: str = ""
    is_at_least: bool = False


@dataclass(frozen=True)
class Outlook:
    """Where the line would end if the last gains went on, with its fan."""

    year: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Aim:
    """A mark to be reached by the end of a year: one number or a range."""

    year: int
    low: float
    high: float


@dataclass(frozen=True)
class NewMap:
    """From this year on the figures come from another number of units."""

    year: int
    before: int
    after: int


@dataclass(frozen=True)
class Bar:
    """One group's number; ``note`` is its coverage."""

    name: str
    value: float | None
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """The picture twice for the page, once for paper, with the words that say the same; drawn when asked."""

    kind: str
    frozen: str  # what is drawn, as JSON
    sentence: str

    @property
    def wide(self) -> SafeString:
        return _named(_themed(_drawn(self.kind, self.frozen, WIDE)), self.sentence, "chart-wide")

    @property
    def narrow(self) -> SafeString:
        return _named(_themed(_drawn(self.kind, self.frozen, NARROW)), self.sentence, "chart-narrow")

    @property
    def paper(self) -> SafeString:
        return _named(_drawn(self.kind, self.frozen, PRINTED), self.sentence, "chart-paper")


def over_years(
    points: Sequence[Point],
    *,
    sentence: str,
    aims: Sequence[Aim] = (),
    outlook: Outlook | None = None,
    is_percent: bool = False,
    new_map: NewMap | None = None,
    settled: int | None = None,
) -> Chart:
    """A line year by year with its marks and forecast; dotted where the map of units changed.

    The line and the forecast know the years up to ``settled``; later ones are not closed and stand alone.
    """
    data = {
        "points": [vars(point) for point in points if point.value is not None],
        "years": [point.year for point in points],
        "notes": {point.year: point.note for point in points},
        "aims": [vars(aim) for aim in aims],
        "outlook": vars(outlook) if outlook else None,
        "top": 100 if is_percent and _highest(points, aims) > 25 else _highest(points, aims) * 1.25,
        "percent": is_percent,
        "border": vars(new_map) if new_map else None,
        "settled": settled,
        "words": {"mark": _("mark"), "forecast": _("forecast"), "units": _("units")},
    }
    return _chart("line", data, sentence)


def by_group(
    bars: Sequence[Bar], *, sentence: str, aim: float | None = None, is_percent: bool = False
) -> Chart:
    """One dot per group on a line from zero, with the mark as an upright."""
    known = [bar.value for bar in bars if bar.value is not None]
    data = {
        "bars": [vars(bar) for bar in bars],
        "aim": aim,
        "top": 100 if is_percent and max(known, default=0) > 25 else max([*known, aim or 0, 1]) * 1.2,
        "percent": is_percent,
        "words": {"none": _("no figure"), "mark": _("mark")},
    }
    return _chart("dots", data, sentence)


def _highest(points: Sequence[Point], aims: Sequence[Aim]) -> float:
    return max([point.value or 0 for point in points] + [aim.high for aim in aims] + [1])


def _chart(kind: str, data: dict[str, Any], sentence: str) -> Chart:
    return Chart(kind, json.dumps(data, sort_keys=True, ensure_ascii=False), sentence)


@lru_cache(maxsize=256)  # about 20 kB each; drawing one takes 40 ms
def _drawn(kind: str, frozen: str, width: int) -> str:
    spec = _SPECS[kind](json.loads(frozen), width)
    spec |= {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "config": {
            "font": PAPER_FONT if width == PRINTED else PAGE_FONT,
            "view": {"stroke": None},
            "text": {"color": INK, "fontSize": 14},
        },
    }
    svg: str = vl_convert.vegalite_to_svg(json.dumps(spec))
    return svg


def _themed(svg: str) -> str:
    """The renderer's colours as custom properties, so that the picture follows the theme."""
    for colour, name in COLOURS.items():
        svg = re.sub(f'="{colour}"', f'="var({name})"', svg, flags=re.IGNORECASE)
    return svg


def _named(svg: str, sentence: str, css: str) -> SafeString:
    """One picture with one name: what is inside is silent, the sentence speaks."""
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    head = f'<svg role="img" aria-label="{escape(sentence)}" class="{css}"'
    svg = re.sub(r'<svg(?: xmlns:xlink="[^"]*")?', head, svg, count=1).replace(' class="marks"', "", 1)
    return mark_safe(svg)  # noqa: S308 -- drawn by us; the sentence is escaped


_SPECS = {"line": line, "dots": dots}
