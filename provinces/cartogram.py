"""The map of a day: one tile for each unit, or its boundaries, Hoàng Sa and Trường Sa always among them.

What other rooms write::

    from provinces.cartogram import Key, Tile, cartogram, locator

    tiles = [Tile("75", "Đồng Nai", value="79%", word="đạt mốc 2025", level=4, url="/provinces/dong-nai/"), …]
    picture = cartogram(tiles, on=day, title="…", keys=[Key(4, "75% trở lên", 9), …], table_id="bang")
    {% include "provinces/parts/cartogram.html" with map=picture %}    wide and narrow, legend, skip link
    picture.print                                                      for PDF: hex colours, own patterns
    locator("75", on=day, label="Đồng Nai")                            small, one unit filled

The page prints the table twin itself, with ``id`` = ``table_id``; ``picture.tiles`` stand in reading order
and each has its ``swatch``.

``level`` is 1–5 on the sequential scale, 0 for a plain tile, ``None`` for “not reported” (hatched, “–”).
``inherited`` folds a corner. Tiles are joined to their places by (code, day): the 63 places serve days
before 1 July 2025, the 34 those after. A code without a place is drawn below the map, never dropped.
The markup carries neither style attributes nor scripts, so the strict policy holds.

Where the ministry has loaded its own boundaries for the units of the day and shows them, all of this is drawn
in them instead (``boundary_drawing``), with their source beneath.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.text import Text

from . import boundary_drawing
from .boundary_maps import shown_on
from .map_looks import (
    NARROW,
    PRINT,
    PRINT_PATTERN,
    WEB,
    Key,
    Look,
    Tile,
    archipelago_words,
    bold,
    dashes,
    group_of,
    ink,
    linked,
    number,
    sea,
    svg_of,
)
from .outlines import WIDTH, Outlines

__all__ = ["ARCHIPELAGOS", "Cartogram", "Key", "Tile", "cartogram", "layout_on", "locator", "map_in"]

DATA = Path(__file__).parent / "data"
MERGED_ON = date(2025, 7, 1)
ARCHIPELAGOS = frozenset({"Hoàng Sa", "Trường Sa"})
SHORT = {
    "Hồ Chí Minh": ("TP.", "HCM"),
    "Ho Chi Minh City": ("Ho Chi", "Minh C."),
    "Bà Rịa - Vũng Tàu": ("Bà Rịa", "– V.Tàu"),
    "Ba Ria – Vung Tau": ("Ba Ria", "– V.Tau"),
    "Thừa Thiên Huế": ("T.Thiên", "Huế"),
    "Thua Thien Hue": ("T.Thien", "Hue"),
    "Hoàng Sa Islands": ("Hoàng", "Sa Is."),
    "Trường Sa Islands": ("Trường", "Sa Is."),
}
MARGIN = 4
GAP = 3
NARROW_WIDTH = 328
LETTER = 0.56  # width of a letter against its height
TILE_LETTERS = 4  # a printed letter is a quarter of its tile, as large as “Nguyên” may be
LARGE_PRINT = replace(PRINT, font=15)  # on paper few words stand in a drawing that is made small


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    col: float
    row: float

    @property
    def is_archipelago(self) -> bool:
        return self.name in ARCHIPELAGOS

    @property
    def words(self) -> str:
        return archipelago_words(self.name)


@dataclass(frozen=True)
class Cartogram:
    """One map in its renderings, with what stands beside it."""

    title: str
    tiles: Sequence[Tile]
    places: tuple[Place, ...]
    keys: Sequence[Key] = ()
    table_id: str = ""
    pitch: float = 58
    outlines: Outlines | None = None
    width: float = WIDTH

    @property
    def wide(self) -> SafeString:
        if self.outlines:
            return boundary_drawing.draw(self.tiles, self.outlines, title=self.title, width=self.width)
        return draw(self.tiles, self.places, pitch=self.pitch, title=self.title)

    @property
    def narrow(self) -> SafeString:
        if self.outlines:
            return boundary_drawing.draw(
                self.tiles, self.outlines, title=self.title, width=NARROW_WIDTH, look=NARROW
            )
        near, pitch = _drawn_near(self.places), (NARROW_WIDTH - 8) / 8.5
        return draw(self.tiles, near, pitch=pitch, title=self.title, look=NARROW)

    @property
    def print(self) -> SafeString:
        if self.outlines:
            return boundary_drawing.draw(self.tiles, self.outlines, title=self.title, look=LARGE_PRINT)
        look = replace(PRINT, font=self.pitch / TILE_LETTERS)
        return draw(self.tiles, self.places, pitch=self.pitch, title=self.title, look=look)

    @property
    def shows_codes(self) -> bool:
        """Whether units without a number bear their codes, as names would not fit into outlines."""
        return self.outlines is not None and not any(tile.value for tile in self.tiles)

    @property
    def source(self) -> Text | None:
        """Who drew the boundaries; tiles claim none."""
        return self.outlines.source if self.outlines else None


def cartogram(
    tiles: Iterable[Tile],
    *,
    on: date,
    title: str,
    keys: Sequence[Key] = (),
    table_id: str = "",
    pitch: float | None = None,
) -> Cartogram:
    """The map of a day. ``pitch`` is 58 for today's units, 48 for the 63; give 50 in a rail."""
    return map_in(shown_on(on), tiles, on=on, title=title, keys=keys, table_id=table_id, pitch=pitch)


