"""Which unit an address leads to on a day. Old ones lead on: former names, abbreviations, names with type."""

from datetime import date

from foundation.text import fold

from .models import Province
from .register import Register

TYPES = ("tinh-", "thanh-pho-", "tp-")


def by_address(slug: str, register: Register, *, today: date) -> Province | None:
    """The unit with the address. What an heir takes over leads to its predecessor until the heir begins."""
    unit = next((unit for unit in register.units.values() if unit.slug == slug), None)
    if unit is None or unit.valid_from <= today:
        return unit
    before = [register.units[key] for key in register.lineage.predecessors(unit.pk)]
    gave = (old for old in before if old.slug.startswith(f"{slug}-{old.valid_from.year}"))
    return next((old for old in gave if old.exists_on(today)), unit)


def by_former_address(slug: str, register: Register, *, today: date) -> Province | None:
    """The newest unit that bore the name, one in force before one that has ended or is to come."""
    wanted = {_bare(slug), *(_bare(slug.removeprefix(kind)) for kind in TYPES)}
    found = [unit for unit in register.units.values() if wanted & _addresses(unit)]
    return max(found, key=lambda unit: (unit.exists_on(today), unit.valid_from), default=None)


def _addresses(unit: Province) -> set[str]:
    kept = {_bare(alias.slug) for alias in unit.aliases.all() if alias.slug}
    return kept | {_bare(name) for name in unit.every_name()}


def _bare(text: str) -> str:
    """Without accents, dashes and gaps."""
    return fold(text).replace(" ", "")
