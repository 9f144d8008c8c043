"""Where the words of a line chart stand, so that none runs into another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

LETTER, SMALL = 8.5, 7.6  # a generous letter of a value's label and of a mark's name, in px
OVER, UNDER = -13, 19  # from a point to the middle of its label, in px
OUTLOOK = 15  # from the end of the forecast to the middle of its words, in px
NAME_OVER, NAME_UNDER = -10, 14  # from a mark's line to the middle of its name, in px
NARROW = ",. "
STEP = 4  # px further, where a word finds no room
HEADROOM = 22  # px over the plane, for the words of what stands at its top


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


def width_of(text: str, letter: float) -> float:
    """About; commas, stops and blanks are half as wide as letters."""
    return sum(letter / 2 if one in NARROW else letter for one in text)


class Places:
    """A mark's name stands over its line, and under it where a point is in the way; then a value's label
    stands over its point, and under it where a mark's line or name is in the way; the forecast's words come
    last. What finds no room there goes on upwards or downwards until it does, so that no two words overlap.

    ``border`` are the words at the top of an upright, which move down together. The forecast begins at the
    point ``settled``, or else at the last one.
    """

    def __init__(
        self,
        *,
        points: Sequence[dict[str, Any]],
        aims: Sequence[dict[str, Any]],
        outlook: dict[str, Any] | None = None,
        area: Area,
        reach: float,
        border: Sequence[Box] = (),
        settled: dict[str, Any] | None = None,
    ) -> None:
        self.area, self.reach = area, reach
        self.dots = [self._dot(point) for point in points]
        self.words: list[Box] = []
        self.lines: list[Box] = []
        self.aims = [self._aim(aim) for aim in aims]
        self.points = [self._point(point) for point in points]
        self.outlook = self._outlook(outlook, settled or points[-1]) if outlook and points else None
        self.border_shift = self._border(border)

    def _aim(self, aim: dict[str, Any]) -> dict[str, Any]:
        start, end = aim["year"] - self.reach, aim["year"] + 0.2
        line, right = self.area.y(aim["high"]), self.area.x(end)
        left = right - width_of(aim["text"], SMALL)

        def name(shift: float) -> list[Box]:
            return [Box(left, right, line + shift - 7, line + shift + 7)]

        shift = self._room(name, [NAME_OVER, NAME_UNDER], clear_of=self.dots)
        self.lines.append(Box(self.area.x(start), right, line - 3, line + 3))
        return {**aim, "from": start, "to": end, "shift": shift}

    def _point(self, point: dict[str, Any]) -> dict[str, Any]:
        x, y = self.area.x(point["year"]), self.area.y(point["value"])
        half = width_of(point["text"], LETTER) / 2

        def label(shift: float) -> list[Box]:
            return [Box(x - half, x + half, y + shift - 8, y + shift + 8)]

        return {**point, "shift": self._room(label, [OVER, UNDER], clear_of=self.lines)}

    def _outlook(self, ahead: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
        """The forecast's words end under its end, clear of the line that rises over them."""
        right, end = self.area.x(ahead["year"]), self.area.y(ahead["low"])
        wide = width_of(ahead["text"], SMALL)
        long = wide / (right - self.area.x(last["year"]))
        rise = self.area.y(last["value"]) - end
        first = OUTLOOK + max(rise, 0) * min(long, 1)

        def words(shift: float) -> list[Box]:
            return [Box(right - wide, right, end + shift - 7, end + shift + 7)]

        below = [first + further for further in range(0, self.area.height, STEP)]
        return {**ahead, "shift": self._room(words, below, clear_of=[*self.lines, *self.dots])}

    def _border(self, boxes: Sequence[Box]) -> float:
        def words(shift: float) -> list[Box]:
            return [replace(box, upper=box.upper + shift, lower=box.lower + shift) for box in boxes]

        below = range(0, self.area.height, STEP)
        return self._room(words, below, clear_of=[*self.lines, *self.dots])

    def _room(
        self, boxes: Callable[[float], list[Box]], wanted: Sequence[float], *, clear_of: Sequence[Box]
    ) -> float:
        """The first place where no other word stands and nothing is crossed; crossing is the lesser evil."""
        for taken in ([*self.words, *clear_of], self.words):
            for shift in (*wanted, *_further(wanted, self.area.height)):
                found = boxes(shift)
                if all(self._is_within(box) and not any(map(box.meets, taken)) for box in found):
                    self.words += found
                    return shift
        self.words += boxes(wanted[0])  # the picture is full
        return wanted[0]

    def _is_within(self, box: Box) -> bool:
        """What stands over the plane makes the picture higher; under it stand the years."""
        return box.upper >= -HEADROOM and box.lower <= self.area.height

    def _dot(self, point: dict[str, Any]) -> Box:
        x, y = self.area.x(point["year"]), self.area.y(point["value"])
        return Box(x - 5, x + 5, y - 5, y + 5)


def _further(wanted: Sequence[float], most: int) -> Iterator[float]:
    for distance in range(STEP, most, STEP):
        yield wanted[0] - distance
        yield wanted[-1] + distance
