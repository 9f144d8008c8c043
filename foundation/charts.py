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
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .chart_axes import EDGE_YEARS, first_of, steps_to, years_axis
from .chart_labels import Area, Places

# The light palette by name, and the custom property that replaces it on a page.
COLOURS = {
    "#0B6B64": "--chart-1",
    "#1A2321": "--ink",
    "#44504D": "--ink-soft",
    "#D9D2C2": "--line",
    "#756F61": "--edge",
    "#E1EDE9": "--seq-1",
    "#AFD0C8": "--seq-2",
    "#FBF9F4": "--paper",
}
TEAL, INK, SOFT, LINE, EDGE, FAN, LIGHT, PAPER = COLOURS
WIDE, NARROW, PRINTED = 640, 300, 590
HEIGHTS = {WIDE: 250, NARROW: 210, PRINTED: 205}  # of the line; on paper it stands between paragraphs
DOTS_TOP = -1.0  # where the plane of the dots begins, one line over the first
HALO = {
    "stroke": PAPER,
    "strokeWidth": 5,
    "strokeJoin": "round",
}  # a rim of the ground, so that a line behind spares the letters
PAGE_FONT, PAPER_FONT = "Noto Sans, Segoe UI, Roboto, sans-serif", "Liberation Serif"


@dataclass(frozen=True)
class Point:
    """A year's number; an open circle where not all units gave one. ``note`` stands under the year."""

    year: int
    value: float | None
    is_complete: bool = True
    note: str = ""


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
) -> Chart:
    """A line year by year with its marks and forecast; dotted where the map of units changed."""
    data = {
        "points": [vars(point) for point in points if point.value is not None],
        "years": [point.year for point in points],
        "notes": {point.year: point.note for point in points},
        "aims": [vars(aim) for aim in aims],
        "outlook": vars(outlook) if outlook else None,
        "top": 100 if is_percent and _highest(points, aims) > 25 else _highest(points, aims) * 1.25,
        "percent": is_percent,
        "border": vars(new_map) if new_map else None,
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


def _line(data: dict[str, Any], width: int) -> dict[str, Any]:
    last = max([*data["years"], *(aim["year"] for aim in data["aims"])])
    years = list(range(min(data["years"]), last + 1))
    shown = years if width > NARROW else years[:: max(1, len(years) // 4)]
    spec: dict[str, Any] = {
        "width": width - 60,
        "height": HEIGHTS[width],
        "layer": [],
    }
    says = _short if width == NARROW else _words
    points = [{**point, "text": says(point["value"], data)} for point in data["points"]]
    first = first_of(years, points, spec["width"])
    spec["layer"].append(_grid(data, years, shown, first))
    places = Places(
        points=points,
        outlook=data["outlook"] and {**data["outlook"], "text": _outlook_words(data)},
        aims=[{**aim, "text": f"{data['words']['mark']} {_span(aim, data)}"} for aim in data["aims"]],
        area=Area(first, years[-1] + EDGE_YEARS, data["top"], spec["width"], spec["height"]),
        reach=0.35 if width > NARROW else 0.6,
    )
    spec["layer"] += [
        *_border(data, units=width > NARROW),
        *_outlook(data, places.outlook),
        *_aims(places.aims),
        *_values(data, places.points, with_notes=width > NARROW),
        *_aim_names(places.aims),
    ]
    return spec


def _y(field: str, data: dict[str, Any]) -> dict[str, Any]:
    values = [0, 25, 50, 75, 100] if data["top"] == 100 else steps_to(data["top"])
    labels = {str(value): _words(value, data) for value in values}
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, data["top"]], "nice": False},
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "values": values,
            "gridColor": LINE,
            "labelColor": SOFT,
            "labelFontSize": 12.5,
            "labelExpr": f"({json.dumps(labels)})[toString(datum.value)]",
        },
    }


def _grid(data: dict[str, Any], years: Sequence[int], shown: Sequence[int], first: float) -> dict[str, Any]:
    """An unseen layer that carries both axes."""
    return {
        "data": {"values": [{"year": year, "value": 0} for year in years]},
        "mark": {"type": "rule", "color": EDGE, "opacity": 0},
        "encoding": {"x": years_axis("year", years, shown, first), "y": _y("value", data)},
    }


