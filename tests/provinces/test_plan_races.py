"""Two people at one moment: one frame plan of a unit gets in, the other one gets a sentence."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from foundation.actions import ActionRefused
from provinces import actions
from provinces.models import ProvincialPlan
from tests.provinces.factories import PlanFactory
from tests.threads import at_once

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


def expire(plan, by):
    actions.take_step(plan.pk, "expire", by=by, at=NOON)


def correct(plan, by):
    plan.signer = "Lê Văn Sáu"
    actions.enter_plan(plan, by=by, at=NOON)


@pytest.mark.parametrize("deed", [expire, correct])
def test_what_a_plan_of_another_unit_did_meanwhile_is_not_written_back(province, an, deed):
    plan, written = PlanFactory(province=province), threading.Event()

    def supersede():
        with transaction.atomic():
            ProvincialPlan.objects.filter(pk=plan.pk).update(status="replaced")
            written.set()
            time.sleep(1)  # the other deed begins, and must wait

    def other():
        written.wait(timeout=20)
        deed(ProvincialPlan.objects.get(pk=plan.pk), an)

    outcomes = at_once(supersede, other)

    assert [type(one).__name__ for one in outcomes] == ["NoneType", "ActionRefused"]
    assert ProvincialPlan.objects.get().status == "replaced"
