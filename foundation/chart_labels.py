"""Where the words of a line chart stand, so that none runs into another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LETTER, SMALL = 8.5, 7.6  # a generous letter of a value's label and of a mark's name, in px
OVER, UNDER = -13, 19  # from a point to the middle of its label, in px
OUTLOOK = 15  # from the end of the forecast to the middle of its words, in px
NAME_OVER, NAME_UNDER = -10, 14  # from a mark's line to the middle of its name, in px


@dataclass(frozen=True)
class Area:
    """The years from left to right, zero to top from below, on so many pixels."""

    first: float
    last: float
    top: float
    width: int
    height: int

    def x(self, year: float) -> float:
        return (year - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        return (1 - value / self.top) * self.height


@dataclass(frozen=True)
class Box:
    """What a word, a line or a point covers."""

    left: float
    right: float
    upper: float
    lower: float

    def meets(self, other: "Box") -> bool:
        beside = self.right < other.left or other.right < self.left
        apart = self.lower < other.upper or other.lower < self.upper
        return not (beside or apart)


class Places:
    """A mark's name stands over its line, and under it where a point is in the way; then a value's label
    stands over its point, and under it where a mark's line or name is in the way."""

    def __init__(
        self,
        *,
        points: Sequence[dict[str, Any]],
        aims: Sequence[dict[str, Any]],
        outlook: dict[str, Any] | None = None,
        area: Area,
        reach: float,
    ) -> None:
        self.area, self.reach = area, reach
        self.dots = [self._dot(point) for point in points]
        self.taken: list[Box] = []
        self.aims = [self._aim(aim) for aim in aims]
        self.points = [self._point(point) for point in points]
        self.outlook = self._outlook(outlook, points[-1]) if outlook and points else None

    def _aim(self, aim: dict[str, Any]) -> dict[str, Any]:
        start, end = aim["year"] - self.reach, aim["year"] + 0.2
        line, right = self.area.y(aim["high"]), self.area.x(end)
        left = right - len(aim["text"]) * SMALL

        def name(shift: int) -> Box:
            return Box(left, right, line + shift - 7, line + shift + 7)

        shift = NAME_UNDER if any(name(NAME_OVER).meets(dot) for dot in self.dots) else NAME_OVER
        self.taken += [Box(self.area.x(start), right, line - 3, line + 3), name(shift)]
        return {**aim, "from": start, "to": end, "shift": shift}

    def _point(self, point: dict[str, Any]) -> dict[str, Any]:
        x, y = self.area.x(point["year"]), self.area.y(point["value"]) + OVER
        half = len(point["text"]) * LETTER / 2
        over = Box(x - half, x + half, y - 8, y + 8)
        return {**point, "shift": UNDER if any(over.meets(box) for box in self.taken) else OVER}

    def _outlook(self, ahead: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
        """The forecast's words end under its end, clear of the line that rises over them."""
        long = len(ahead["text"]) * SMALL / (self.area.x(ahead["year"]) - self.area.x(last["year"]))
        rise = self.area.y(last["value"]) - self.area.y(ahead["low"])
        return {**ahead, "shift": OUTLOOK + max(rise, 0) * min(long, 1)}

    def _dot(self, point: dict[str, Any]) -> Box:
        x, y = self.area.x(point["year"]), self.area.y(point["value"])
        return Box(x - 5, x + 5, y - 5, y + 5)
