"""A part that moves takes no plan along: nobody inherits from a unit that goes on, no banner names it."""

from datetime import date

import pytest

from foundation.dates import PartialDate
from provinces.issuers import issuers_by
from provinces.models import BoundaryEvent, Province, ProvincialPlan
from provinces.plan_admin import earlier_plans
from provinces.register import Register
from provinces.standing import Inheritance, standings_on
from tests.provinces.factories import NameFactory, PlanFactory, ProvinceFactory, merge

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MOVED = date(2026, 3, 1)
TODAY = date(2026, 11, 20)
LATER = date(2026, 9, 1)


def unit(code, slug, first=date(2025, 7, 1), **more):
    found = ProvinceFactory(code=code, slug=slug, name_vi=slug.title(), valid_from=first, **more)
    NameFactory(province=found)
    return found


@pytest.fixture
def plan(db):
    """Of Rung, which has given a part to Bien."""
    giver, taker = unit("91", "rung"), unit("92", "bien")
    event = BoundaryEvent.objects.create(slug="mot-phan", kind="part_transfer", effective_on=MOVED)
    event.successions.create(predecessor=giver, heir=taker)
    return PlanFactory(province=giver, issued_on=PartialDate(2026, 1, 5))


@pytest.fixture
def heir(plan):
    """Dao, which Rung becomes half a year after it gave the part."""
    Province.objects.filter(slug="rung").update(valid_to=LATER)
    found = unit("93", "dao", LATER)
    merge(plan.province, heir=found)
    return found


@pytest.mark.parametrize("day", [date(2026, 2, 28), MOVED, TODAY])
def test_the_taker_inherits_nothing_on_any_day(plan, day):
    rows = standings_on(day, Register.load(), ProvincialPlan.objects.all())

    assert [(row.unit.slug, row.standing.value) for row in rows] == [("bien", "none"), ("rung", "issued")]


def test_the_takers_page_tells_of_no_unit_before_it(client, plan):
    shown = client.get("/provinces/bien/").context

    assert (shown["banner"], shown["ancestors"], len(shown["filed"])) == (None, [], 1)
    assert not any("Rung" in sentence for sentence in shown["knowledge"])
    assert client.get("/provinces/rung/").context["heirs"] == []


def test_the_lists_and_the_open_data_name_the_giver_alone(client, plan):
    lists = issuers_by(TODAY, TODAY, Register.load(), [plan])
    answer = client.get("/api/v1/plans?lens=on:2026-11-20").json()
    lineage = client.get("/api/v1/provinces/92/lineage?on=2026-11-20").json()

    assert [one.unit.slug for one in lists.had] == ["rung"]
    assert [[one["code"] for one in row["answering"]] for row in answer] == [["91"]]
    assert (lineage["ancestors"], lineage["heirs"]) == ([], [])
    assert client.get("/provinces/plans/?unit=bien").context["total"] == 0


def test_of_a_giver_that_has_ended_only_the_heir_answers(client, plan, heir):
    inheritance = Inheritance.on(TODAY, Register.load(), [plan])

    assert inheritance.heirs(plan) == [heir]
    assert client.get("/provinces/rung/").context["banner"].units == (heir,)
    assert Province.searchable_by(None).get(slug="rung").search_hit.note.endswith("nay thuộc Dao")


def test_only_a_plan_of_its_own_may_be_replaced(plan):
    assert not earlier_plans(PlanFactory(province=Province.objects.get(slug="bien"))).exists()
