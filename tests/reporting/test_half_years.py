"""Half a year of what is told once a year: whose figures these are, by which map, and nothing from later."""

from datetime import date

import pytest

from foundation.dates import PartialDate
from reporting.documents import asking, cutting
from reporting.documents.covering import coverage_of
from reporting.documents.reading import Cut
from reporting.models import ReportKind
from reporting.outline import Reach, Scope, Stretch
from tests.provinces.factories import PlanFactory, ProvinceFactory, merge
from tests.reporting.approved import approve, national, t3, year_of
from tests.reporting.composed import composed, cut_of, said, table

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
FIRST = Stretch("half", 1)


@pytest.fixture
def indicator():
    return t3()


@pytest.fixture
def old(province):
    """A unit that Đà Nẵng took the place of on 1 July 2025, with a plan."""
    unit = ProvinceFactory(
        code="60", name_vi="Quảng Nam", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1)
    )
    merge(unit, heir=province)
    PlanFactory(province=unit, issued_on=PartialDate(2021, 1, 5))
    return unit


@pytest.fixture
def content(indicator, province, old):
    approve(old, 2024, indicator, numerator=30, denominator=66)
    approve(province, 2025, indicator, numerator=41, denominator=66)
    kind = replace_kind(national(), span="half")
    lens = asking.default_lens(kind, year_of(2025), 1)
    return cutting.content_of(year_of(2025), lens, FIRST)


def replace_kind(kind: ReportKind, **fields) -> ReportKind:
    for name, value in fields.items():
        setattr(kind, name, value)
    return kind


def test_the_first_half_tells_the_last_year_that_had_ended_and_says_so(content):
    document = composed(content, "national-half")

    sentence = (
        "Các chỉ tiêu được báo cáo mỗi năm một lần, không theo nửa năm: số liệu chỉ tiêu ở đây là của cả năm "
        "2024, theo bản đồ ngày 14/6/2025."
    )
    assert [block.key for block in document.blocks if getattr(block, "text", "") == sentence] == [
        "targets.yearly"
    ]
    glance = table(document, "Tổng hợp các chỉ tiêu")
    assert glance.head[1] == "2024"
    assert sentence not in glance.note
    assert "Năm 2024 đạt 45,5%" in said(document)
    assert "2025 đạt" not in said(document)


def test_what_is_dated_respects_the_end_of_the_half(content, old):
    document = composed(content, "national-half")

    assert content["map_day"] == "2025-06-14"
    assert [(plan["unit"], plan["state"]) for plan in content["plans"]] == [(old.pk, "issued")]
    assert "1 trên 1 tỉnh, thành phố đã có báo cáo năm 2024 được duyệt" in said(document)


def test_the_second_half_ends_with_its_year_and_tells_it(indicator, province):
    approve(province, 2026, indicator, numerator=52, denominator=66)

    document = composed(cut_of(year_of(2026), span="half", half=2), "national-half")

    assert "của cả năm 2026" in said(document)
    assert "Năm đó kết thúc sau nửa năm" not in said(document)


def test_an_older_cut_with_the_running_year_says_that_it_ended_later(indicator, province):
    approve(province, 2026, indicator, numerator=52, denominator=66)
    content = cut_of(year_of(2026), span="half", half=2)
    content["period"] |= {"half": 1}
    del content["period"]["figures"], content["reports"]["year"]

    document = composed(content, "national-half")

    assert "của cả năm 2026" in said(document)
    assert "Năm đó kết thúc sau nửa năm mà báo cáo này nói tới." in said(document)


def test_a_report_on_a_unit_that_ended_says_since_when_and_who_took_its_place(indicator, province, old):
    approve(province, 2025, indicator, numerator=41, denominator=66)

    document = composed(cut_of(year_of(2025)), "province", Scope(Reach.PROVINCE, old.pk, "Quảng Nam", ""))

    assert "Quảng Nam không còn là đơn vị từ 01/7/2025" in said(document)
    assert "Từ đó, đơn vị kế thừa là Đà Nẵng." in said(document)


@pytest.mark.parametrize(("year", "is_refused"), [(2024, False), (2025, False), (2026, True)])
def test_a_time_that_begins_after_the_unit_ended_is_refused_at_the_unit(old, year, is_refused):
    kind = replace_kind(national(), reach="province", span="year")
    wanted = asking.Wanted(kind, year_of(year), "vi", asking.default_lens(kind, year_of(year)), subject=old)

    fields = [
        field
        for field, sentence in asking.faults(wanted, today=date(2026, 11, 26))
        if "đã kết thúc" in sentence
    ]

    assert fields == (["subject"] if is_refused else [])


def test_a_half_year_says_of_which_year_the_reports_behind_it_are(indicator, province):
    approve(province, 2025, indicator, numerator=41, denominator=66)

    document = composed(cut_of(year_of(2026), span="half", half=1), "national-half")

    assert "Các báo cáo nói ở đây là báo cáo của cả năm 2025." in said(document)
    assert document.running.endswith("1/1 đơn vị, báo cáo năm 2025")


def test_pages_and_files_name_the_year_of_those_reports_as_well(indicator, province):
    approve(province, 2025, indicator, numerator=41, denominator=66)

    coverage = coverage_of(Cut(cut_of(year_of(2026), span="half", half=1), "vi"))

    assert coverage.words() == "1/1 đơn vị, báo cáo năm 2025"
    assert coverage.sentence() == "1 trên 1 đơn vị có báo cáo năm 2025 được duyệt"


def test_an_older_cut_counts_the_reports_of_its_own_year(indicator, province):
    approve(province, 2025, indicator, numerator=41, denominator=66)
    content = cut_of(year_of(2026), span="half", half=1)
    content["reports"] = {"approved": [province.pk], "expected": 2}

    assert coverage_of(Cut(content, "vi")).words() == "1/2 đơn vị, báo cáo năm 2026"


def test_reports_of_the_half_year_itself_are_not_called_yearly_ones(indicator, province):
    approve(province, 2025, indicator, numerator=41, denominator=66)
    content = cut_of(year_of(2026), span="half", half=1)
    content["windows"] = [
        {"year": 2026, "number": 1, "first_day": "2025-12-15", "last_day": "2026-06-14"},
    ]

    document = composed(content, "national-half")

    assert "báo cáo của cả năm" not in said(document)
    assert document.running.endswith("1/1 đơn vị")


def test_a_whole_year_need_not_say_it(indicator, province):
    approve(province, 2026, indicator, numerator=41, denominator=66)

    document = composed(cut_of(year_of(2026)))

    assert "báo cáo của cả năm" not in said(document)
    assert document.running.endswith("1/1 đơn vị")
