"""The register asked: filters, downloads, who had issued a plan by a day, what has become of plans."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from tablib import Dataset

from provinces.models import ProvincialPlan
from provinces.register import Register
from provinces.resources import PlanResource
from provinces.standing import Inheritance

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

PLANS = "/provinces/plans/"
ISSUERS = "/provinces/plans/issuers/"
OF_THE_63 = {"Hải Phòng", "Hà Tĩnh", "Đồng Tháp", "Quảng Bình", "Hậu Giang", "Lạng Sơn", "Đồng Nai"}
OF_THE_34 = {"Hải Phòng", "Hà Tĩnh", "Đồng Tháp", "Quảng Trị", "Cần Thơ", "Lạng Sơn", "Đồng Nai"}


def as_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("asked", "names", "of"),
    [
        ({"by": "2022-12-31", "lens": "as_reported"}, OF_THE_63, 63),
        ({"by": "2022-12-31", "lens": "on", "on": "2025-07-01"}, OF_THE_34, 34),
        ({"by": "2022-12-31", "lens": "constant", "on": "2025-07-01"}, OF_THE_34, 34),
        ({"by": "2020-09-04", "lens": "as_reported"}, {"Hải Phòng"}, 63),
        ({"by": "2020-09-03", "lens": "as_reported"}, set(), 63),
    ],
)
def test_who_had_issued_a_plan_by_a_day_is_a_list_of_names(client, plans, asked, names, of):
    lists = client.get(ISSUERS, asked).context["lists"]

    assert {str(one.name) for one in lists.had} == names
    assert lists.all == of == len(lists.had) + len(lists.none)


def test_a_document_without_a_day_is_named_apart(client, plans):
    response = client.get(ISSUERS, {"by": "2022-12-31", "lens": "as_reported"})

    (undated,) = [one for one in response.context["lists"].none if one.undated]
    assert str(undated.name) == "Đà Nẵng"
    assert "24 trên 63" in response.content.decode()


def test_a_year_alone_counts_from_its_end(client, plans):
    by = [
        {
            str(one.name)
            for one in client.get(ISSUERS, {"by": day, "lens": "as_reported"}).context["lists"].had
        }
        for day in ("2023-06-30", "2023-12-31")
    ]

    assert "Cà Mau" not in by[0]
    assert {"Cà Mau", "Hà Nội"} <= by[1]


def test_the_lists_can_be_taken_away(client, plans):
    rows = as_csv(client.get(f"{ISSUERS}table.csv", {"by": "2022-12-31", "lens": "as_reported"}))

    assert len(rows) == 64
    assert [row[3] for row in rows[1:]].count("có") == 7
    assert client.get(f"{ISSUERS}table.xlsx").status_code == 200


def test_a_day_that_is_none_gets_a_sentence_at_its_field(client, plans):
    response = client.get(ISSUERS, {"by": "hôm qua"})

    assert response.status_code == 200
    assert "by" in response.context["form"].errors


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"issuer": "hau-giang"}, {"172/KH-UBND", "45/KH-UBND", "66/KH-UBND"}),
        ({"issuer": "can-tho"}, set()),
        ({"period": "2022–2030"}, {"202/KH-UBND"}),
        ({"region": "dong-nam-bo"}, {"202/KH-UBND"}),
        ({"region": "dong-nam-bo-2008"}, set()),
        ({"region": "dong-nam-bo-2008", "on": "2024-01-01"}, {"202/KH-UBND"}),
        ({"inherited": "awaiting", "issuer": "ca-mau-2008"}, set()),
        ({"inherited": "awaiting", "issuer": "dong-nai-2008"}, {"202/KH-UBND"}),
    ],
)
def test_filters_by_issuer_period_region_and_what_has_become(client, plans, asked, found):
    rows = client.get(PLANS, asked).context["rows"]

    assert {plan.number for plan, _states in rows} == found


def test_the_filtered_list_comes_as_csv_and_workbook(client, plans):
    asked = {"issuer": "hau-giang", "kind": "annual"}
    rows = as_csv(client.get(f"{PLANS}table.csv", asked))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{PLANS}table.xlsx", asked).content)).active

    assert [row[5] for row in rows[1:]] == ["66/KH-UBND", "45/KH-UBND"]
    assert rows[1][16] == "92 Cần Thơ"
    assert sheet.max_row == 3


def test_the_day_travels_with_the_filters(client, plans):
    text = client.get(PLANS, {"on": "2024-01-01", "kind": "frame"}).content.decode()

    assert '<input type="hidden" name="on" value="2024-01-01">' in text
    assert "table.csv?on=2024-01-01&amp;kind=frame" in text


@pytest.mark.parametrize(
    ("number", "awaits"), [("202/KH-UBND", True), ("169/KH-UBND", False), ("235/KH-UBND", False)]
)
def test_an_inherited_plan_awaits_the_heirs_own(plans, number, awaits):
    """Cà Mau's heir has issued an annual plan of its own; Lạng Sơn still exists."""
    every = list(ProvincialPlan.objects.all())
    inheritance = Inheritance.on(date(2026, 11, 20), Register.load(), every)

    assert inheritance.awaits_heirs_own(next(one for one in every if one.number == number)) is awaits


@pytest.mark.parametrize("typed", ["BRVT", "ba ria vung tau", "br-vt"])
def test_a_unit_is_found_by_what_people_type(register, typed):
    assert [unit.slug for unit in Register.load().matching(typed)] == ["ba-ria-vung-tau"]


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("thua-thien-hue", "hue"),
        ("tinh-thua-thien-hue", "hue"),
        ("thanh-pho-ho-chi-minh", "ho-chi-minh"),
        ("tphcm", "ho-chi-minh"),
        ("br-vt", "ba-ria-vung-tau"),
        ("tinh-hau-giang", "hau-giang"),
        ("truong-sa", "khanh-hoa"),
    ],
)
def test_former_addresses_and_abbreviations_lead_on(client, register, former, now):
    response = client.get(f"/provinces/{former}/")

    assert (response.status_code, response.url) == (301, f"/provinces/{now}/")


def test_a_file_without_codes_is_refused_in_the_houses_words(plans, an):
    result = PlanResource().import_data(Dataset(("frame",), headers=["kind"]), user=an)

    assert "Tệp không có cột code" in str(result.base_errors[0].error)
