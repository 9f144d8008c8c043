"""The progress pages: a fixed number of queries, approved values alone, every lens and language."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.dates import day_words
from provinces.facts import load_units
from provinces.models import Province, ProvinceName
from reporting import snapshots
from reporting.models import IndicatorAnswer, Obligation
from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import approve, submission_of, t3, year_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator(db):
    return t3()


@pytest.mark.parametrize("count", [1, 3])
def test_progress_query_count(client, indicator, count, django_assert_num_queries):
    units = ProvinceFactory.create_batch(count)
    year_of(2026)
    client.get(reverse("reporting:progress"))  # what seldom changes is read, and kept until it does
    for unit in units:
        approve(unit, 2026, indicator, numerator=5, denominator=10)

    with django_assert_num_queries(4):  # the edition, what is planned, the stamps, the values
        page = client.get(reverse("reporting:progress"))
    with django_assert_num_queries(1):
        client.get(reverse("reporting:progress"))

    assert len(page.context["units"]) == count


def test_every_lens_is_a_parameter_of_the_address(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    for lens in ("as_reported", "on", "constant"):
        page = client.get(
            reverse("reporting:target", args=[indicator.slug]), {"lens": lens, "on": "2026-01-01"}
        )
        assert page.context["progress"].lens.kind == lens


@pytest.mark.parametrize("day", ["31/31/2026", "1/1/99999999999", "2026-13-01", "9" * 5000])
def test_an_unreadable_lens_is_todays_map(client, indicator, day):
    page = client.get(reverse("reporting:progress"), {"lens": "sideways", "on": day})

    assert page.status_code == 200
    lens = page.context["progress"].lens
    assert (lens.kind, lens.day) == ("on", timezone.localdate())


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_before_or_after_all_known_maps_opens(client, indicator, province, day):
    """There is no map to show: today's is shown, and the page says why."""
    approve(province, 2026, indicator, numerator=5, denominator=10)
    shown = timezone.localdate().isoformat()

    for lens in ("on", "constant"):
        page = client.get(reverse("reporting:target", args=[indicator.slug]), {"lens": lens, "on": day})
        assert page.status_code == 200
        assert page.context["progress"].lens.day.isoformat() == shown


@pytest.mark.parametrize(
    ("query", "sentence", "english"),
    [
        ({"lens": "rubbish"}, "“rubbish” không phải là một cách xem", "“rubbish” is no way to see"),
        ({"on": "31/02/2026"}, "“31/02/2026” không phải là ngày", "“31/02/2026” is not a date"),
        ({"on": "zzz"}, "“zzz” không phải là ngày", "“zzz” is not a date"),
        ({"on": "9999-12-31"}, "Chưa có bản đồ sau ngày", "No map is known after"),
        ({"on": "0001-01-01"}, "Sổ đơn vị bắt đầu từ ngày 01/7/2025", "The register begins on 1 July 2025"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(client, indicator, province, query, sentence, english):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    page, in_english = client.get("/progress/", query), client.get("/en/progress/", query)

    assert (sentence in page.text, english in in_english.text.replace("&#x27;", "'")) == (True, True)
    assert page.context["progress"].lens.day == timezone.localdate()
    assert "0 đơn vị" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"on": "2026-12-14"},
        {"lens": "on:2026-11-20"},
        {"lens": "on", "on": ""},
        {"lens": "as_reported", "on": "2026-01-01"},
        {"on": "20/11/2026"},
    ],
)
def test_what_can_be_shown_is_not_refused(client, indicator, province, query):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    assert client.get(reverse("reporting:progress"), query).context["refusal"] == ""


def test_a_day_is_known_to_the_end_of_the_newest_period_or_to_a_decided_change(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)
    last = max(year_of(2026).last_day, timezone.localdate())

    known, after = (
        client.get(reverse("reporting:progress"), {"on": (last + timedelta(days=days)).isoformat()})
        for days in (0, 1)
    )

    assert (known.context["refusal"], known.context["progress"].lens.day) == ("", last)
    assert after.context["refusal"] == (
        f"Chưa có bản đồ sau ngày {day_words(last)}; trang này theo bản đồ hôm nay."
    )
    assert after.context["progress"].lens.day == timezone.localdate()


