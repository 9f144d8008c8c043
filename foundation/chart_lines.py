"""A line year by year, with its marks, its forecast and the border between two maps."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from .chart_axes import EDGE_YEARS, first_of, steps_to, years_axis
from .chart_labels import SMALL, Area, Box, Places, width_of
from .chart_looks import (
    EDGE,
    FAN,
    HALO,
    HEIGHTS,
    INK,
    LIGHT,
    LINE,
    NARROW,
    PAPER,
    SOFT,
    TEAL,
    plain,
    short,
    span,
    words,
)

BESIDE = 6  # px between the border of two maps and its words


def line(data: dict[str, Any], width: int) -> dict[str, Any]:
    last = max([*data["years"], *(aim["year"] for aim in data["aims"])])
    years = list(range(min(data["years"]), last + 1))
    shown = years if width > NARROW else years[:: max(1, len(years) // 4)]
    spec: dict[str, Any] = {
        "width": width - 60,
        "height": HEIGHTS[width],
        "layer": [],
    }
    says = short if width == NARROW else words
    points = [{**point, "text": _label(point, data, says)} for point in data["points"]]
    first = first_of(years, points, spec["width"])
    spec["layer"].append(_grid(data, years, shown, first))
    area = Area(first, years[-1] + EDGE_YEARS, data["top"], spec["width"], spec["height"])
    border = _border_words(data, with_units=width > NARROW)
    places = Places(
        points=points,
        outlook=data["outlook"] and {**data["outlook"], "text": _outlook_words(data)},
        aims=[{**aim, "text": f"{data['words']['mark']} {span(aim, data)}"} for aim in data["aims"]],
        area=area,
        reach=0.35 if width > NARROW else 0.6,
        border=_border_boxes(data, border, area),
        settled=next(reversed(_settled(points, data)), None),
    )
    spec["layer"] += [
        *_border(data, border, 3 + places.border_shift),
        *_outlook(data, places.outlook),
        *_aims(places.aims),
        *_values(data, places.points, with_notes=width > NARROW),
        *_aim_names(places.aims),
    ]
    return spec


def _label(point: dict[str, Any], data: dict[str, Any], says: Callable[[float, dict[str, Any]], str]) -> str:
    """With its sign of “at least” the number leaves per cent to the axis, or neighbours would touch."""
    if point["is_at_least"]:
        return f"≥{says(point['value'], {**data, 'percent': False})}"
    return says(point["value"], data)


def _y(field: str, data: dict[str, Any]) -> dict[str, Any]:
    values = [0, 25, 50, 75, 100] if data["top"] == 100 else steps_to(data["top"])
    labels = {str(value): words(value, data) for value in values}
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


def _border_words(data: dict[str, Any], *, with_units: bool) -> tuple[str, str]:
    """The number of units on both sides."""
    if not (border := data["border"]):
        return "", ""
    units = f" {data['words']['units']}" if with_units else ""
    return str(border["before"]), f"{border['after']}{units}"


def _border_boxes(data: dict[str, Any], says: tuple[str, str], area: Area) -> list[Box]:
    if not data["border"]:
        return []
    x = area.x(_border_at(data))
    before, after = (width_of(text, SMALL) for text in says)
    return [Box(x - BESIDE - before, x - BESIDE, 0, 17), Box(x + BESIDE, x + BESIDE + after, 0, 17)]


def _border_at(data: dict[str, Any]) -> float:
    return float(data["border"]["year"]) - 0.5


def _border(data: dict[str, Any], says: tuple[str, str], down: float) -> list[dict[str, Any]]:
    """A dotted upright between the years, with its words on both sides."""
    if not data["border"]:
        return []
    at = {"x": _border_at(data), "top": data["top"]}
    word = {"type": "text", "baseline": "top", "dy": down, "color": SOFT, "fontSize": 12}
    return [
        {
            "data": {"values": [at]},
            "mark": {"type": "rule", "color": EDGE, "strokeDash": [2, 4]},
            "encoding": {"x": plain("x")},
        },
        *(
            {
                "data": {"values": [{**at, "text": text}]},
                "mark": {**word, "align": align, "dx": shift},
                "encoding": {"x": plain("x"), "y": plain("top"), "text": {"field": "text"}},
            }
            for text, align, shift in zip(says, ("right", "left"), (-BESIDE, BESIDE), strict=True)
        ),
    ]


def _values(data: dict[str, Any], rows: list[dict[str, Any]], *, with_notes: bool) -> list[dict[str, Any]]:
    place = {"x": plain("year"), "y": plain("value")}
    filled = {"condition": {"test": "datum.is_complete", "value": TEAL}, "value": PAPER}
    labels: dict[str, Any] = {
        "type": "text",
        "dy": {"expr": "datum.shift"},
        "fontWeight": "bold",
        "color": INK,
    }
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": _settled(rows, data)},
            "mark": {"type": "line", "color": TEAL, "strokeWidth": 3},
        },
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
                "encoding": {"x": plain("year"), "y": {"datum": 0}, "text": {"field": "text"}},
            }
        )
    for layer in layers:
        layer.setdefault("data", {"values": rows})
        layer["encoding"] = {**place, **layer.get("encoding", {})}
    return layers


def _settled(points: Sequence[dict[str, Any]], data: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of closed years, whose course the line shows."""
    last = data["settled"]
    return [point for point in points if last is None or point["year"] <= last]


def _outlook(data: dict[str, Any], ahead: dict[str, Any] | None) -> list[dict[str, Any]]:
    points = _settled(data["points"], data)
    if not ahead or not points:
        return []
    last = points[-1]
    start = {"year": last["year"], "value": last["value"], "low": last["value"], "high": last["value"]}
    rows = [start, ahead]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "area", "color": FAN},
            "encoding": {"x": plain("year"), "y": plain("low"), "y2": {"field": "high"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": TEAL, "strokeWidth": 2, "strokeDash": [5, 4]},
            "encoding": {"x": plain("year"), "y": plain("value")},
        },
        {
            "data": {"values": [ahead]},
            "mark": {"type": "text", "align": "right", "dy": ahead["shift"], "color": SOFT, "fontSize": 12.5},
            "encoding": {"x": plain("year"), "y": plain("low"), "text": {"field": "text"}},
        },
    ]


def _outlook_words(data: dict[str, Any]) -> str:
    return f"{data['words']['forecast']} {words(data['outlook']['value'], data)}"


def _aims(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    place = {"x": plain("from"), "x2": {"field": "to"}, "y": plain("high")}
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
    words = {"x": plain("to"), "y": plain("high"), "text": {"field": "text"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": words} for mark in ({**name, **HALO}, name)]
