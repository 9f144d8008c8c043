"""The target ruler: one value against its marks, drawn in percent so that letters never scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NARROW = 320  # the least width at which labels must not run into each other, in px
LETTER = 7.2  # a generous letter of the 12 px label, in px
VALUE_LETTER = 9.4  # of the 15 px bold figure


@dataclass(frozen=True)
class Mark:
    """What the programme asks for by a year: one number, or a range."""

    when: str
    low: float
    high: float
    words: str

    @property
    def is_range(self) -> bool:
        return self.high > self.low

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def as_mark(raw: Any) -> Mark:
    """A ``Mark`` from one, or from ``(when, number or (low, high), words)``."""
    if isinstance(raw, Mark):
        return raw
    when, wanted, words = raw
    low, high = wanted if isinstance(wanted, (tuple, list)) else (wanted, wanted)
    return Mark(str(when), float(low), float(high), str(words))


def ruler(
    *,
    value: Decimal | float | None,
    top: Decimal | float,
    marks: Sequence[Mark],
    value_words: str,
    words: str,
) -> SafeString:
    """Track, value bar with its figure, and the marks below; ``words`` say the same to the ear."""
    scale = 100 / float(top)
    return format_html(
        '<svg class="ruler" role="img" aria-label="{}">'
        '<rect class="track" y="21" width="100%" height="12"/>{}{}{}</svg>',
        words,
        format_html_join("", "{}", ((_mark(mark, scale, first=i == 0),) for i, mark in enumerate(marks))),
        _value(float(value) * scale, value_words) if value is not None else "",
        _labels(marks, scale),
    )


def _percent(share: float) -> str:
    return f"{min(max(share, 0), 100):.2f}%"


def _mark(mark: Mark, scale: float, *, first: bool) -> SafeString:
    if mark.is_range:
        return format_html(
            '<rect class="range" x="{}" width="{}" y="18" height="18" fill="url(#{})"/>',
            _percent(mark.low * scale),
            _percent((mark.high - mark.low) * scale),
            "hatch-2025" if first else "hatch-2030",
        )
    wide = 3 if first else 2
    return format_html(
        '<svg x="{}" overflow="visible"><rect class="at" x="{}" y="18" width="{}" height="18"/></svg>',
        _percent(mark.low * scale),
        -wide if mark.low * scale >= 100 else -wide / 2,
        wide,
    )


def _value(share: float, words: str) -> SafeString:
    wide = len(words) * VALUE_LETTER / NARROW * 100
    is_long = wide > 100
    [place] = spread([(min(max(share, 0), 100), min(wide, 100))])
    return format_html(
        '<rect class="bar" y="24" width="{}" height="6"/>'
        '<svg x="{}" overflow="visible"><rect class="upright" x="-2" y="19" width="4" height="16"/></svg>'
        '<text class="value{}" x="{}" y="13" text-anchor="middle">{}</text>',
        _percent(share),
        _percent(share),
        " long" if is_long else "",
        f"{place:.2f}%",
        words,
    )


def _labels(marks: Sequence[Mark], scale: float) -> SafeString:
    places = spread([(mark.middle * scale, _width(mark)) for mark in marks])
    return format_html_join(
        "",
        '<text x="{}" y="51" text-anchor="middle"><tspan class="when">{}</tspan> {}</text>',
        ((f"{place:.2f}%", mark.when, mark.words) for place, mark in zip(places, marks, strict=True)),
    )


def _width(mark: Mark) -> float:
    return (len(mark.when) + len(mark.words) + 1) * LETTER / NARROW * 100


def spread(labels: Sequence[tuple[float, float]]) -> list[float]:
    """Centres of labels, pushed apart and kept inside the track, all in percent of its width."""
    placed: list[float] = []
    edge = 0.0
    for centre, width in labels:
        place = max(centre, edge + width / 2)
        placed.append(place)
        edge = place + width / 2 + 2.5
    edge = 100.0
    for i in range(len(placed) - 1, -1, -1):
        width = labels[i][1]
        placed[i] = min(placed[i], edge - width / 2)
        edge = placed[i] - width / 2 - 2.5
    return placed


def share_bar(
    value: Decimal | float | None, *, top: Decimal | float = 100, mark: Decimal | float | None = None
) -> SafeString:
    """A small bar for a table row; the number stands in the cell beside it."""
    scale = 100 / float(top)
    bar = (
        format_html('<rect class="bar" width="{}" height="9" y="1.5"/>', _percent(float(value) * scale))
        if value is not None
        else ""
    )
    upright = (
        format_html(
            '<svg x="{}" overflow="visible"><rect class="at" x="-1" width="2" height="12"/></svg>',
            _percent(float(mark) * scale),
        )
        if mark is not None
        else ""
    )
    return format_html(
        '<svg class="share" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="9" y="1.5"/>{}{}</svg>',
        bar,
        upright,
    )
