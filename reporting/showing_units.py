"""The units of the map by one target: shades, tiles, the table beside them, why one has no number."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.dates import day_words
from provinces.cartogram import Cartogram, Key, Tile, cartogram
from provinces.models.units import Kind

from .documents.numbers import NO_VALUE
from .figures import Blank, Cell, Figure
from .models import Emptiness
from .pace import deciding_places, plain, trimmed
from .progress import Measure, Progress
from .showing import Places, is_out_of_hundred, names

CLASSES = (Decimal(50), Decimal(60), Decimal(70), Decimal(85))  # of percentages, five shades


def map_of(progress: Progress, measure: Measure, figure: Figure) -> Cartogram:
    """The units of the map, shaded by their numbers; the table twin has the same order of colours."""
    day = progress.map_day(figure.year)
    places = progress.places_in(figure.year)
    tiles = [_tile(places, measure, cell) for cell in figure.cells]
    return cartogram(
        tiles,
        on=day,
        title=f"{measure.indicator.name}, {figure.year}",
        keys=_keys(measure, tiles),
        table_id="by-province",
    )


def _tile(places: Places, measure: Measure, cell: Cell) -> Tile:
    place = places[cell.unit]
    return Tile(
        place.code,
        str(place.name),
        value=short_value(measure, cell.number),
        word=cell_words(places, measure, cell),
        level=None if cell.number is None else _level(measure, cell.number),
        url=place.url,
        inherited=cell.is_inherited,
    )


def short_value(measure: Measure, number: Decimal | None) -> str:
    """What fits on a tile: 79, 4.6, yes. 69.96 stays 69.96 where 70 is a mark."""
    if number is None:
        return ""
    if measure.indicator.is_share:
        return pgettext("a province does it", "yes") if number else pgettext("a province does it", "no")
    places = max((deciding_places([number], mark.low, least=0) for mark in measure.marks), default=0)
    return plain(number) if places <= 1 and number < 10 else trimmed(number, places)


def _level(measure: Measure, number: Decimal) -> int:
    """One of five shades: fixed classes for high percentages, fifths of the spread for all else."""
    if measure.indicator.is_share:
        return 5 if number else 1
    if is_out_of_hundred(measure):
        return 1 + sum(number >= edge for edge in CLASSES)
    cells = measure.newest.cells if measure.newest else ()
    known = [cell.number for cell in cells if cell.number is not None]
    spread = max(known) - min(known)
    return 1 + min(4, int((number - min(known)) / spread * 5)) if spread else 3


def _keys(measure: Measure, tiles: Iterable[Tile]) -> list[Key]:
    listed = list(tiles)

    def key(level: int | None, words: str) -> Key:
        return Key(level, words, sum(tile.level == level for tile in listed))

    missing = key(None, _("not reported"))
    if measure.indicator.is_share:
        return [
            key(5, pgettext("a province does it", "yes")),
            key(1, pgettext("a province does it", "no")),
            missing,
        ]
    if is_out_of_hundred(measure):
        names = [_("under 50"), "50–59", "60–69", "70–84", _("85 and over")]
    else:
        names = [_("lowest fifth"), "", _("middle"), "", _("highest fifth")]
    return [*(key(level, name) for level, name in enumerate(names, 1) if name), missing]


def cell_words(places: Places, measure: Measure, cell: Cell) -> str:
    """What stands beside a unit's number: against the mark, or why there is none."""
    if cell.number is None:
        return blank_words(places, measure, cell)
    words = []
    if cell.is_inherited:
        words.append(_("from the units before it"))
    if cell.lacking:
        words.append(
            _("%(counted)s of %(expected)s units, missing %(units)s")
            % {
                "counted": len(cell.parts),
                "expected": len(cell.parts) + len(cell.lacking),
                "units": names(places, cell.lacking),
            }
        )
    if measure.is_percent and not measure.indicator.is_share and measure.marks:
        mark = measure.marks[0]
        met = cell.number >= mark.low
        words.append((_("%(year)s mark met") if met else _("%(year)s mark not met")) % {"year": mark.year})
    return ", ".join(words)


def blank_words(places: Places, measure: Measure, cell: Cell) -> str:
    """Why a unit shows no number, with the names that explain it."""
    if cell.blank == Blank.EMPTY:
        return str(Emptiness(cell.emptiness).label)
    if cell.blank == Blank.TORN:
        return _("reported together by %(units)s, cannot be split") % {"units": names(places, cell.torn)}
    if cell.blank == Blank.INCOMPLETE:
        return _("cannot be compared, missing: %(units)s") % {"units": names(places, cell.lacking)}
    if cell.blank == Blank.NOT_ADDITIVE:
        return str(measure.indicator.carry_over_reason) or str(Blank.NOT_ADDITIVE.label)
    return str(Blank.NOT_REPORTED.label)


def table_of(progress: Progress, measure: Measure, figure: Figure) -> list[dict[str, Any]]:
    """The units of the map by their number, highest first; those without one last, by name."""
    places = progress.places_in(figure.year)
    rows = [
        {
            "name": places[cell.unit].name,
            "url": places[cell.unit].url,
            "number": cell.number,
            "shown": short_value(measure, cell.number) or NO_VALUE,
            "words": cell_words(places, measure, cell),
            "is_missing": cell.number is None,
        }
        for cell in figure.cells
    ]
    return sorted(rows, key=lambda row: (row["is_missing"], -(row["number"] or 0)))


def map_words(progress: Progress, day: date) -> str:
    """34 units: 25 provinces, 9 centrally run cities."""
    units = progress.register.in_force(day)
    titles = (unit.title_on(day) for unit in units)
    kinds = Counter(title.kind for title in titles if title)
    listed = ", ".join(_kind_count(kind, count) for kind, count in kinds.most_common())
    return _("%(count)s units on the map of %(day)s: %(kinds)s") % {
        "count": len(units),
        "day": day_words(day),
        "kinds": listed,
    }


def _kind_count(kind: str, count: int) -> str:
    if kind == Kind.CITY:
        return ngettext("%(n)s city", "%(n)s cities", count) % {"n": count}
    return ngettext("%(n)s province", "%(n)s provinces", count) % {"n": count}