def _plain(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative"}


def _border(data: dict[str, Any], *, units: bool) -> list[dict[str, Any]]:
    """A dotted upright between the years, with the number of units on both sides."""
    if not (border := data["border"]):
        return []
    at = {"x": border["year"] - 0.5, "top": data["top"]}
    word = {"type": "text", "baseline": "top", "dy": 3, "color": SOFT, "fontSize": 12}
    before = {**at, "text": str(border["before"])}
    after = {**at, "text": f"{border['after']} {data['words']['units']}" if units else str(border["after"])}
    return [
        {
            "data": {"values": [at]},
            "mark": {"type": "rule", "color": EDGE, "strokeDash": [2, 4]},
            "encoding": {"x": _plain("x")},
        },
        *(
            {
                "data": {"values": [row]},
                "mark": {**word, "align": align, "dx": shift},
                "encoding": {"x": _plain("x"), "y": _plain("top"), "text": {"field": "text"}},
            }
            for row, align, shift in ((before, "right", -6), (after, "left", 6))
        ),
    ]


def _values(data: dict[str, Any], rows: list[dict[str, Any]], *, with_notes: bool) -> list[dict[str, Any]]:
    place = {"x": _plain("year"), "y": _plain("value")}
    filled = {"condition": {"test": "datum.is_complete", "value": TEAL}, "value": PAPER}
    labels: dict[str, Any] = {
        "type": "text",
        "dy": {"expr": "datum.shift"},
        "fontWeight": "bold",
        "color": INK,
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "color": TEAL, "strokeWidth": 3}},
        {
            "mark": {
                "type": "point",
                "shape": "circle",
                "size": 80,
                "stroke": TEAL,
                "strokeWidth": 2.5,
                "opacity": 1,
            },
            "encoding": {"fill": filled},
        },
        {"mark": {**labels, **HALO}, "encoding": {"text": {"field": "text"}}},
        {"mark": labels, "encoding": {"text": {"field": "text"}}},
    ]
    if with_notes:
        under = [{"year": int(year), "text": note} for year, note in data["notes"].items() if note]
        layers.append(
            {
                "data": {"values": under},
                "mark": {"type": "text", "color": SOFT, "fontSize": 11.5, "baseline": "top", "dy": 28},
                "encoding": {"x": _plain("year"), "y": {"datum": 0}, "text": {"field": "text"}},
            }
        )
    for layer in layers:
        layer.setdefault("data", {"values": rows})
        layer["encoding"] = {**place, **layer.get("encoding", {})}
    return layers


def _outlook(data: dict[str, Any], ahead: dict[str, Any] | None) -> list[dict[str, Any]]:
    points = data["points"]
    if not ahead or not points:
        return []
    last = points[-1]
    start = {"year": last["year"], "value": last["value"], "low": last["value"], "high": last["value"]}
    rows = [start, ahead]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "area", "color": FAN},
            "encoding": {"x": _plain("year"), "y": _plain("low"), "y2": {"field": "high"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": TEAL, "strokeWidth": 2, "strokeDash": [5, 4]},
            "encoding": {"x": _plain("year"), "y": _plain("value")},
        },
        {
            "data": {"values": [ahead]},
            "mark": {"type": "text", "align": "right", "dy": ahead["shift"], "color": SOFT, "fontSize": 12.5},
            "encoding": {"x": _plain("year"), "y": _plain("low"), "text": {"field": "text"}},
        },
    ]


def _outlook_words(data: dict[str, Any]) -> str:
    return f"{data['words']['forecast']} {_words(data['outlook']['value'], data)}"


