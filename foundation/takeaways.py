"""A picture to take away: title, drawing, keys and the words its numbers need, in one SVG or PNG file.

    framed(chart.paper, title="…", subtitle="64.6%, 33/34 units", under=["Source: …"])

Light colours and a ground of its own, so that it reads on any page. Letters are not measured but reckoned
generously, as no font is at hand where the file is opened.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import vl_convert
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, MARGIN = 660, 28
INK, SOFT, LINE, PAPER, EDGE = "#1A2321", "#44504D", "#D9D2C2", "#FBF9F4", "#756F61"
VOICE, TEXT = "Liberation Serif, Times New Roman, serif", "Liberation Sans, Arial, sans-serif"
LETTER = 0.52  # of the size: a generous letter
PNG_SCALE = 2  # dots for a unit of the drawing
SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


@dataclass(frozen=True)
class Swatch:
    fill: str
    words: str


def framed(
    drawing: str, *, title: str, subtitle: str, under: Sequence[str], keys: Sequence[Swatch] = ()
) -> SafeString:
    """One SVG around ``drawing``, an SVG whose width and height are written in pixels."""
    wide, high = _size(drawing)
    parts: list[SafeString] = []
    y = MARGIN + 22.0
    y = _lines(parts, title, y, size=22, face=VOICE, is_bold=True)
    y = _lines(parts, subtitle, y, size=15, face=TEXT, colour=SOFT) + 4
    parts.append(_placed(drawing, (WIDTH - wide) / 2, y - 10))
    y = _keys(parts, keys, y + high + 14)
    parts.append(format_html('<path d="M{} {}H{}" stroke="{}"/>', MARGIN, y, WIDTH - MARGIN, LINE))
    y += 20
    for words in under:
        y = _lines(parts, words, y, size=12, face=TEXT, colour=SOFT)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"'
        ' aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        '<title>{}</title><rect width="100%" height="100%" fill="{}"/>{}</svg>',
        f"{title}. {subtitle}", WIDTH, round(y), WIDTH, round(y), title, PAPER, SafeString("".join(parts)),
    )  # fmt: skip


@lru_cache(maxsize=16)  # up to 0.7 MB each, and up to a second to draw; too large to be kept as a page
def as_png(svg: str) -> bytes:
    data: bytes = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return data


def _size(drawing: str) -> tuple[float, float]:
    found = SIZE.search(drawing)
    if found is None:
        raise ValueError("The drawing does not say its size.")
    return float(found[1]), float(found[2])


def _placed(drawing: str, x: float, y: float) -> SafeString:
    inner = drawing.replace("<svg", f'<svg x="{x:.1f}" y="{y:.1f}"', 1)
    return mark_safe(inner)  # noqa: S308 -- drawn by us, escaped where it was drawn


def _lines(
    parts: list[SafeString],
    words: str,
    y: float,
    *,
    size: int,
    face: str,
    colour: str = INK,
    is_bold: bool = False,
) -> float:
    """Add the words, broken where the width ends; gives where the next line stands."""
    letters = int((WIDTH - 2 * MARGIN) / (size * LETTER))
    for line in textwrap.wrap(words, letters, break_on_hyphens=False):
        parts.append(_line(line, y, size, face, colour, "bold" if is_bold else "normal"))
        y += size * 1.35
    return y


def _line(words: str, y: float, size: int, face: str, colour: str, weight: str) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-family="{}" fill="{}" font-weight="{}">{}</text>',
        MARGIN,
        round(y),
        size,
        face,
        colour,
        weight,
        words,
    )


def _keys(parts: list[SafeString], keys: Sequence[Swatch], y: float) -> float:
    """The legend in rows; gives where it ends."""
    x = float(MARGIN)
    for key in keys:
        wide = 24 + len(key.words) * 13 * LETTER + 18
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = float(MARGIN), y + 22
        parts.append(_key(key, x, y))
        x += wide
    return y + (26 if keys else 0)


def _key(key: Swatch, x: float, y: float) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="14" height="14" fill="{}" stroke="{}"/>{}',
        f"{x:.1f}",
        f"{y - 7:.1f}",
        key.fill,
        EDGE,
        format_html(
            '<text x="{}" y="{}" font-family="{}" font-size="13" fill="{}">{}</text>',
            f"{x + 22:.1f}",
            f"{y + 5:.1f}",
            TEXT,
            INK,
            key.words,
        ),
    )
