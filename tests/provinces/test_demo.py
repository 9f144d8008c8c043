"""Invented plans say so, repeat alike, and leave the real ones alone."""

import random
from datetime import date

import pytest

from provinces.demo import make_demo
from provinces.models import PlanActivity, ProvincialPlan

pytestmark = pytest.mark.sqlite_too

TODAY = date(2026, 11, 20)


def run():
    return make_demo(random.Random(889), today=TODAY)  # noqa: S311 -- demo data, not secrets


def snapshot():
    return list(ProvincialPlan.objects.order_by("pk").values()), list(
        PlanActivity.objects.order_by("pk").values()
    )


def test_each_unit_in_force_gets_one_invented_plan_with_activities(plans):
    real = list(ProvincialPlan.objects.real().values())

    run()

    invented = ProvincialPlan.objects.filter(is_demo=True)
    assert invented.count() == 34
    assert {plan.activities.count() for plan in invented} == {3, 4}
    assert all("minh hoạ" in plan.title_vi for plan in invented)
    assert not PlanActivity.objects.filter(is_demo=False).exists()
    assert list(ProvincialPlan.objects.real().values()) == real


def test_a_second_run_changes_nothing(plans):
    run()
    before = snapshot()

    run()

    assert snapshot() == before
