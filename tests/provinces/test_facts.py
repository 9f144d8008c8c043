"""The real records, exactly as far as sources go."""

from collections import Counter
from datetime import date

import pytest

from provinces import facts
from provinces.models import BoundaryEvent, OrganisationSeat, Province, ProvincialPlan, Region
from provinces.pictures import counts
from provinces.register import Register
from provinces.standing import standings_on

TODAY = date(2026, 11, 20)


def unit(slug):
    return Province.objects.with_history().get(slug=slug)


def kinds_on(day):
    return Counter(one.title_on(day).kind for one in Register.load().in_force(day))


def test_a_second_load_changes_nothing(plans):
    before = list(ProvincialPlan.history.values_list("pk")) + list(Province.history.values_list("pk"))

    again = facts.load_facts()

    assert again == {
        "provincial units": 86,
        "dated names": 90,
        "regions": 12,
        "boundary events": 28,
        "provincial plans": 15,
        "seats": 2,
    }
    assert list(ProvincialPlan.history.values_list("pk")) + list(Province.history.values_list("pk")) == before


@pytest.mark.parametrize(
    ("day", "provinces", "cities"),
    [
        (date(2024, 6, 30), 58, 5),
        (date(2025, 1, 1), 57, 6),
        (date(2025, 7, 1), 28, 6),
        (date(2026, 4, 30), 27, 7),
        (date(2026, 9, 1), 26, 8),
        (date(2026, 9, 19), 26, 8),
        (TODAY, 25, 9),
    ],
)
def test_types_of_units_by_day(register, day, provinces, cities):
    assert kinds_on(day) == {"tinh": provinces, "thanh-pho": cities}


def test_hue_is_one_unit_with_two_names(register):
    hue = unit("hue")

    assert (hue.name_on(date(2024, 12, 31)), hue.kind_on(date(2024, 12, 31))) == ("Thừa Thiên Huế", "tỉnh")
    assert (hue.name_on(date(2025, 1, 1)), hue.kind_on(date(2025, 1, 1))) == ("Huế", "thành phố")
    assert Province.objects.filter(code="46").count() == 1


def test_names_outside_the_life_of_a_unit_are_the_nearest(register):
    assert unit("hau-giang").name_on(TODAY) == "Hậu Giang"
    assert unit("can-tho").name_on(date(2020, 1, 1)) == "Cần Thơ"


@pytest.mark.parametrize(
    ("day", "sizes"),
    [
        (date(2024, 1, 1), [14, 11, 14, 5, 6, 13]),
        (date(2025, 7, 1), [9, 6, 5, 6, 3, 5]),
        (TODAY, [9, 6, 5, 6, 3, 5]),
    ],
)
def test_six_regions_before_and_six_others_after(register, day, sizes):
    found = Counter(one.region_on(day).slug for one in Register.load().in_force(day))

    assert [found[region.slug] for region in Region.objects.in_force(day).order_by("position")] == sizes


def test_three_units_change_region_by_their_merger(register):
    assert unit("bac-giang").region_on(date(2025, 6, 30)).name_vi == "Trung du và miền núi phía Bắc"
    assert unit("bac-ninh").region_on(date(2025, 7, 1)).name_vi == "Đồng bằng sông Hồng"
    assert unit("tay-ninh").membership_on(date(2025, 7, 1)).note_vi.endswith("từ 05/10/2025.")


def test_23_mergers_cite_the_resolution(register):
    mergers = BoundaryEvent.objects.filter(kind="merger")

    assert mergers.count() == 23
    assert set(mergers.values_list("instrument_number", "instrument_date", "effective_on")) == {
        ("202/2025/QH15", date(2025, 6, 12), date(2025, 7, 1))
    }


def test_later_changes_of_type_have_their_resolutions(register):
    changes = BoundaryEvent.objects.filter(kind="type_change").values_list(
        "unit__slug", "effective_on", "instrument_number"
    )

    assert set(changes) == {
        ("hue", date(2025, 1, 1), ""),
        ("dong-nai", date(2026, 4, 30), "30/2026/QH16"),
        ("quang-ninh", date(2026, 9, 1), "36/2026/QH16"),
        ("bac-ninh", date(2026, 9, 20), "39/2026/QH16"),
    }


def test_every_unit_passes_its_own_checks(register):
    for one in Province.objects.all():
        one.full_clean()


def test_what_is_not_known_of_a_plan_stays_missing(plans):
    da_nang = ProvincialPlan.objects.get(province__slug="da-nang-2008")
    quang_binh = ProvincialPlan.objects.get(number="800/KH-UBND")
    ha_noi = ProvincialPlan.objects.get(number="263/KH-UBND")

    assert (da_nang.number, da_nang.issued_on, da_nang.reported_on) == ("", None, None)
    assert (quang_binh.first_year, quang_binh.last_year, quang_binh.kind) == (None, None, "unknown")
    assert (ha_noi.issued_on, str(ha_noi.reported_on)) == (None, "2023-11-08")


def test_plans_belong_to_the_unit_of_their_day(plans):
    issuers = ProvincialPlan.objects.filter(province__code="96").values_list("number", "province__slug")

    assert set(issuers) == {("169/KH-UBND", "ca-mau-2008"), ("174/KH-UBND", "ca-mau-2008"), ("", "ca-mau")}


def test_targets_keep_their_own_denominator(plans):
    plan = ProvincialPlan.objects.get(number="66/KH-UBND")
    words = [(target.words(), target.indicator and target.indicator.code) for target in plan.targets.all()]

    assert words == [
        ("5–8%", "T2"),
        ("70%", "T3"),
        ("1–2 mô hình", "T4"),
        ("100%", "T5"),
        ("100%", "T6"),
        ("nguồn không nêu con số", "T7"),
        ("nguồn không nêu con số", None),
    ]
    assert "huyện" in plan.targets.get(position=4).denominator_vi


def test_at_least_two_campaigns(plans):
    target = ProvincialPlan.objects.get(number="174/KH-UBND").targets.get(position=3)

    assert target.words() == "ít nhất 2 chiến dịch"


def test_ten_of_the_34_have_a_plan_four_their_own(plans):
    rows = standings_on(TODAY, Register.load(), ProvincialPlan.objects.all())

    assert counts(rows) == {"issued": 4, "inherited": 6, "none": 24, "with_plan": 10, "all": 34}
    assert {row.unit.slug for row in rows if row.own} == {"ha-noi", "lang-son", "ha-tinh", "ca-mau"}


def test_no_plan_is_known_before_it_was_issued_or_reported(plans):
    register, known = Register.load(), list(ProvincialPlan.objects.all())
    ha_noi = [
        next(row for row in standings_on(day, register, known) if row.unit.slug == "ha-noi").standing.value
        for day in (date(2023, 11, 7), date(2023, 11, 8))
    ]

    assert ha_noi == ["none", "issued"]


def test_seats_are_where_sources_say(plans):
    assert set(
        OrganisationSeat.objects.in_force(TODAY).values_list("organisation__slug", "province__slug")
    ) == {
        ("sct-da-nang", "da-nang-2008"),
        ("khuyen-cong-ha-noi", "ha-noi"),
    }
