"""Two invented units that merge, bare or with everything that can hang on them."""

import pytest

from scp_portal.cutover import door
from tests.cutover.invented import NOON, PAPER, furnish, merger, two_units


@pytest.fixture
def bare(db):
    """Sông Mây (97), Núi Gió (98), and the region they lie in."""
    return two_units()


@pytest.fixture
def homes(bare):
    first, second, place = bare
    return furnish(first), furnish(second), place


@pytest.fixture
def asked(homes, an):
    """A merger that waits for its second person, every item as it is offered first."""
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    return door.ask(cutover.pk, by=an, at=NOON)
