"""What the portal draws of a boundary file: the units in a fixed frame that holds both archipelagos.

The frame is that of Circular 17/2018/TT-BTNMT, Article 20: 102°–118° E, 4°30′–23°30′ N. It never follows
the file, so no file can push Hoàng Sa or Trường Sa out of the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, ClassVar

from foundation.text import Bilingual

WEST, EAST, SOUTH, NORTH = 102.0, 118.0, 4.5, 23.5
# Degrees of longitude are as long as those of latitude at the equator and shorter northwards. With the
# cosine of the frame's middle, 14° N, neither end of the country is drawn more than 6% too wide or narrow.
SHRINK = cos(radians(14))
WIDTH = 560
PER_DEGREE = WIDTH / ((EAST - WEST) * SHRINK)
HEIGHT = (NORTH - SOUTH) * PER_DEGREE


@dataclass(frozen=True)
class Archipelago:
    """``code`` is the unit it belongs to; the box is west, south, east, north in degrees."""

    name: str
    code: str
    box: tuple[float, float, float, float]

    def holds(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.box
        return west <= longitude <= east and south <= latitude <= north


# No text of law draws these boxes: they are our own reading of where the islands lie, wide enough for all.
ARCHIPELAGOS = (
    Archipelago("Hoàng Sa", "48", (111.0, 15.0, 113.5, 17.5)),
    Archipelago("Trường Sa", "56", (111.0, 6.5, 118.0, 12.0)),
)


def across(longitude: Any) -> Any:
    """From degrees to the drawing's units; works on whole columns as well."""
    return (longitude - WEST) * SHRINK * PER_DEGREE


def down(latitude: Any) -> Any:
    return (NORTH - latitude) * PER_DEGREE


@dataclass(frozen=True)
class Islands:
    """A unit's part of an archipelago: shapes large enough to be seen, dots for all others, their frame."""

    name: str
    path: str
    dots: tuple[tuple[float, float], ...]
    frame: tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Outline:
    """One unit. Around ``x, y`` a circle of ``radius`` has room for words."""

    code: str
    path: str
    x: float
    y: float
    radius: float
    islands: tuple[Islands, ...] = ()
    points: tuple[int, int] = (0, 0)  # in the file, and drawn


@dataclass(frozen=True)
class Outlines:
    """A boundary map as it is drawn; shared by all threads."""

    key: int
    units_of: date
    source_vi: str
    source_en: str
    by_code: Mapping[str, Outline]

    source: ClassVar[Any] = Bilingual()


def outlines_from(raw: Mapping[str, Any]) -> dict[str, Outline]:
    """What the database keeps, as it was before it was stored."""
    return {code: _outline(code, **one) for code, one in raw.items()}


def _outline(code: str, *, islands: list[dict[str, Any]], points: list[int], **rest: Any) -> Outline:
    shown = (
        Islands(one["name"], one["path"], tuple((x, y) for x, y in one["dots"]), tuple(one["frame"]))
        for one in islands
    )
    return Outline(code, islands=tuple(shown), points=(points[0], points[1]), **rest)
