"""The woven rim: nine bamboo strips, one for each stage of the product life cycle.

Each strip tucks its tail under the next, as in the rim of a winnowing tray. The ninth, disposal,
is only an outline: the part that must shrink.
"""

from collections.abc import Collection, Sequence
from math import cos, radians, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STAGES = 9
SAMPLES = 18


def strip_path(place: int, *, outer: float, inner: float, thick: float, overlap: float) -> str:
    """The outline of strip ``place`` (0 to 8): its centre line falls from ``outer`` to ``inner``."""
    start, end = 40 * place - 90 - overlap / 2, 40 * (place + 1) - 90 + overlap / 2
    edge: list[tuple[float, float]] = []
    back: list[tuple[float, float]] = []
    for sample in range(SAMPLES + 1):
        share = sample / SAMPLES
        angle = radians(start + (end - start) * share)
        centre = outer + (inner - outer) * (3 * share**2 - 2 * share**3)
        edge.append(_point(centre + thick / 2, angle))
        back.append(_point(centre - thick / 2, angle))
    points = edge + back[::-1]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _point(radius: float, angle: float) -> tuple[float, float]:
    return radius * cos(angle), radius * sin(angle)


def mark() -> SafeString:
    """The mark beside the programme's name."""
    paths = [strip_path(place, outer=40, inner=28, thick=9.5, overlap=22) for place in range(STAGES)]
    return format_html(
        '<svg class="mark" viewBox="-48 -48 96 96" aria-hidden="true" focusable="false">'
        '<path class="strip-line" d="{}"/><path class="waste" stroke-width="2.6" d="{}"/></svg>',
        " ".join(paths[:-1]),
        paths[-1],
    )


def ring(stages: Sequence[tuple[str, str]], *, centre: Sequence[str], note: str) -> SafeString:
    """The ring of the home page: each strip, number and name leads to that stage's documents."""
    return format_html(
        '<svg class="ring ring-wide" viewBox="-262 -196 524 392" role="group" aria-label="{}">{}{}</svg>',
        " ".join(centre),
        format_html_join(
            "",
            '<a href="{}">{}{}</a>',
            ((url, _nan(i), _name(i, name)) for i, (name, url) in enumerate(stages)),
        ),
        _centre(centre, note),
    )


def small_ring(*, centre: Sequence[str]) -> SafeString:
    """The same ring with numbers alone; the names stand in a list beside it."""
    return format_html(
        '<svg class="ring" viewBox="-162 -162 324 324" aria-hidden="true" focusable="false">{}{}</svg>',
        format_html_join("", "{}", ((_nan(place),) for place in range(STAGES))),
        _centre(centre, "", step=34),
    )


def _nan(place: int) -> SafeString:
    x, y = _point(121, radians(40 * place - 70))
    last = place == STAGES - 1
    return format_html(
        '<path class="{}" d="{}"/><text class="{}" x="{}" y="{}" text-anchor="middle" dy=".36em">{}</text>',
        "waste" if last else "nan",
        strip_path(place, outer=138, inner=104, thick=29, overlap=17),
        "waste-number" if last else "figure-number",
        f"{x:.1f}",
        f"{y:.1f}",
        place + 1,
    )


def _name(place: int, name: str) -> SafeString:
    angle = radians(40 * place - 70)
    x, y = _point(169, angle)
    anchor = "middle" if abs(cos(angle)) < 0.4 else "start" if cos(angle) > 0 else "end"
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}" dy=".36em">{}</text>',
        "name waste-name" if place == STAGES - 1 else "name",
        f"{x:.1f}",
        f"{y:.1f}",
        anchor,
        name,
    )


def _centre(lines: Sequence[str], note: str, *, step: int = 23) -> SafeString:
    top = -11 if note else 9 - step * (len(lines) - 1) // 2
    words = format_html_join(
        "",
        '<text class="centre" text-anchor="middle" y="{}">{}</text>',
        ((top + step * row, line) for row, line in enumerate(lines)),
    )
    if not note:
        return words
    return format_html(
        '{}<text class="centre-note" text-anchor="middle" y="{}">{}</text>',
        words,
        top + step * len(lines),
        note,
    )


def stage_strip(covered: Collection[int], words: str) -> SafeString:
    """Nine slats: tall where the stage (1 to 9) is covered, a stub where it is not."""
    slats = format_html_join("", "{}", ((_slat(place, place + 1 in covered),) for place in range(STAGES)))
    return format_html(
        '<svg class="stage-strip" viewBox="0 0 78 12" role="img" aria-label="{}">{}</svg>', words, slats
    )


def _slat(place: int, tall: bool) -> SafeString:
    x = 8.2 * place
    if not tall:
        return format_html('<path class="off" d="M{} 9.4h4.6l-.7 2.6H{}z"/>', f"{x + 0.7:.1f}", f"{x:.1f}")
    kind = "waste" if place == STAGES - 1 else "on"
    return format_html('<path class="{}" d="M{} 0h4.6l-3.2 12H{}z"/>', kind, f"{x + 3.2:.1f}", f"{x:.1f}")
