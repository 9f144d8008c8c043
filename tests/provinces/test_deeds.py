"""What is done to plans: entered, taken a step, amended, replaced. A refusal moves nothing."""

from datetime import UTC, date, datetime

import pytest

from foundation.actions import ActionRefused
from foundation.models import AuditEntry
from provinces import actions
from provinces.models import ProvincialPlan
from tests.provinces.factories import PlanFactory, ProvinceFactory, merge

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
START, MERGER = date(2008, 8, 1), date(2025, 7, 1)
DECADE = {"kind": "frame", "first_year": 2021, "last_year": 2030}


@pytest.fixture
def earlier(province):
    return PlanFactory(province=province, number="1/KH-UBND", **DECADE)


def later(province, earlier, **fields):
    given = {"number": "2/KH-UBND", "supersession": "replaces", "reason_vi": "Sau sáp nhập", **DECADE}
    return PlanFactory.build(province=province, supersedes=earlier, **{**given, **fields})


def state(plan):
    plan.refresh_from_db()
    return plan.status


@pytest.mark.parametrize(("how", "becomes"), [("amends", "amended"), ("replaces", "replaced")])
def test_the_earlier_plan_changes_with_the_later_one(earlier, province, an, how, becomes):
    plan = actions.enter_plan(later(province, earlier, supersession=how), by=an, at=NOON)

    assert (state(plan), state(earlier)) == ("issued", becomes)
    assert set(AuditEntry.objects.values_list("verb", "by")) == {
        ("plan entered", an.pk),
        (f"plan {becomes}", an.pk),
    }


def test_only_those_who_keep_the_records_do_any_of_it(earlier, province, lan, minh):
    deeds = (
        lambda by: actions.enter_plan(later(province, earlier), by=by, at=NOON),
        lambda by: actions.take_step(earlier.pk, "expire", by=by, at=NOON),
        lambda by: actions.supersede(earlier.pk, earlier.pk, how="amends", reason="Thử", by=by, at=NOON),
    )
    for person in (lan, minh):
        for deed in deeds:
            with pytest.raises(ActionRefused, match="Chỉ người giữ hồ sơ của Bộ"):
                deed(person)

    assert (state(earlier), ProvincialPlan.objects.count(), AuditEntry.objects.count()) == ("issued", 1, 0)


def test_a_plan_in_preparation_takes_effect_when_it_is_issued(earlier, province, an):
    plan = actions.enter_plan(later(province, earlier, status="drafting"), by=an, at=NOON)
    assert state(earlier) == "issued"

    actions.take_step(plan.pk, "consult", by=an, at=NOON)
    actions.take_step(plan.pk, "issue", by=an, at=NOON)

    assert (state(plan), state(earlier)) == ("issued", "replaced")


def test_a_plan_already_out_may_say_later_what_it_amends(earlier, province, an):
    plan = PlanFactory(province=province, first_year=2031, last_year=2035, kind="frame")

    actions.supersede(plan.pk, earlier.pk, how="amends", reason="Bổ sung", by=an, at=NOON)

    assert state(earlier) == "amended"
    with pytest.raises(ActionRefused, match="đã sửa đổi hoặc thay thế"):
        actions.supersede(plan.pk, earlier.pk, how="replaces", reason="Lần nữa", by=an, at=NOON)


def test_an_heir_replaces_a_predecessors_plan(province, an):
    old = ProvinceFactory(code="49", valid_from=START, valid_to=MERGER)
    merge(old, heir=province)
    plan = PlanFactory(province=old, **DECADE)

    actions.enter_plan(later(province, plan), by=an, at=NOON)

    assert state(plan) == "replaced"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason_vi": ""}, "Nêu lý do sửa đổi, thay thế kế hoạch trước."),
        ({"supersession": ""}, "Cho biết kế hoạch trước được sửa đổi hay thay thế."),
        ({"status": "replaced"}, "Nhập là “đã ban hành”"),
    ],
)
def test_a_refusal_moves_nothing(earlier, province, an, fields, words):
    with pytest.raises(ActionRefused, match=words):
        actions.enter_plan(later(province, earlier, **fields), by=an, at=NOON)

    assert state(earlier) == "issued"
    assert ProvincialPlan.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_plan_of_an_unrelated_unit_is_not_replaced(earlier, neighbour, an):
    with pytest.raises(ActionRefused, match="không phải đơn vị trước đây của Quảng Ngãi"):
        actions.enter_plan(later(neighbour, earlier), by=an, at=NOON)

    assert state(earlier) == "issued"


def test_two_plans_cannot_replace_each_other(earlier, province, an):
    plan = actions.enter_plan(later(province, earlier), by=an, at=NOON)

    with pytest.raises(ActionRefused, match="không thể thay thế lẫn nhau"):
        actions.supersede(earlier.pk, plan.pk, how="replaces", reason="Vòng", by=an, at=NOON)

    assert state(plan) == "issued"


def test_a_replaced_plan_is_not_replaced_again(earlier, province, an):
    actions.enter_plan(later(province, earlier), by=an, at=NOON)
    third = later(province, earlier, number="3/KH-UBND", first_year=2031, last_year=2035)

    with pytest.raises(ActionRefused, match="đã được thay thế rồi"):
        actions.enter_plan(third, by=an, at=NOON)


def test_a_draft_cannot_be_replaced(province, an):
    draft = PlanFactory(province=province, status="drafting", **DECADE)

    with pytest.raises(ActionRefused, match="chưa ban hành"):
        actions.enter_plan(later(province, draft), by=an, at=NOON)


def test_a_state_is_never_typed(earlier, an):
    earlier.status = "expired"

    with pytest.raises(ActionRefused, match="không gõ tay"):
        actions.enter_plan(earlier, by=an, at=NOON)

    assert state(earlier) == "issued"
    actions.take_step(earlier.pk, "expire", by=an, at=NOON)
    assert state(earlier) == "expired"
    with pytest.raises(ActionRefused, match="chưa làm được bước đó"):
        actions.take_step(earlier.pk, "expire", by=an, at=NOON)


@pytest.mark.postgres
def test_who_goes_round_the_check_meets_the_database_and_a_sentence(earlier, province, an, monkeypatch):
    monkeypatch.setattr(ProvincialPlan, "full_clean", lambda self: None)  # as if read before the other wrote
    second = PlanFactory.build(province=province, number="2/KH-UBND", **DECADE)

    with pytest.raises(ActionRefused, match="Một kế hoạch khung khác của Đà Nẵng"):
        actions.enter_plan(second, by=an, at=NOON)
