"""The real records, loaded once for a whole file: each test's own changes are undone before the next."""

import pytest

from programmes import facts as programme_facts
from provinces import facts


def load_all():
    programme_facts.load_facts()
    return facts.load_facts()


@pytest.fixture(scope="module")
def loaded_once(once_a_file):
    yield from once_a_file(load_all)


@pytest.fixture
def plans(loaded_once, db):
    """The 86 real units with names, regions and events, and the plans that sources tell of."""
    return loaded_once


register = plans
