"""What the database and the forms refuse, each with a sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from foundation.dates import PartialDate
from provinces.models import (
    ActivityBudget,
    BoundaryEvent,
    Kind,
    PlanTarget,
    ProvinceName,
    ProvincialPlan,
    Succession,
)
from tests.provinces.factories import (
    MergerFactory,
    NameFactory,
    PlanActivityFactory,
    PlanFactory,
    ProvinceFactory,
    merge,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MERGER = date(2025, 7, 1)


def old(code, **fields):
    return ProvinceFactory(code=code, valid_from=date(2008, 8, 1), valid_to=MERGER, **fields)


def faults(row):
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.message_dict


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_unit_ends_after_it_begins():
    unit = ProvinceFactory.build(code="75", valid_from=MERGER, valid_to=MERGER)

    assert faults(unit)["__all__"] == ["Ngày kết thúc phải sau ngày bắt đầu."]
    refused(unit.save)


def test_a_code_has_two_digits():
    unit = ProvinceFactory.build(code="7", valid_from=MERGER)

    assert faults(unit)["__all__"] == ["Mã có hai chữ số, như 01 hay 79."]
    refused(unit.save)


def test_two_units_cannot_hold_one_code_on_one_day():
    old("75", name_vi="Đồng Nai")
    second = ProvinceFactory.build(code="75", valid_from=date(2025, 6, 30), slug="dong-nai")

    assert faults(second)["code"] == ["Đồng Nai mang mã 75 từ 01/8/2008. Kết thúc đơn vị đó trước."]
    second.valid_from = MERGER
    second.full_clean()


@pytest.mark.postgres
def test_postgresql_itself_keeps_one_unit_per_code_and_day():
    old("75")
    refused(lambda: ProvinceFactory(code="75", valid_from=date(2025, 6, 30)))

    ProvinceFactory(code="75", valid_from=MERGER)


@pytest.mark.postgres
def test_postgresql_itself_keeps_one_name_per_unit_and_day():
    unit = ProvinceFactory(code="46")
    NameFactory(province=unit)

    refused(lambda: NameFactory(province=unit, valid_from=date(2026, 1, 1)))


@pytest.mark.postgres
def test_postgresql_itself_keeps_one_frame_plan_at_a_time():
    unit = ProvinceFactory()
    frame = {"province": unit, "kind": "frame"}
    PlanFactory(**frame, first_year=2026, last_year=2030)
    refused(lambda: PlanFactory(**frame, first_year=2030, last_year=2035))

    PlanFactory(**frame, first_year=2030, last_year=2035, is_demo=True)
    PlanFactory(**frame, first_year=2031, last_year=2035)


def test_two_names_of_a_unit_do_not_hold_at_once():
    unit = ProvinceFactory(code="46")
    NameFactory(province=unit)
    second = ProvinceName(province=unit, valid_from=date(2026, 1, 1), name_vi="Huế", kind=Kind.CITY)

    assert faults(second)["valid_from"] == ["Trong thời gian này đơn vị mang một tên khác."]


def test_a_unit_is_not_its_own_heir():
    unit = ProvinceFactory()
    event = MergerFactory()

    refused(lambda: event.successions.create(predecessor=unit, heir=unit))


@pytest.mark.parametrize(
    ("ends", "begins", "field"),
    [(date(2025, 6, 1), MERGER, "predecessor"), (MERGER, date(2025, 7, 2), "heir")],
)
def test_a_merger_leaves_no_gap(ends, begins, field):
    predecessor = ProvinceFactory(code="93", valid_from=date(2008, 8, 1), valid_to=ends)
    heir = ProvinceFactory(code="92", valid_from=begins)

    assert list(faults(Succession(event=MergerFactory(), predecessor=predecessor, heir=heir))) == [field]


def test_a_merger_dated_before_its_units_existed_is_refused():
    event = MergerFactory(effective_on=date(2008, 8, 1))
    heir = ProvinceFactory(code="92", valid_from=date(2008, 8, 1))

    found = faults(Succession(event=event, predecessor=old("93", name_vi="Hậu Giang"), heir=heir))

    assert found["predecessor"] == ["Hậu Giang chưa tồn tại trước 01/8/2008."]


def test_a_right_merger_passes():
    event = merge(old("92"), old("93"), heir=ProvinceFactory(code="94"))

    for one in event.successions.all():
        one.full_clean()


def test_a_part_transfer_keeps_both_units():
    event = MergerFactory(kind=BoundaryEvent.Kind.PART_TRANSFER, effective_on=date(2026, 1, 1))
    giver, taker = ProvinceFactory(code="60"), ProvinceFactory(code="68")
    Succession(event=event, predecessor=giver, heir=taker).full_clean()

    found = faults(Succession(event=event, predecessor=giver, heir=old("62")))

    assert list(found) == ["heir"]


def test_a_renaming_has_no_heirs_and_names_its_unit():
    unit = ProvinceFactory(code="46")
    event = BoundaryEvent(slug="doi-ten", kind="renaming", effective_on=date(2026, 1, 1), unit=unit)
    event.full_clean()
    event.save()

    found = faults(Succession(event=event, predecessor=unit, heir=ProvinceFactory(code="48")))

    assert "predecessor" in found
    refused(lambda: BoundaryEvent.objects.create(slug="khong-ten", kind="renaming", effective_on=MERGER))


def test_a_change_comes_after_its_unit_began():
    event = BoundaryEvent(
        slug="x", kind="type_change", effective_on=MERGER, unit=ProvinceFactory(name_vi="Huế")
    )

    assert faults(event)["effective_on"] == ["Huế bắt đầu từ 01/7/2025; sự kiện phải sau ngày đó."]


def test_a_plan_is_issued_by_a_unit_in_force_that_day():
    plan = PlanFactory.build(province=old("93", name_vi="Hậu Giang"), issued_on=PartialDate(2026, 1, 5))

    assert faults(plan)["issued_on"] == [
        "Hậu Giang (trước 01/7/2025) không có hiệu lực ngày 05/01/2026. Chọn đơn vị của ngày đó."
    ]


def test_a_plan_without_a_known_day_is_accepted():
    for day in (None, PartialDate(2026), PartialDate(2026, 3)):
        PlanFactory.build(province=ProvinceFactory(code="93"), issued_on=day, number="").full_clean()


def test_a_known_month_or_year_must_fit_the_issuers_time():
    gone = old("93", name_vi="Hậu Giang")

    for day in (PartialDate(2026), PartialDate(2025, 7)):
        assert "issued_on" in faults(PlanFactory.build(province=gone, issued_on=day))
    PlanFactory.build(province=gone, issued_on=PartialDate(2025)).full_clean()


def test_an_annual_plan_stands_under_a_frame_of_its_own_family():
    before, stranger, unit = old("93"), old("74", name_vi="Bình Dương"), ProvinceFactory(code="92")
    merge(before, heir=unit)
    merge(stranger, heir=ProvinceFactory(code="79"))
    frames = {one: PlanFactory(province=one, kind="frame", first_year=None, last_year=None)
              for one in (before, stranger)}  # fmt: skip

    PlanFactory.build(province=unit, frame=frames[before]).full_clean()
    found = faults(PlanFactory.build(province=unit, frame=frames[stranger]))
    annual = PlanFactory(province=unit)

    assert "không phải đơn vị trước đây" in found["frame"][0]
    assert "không phải kế hoạch khung" in faults(PlanFactory.build(province=unit, frame=annual))["frame"][0]


def test_a_plan_ends_after_it_begins():
    plan = PlanFactory.build(province=ProvinceFactory(), first_year=2030, last_year=2026)

    assert faults(plan)["last_year"] == ["Năm cuối không được trước năm đầu."]
    refused(plan.save)


def test_two_frame_plans_at_once_are_refused():
    unit = ProvinceFactory()
    first = PlanFactory(province=unit, kind="frame", number="07/KH-UBND", first_year=2021, last_year=2030)
    second = PlanFactory.build(province=unit, kind="frame", first_year=2026, last_year=2030)

    assert faults(second)["first_year"] == [
        (
            "Kế hoạch 07/KH-UBND của đơn vị này đang có hiệu lực trong những năm đó. "
            "Sửa đổi hoặc thay thế kế hoạch ấy."
        )
    ]
    second.supersedes = first
    assert faults(second) == {
        "supersession": ["Cho biết kế hoạch trước được sửa đổi hay thay thế."],
        "reason_vi": ["Nêu lý do sửa đổi, thay thế kế hoạch trước."],
    }
    second.reason_vi, second.supersession = "Sau sáp nhập", "replaces"
    second.full_clean()


def test_a_number_is_used_once_on_a_day():
    plan = PlanFactory(number="202/KH-UBND", issued_on=PartialDate(2026, 1, 1))
    again = PlanFactory.build(province=plan.province, number="202/KH-UBND", issued_on=PartialDate(2026, 1, 1))

    assert faults(again)["__all__"] == ["Sổ đã có số văn bản này của đơn vị này."]
    refused(again.save)


def test_a_plan_does_not_replace_itself():
    plan = PlanFactory()

    refused(lambda: ProvincialPlan.objects.filter(pk=plan.pk).update(supersedes=plan, supersession="amends"))


def test_the_database_wants_to_know_how_a_plan_supersedes():
    plan, earlier = PlanFactory(), PlanFactory()

    refused(lambda: ProvincialPlan.objects.filter(pk=plan.pk).update(supersedes=earlier))


def test_the_upper_end_of_a_target_lies_above_the_lower():
    target = PlanTarget(plan=PlanFactory(), position=1, statement_vi="Giảm", low=8, high=5)

    assert faults(target)["__all__"] == ["Mức trên không được thấp hơn mức dưới."]


def test_money_is_not_negative_and_unknown_is_not_zero():
    activity = PlanActivityFactory()
    refused(lambda: ActivityBudget.objects.create(activity=activity, source="local", planned_number=-1))

    money = ActivityBudget.objects.create(activity=activity, source="local", planned_number=0)

    assert (str(money.planned), money.received) == ("0 VND", None)


def test_an_activity_ends_after_it_begins():
    activity = PlanActivityFactory.build(
        plan=PlanFactory(), begins_on=PartialDate(2027), ends_on=PartialDate(2026)
    )

    assert faults(activity)["ends_on"] == ["Ngày kết thúc không được trước ngày bắt đầu."]


def test_a_closed_unit_says_so_in_its_name():
    assert str(old("93", name_vi="Hậu Giang")) == "Hậu Giang (trước 01/7/2025)"
    assert str(ProvinceFactory(code="92", name_vi="Cần Thơ")) == "Cần Thơ"
