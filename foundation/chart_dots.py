"""One dot per group on a line from zero, with the mark as an upright."""

from typing import Any

from .chart_looks import HALO, INK, LIGHT, NARROW, SOFT, TEAL, plain, words

DOTS_TOP = -1.0  # where the plane of the dots begins, one line over the first


def dots(data: dict[str, Any], width: int) -> dict[str, Any]:
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
    row = {"value": aim, "text": f"{data['words']['mark']} {words(aim, data)}", "place": DOTS_TOP}
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
        return {**plain(field), "scale": {"domain": domain, "nice": False}, "axis": silent}

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
            "encoding": {"x": plain("zero"), "x2": {"field": "value"}},
        },
        {
            "data": {"values": [row for row in rows if row["known"]]},
            "mark": {"type": "point", "filled": True, "size": 110, "color": TEAL, "opacity": 1},
        },
        {"mark": {**bold, **HALO}, "encoding": text},
        {"mark": bold, "encoding": text},
        {"mark": {**name, **HALO}, "encoding": {"x": plain("zero"), "text": {"field": "name"}}},
        {"mark": name, "encoding": {"x": plain("zero"), "text": {"field": "name"}}},
        {"mark": note, "encoding": {"x": plain("end"), "text": {"field": "note"}}},
    ]


def _bar_words(bar: dict[str, Any], data: dict[str, Any]) -> str:
    return str(data["words"]["none"]) if bar["value"] is None else words(bar["value"], data)
