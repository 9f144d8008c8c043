"""The units in their boundaries as SVG, in the same grammar as the tiles: links, names, shades, hatches.

Both archipelagos are in every drawing, framed and named, with the East Sea's name between them. A number
that has no room in its unit is not drawn; it stands in the unit's name, and in the table beside the map.
"""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .map_looks import (
    PRINT_PATTERN,
    WEB,
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
from .outlines import HEIGHT, WIDTH, Islands, Outline, Outlines

ROW = 32  # links within a band of this height are read from west to east
DOT_RADIUS = 1.7
LETTER = 0.56  # width of a letter against its height
LOCATOR_WIDTH = 250


def draw(
    tiles: Iterable[Tile], outlines: Outlines, *, title: str, width: float = WIDTH, look: Look = WEB
) -> SafeString:
    """The map as one SVG; a unit without a tile is drawn all the same, in a quiet colour."""
    by_code = {tile.code: tile for tile in tiles}
    scale = width / WIDTH
    parts = [
        (one.y, one.x, _unit(one, by_code.get(code), scale, look)) for code, one in outlines.by_code.items()
    ]
    for code, one in outlines.by_code.items():
        for islands in one.islands:
            x, y, wide, high = islands.frame
            drawn = _islands(islands, by_code.get(code), scale, look)
            parts.append((y + high / 2, x + wide / 2, drawn))
    body = [drawn for _y, _x, drawn in sorted(parts, key=lambda part: (part[0] // ROW, part[1]))]
    if look.by_hex:
        body.insert(0, PRINT_PATTERN)
    body.append(_sea(outlines, scale, look))
    return svg_of(
        body, width, HEIGHT * scale, look=look, classes=f"{look.classes} outlines", role="group", title=title
    )


def draw_locator(code: str, outlines: Outlines, *, title: str) -> SafeString:
    """A small map with one unit filled, and the archipelagos framed and named."""
    scale = LOCATOR_WIDTH / WIDTH
    others = "".join(one.path for one in outlines.by_code.values() if one.code != code)
    body = [
        _path(others, "tile quiet", scale),
        _path(outlines.by_code[code].path, "tile seq-5", scale),
    ]
    for one in outlines.by_code.values():
        for islands in one.islands:
            fill = "tile seq-5" if one.code == code else "tile quiet"
            shape = _path(islands.path + _dots(islands, scale), fill, scale)
            name = _name(islands, [archipelago_words(islands.name)], scale, WEB, "soft")
            body += [_frame(islands, scale, WEB), shape, name]
    return svg_of(
        body, LOCATOR_WIDTH, HEIGHT * scale, look=WEB, classes="cartogram locator outlines", role="img",
        title=title,
    )  # fmt: skip


def reading_order(tiles: Iterable[Tile], outlines: Outlines) -> list[Tile]:
    at = {code: (one.y // ROW, one.x) for code, one in outlines.by_code.items()}
    return sorted(tiles, key=lambda tile: at.get(tile.code, (99, 0)))


def _unit(one: Outline, tile: Tile | None, scale: float, look: Look) -> SafeString:
    shape = _shape(one.path, tile, scale, look)
    if tile is None:
        return shape
    x, y, radius = one.x * scale, one.y * scale, one.radius * scale
    words = _fitting(tile, radius, look)
    inner = [_title(tile.spoken, look), shape]
    if tile.inherited:
        inner.append(_fold(x, y - radius if words else y, radius - look.font / 2 if words else radius, look))
    if words:
        inner.append(_text(words, x, y + look.font * 0.35, look, tile=tile, is_value=bool(tile.value)))
    return linked(tile, tile.spoken, _joined(inner), look, group=group_of(tile, look))


def _islands(islands: Islands, tile: Tile | None, scale: float, look: Look) -> SafeString:
    """The archipelago as a further link of its unit, never as a further unit."""
    shape = _shape(islands.path + _dots(islands, scale), tile, scale, look)
    name = archipelago_words(islands.name)
    lines = [name, *([tile.value] if tile and tile.value else [])]
    inner = [_frame(islands, scale, look), shape, _name(islands, lines, scale, look)]
    if tile is None:
        return _joined(inner)
    if tile.inherited:
        inner.append(_fold(islands.frame[0] * scale + 6, islands.frame[1] * scale, 11, look))
    spoken = f"{name}, {tile.spoken}"
    return linked(tile, spoken, _joined([_title(spoken, look), *inner]), look)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 -- escaped parts


def _title(spoken: str, look: Look) -> SafeString:
    return mark_safe("") if look.by_hex else format_html("<title>{}</title>", spoken)


def _shape(path: str, tile: Tile | None, scale: float, look: Look) -> SafeString:
    if look.by_hex:
        level = tile.level if tile else 0
        fill = "url(#khong-bao-cao)" if level is None else look.fills[level]
        paint = format_html('fill="{}" stroke="#756F61" stroke-width=".7"', fill)
        return format_html('<path {} d="{}"{}/>', paint, path, _scaled(scale))
    if tile is None:
        return _path(path, "tile quiet", scale)
    colour = f" seq-{tile.level}" if tile.level else " missing" if tile.level is None else ""
    return _path(path, f"tile{colour}", scale)


def _path(path: str, classes: str, scale: float) -> SafeString:
    return format_html('<path class="{}" d="{}"{}/>', classes, path, _scaled(scale))


def _scaled(scale: float) -> SafeString:
    return mark_safe("") if scale == 1 else format_html(' transform="scale({})"', f"{scale:.4f}")


def _dots(islands: Islands, scale: float) -> str:
    """As large on a telephone as on a wide page: an island that cannot be seen would be left out."""
    r = DOT_RADIUS / scale
    turn = f"a{r:.2f} {r:.2f} 0 1 0"
    return "".join(f"M{x - r:.1f} {y:g}{turn} {2 * r:.2f} 0{turn} {-2 * r:.2f} 0z" for x, y in islands.dots)


def _frame(islands: Islands, scale: float, look: Look) -> SafeString:
    x, y, wide, high = (number(side * scale) for side in islands.frame)
    # The sea within the frame belongs to the link, or only its dots could be hit.
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" pointer-events="all" {}/>', x, y, wide, high, dashes(look)
    )


def _name(islands: Islands, lines: list[str], scale: float, look: Look, classes: str = "") -> SafeString:
    """Under the frame, where the boxes of both archipelagos leave room in every size."""
    x, y, wide, high = (side * scale for side in islands.frame)
    leading = look.font * 1.2
    top = y + high + leading
    return _joined(
        _text(line, x + wide / 2, top + at * leading, look, is_value=at > 0, classes=classes)
        for at, line in enumerate(lines)
    )


def _text(
    words: str,
    x: float,
    y: float,
    look: Look,
    *,
    tile: Tile | None = None,
    is_value: bool = True,
    classes: str = "",
) -> SafeString:
    style = format_html(' class="{}"', classes) if classes else bold(is_value, look)
    on_paper = ink(tile or Tile("", ""), look)
    return format_html('<text x="{}" y="{}"{}{}>{}</text>', number(x), number(y), style, on_paper, words)


def _fitting(tile: Tile, radius: float, look: Look) -> str:
    """The number, else the unit's code, if its corners stay within the circle that has most room."""
    words = tile.value or ("–" if tile.level is None else tile.code)
    half = len(words) * look.font * LETTER / 2
    return words if (half**2 + (look.font / 2) ** 2) ** 0.5 <= radius else ""


def _fold(x: float, y: float, room: float, look: Look) -> SafeString:
    """The mark of what is inherited, as on tiles: above the number, or in its place."""
    side = min(max(room * 0.8, 5), 9)
    paint = (
        mark_safe('fill="#0B4F4A" stroke="#FFFFFF" stroke-width=".8"')
        if look.by_hex
        else mark_safe('class="fold"')
    )
    path = f"M{number(x - side / 2)} {number(y + 1)}h{number(side)}l-{number(side)} {number(side)}z"
    return format_html('<path d="{}" {}/>', path, paint)


def _sea(outlines: Outlines, scale: float, look: Look) -> SafeString:
    """Between the two archipelagos, under the names of the northern one."""
    frames = sorted((one.frame for unit in outlines.by_code.values() for one in unit.islands), key=_top)
    (x, y, wide, high), south = frames[0], frames[-1]
    middle = (x + wide / 2 + south[0] + south[2] / 2) / 2
    return sea(middle * scale, ((y + high + south[1]) / 2 + 12) * scale, look)


def _top(frame: tuple[float, float, float, float]) -> float:
    return frame[1]