def _aims(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    place = {"x": _plain("from"), "x2": {"field": "to"}, "y": _plain("high")}
    return [
        {
            "data": {"values": [row for row in rows if row["low"] != row["high"]]},
            "mark": {"type": "rect", "color": LIGHT, "opacity": 0.6},
            "encoding": {**place, "y2": {"field": "low"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 3},
            "encoding": place,
        },
    ]


def _aim_names(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drawn last, so that the line passes behind them."""
    name = {
        "type": "text",
        "align": "right",
        "dy": {"expr": "datum.shift"},
        "fontWeight": "bold",
        "fontSize": 12.5,
    }
    words = {"x": _plain("to"), "y": _plain("high"), "text": {"field": "text"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": words} for mark in ({**name, **HALO}, name)]


def _dots(data: dict[str, Any], width: int) -> dict[str, Any]:
    """Name above its line, so that long names of regions never push the picture aside."""
    count = len(data["bars"])
    data = {**data, "top": data["top"] * (1.5 if width == NARROW else 1.15)}  # room for words at the end
    layers = _dot_layers(rows := _dot_rows(data))
    for layer in layers:
        layer["encoding"] = {**_dot_axes(count, data["top"]), **layer.get("encoding", {})}
    if data["aim"]:
        layers[:0] = _dot_aim(data, _dot_axes(count, data["top"]))
    return {"width": width - 20, "height": 46 * count + 20, "data": {"values": rows}, "layer": layers}


def _dot_aim(data: dict[str, Any], axes: dict[str, Any]) -> list[dict[str, Any]]:
    """The mark's upright, and its name over the first line."""
    aim = data["aim"]
    row = {"value": aim, "text": f"{data['words']['mark']} {_words(aim, data)}", "place": DOTS_TOP}
    align = "right" if aim > data["top"] * 0.8 else "center"
    name = {"type": "text", "align": align, "baseline": "top", "fontWeight": "bold", "fontSize": 12.5}
    upright = {"values": [{**row, "place": DOTS_TOP + 0.4, "foot": len(data["bars"]) - 0.5}]}
    return [
        {
            "data": upright,
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {**axes, "y2": {"field": "foot"}},
        },
        {
            "data": {"values": [row]},
            "mark": name,
            "encoding": {**axes, "text": {"field": "text"}},
        },
    ]


def _dot_axes(count: int, top: float) -> dict[str, Any]:
    silent = {"title": None, "labels": False, "grid": False, "domain": False, "ticks": False}

    def axis(field: str, domain: list[float]) -> dict[str, Any]:
        return {**_plain(field), "scale": {"domain": domain, "nice": False}, "axis": silent}

    return {"y": axis("place", [count - 0.5, DOTS_TOP]), "x": axis("value", [0, top])}


def _dot_rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **bar,
            "place": place,
            "zero": 0,
            "end": data["top"],
            "text": _bar_words(bar, data),
            "known": bar["value"] is not None,
            "value": bar["value"] or 0,
        }
        for place, bar in enumerate(data["bars"])
    ]


def _dot_layers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    bold = {"type": "text", "align": "left", "dx": 11, "fontWeight": "bold", "color": INK, "fontSize": 13}
    name = {"type": "text", "align": "left", "dy": -16, "color": INK, "fontSize": 13}
    note = {"type": "text", "align": "right", "color": SOFT, "fontSize": 12}
    text = {"text": {"field": "text"}}
    return [
        {
            "mark": {"type": "rule", "color": LIGHT, "strokeWidth": 5},
            "encoding": {"x": _plain("zero"), "x2": {"field": "value"}},
        },
        {
            "data": {"values": [row for row in rows if row["known"]]},
            "mark": {"type": "point", "filled": True, "size": 110, "color": TEAL, "opacity": 1},
        },
        {"mark": {**bold, **HALO}, "encoding": text},
        {"mark": bold, "encoding": text},
        {"mark": {**name, **HALO}, "encoding": {"x": _plain("zero"), "text": {"field": "name"}}},
        {"mark": name, "encoding": {"x": _plain("zero"), "text": {"field": "name"}}},
        {"mark": note, "encoding": {"x": _plain("end"), "text": {"field": "note"}}},
    ]


def _bar_words(bar: dict[str, Any], data: dict[str, Any]) -> str:
    return str(data["words"]["none"]) if bar["value"] is None else _words(bar["value"], data)


def _words(value: float, data: dict[str, Any]) -> str:
    places = 0 if round(value, 1) == round(value) else 1
    text = number_format(round(value, 1), decimal_pos=places, force_grouping=True)
    return f"{text}%" if data["percent"] else text


def _short(value: float, data: dict[str, Any]) -> str:
    """What fits between two years of the narrow picture; the axis says per cent."""
    return _words(round(value) if value >= 10 else value, {**data, "percent": False})


def _span(aim: dict[str, Any], data: dict[str, Any]) -> str:
    if aim["low"] == aim["high"]:
        return _words(aim["high"], data)
    return f"{number_format(aim['low'], decimal_pos=0)}–{_words(aim['high'], data)}"


_SPECS = {"line": _line, "dots": _dots}