def test_the_lists_of_reports_refuse_such_a_day_in_the_same_sentence(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    page = client.get(reverse("reporting:reports"), {"on": "9999-12-31"})

    assert "Chưa có bản đồ sau ngày" in page.text


def test_units_are_counted_in_the_plural(client, indicator, province, neighbour):
    for unit in (province, neighbour):
        approve(unit, 2026, indicator, numerator=5, denominator=10)
        ProvinceName.objects.create(
            province=unit, name_vi=unit.name_vi, kind="tinh", valid_from=unit.valid_from
        )

    assert "2 provinces" in client.get("/en/progress/").text


def test_a_draft_never_reaches_a_public_page(client, indicator, province):
    report = submission_of(province, 2026).report
    IndicatorAnswer.objects.create(
        report=report,
        address="indicators.T3",
        indicator=indicator,
        emptiness="number",
        numerator=77,
        denominator=991,
    )

    for address in (
        reverse("reporting:progress"),
        reverse("reporting:target", args=[indicator.slug]),
        reverse("reporting:target_table", args=[indicator.slug, "csv"]),
        reverse("reporting:targets_table", args=["csv"]),
    ):
        assert b"991" not in client.get(address).content


def test_the_csv_keeps_vietnamese_letters_and_says_the_lens(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    answer = client.get(
        reverse("reporting:target_table", args=[indicator.slug, "csv"]), {"lens": "as_reported"}
    )

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:3] == ["2026", "48", "Đà Nẵng"]
    assert rows[1][4] == "50.00"
    assert rows[1][11:13] == ["1/1", "as_reported"]


def test_each_year_calls_its_units_as_that_years_map_did(client, indicator):
    load_units()
    for slug, year in (("quang-nam", 2023), ("hue", 2023), ("hue", 2026)):
        approve(Province.objects.get(slug=slug), year, indicator, numerator=5, denominator=10)

    answer = client.get(
        reverse("reporting:target_table", args=[indicator.slug, "csv"]), {"lens": "as_reported"}
    )

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    centre = "Bắc Trung Bộ và duyên hải miền Trung"
    assert {tuple(row[:4]) for row in rows if row[4] == "50.00"} == {
        ("2023", "49", "Quảng Nam", centre),
        ("2023", "46", "Thừa Thiên Huế", centre),
        ("2026", "46", "Huế", "Bắc Trung Bộ"),
    }


def test_the_page_names_whose_value_a_merged_unit_lacks(client, indicator):
    load_units()
    approve(Province.objects.get(slug="quang-nam"), 2023, indicator, numerator=5, denominator=10)

    page = client.get(reverse("reporting:target", args=[indicator.slug]))

    told = dict(page.context["provenance"])
    assert told["Còn thiếu trong đơn vị sáp nhập"] == "Đà Nẵng"
    assert told["Kế thừa"] == "Đà Nẵng"


def test_the_workbook_has_a_frozen_head(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    answer = client.get(reverse("reporting:target_table", args=[indicator.slug, "xlsx"]))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.freeze_panes == "A2"
    assert sheet["C2"].value == "Đà Nẵng"


def test_without_figures_the_page_says_what_will_stand_there(client, indicator):
    page = client.get(reverse("reporting:target", args=[indicator.slug]))

    assert page.status_code == 200
    assert "figure" not in page.context or page.context["figure"] is None


def test_demo_figures_are_marked(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10, is_demo=True)

    assert 'class="demo-label"' in client.get(reverse("reporting:progress")).content.decode()


@pytest.mark.parametrize(
    ("path", "words"), [("/progress/", "Khu, cụm"), ("/en/progress/", "Parks, clusters")]
)
def test_both_languages(client, indicator, province, path, words):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    assert words in client.get(path).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_reports_query_count(client, count, django_assert_num_queries):
    for unit in ProvinceFactory.create_batch(count):
        submission_of(unit, 2026)
    late = ProvinceFactory()
    client.get(reverse("reporting:reports"))  # the register is read, and kept until it changes
    submission_of(late, 2026)

    with django_assert_num_queries(5):
        page = client.get(reverse("reporting:reports"))

    assert len(page.context["found"].lines) == count + 1


def test_an_empty_submission_is_no_report_and_the_rate_stays_within_its_bounds(client, province, neighbour):
    submission_of(province, 2026)
    submission_of(neighbour, 2026)
    found = client.get(reverse("reporting:reports")).context["found"]

    assert [line.unit for line in found.missing] == [province, neighbour]
    assert found.rate == 0


def test_a_unit_released_from_its_duty_is_neither_expected_nor_late(client, province, neighbour):
    submission_of(province, 2026)
    submission_of(neighbour, 2026)
    Obligation.objects.filter(province=province).update(closed_on="2026-01-01", closed_reason="Đã hợp nhất.")

    found = client.get(reverse("reporting:reports")).context["found"]

    assert [line.unit for line in found.lines] == [neighbour]


@pytest.mark.parametrize(
    ("answer", "is_said"),
    [
        ({"emptiness": "number", "value": "0"}, True),
        ({"emptiness": "zero"}, True),
        ({"emptiness": "not_yet", "reason": "chưa kiểm kê"}, False),
        ({"emptiness": ""}, False),
        ({"text": "  "}, False),
        ({"text": "Thiếu kinh phí."}, True),
        ({"progress": "done"}, True),
    ],
)
def test_what_counts_as_an_answer(answer, is_said):
    assert snapshots.says_something({"answers": {"a.b": answer}}) is is_said


def test_a_number_just_under_its_mark_is_not_rounded_up_to_it(client, indicator, province, neighbour):
    """The mark of 2025 is 70 per cent."""
    approve(province, 2025, indicator, numerator=6996, denominator=10000)
    approve(neighbour, 2025, indicator, numerator=69, denominator=100)

    page = client.get(reverse("reporting:target", args=[indicator.slug]), {"year": 2025})

    assert "69,96" in page.text
    assert ">69<" in page.text


def test_no_two_columns_of_the_table_of_targets_bear_one_name(client, indicator, province):
    approve(province, 2026, indicator, numerator=5, denominator=10)

    answer = client.get(reverse("reporting:targets_table", args=["csv"]))
    names = answer.getvalue().decode("utf-8-sig").splitlines()[0].split(",")

    assert len(names) == len(set(names)) > 5