def map_in(
    outlines: Outlines | None,
    tiles: Iterable[Tile],
    *,
    on: date,
    title: str,
    keys: Sequence[Key] = (),
    table_id: str = "",
    pitch: float | None = None,
) -> Cartogram:
    """The same in boundaries that somebody chose, or in tiles. No unit is dropped for having no outline."""
    places, listed = layout_on(on), list(tiles)
    wide = pitch or (58 if on >= MERGED_ON else 48)
    if outlines is None or any(tile.code not in outlines.by_code for tile in listed):
        return Cartogram(title, _in_reading_order(listed, places), places, keys, table_id, wide)
    ordered = boundary_drawing.reading_order(listed, outlines)
    width = WIDTH * (pitch or 58) / 58
    return Cartogram(title, ordered, places, keys, table_id, wide, outlines, width)


def locator(code: str, *, on: date, label: str) -> SafeString:
    """A small map with one unit filled and only the archipelagos named."""
    outlines = shown_on(on)
    if outlines and code in outlines.by_code:
        return _locator_in(outlines, code, label)
    places = layout_on(on)
    pitch = 30 if on >= MERGED_ON else 22
    marks = [_locator_tile(place, place.code == code, pitch) for place in places]
    title = _("%(unit)s on the map of tiles, with Hoàng Sa and Trường Sa") % {"unit": label}
    width, height = _size(places, pitch)
    wide = max(width + 16, *(_end_of_name(place, pitch) for place in places if place.is_archipelago))
    return svg_of(marks, wide, height, look=WEB, classes="cartogram locator", role="img", title=title)


def _end_of_name(place: Place, pitch: float) -> float:
    """How far right the words under an archipelago reach."""
    return (place.col + 0.5) * pitch + MARGIN + len(place.words) * WEB.font * LETTER / 2


def _locator_in(outlines: Outlines, code: str, label: str) -> SafeString:
    title = _("%(unit)s on the map, with Hoàng Sa and Trường Sa") % {"unit": label}
    drawn = boundary_drawing.draw_locator(code, outlines, title=title)
    return format_html(
        '<div class="locator-box">{}<p class="coverage">{}</p></div>', drawn, source_words(outlines.source)
    )


def source_words(source: Text) -> SafeString:
    return format_html('{} <span lang="{}">{}</span>', _("Boundaries:"), source.lang, source)


def layout_on(day: date) -> tuple[Place, ...]:
    """The places of the units of a day, the archipelagos last."""
    return _places("34" if day >= MERGED_ON else "63")


def draw(
    tiles: Iterable[Tile], places: tuple[Place, ...], *, pitch: float, title: str, look: Look = WEB
) -> SafeString:
    """The map as one SVG: links in reading order, each with its name, number and word."""
    return _drawn(tuple(tiles), places, pitch, title, look, get_language() or "")


@lru_cache(64)  # the same words on the same tiles make the same picture
def _drawn(
    tiles: tuple[Tile, ...], places: tuple[Place, ...], pitch: float, title: str, look: Look, _language: str
) -> SafeString:
    by_code = {tile.code: tile for tile in tiles}
    placed = sorted((*places, *_unplaced(by_code, places)), key=lambda place: (place.row, place.col))
    width, height = _size(placed, pitch)
    body = [
        _tile(by_code.get(place.code) or Tile(place.code, ""), place, pitch, look)
        for place in placed
        if place.code in by_code or place.is_archipelago  # drawn also on a day when nobody holds its code
    ]
    if look.by_hex:
        body.insert(0, PRINT_PATTERN)
    body.append(_sea(placed, pitch, look))
    return svg_of(body, width, height, look=look, classes=look.classes, role="group", title=title)


@cache
def _places(name: str) -> tuple[Place, ...]:
    with (DATA / f"tiles_{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(row["code"], row["name"], float(row["col"]), float(row["row"]))
            for row in csv.DictReader(file)
        )


