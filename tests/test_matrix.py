"""Who may open what: every address of the portal, row by row.

A room keeps its rows in ``tests/matrix/ROOM.py``::

    from tests.matrix import LOGIN, Row
    from tests.training.factories import CourseFactory

    def published(people):
        return {"slug": CourseFactory(published_at=NOON).slug}

    def draft(people):
        return {"slug": CourseFactory(published_at=None).slug}

    ROWS = [
        Row("training:course_list", everyone=200),
        Row("training:course_detail", published, everyone=200),
        Row("training:course_detail", draft, everyone=404, an=200),
        Row("reporting:report_submit", report_of_lan, method="post", guest=LOGIN, everyone=404, lan=302),
    ]

``everyone`` is what all get who are not named. ``LOGIN`` is a redirect to the sign-in page.
A factory gets ``people`` with ``lan hoa thu minh an province neighbour`` and answers the URL's
arguments; every person meets the same rows, as what a request changed is undone before the next.
"""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix import LOGIN, WHO, Row

ROOMS = sorted(path.stem for path in Path(__file__).parent.glob("matrix/[a-z]*.py"))
ROWS = [row for room in ROOMS for row in importlib.import_module(f"tests.matrix.{room}").ROWS]

# Made and tested by the packages they belong to; signing in has its own tests in tests/accounts.
OTHERS = ("admin:", "account_", "mfa_")


@pytest.fixture
def people(lan, hoa, thu, minh, an, province, neighbour):
    return SimpleNamespace(
        lan=lan, hoa=hoa, thu=thu, minh=minh, an=an, province=province, neighbour=neighbour
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_person_gets_what_the_row_says(row: Row, people):
    address = reverse(row.url_name, kwargs=row.kwargs(people)) + row.query

    answers = {who: _ask(row, address, who, people) for who in WHO}

    assert answers == row.expected()


def _ask(row: Row, address: str, who: str, people) -> int | str:
    client = Client()
    with transaction.atomic():
        if who != "guest":
            client.force_login(getattr(people, who))
        response = getattr(client, row.method)(address, row.data)
        if response.streaming:
            list(response.streaming_content)  # a file stays open until it is read
        transaction.set_rollback(True)
    to_login = response.status_code == 302 and response.url.startswith(reverse("account_login"))
    return LOGIN if to_login else response.status_code


def test_every_address_has_its_row():
    assert _names(get_resolver()) - {row.url_name for row in ROWS} == set()


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=str)
def test_a_page_not_for_guests_leads_them_to_sign_in_or_is_not_there(row: Row):
    """422 is the open data's answer to a question it cannot read."""
    assert row.expected()["guest"] in (200, LOGIN, 404, 410, 302, 301, 422)


def _names(resolver: URLResolver, space: str = "") -> set[str]:
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            names |= _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            names.add(f"{space}{pattern.name or pattern.pattern}")
    return {name for name in names if not name.startswith(OTHERS)}
