"""A boundary map as its clerk looks at it before it is shown: the drawing, its days, what was kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.text import sort_key

from .boundary_maps import shown_on
from .cartogram import Cartogram, map_in
from .map_looks import Tile
from .models import BoundaryMap
from .outlines import Outline, Outlines
from .register import Register


@dataclass(frozen=True)
class Row:
    """One unit of the file, and how much of it is drawn."""

    name: str
    outline: Outline

    @property
    def islands(self) -> str:
        return ", ".join(one.name for one in self.outline.islands)

    @property
    def dots(self) -> int:
        return sum(len(one.dots) for one in self.outline.islands)


def preview_of(outlines: Outlines, register: Register) -> Cartogram:
    """Every unit with its code, in shades by which neighbours can be told apart."""
    names = _names(outlines, register)
    tiles = [Tile(code, names[code], value=code, level=1 + at % 3) for at, code in enumerate(sorted(names))]
    title = _("Boundaries of the units of %(day)s") % {"day": day_words(outlines.units_of)}
    return map_in(outlines, tiles, on=outlines.units_of, title=title)


def rows_of(outlines: Outlines, register: Register) -> list[Row]:
    names = _names(outlines, register)
    rows = [Row(names[code], one) for code, one in outlines.by_code.items()]
    return sorted(rows, key=lambda row: sort_key(row.name))


def _names(outlines: Outlines, register: Register) -> dict[str, str]:
    """By the register of now; a code that it no longer has on that day stands for itself."""
    day = outlines.units_of
    held = {unit.code: str(unit.name_on(day)) for unit in register.in_force(day)}
    return {code: held.get(code, code) for code in outlines.by_code}


def days_words(day: date, register: Register) -> str:
    """On which days the units were those of this one, each with the same land."""
    first, end = register.lineage.unchanged_around(day)
    if end is None:
        return _("from %(first)s on") % {"first": day_words(first)}
    return _("from %(first)s to %(last)s") % {
        "first": day_words(first),
        "last": day_words(end - timedelta(days=1)),
    }


def drawn_by_another(found: BoundaryMap) -> bool:
    """Whether a shown map stands behind another one of the same units."""
    shown = shown_on(found.units_of) if found.is_shown else None
    return shown is not None and shown.key != found.pk
