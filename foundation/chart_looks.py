"""The inks, sizes and words that all charts share."""

from typing import Any

from django.utils.formats import number_format

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
HALO = {
    "stroke": PAPER,
    "strokeWidth": 5,
    "strokeJoin": "round",
}  # a rim of the ground, so that a line behind spares the letters
PAGE_FONT, PAPER_FONT = "Noto Sans, Segoe UI, Roboto, sans-serif", "Liberation Serif"


def plain(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative"}


def words(value: float, data: dict[str, Any]) -> str:
    places = 0 if round(value, 1) == round(value) else 1
    text = number_format(round(value, 1), decimal_pos=places, force_grouping=True)
    return f"{text}%" if data["percent"] else text


def short(value: float, data: dict[str, Any]) -> str:
    """What fits between two years of the narrow picture; the axis says per cent."""
    return words(round(value) if value >= 10 else value, {**data, "percent": False})


def span(aim: dict[str, Any], data: dict[str, Any]) -> str:
    if aim["low"] == aim["high"]:
        return words(aim["high"], data)
    return f"{number_format(aim['low'], decimal_pos=0)}–{words(aim['high'], data)}"
