"""The plans of a day as a map, a table and three counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words

from .cartogram import Cartogram, Key, Tile, cartogram
from .models import Province
from .standing import Standing, UnitStanding

LEVELS = {Standing.ISSUED: 5, Standing.INHERITED: 2, Standing.NONE: 0}
ICONS = {Standing.ISSUED: "done", Standing.INHERITED: "pace", Standing.NONE: "none"}
TABLE = "units"


@dataclass(frozen=True)
class Row:
    """A unit as the table prints it on a day."""

    known: UnitStanding
    day: date

    @property
    def unit(self) -> Province:
        return self.known.unit

    @property
    def name(self) -> str:
        return self.unit.name_on(self.day)

    @property
    def kind(self) -> str:
        return self.unit.kind_on(self.day)

    @property
    def region(self) -> Any:
        return self.unit.region_on(self.day)

    @property
    def icon(self) -> str:
        return ICONS[self.known.standing]

    @property
    def words(self) -> str:
        """Short, because the next column says “none in the register”."""
        return _("no document") if self.known.standing is Standing.NONE else str(self.known.standing.label)


def plans_map(rows: Sequence[UnitStanding], day: date, *, pitch: float | None = None) -> Cartogram:
    """Which units of the day have a plan: issued, inherited, none in the register."""
    tiles = [
        Tile(
            row.unit.code,
            row.unit.name_on(day),
            word=str(row.standing.label),
            level=LEVELS[row.standing],
            url=row.unit.get_absolute_url(),
            inherited=row.standing is Standing.INHERITED,
        )
        for row in rows
    ]
    title = _("Plans of the units in force on %(day)s") % {"day": day_words(day)}
    return cartogram(tiles, on=day, title=title, keys=_keys(rows), table_id=TABLE, pitch=pitch)


def counts(rows: Sequence[UnitStanding]) -> dict[str, int]:
    held = Counter(row.standing for row in rows)
    return {
        "issued": held[Standing.ISSUED],
        "inherited": held[Standing.INHERITED],
        "none": held[Standing.NONE],
        "with_plan": held[Standing.ISSUED] + held[Standing.INHERITED],
        "all": len(rows),
    }


def _keys(rows: Sequence[UnitStanding]) -> list[Key]:
    held = Counter(row.standing for row in rows)
    return [
        Key(5, _("the unit has issued a plan"), held[Standing.ISSUED]),
        Key(2, _("inherited from a unit before"), held[Standing.INHERITED], inherited=True),
        Key(0, _("no document in the register"), held[Standing.NONE]),
    ]
