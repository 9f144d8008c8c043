"""Before and after as a picture: units on the left flow into those on the right. Words stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH, ROW, TOP = 328, 54, 26  # as wide as the narrowest screen, so that it is never scaled down
LEFT, RIGHT = 124, 204  # where the bands begin and end


@dataclass(frozen=True)
class Box:
    """A unit at one side: its name, and its type and code."""

    name: str
    note: str


@dataclass(frozen=True)
class Band:
    """From the one at a place on the left to the one at a place on the right."""

    start: int
    end: int
    is_part: bool = False


def flow(before: Sequence[Box], after: Sequence[Box], bands: Sequence[Band], *, title: str) -> SafeString:
    rows = max(len(before), len(after))
    places = [_heights(len(before), rows), _heights(len(after), rows)]
    drawn = [
        *(_band(places[0][band.start], places[1][band.end], band) for band in bands),
        *(_box(box, 0, y, "name") for box, y in zip(before, places[0], strict=True)),
        *(_box(box, RIGHT + 8, y, "name") for box, y in zip(after, places[1], strict=True)),
    ]
    return format_html(
        '<svg class="flow-picture" role="img" aria-label="{0}" width="{1}" height="{2}" '
        'viewBox="0 0 {1} {2}">{3}</svg>',
        title,
        WIDTH,
        TOP + ROW * rows,
        mark_safe("".join(drawn)),  # noqa: S308 -- made by format_html
    )


def _heights(count: int, rows: int) -> list[float]:
    """Spread over the height, a single one in the middle."""
    step = rows / max(count, 1)
    return [round(TOP + ROW * step * (at + 0.5) - ROW / 2, 1) for at in range(count)]


def _band(start: float, end: float, band: Band) -> SafeString:
    middle = (LEFT + RIGHT) / 2
    path = f"M {LEFT} {start} C {middle} {start} {middle} {end} {RIGHT} {end}"
    return format_html('<path class="flow{}" d="{}"/>', " part" if band.is_part else "", path)


def _box(box: Box, x: float, y: float, kind: str) -> SafeString:
    lines = _two_lines(box.name)
    first = y + 4 - 8 * len(lines)
    names = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}">{}</text>',
        ((kind, x, first + 16 * at, line) for at, line in enumerate(lines)),
    )
    note = format_html('<text class="soft" x="{}" y="{}">{}</text>', x, first + 16 * len(lines), box.note)
    return format_html("{}{}", names, note)


def _two_lines(name: str) -> list[str]:
    """A long name breaks at the blank nearest to its middle."""
    if len(name) <= 15 or " " not in name:
        return [name]
    blanks = [at for at, letter in enumerate(name) if letter == " "]
    middle = min(blanks, key=lambda at: abs(at - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]
