"""What the public reads of the real records: any day's map, a unit's decade, the register of plans."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from provinces.models import ProvincialPlan
from provinces.story import told_apart
from tests.provinces.factories import ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

LIST = "/provinces/"
PLANS = "/provinces/plans/"


def body(response):
    return response.content.decode()


def numbers(response):
    return {plan.number for plan, _states in response.context["rows"]}


@pytest.mark.parametrize(("day", "count"), [("2024-06-30", 63), ("2025-06-30", 63), ("2025-07-01", 34)])
def test_the_list_of_any_day(client, plans, day, count):
    response = client.get(LIST, {"on": day})

    assert response.context["counts"]["all"] == count
    assert f"có {count} đơn vị" in body(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("hôm qua", "không phải là ngày"),
        ("2025-02-30", "không phải là ngày"),
        ("1999-01-01", "Sổ bắt đầu từ"),
    ],
)
def test_a_day_that_cannot_be_shown_gets_a_sentence_and_today(client, register, typed, sentence):
    response = client.get(LIST, {"on": typed})

    assert sentence in body(response)
    assert response.context["counts"]["all"] == 34


def test_an_old_name_finds_todays_unit_with_the_event(client, register):
    text = body(client.get(LIST, {"q": "hau giang"}))

    assert "Hậu Giang không còn là một đơn vị từ 01/7/2025. Đơn vị kế thừa: Cần Thơ." in text
    assert "202/2025/QH15" in text
    assert 'href="/provinces/can-tho/"' in text


def test_a_name_nobody_bore_gets_a_sentence(client, register):
    assert "Sổ không có đơn vị nào mang tên" in body(client.get(LIST, {"q": "Atlantis"}))


@pytest.mark.parametrize(
    ("former", "status"),
    [("thua-thien-hue", 301), ("thanh-pho", 404), ("khong-co", 404)],
)
def test_former_addresses_lead_on(client, register, former, status):
    assert client.get(f"/provinces/{former}/").status_code == status


def test_a_closed_unit_keeps_its_page_with_a_banner(client, plans):
    text = body(client.get("/provinces/hau-giang/"))

    assert "Hậu Giang không còn là một đơn vị từ 01/7/2025" in text
    for number in ("172/KH-UBND", "45/KH-UBND", "66/KH-UBND"):
        assert number in text


def test_a_merged_unit_names_its_predecessors_and_their_plans(client, plans):
    response = client.get("/provinces/dong-nai/")
    text = body(response)

    assert "Đơn vị này gồm Bình Phước và Đồng Nai trước đây" in text
    assert "Là thành phố từ 30/4/2026 (theo Nghị quyết 30/2026/QH16)." in text
    assert "202/KH-UBND (2022–2030) của Đồng Nai" in text
    assert "Sổ chưa có văn bản của Bình Phước." in text
    assert "Nguyễn Thị Hoàng, chức vụ chưa có trong nguồn" in text


def test_hue_tells_both_changes_without_an_instrument(client, register):
    text = body(client.get("/provinces/hue/"))

    assert "Mang tên Huế từ 01/01/2025, trước đó là tỉnh Thừa Thiên Huế" in text
    assert "văn bản chưa có trong nguồn" in text


def test_a_unit_nothing_happened_to_has_no_banner(client, register):
    assert client.get("/provinces/ha-tinh/").context["banner"] is None


def test_every_unit_has_a_page(client, plans):
    slugs = ("ha-noi", "can-tho-2008", "binh-duong", "ho-chi-minh", "ba-ria-vung-tau", "da-nang")

    assert {client.get(f"/provinces/{slug}/").status_code for slug in slugs} == {200}


def test_the_plan_page_says_what_is_missing_and_who_inherited(client, plans):
    plan = ProvincialPlan.objects.get(number="66/KH-UBND")
    text = body(client.get(plan.get_absolute_url()))

    assert "kế hoạch khung" in text.lower()
    assert "172/KH-UBND" in text
    assert "chưa có trong nguồn" in text
    assert 'href="/provinces/can-tho/"' in text
    assert "cấp huyện không còn từ 01/7/2025" in text


def test_pages_speak_english_too(client, plans):
    with override("en"):
        text = body(client.get(reverse("provinces:province", args=["dong-nai"])))

    assert "This unit is made of the former Binh Phuoc and Dong Nai" in text
    assert "Centrally run city" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"unit": "can-tho"}, {"172/KH-UBND", "45/KH-UBND", "66/KH-UBND"}),
        ({"unit": "lang-son"}, {"235/KH-UBND"}),
        ({"unit": "nowhere"}, set()),
        ({"kind": "frame", "inherited": "0"}, {"484/KH-UBND", "235/KH-UBND"}),
        ({"kind": "unknown"}, {"800/KH-UBND"}),
        ({"year": "2023", "kind": "annual"}, {"169/KH-UBND"}),
        ({"inherited": "0"}, {"484/KH-UBND", "235/KH-UBND", "263/KH-UBND", ""}),
        ({"on": "2024-01-01", "inherited": "1"}, set()),
        ({"status": "drafting"}, set()),
        ({"year": "x"}, set()),
    ],
)
def test_filters_of_the_register(client, plans, query, found):
    assert numbers(client.get(PLANS, query)) == found


def test_a_filter_can_be_taken_back(client, plans):
    response = client.get(PLANS, {"unit": "can-tho", "kind": "annual"})

    assert [(one["label"], one["remove_url"]) for one in response.context["active"]] == [
        ("kế hoạch năm", "?unit=can-tho"),
        ("Cần Thơ", "?kind=annual"),
    ]


def test_units_of_one_name_are_told_apart():
    old = ProvinceFactory.build(name_vi="Hưng Yên", valid_to=date(2025, 7, 1))
    new = ProvinceFactory.build(name_vi="Hưng Yên")
    other = ProvinceFactory.build(name_vi="Thái Bình", valid_to=date(2025, 7, 1))

    assert told_apart([new, old, other])[1:] == ["Hưng Yên (trước 01/7/2025)", "Thái Bình"]
