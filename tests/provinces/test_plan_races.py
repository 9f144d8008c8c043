"""Two people at one moment: one frame plan of a unit gets in, the other one gets a sentence."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from foundation.actions import ActionRefused
from provinces import actions
from provinces.models import ProvincialPlan
from tests.provinces.factories import PlanFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def test_of_two_frame_plans_at_once_one_gets_in(province, an):
    barrier = threading.Barrier(2)

    def enter(number):
        plan = PlanFactory.build(
            province=province, kind="frame", number=number, first_year=2026, last_year=2030
        )
        barrier.wait(timeout=20)
        try:
            return actions.enter_plan(plan, by=an, at=NOON)
        except ActionRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(enter, ["1/KH-UBND", "2/KH-UBND"]))

    assert sorted(type(one).__name__ for one in outcomes) == ["ActionRefused", "ProvincialPlan"]
    assert ProvincialPlan.objects.count() == 1
