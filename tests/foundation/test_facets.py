"""A list narrowed by its address: what fits is found, what cannot be finds nothing and breaks nothing."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from foundation.facets import Facet, in_use, narrow, offered
from foundation.models import Job

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
FACETS = [
    Facet("kind", "Kind", "kind", lambda job: [(job.kind, job.kind)]),
    Facet("tries", "Tries", "attempts", lambda job: [(str(job.attempts), job.attempts)]),
]


@pytest.fixture(autouse=True)
def rows():
    for kind, attempts in (("pdf", 1), ("pdf", 2), ("sheet", 1)):
        Job.objects.create(kind=kind, key=f"{kind} {attempts}", attempts=attempts, queued_at=NOON)


def found(query):
    return sorted(job.key for job in narrow(Job.objects.all(), FACETS, QueryDict(query)))


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["pdf 1", "pdf 2", "sheet 1"]),
        ("kind=pdf", ["pdf 1", "pdf 2"]),
        ("kind=pdf&tries=1", ["pdf 1"]),
        ("kind=pdf&kind=sheet&tries=1", ["pdf 1", "sheet 1"]),
    ],
)
def test_values_of_one_facet_are_alternatives_and_facets_add_up(query, keys):
    assert found(query) == keys


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "9" * 5000, "%F0%9F%8D%83"])
@pytest.mark.parametrize("facet", ["kind", "tries"])
def test_what_a_column_cannot_hold_finds_nothing(facet, value):
    assert found(f"{facet}={value}") == []
    assert found(f"tries={value}&tries=2") == ["pdf 2"]


def test_what_is_in_use_is_taken_off_by_its_address():
    asked = QueryDict("kind=pdf&tries=1&page=2")

    printed = offered(Job.objects.all(), FACETS, asked)

    assert [(option["value"], option["count"]) for option in printed[0]["options"]] == [
        ("pdf", 2), ("sheet", 1),
    ]  # fmt: skip
    assert [choice["remove_url"] for choice in in_use(printed, asked)] == ["?tries=1", "?kind=pdf"]
