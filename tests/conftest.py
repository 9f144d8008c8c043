"""What every test may ask for: the people, their provinces, a guest, and a browser."""

from tests import environment

environment.prepare()

import os  # noqa: E402 -- Django must be ready first

import pytest  # noqa: E402 -- as above
from django.conf import settings  # noqa: E402 -- as above
from django.db import transaction  # noqa: E402 -- as above
from django.test import Client  # noqa: E402 -- as above
from django.utils import translation  # noqa: E402 -- as above

from tests import people, tables  # noqa: E402 -- as above
from tests.browser import browser, page, phone  # noqa: E402, F401 -- fixtures are found by being here


@pytest.fixture(autouse=True)
def vietnamese():
    """Every test begins in the portal's first language, whatever page the one before it read."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The database is thrown away with its folder or server, and made by ``tests/tables.py``."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    tables.lay_out()


@pytest.fixture(scope="module")
def once_a_file(django_db_setup, django_db_blocker):
    """Load something costly once for a whole file: ``yield from once_a_file(load_facts)``.

    Each test's own changes are undone before the next; what was loaded, after the last.
    """

    def loaded(load):
        with django_db_blocker.unblock(), transaction.atomic():
            yield load()
            transaction.set_rollback(True)

    return loaded


@pytest.fixture
def province(db):
    """Đà Nẵng, the unit that exists since 1 July 2025: Lan's."""
    return people.da_nang()


@pytest.fixture
def neighbour(db):
    """Quảng Ngãi, next door: Hoa's."""
    return people.quang_ngai()


@pytest.fixture
def lan(province):
    """Fills in reports for Đà Nẵng."""
    return people.make_lan(province)


@pytest.fixture
def hoa(neighbour):
    """Fills in reports for Quảng Ngãi; Lan's drafts are none of her business."""
    return people.make_hoa(neighbour)


@pytest.fixture
def minh(db):
    """Approves, compiles and publishes for the ministry."""
    return people.make_minh()


@pytest.fixture
def thu(db):
    """Reviews for the ministry."""
    return people.make_thu()


@pytest.fixture
def an(db):
    """Keeps records and content for the ministry."""
    return people.make_an()


@pytest.fixture
def guest(db):
    """Somebody who has not signed in."""
    return Client()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what the machine has no server for; ``make test`` has them all."""
    lacking = {
        "browser": None if os.environ.get("CHROMIUM") else "no CHROMIUM: run through make test",
        "postgres": None
        if settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
        else "not on PostgreSQL: run through make test",
        "verapdf": None if os.environ.get("VERAPDF") else "no veraPDF: run through make test",
        "redis": None if settings.REDIS_URL else "no Redis: run through make test",
    }
    for item in items:
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
