"""Old addresses lead on: a name a unit once bore, an abbreviation, a name with its type before it."""

from foundation.text import fold

from .models import Province
from .register import Register

TYPES = ("tinh-", "thanh-pho-", "tp-")


def by_former_address(slug: str, register: Register) -> Province | None:
    """The newest unit that bore the name, one in force before one that has ended."""
    wanted = {_bare(slug), *(_bare(slug.removeprefix(kind)) for kind in TYPES)}
    found = [unit for unit in register.units.values() if wanted & _addresses(unit)]
    return max(found, key=lambda unit: (unit.valid_to is None, unit.valid_from), default=None)


def _addresses(unit: Province) -> set[str]:
    kept = {_bare(alias.slug) for alias in unit.aliases.all() if alias.slug}
    return kept | {_bare(name) for name in unit.every_name()}


def _bare(text: str) -> str:
    """Without accents, dashes and gaps."""
    return fold(text).replace(" ", "")
