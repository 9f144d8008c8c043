"""Approved values as programs get them: the parts, the coverage, the reasons, never a draft."""

import csv
import io
from datetime import date

import pytest

from reporting.models import IndicatorAnswer
from tests.programmes.factories import IndicatorFactory
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting.approved import approve, submission_of, t3

pytestmark = pytest.mark.django_db

T3 = "/api/v1/indicators/T3/values"
START, MERGER = date(2008, 8, 1), date(2025, 7, 1)


@pytest.fixture
def indicator(db):
    return t3()


@pytest.fixture
def city(db):
    """Hồ Chí Minh City made of three; two of them reported for 2024: 1/2 and 9/10."""
    olds = [
        ProvinceFactory(code=code, name_vi=name, valid_from=START, valid_to=MERGER)
        for code, name in (("74", "Bình Dương"), ("77", "Bà Rịa - Vũng Tàu"), ("79", "Hồ Chí Minh"))
    ]
    heir = ProvinceFactory(code="79", name_vi="Hồ Chí Minh", slug="ho-chi-minh")
    merge(*olds, heir=heir)
    return heir, olds


@pytest.fixture
def reported(indicator, city):
    _heir, (binh_duong, vung_tau, _old_city) = city
    approve(binh_duong, 2024, indicator, numerator=1, denominator=2)
    approve(vung_tau, 2024, indicator, numerator=9, denominator=10, is_demo=True)
    return indicator


def year_of(client, lens, **more):
    answer = client.get(T3, {"lens": lens, "year": "2024", **more})
    assert answer.status_code == 200, answer.content.decode()
    (year,) = answer.json()["years"]
    return year


def test_a_half_and_nine_tenths_make_ten_twelfths(client, reported):
    year = year_of(client, "on:2026-01-01")
    (city,) = year["units"]

    assert (city["value"], city["numerator"], city["denominator"]) == (83.333333, 10, 12)
    assert [(one["code"], one["value"]) for one in city["parts"]] == [("74", 50), ("77", 90)]
    assert (city["coverage"]["counted"], city["coverage"]["expected"]) == (2, 3)
    assert [(one["code"], one["valid_to"]) for one in city["coverage"]["missing"]] == [("79", "2025-07-01")]
    assert [one["code"] for one in year["lacking"]] == ["79"]
    assert (year["map_on"], year["coverage"]["counted"], year["coverage"]["expected"]) == ("2026-01-01", 1, 1)


def test_a_day_after_all_known_maps_is_refused_in_a_sentence(client, reported):
    far, known = (client.get(T3, {"lens": lens}) for lens in ("constant:9999-12-31", "on:2025-07-01"))

    assert (far.status_code, known.status_code) == (422, 200)
    assert "Chưa có bản đồ sau ngày" in far.content.decode()


def test_as_reported_each_stands_alone_and_the_missing_are_named(client, reported):
    year = year_of(client, "as_reported")

    assert [(unit["code"], unit["value"], unit["emptiness"]) for unit in year["units"]] == [
        ("74", 50, ""),
        ("77", 90, ""),
        ("79", None, "not_reported"),
    ]
    assert year["units"][2]["reason"] == "Chưa có số liệu được duyệt của đơn vị cho năm này."
    assert [one["name_vi"] for one in year["coverage"]["missing"]] == ["Hồ Chí Minh"]


def test_a_year_that_cannot_be_compared_says_so_and_whose_values_came(client, reported):
    (city,) = year_of(client, "constant:2025-07-01")["units"]

    assert (city["value"], city["emptiness"]) == (None, "incomplete")
    assert (city["coverage"]["counted"], city["coverage"]["expected"]) == (2, 3)
    assert [one["code"] for one in city["parts"]] == ["74", "77"]


def test_what_stands_in_the_total_alone_is_named(client, indicator, city):
    heir, _predecessors = city
    approve(heir, 2026, indicator, numerator=1, denominator=2)

    (year,) = client.get(T3, {"lens": "on:2024-01-01", "year": "2026"}).json()["years"]

    assert year["total"]["value"] == 50
    assert [one["code"] for one in year["in_the_total_only"]] == ["79"]


def test_a_reason_given_is_passed_on(client, indicator, city):
    _heir, (binh_duong, *_others) = city
    approve(binh_duong, 2024, indicator, emptiness="not_yet", reason="chưa kiểm kê")

    unit = year_of(client, "as_reported")["units"][0]

    assert (unit["value"], unit["emptiness"], unit["reason"]) == (None, "not_yet", "chưa kiểm kê")


def test_the_answer_says_its_lens_and_that_data_are_approved(client, reported):
    found = client.get(T3, {"lens": "constant:2025-07-01"}).json()

    assert (found["lens"], found["data"], found["is_demo"]) == ("constant:2025-07-01", "approved", True)
    assert found["indicator"]["carry_over"] == "ratio"
    assert found["approved_until"].startswith("2026-11-20")


def test_a_draft_never_leaves(client, indicator, province):
    report = submission_of(province, 2026).report
    IndicatorAnswer.objects.create(
        report=report,
        address="indicators.T3",
        indicator=indicator,
        emptiness="number",
        numerator=77,
        denominator=991,
    )

    assert b"991" not in client.get(T3).content


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("T3/values?year=20x4", 422, "“20x4” không phải là năm. Ghi bốn chữ số, như 2025."),
        ("T3/values?year=2035", 404, "Các năm có số liệu: 2024."),
        ("T99/values", 404, "Không có chỉ tiêu “T99”. Các chỉ tiêu: T3"),
        ("T3/values?lens=constant", 422, "không phải là cách nhìn"),
        ("T1/values?year=2024", 404, "T1 không có con số"),
    ],
)
def test_a_refusal_says_what_there_is(client, reported, path, status, words):
    IndicatorFactory(
        programme=reported.programme, code="T1", slug="t1", is_numeric=False, carry_over="not_additive",
        carry_over_reason_vi="bằng lời",
    )  # fmt: skip

    answer = client.get(f"/api/v1/indicators/{path}")

    assert answer.status_code == status
    assert words in answer.json()["detail"]


def test_the_csv_says_lens_and_coverage_in_every_row(client, reported):
    answer = client.get(T3, {"lens": "on:2026-01-01", "format": "csv"})

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["code"], row["value"], row["counted"], row["expected"], row["lens"], row["is_demo"]) == (
        "79",
        "83.333333",
        "2",
        "3",
        "on:2026-01-01",
        "true",
    )
    assert row["missing"] == "79@2008-08-01 Hồ Chí Minh"


@pytest.mark.parametrize("count", [1, 3])
def test_values_query_count(client, indicator, count, django_assert_num_queries):
    for unit in ProvinceFactory.create_batch(count):
        approve(unit, 2026, indicator, numerator=5, denominator=10)

    with django_assert_num_queries(16):
        assert len(client.get(T3).json()["years"][0]["units"]) == count
