"""The real records, loaded once for a whole file: each test's own changes are undone before the next."""

import pytest
from django.db import transaction

from programmes import facts as programme_facts
from provinces import facts


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        programme_facts.load_facts()
        yield facts.load_facts()
        transaction.set_rollback(True)


@pytest.fixture
def plans(loaded_once, db):
    """The 86 real units with names, regions and events, and the plans that sources tell of."""
    return loaded_once


register = plans
