"""The API over a few rows of its own: how many questions it asks, and what never leaves."""

import pytest

from tests.provinces.factories import PlanFactory, ProvinceFactory

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
PLANS = f"{ROOT}plans"


def test_a_name_that_looks_like_a_formula_is_only_a_name(client):
    ProvinceFactory(code="01", name_vi="=1+1")

    assert "'=1+1" in client.get(f"{ROOT}provinces?format=csv").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_units_query_count(client, count, django_assert_num_queries):
    ProvinceFactory.create_batch(count)

    with django_assert_num_queries(7):
        assert len(client.get(f"{ROOT}provinces").json()) == count


def test_a_plan_names_no_plan_that_is_not_published(client, province):
    draft = PlanFactory(province=province, kind="frame", published_at=None)
    PlanFactory(province=province, frame=draft)

    assert [row["frame"] for row in client.get(PLANS).json()] == [None]


def test_drafts_never_leave_even_for_those_who_keep_them(client, an):
    PlanFactory(number="9/NHAP", published_at=None)
    PlanFactory(number="1/MINH-HOA", is_demo=True)
    client.force_login(an)

    assert [(row["number"], row["is_demo"]) for row in client.get(PLANS).json()] == [("1/MINH-HOA", True)]


@pytest.mark.parametrize("count", [1, 3])
def test_plans_query_count(client, count, django_assert_num_queries):
    for unit in ProvinceFactory.create_batch(count):
        PlanFactory(province=unit)

    with django_assert_num_queries(8):
        assert len(client.get(PLANS).json()) == count