def _unplaced(by_code: dict[str, Tile], places: Iterable[Place]) -> list[Place]:
    known = {place.code for place in places}
    bottom = max(place.row for place in places) + 2
    missing = sorted(code for code in by_code if code not in known)
    return [Place(code, by_code[code].label, at % 8, bottom + at // 8) for at, code in enumerate(missing)]


def _in_reading_order(tiles: Iterable[Tile], places: Iterable[Place]) -> list[Tile]:
    at = {place.code: (place.row, place.col) for place in places if not place.is_archipelago}
    return sorted(tiles, key=lambda tile: at.get(tile.code, (99, 0)))


def _drawn_near(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """On a telephone the archipelagos of the 63-map come one column nearer, so that all stays readable."""
    widest = max(place.col for place in places)
    return tuple(
        Place(place.code, place.name, place.col - (widest - 7.5), place.row)
        if place.is_archipelago
        else place
        for place in places
    )


def _size(places: Iterable[Place], pitch: float) -> tuple[float, float]:
    places = list(places)
    width = max(place.col for place in places) * pitch + pitch + 2 * MARGIN
    return width, max(place.row for place in places) * pitch + pitch + 2 * MARGIN


def _tile(tile: Tile, place: Place, pitch: float, look: Look) -> SafeString:
    x, y, side = place.col * pitch + MARGIN, place.row * pitch + MARGIN, pitch - GAP
    name = place.words if place.is_archipelago else str(tile.label)
    lines = [*_two_lines(name), *([tile.value or "–"] if tile.value or tile.level is None else [])]
    shown = [
        _square(tile, x, y, side, look),
        _fold(x, y, look) if tile.inherited else "",
        _frame(x, y, side, look) if place.is_archipelago else "",
        _words(lines, x + side / 2, y + side / 2, tile, look),
    ]
    inner = mark_safe("".join(shown))  # noqa: S308 -- escaped parts
    spoken = tile.spoken
    if place.is_archipelago:
        spoken = f"{place.words}, {spoken}" if spoken else place.words
    return linked(tile, spoken, inner, look, group=group_of(tile, look))


def _square(tile: Tile, x: float, y: float, side: float, look: Look) -> SafeString:
    if not look.by_hex:
        colour = f" seq-{tile.level}" if tile.level else " missing" if tile.level is None else ""
        return format_html(
            '<rect class="tile{}" x="{}" y="{}" width="{}" height="{}"/>',
            colour, number(x), number(y), number(side), number(side),
        )  # fmt: skip
    fill = "url(#khong-bao-cao)" if tile.level is None else look.fills[tile.level]
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#756F61"/>',
        number(x), number(y), number(side), number(side), fill,
    )  # fmt: skip


def _fold(x: float, y: float, look: Look) -> SafeString:
    paint = mark_safe('fill="#0B4F4A"') if look.by_hex else mark_safe('class="fold"')
    return format_html('<path d="M{} {}h13l-13 13z" {}/>', number(x), number(y), paint)


def _frame(x: float, y: float, side: float, look: Look) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" {}/>',
        number(x - 3), number(y - 3), number(side + 6), number(side + 6), dashes(look),
    )  # fmt: skip


def _words(lines: list[str], x: float, y: float, tile: Tile, look: Look) -> SafeString:
    leading = look.font * 1.2
    top = y - (len(lines) - 1) * leading / 2 + look.font * 0.35
    named = len(lines) - (1 if tile.value or tile.level is None else 0)
    return format_html_join(
        "",
        '<text x="{}" y="{}"{}{}>{}</text>',
        (
            (number(x), number(top + at * leading), bold(at >= named, look), ink(tile, look), line)
            for at, line in enumerate(lines)
        ),
    )


def _sea(places: Iterable[Place], pitch: float, look: Look) -> SafeString:
    """The East Sea's name, between the two archipelagos."""
    north, south = sorted((p for p in places if p.is_archipelago), key=lambda place: place.row)
    x, y = (north.col + 0.5) * pitch, (north.row + south.row + 1) / 2 * pitch + MARGIN
    if look is NARROW:  # the coast leaves room only just south of Hoàng Sa
        x, y = (north.col + 0.75) * pitch, (north.row + 2.4) * pitch
    return sea(x, y, look)


def _locator_tile(place: Place, chosen: bool, pitch: float) -> SafeString:
    x, y, side = place.col * pitch + MARGIN, place.row * pitch + MARGIN, pitch - 2
    square = format_html(
        '<rect class="tile {}" x="{}" y="{}" width="{}" height="{}"/>',
        "seq-5" if chosen else "quiet", number(x), number(y), number(side), number(side),
    )  # fmt: skip
    if not place.is_archipelago:
        return square
    name = format_html(
        '<text class="soft" x="{}" y="{}">{}</text>', number(x + side / 2), number(y + side + 16), place.words
    )
    return square + _frame(x, y, side, WEB) + name


def _two_lines(name: str) -> tuple[str, ...]:
    """Đồng / Nai; three names are shortened, one is a single word."""
    if str(name) in SHORT:
        return SHORT[str(name)]
    first, _blank, rest = str(name).partition(" ")
    return (first, rest) if rest else (first,)
