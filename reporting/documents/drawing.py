"""Pictures of a document as SVG in the light palette: vectors with every colour written out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.charts import Aim, Outlook, Point, over_years
from foundation.rulers import spread
from provinces.boundary_maps import frozen
from provinces.cartogram import Tile, map_in
from provinces.map_looks import PRINT

from ..measure_words import coverage_words
from .blocks import Picture
from .numbers import number_words

WIDTH = 613  # units of the drawing across the text column of 162 mm
FONT = "Liberation Serif"
TEAL, INK, TRACK, EDGE = "#0B4F4A", "#1A2321", "#EFEFEC", "#756F61"


def draw(picture: Picture) -> SafeString:
    """The picture, named for a screen reader by its sentence."""
    return _DRAWINGS[picture.kind](picture)


def _ruler(picture: Picture) -> SafeString:
    """One value against its marks: bar, upright with the figure above, marks with years below."""
    data = picture.data
    scale = WIDTH / float(Decimal(data["top"]))
    value = None if data["value"] is None else min(float(Decimal(data["value"])) * scale, WIDTH)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 54" role="img" aria-label="{}">'
        '<rect x="0" y="20" width="{}" height="12" fill="{}" stroke="#B9B5AA" stroke-width=".75"/>'
        "{}{}{}</svg>",
        WIDTH,
        picture.sentence,
        WIDTH,
        TRACK,
        format_html_join(
            "", "{}", ((_mark(mark, scale, first=i == 0),) for i, mark in enumerate(data["marks"]))
        ),
        "" if value is None else _value(value, data["value_words"]),
        _labels(data["marks"], scale),
    )


def _value(x: float, words: str) -> SafeString:
    anchor = "end" if x > WIDTH - 30 else "start" if x < 30 else "middle"
    return format_html(
        '<rect x="0" y="23" width="{}" height="6" fill="{}"/>'
        '<rect x="{}" y="18" width="4" height="16" fill="{}"/>'
        '<text x="{}" y="12" font-family="{}" font-size="15" font-weight="bold" fill="{}"'
        ' text-anchor="{}">{}</text>',
        f"{x:.1f}",
        TEAL,
        f"{x - 2:.1f}",
        TEAL,
        f"{x:.1f}",
        FONT,
        INK,
        anchor,
        words,
    )


def _mark(mark: dict[str, Any], scale: float, *, first: bool) -> SafeString:
    low, high = float(mark["low"]) * scale, float(mark["high"]) * scale
    if high > low:
        lines = format_html_join(
            "",
            '<line x1="{}" y1="35" x2="{}" y2="17" stroke="{}" stroke-width=".8"/>',
            ((f"{x:.1f}", f"{min(x + 9, high):.1f}", INK) for x in _steps(low, high, 5 if first else 9)),
        )
        return format_html(
            '<rect x="{}" y="17" width="{}" height="18" fill="#FFFFFF" fill-opacity=".6" stroke="{}"/>{}',
            f"{low:.1f}",
            f"{high - low:.1f}",
            INK,
            lines,
        )
    x = min(low, WIDTH - 1.5)
    return format_html(
        '<rect x="{}" y="16" width="{}" height="20" fill="{}"/>', f"{x - 1:.1f}", 2.6 if first else 1.6, INK
    )


def _steps(low: float, high: float, step: int) -> list[float]:
    count = max(int((high - low - 4) // step), 1)
    return [low + 2 + step * i for i in range(count)]


def _labels(marks: list[dict[str, Any]], scale: float) -> SafeString:
    wide = [(len(mark["when"]) + len(mark["words"]) + 1) * 7.4 / WIDTH * 100 for mark in marks]
    middles = [(float(mark["low"]) + float(mark["high"])) / 2 * scale / WIDTH * 100 for mark in marks]
    places = spread(list(zip(middles, wide, strict=True)))
    return format_html_join(
        "",
        '<text x="{}" y="49" font-family="{}" font-size="14" fill="{}" text-anchor="middle">'
        '<tspan font-weight="bold">{}</tspan> {}</text>',
        (
            (f"{place * WIDTH / 100:.1f}", FONT, INK, mark["when"], mark["words"])
            for place, mark in zip(places, marks, strict=True)
        ),
    )


def _line(picture: Picture) -> SafeString:
    """The years as a line with marks and forecast."""
    data = picture.data
    chart = over_years(
        [
            Point(
                one["year"],
                one["value"],
                one["counted"] == one["expected"] and not one.get("lacks"),
                coverage_words(one["counted"], one["expected"], lacks=one.get("lacks", False)),
                one.get("is_at_least", False),
            )
            for one in data["points"]
        ],
        sentence=picture.sentence,
        aims=[Aim(mark["year"], mark["low"], mark["high"]) for mark in data["marks"]],
        outlook=Outlook(**data["forecast"]) if data["forecast"] else None,
        is_percent=data["unit"] == "%",
    )
    return chart.paper


def _cartogram(picture: Picture) -> SafeString:
    """The units of a day by the state of their plans, in the boundaries the cut was made with."""
    tiles = [
        Tile(row["code"], row["name"], word=row["word"], level=row["level"], inherited=row["inherited"])
        for row in picture.data["tiles"]
    ]
    outlines = frozen(picture.data.get("boundary_map"))
    return map_in(outlines, tiles, on=date.fromisoformat(picture.data["on"]), title=picture.sentence).print


BAR, BAR_GAP, NAME_WIDTH = 13, 2, 150  # of the money picture, in its own units
WORD_WIDTH = 130  # of one word of its legend with its square: “Received”, “Kế hoạch” and some air
MONEY_FILLS = ("#B9B5AA", "#74AA9F", TEAL)  # planned, received, spent: from light to dark


def _money(picture: Picture) -> SafeString:
    """For each source three bars, each with its number at its end, and the legend above."""
    rows, columns = picture.data["rows"], picture.data["columns"]
    known = [Decimal(value) for row in rows for value in row["values"] if value is not None]
    scale = (WIDTH - NAME_WIDTH - 62) / float(max([*known, Decimal(1)]))
    step = 3 * (BAR + BAR_GAP) + 12
    drawn = format_html_join(
        "", "{}", ((_money_row(row, 26 + step * place, scale),) for place, row in enumerate(rows))
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        26 + step * len(rows),
        picture.sentence,
        _money_legend(columns),
        drawn,
    )


def _money_legend(columns: list[str]) -> SafeString:
    return format_html_join(
        "",
        '<rect x="{}" y="3" width="13" height="13" fill="{}" stroke="{}" stroke-width=".6"/>'
        '<text x="{}" y="14" font-family="{}" font-size="14" fill="{}">{}</text>',
        (
            (
                NAME_WIDTH + WORD_WIDTH * place,
                fill,
                INK,
                NAME_WIDTH + 19 + WORD_WIDTH * place,
                FONT,
                INK,
                name,
            )
            for place, (name, fill) in enumerate(zip(columns, MONEY_FILLS, strict=True))
        ),
    )


def _money_row(row: dict[str, Any], top: int, scale: float) -> SafeString:
    bars = format_html_join(
        "",
        "{}",
        (
            (_money_bar(value, fill, top + place * (BAR + BAR_GAP), scale),)
            for place, (value, fill) in enumerate(zip(row["values"], MONEY_FILLS, strict=True))
        ),
    )
    middle = top + (3 * BAR + 2 * BAR_GAP) / 2 + 5
    name = format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="14" fill="{}" text-anchor="end">{}</text>',
        NAME_WIDTH - 8,
        f"{middle:.1f}",
        FONT,
        INK,
        row["name"],
    )
    return format_html("{}{}", name, bars)


def _money_bar(value: str | None, fill: str, y: int, scale: float) -> SafeString:
    long = float(Decimal(value)) * scale if value is not None else 0.0
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width=".4"/>'
        '<text x="{}" y="{}" font-family="{}" font-size="12.5" fill="{}">{}</text>',
        NAME_WIDTH,
        y,
        f"{long:.1f}",
        BAR,
        fill,
        INK,
        f"{NAME_WIDTH + long + 5:.1f}",
        y + BAR - 2.5,
        FONT,
        INK,
        number_words(None if value is None else Decimal(value)),
    )


def legend(picture: Picture) -> list[tuple[SafeString, str]]:
    """The keys of a map with their swatches; pictures from before there were keys have none."""
    return [(_swatch(key), key["words"]) for key in picture.data.get("keys", [])]


def _swatch(key: dict[str, Any]) -> SafeString:
    corner = (
        format_html('<path d="M7 0h7v7z" fill="#FFFFFF" stroke="{}" stroke-width=".6"/>', EDGE)
        if key["inherited"]
        else ""
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14" aria-hidden="true">'
        '<rect x=".3" y=".3" width="13.4" height="13.4" fill="{}" stroke="{}" stroke-width=".6"/>{}</svg>',
        PRINT.fills[key["level"]],
        EDGE,
        corner,
    )


_DRAWINGS: dict[str, Callable[[Picture], SafeString]] = {
    "ruler": _ruler,
    "line": _line,
    "money": _money,
    "cartogram": _cartogram,
}
