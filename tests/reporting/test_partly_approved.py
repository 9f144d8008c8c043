"""Fields are approved one by one: what of a report that is not approved whole enters a document is said."""

from datetime import date

import pytest
from django.utils import translation

from reporting import actions
from reporting.documents.blocks import Table
from reporting.documents.covering import coverage_of
from reporting.documents.reading import Cut
from reporting.models import StatusReport
from reporting.outline import Reach, Scope
from reporting.workflow import State
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting import factories
from tests.reporting.approved import NOON, approve, t3, year_of
from tests.reporting.composed import composed, cut_of, in_region, said, table
from tests.reporting.test_cut_contents import spend

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


@pytest.fixture
def content(indicator, province, neighbour):
    """Đà Nẵng is approved whole; of Quảng Ngãi the money alone, and its report was sent back."""
    approve(province, 2026, indicator, numerator=52, denominator=66)
    spend(province, 2026, planned=100, received=90, spent=80)
    spend(neighbour, 2026, planned=10, received=9, spent=8)
    StatusReport.objects.filter(obligation__province=neighbour).update(state=State.RETURNED)
    return cut_of(year_of(2026))


def test_money_says_whose_approved_parts_it_is_made_of(content):
    document = composed(content)

    assert "theo phần đã duyệt của các báo cáo, kinh phí kế hoạch là 110 triệu đồng" in said(document)
    assert (
        "lấy từ báo cáo của 2 trên 2 đơn vị: 1 báo cáo được duyệt toàn bộ, 1 báo cáo mới được duyệt một phần "
        "(Quảng Ngãi)."
    ) in said(document)
    assert (
        table(document, "Kinh phí theo nguồn, triệu đồng").note == "Chỉ cộng phần đã duyệt của các báo cáo."
    )
    assert "Chỉ cộng các báo cáo được duyệt" not in str(document.as_json())


def test_money_of_several_years_counts_units_of_the_map_and_names_the_parts(indicator, province):
    """Two units that were merged, and their heir: one unit of the map, of which no report is whole."""
    former = [
        ProvinceFactory(code=code, valid_from=date(1997, 1, 1), valid_to=province.valid_from)
        for code in ("49", "50")
    ]
    merge(*former, heir=province)
    for unit in (*former, province):
        spend(unit, 2025, planned=100, received=90, spent=80)
    StatusReport.objects.update(state=State.RETURNED)
    other = ProvinceFactory(code="75")
    spend(other, 2025, planned=1, received=1, spent=1)

    document = composed(cut_of(year_of(2025), span="since_start", first_year=2021))

    names = ", ".join(str(unit.name) for unit in (province, *former))
    assert (
        f"lấy từ báo cáo của 2 trên 2 đơn vị; báo cáo năm 2025 mới được duyệt một phần: {names}."
    ) in said(document)


def test_running_lines_and_chapters_count_whole_reports_and_parts_apart(content):
    document = composed(content)

    assert document.running.endswith("1/2 đơn vị (+1 một phần)")
    assert "1 trên 2 tỉnh, thành phố đã có báo cáo được duyệt. Khi đó báo cáo của Quảng Ngãi" in said(
        document
    )
    rows = {row.cells[0]: row.cells[1:] for row in table(document, "Tình trạng các báo cáo").rows}
    assert rows["Đã được duyệt"] == ("1", "Đà Nẵng")
    assert rows["Mới duyệt một phần"] == ("1", "Quảng Ngãi")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "dựa trên 2 báo cáo: 1 báo cáo được duyệt toàn bộ và phần đã duyệt của 1 báo cáo khác ("),
        ("en", "rest on 2 of them: 1 approved whole, and of 1 more ("),
    ],
)
def test_whole_reports_and_parts_are_counted_together_in_one_place(content, language, sentence):
    document = composed(content, language=language)

    assert sentence in said(document)
    assert "được duyệt toàn bộ và là cơ sở" not in said(document)


def test_the_annex_on_reports_marks_the_one_whose_parts_are_in_the_figures(content):
    annexes = composed(content, annexes=("reports",)).annexes

    (listed,) = (block for block in annexes[0].blocks if isinstance(block, Table))
    states = {row.cells[1]: row.cells[2] for row in listed.rows}
    assert states == {"Đà Nẵng": "đã duyệt", "Quảng Ngãi": "đã trả lại để sửa, đã duyệt một phần"}


def test_a_field_approved_by_itself_makes_its_unit_partly_approved(province, neighbour, tung, minh):
    report = factories.submitted(province, tung)
    actions.mark_items(report.pk, addresses=["money.local"], kind="approved", seen=1, by=minh, at=NOON)

    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=minh, at=NOON)
    before = cut_of(report.period)["reports"]
    actions.send_back(report.pk, by=minh, at=NOON)

    after = cut_of(report.period)["reports"]

    assert (before["approved"], before["partly"]) == ([], [])
    assert (after["approved"], after["partly"]) == ([], [province.pk])


@pytest.mark.parametrize(
    ("reach", "words"), [(Reach.PROVINCE, "1/1 đơn vị"), (Reach.REGION, "1/1 đơn vị"), (None, "1/3 đơn vị")]
)
def test_a_part_of_the_country_counts_its_own_units(indicator, province, reach, words):
    region = in_region(province)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    for _place in range(2):
        approve(ProvinceFactory(), 2026, indicator, numerator=1, denominator=66)
    StatusReport.objects.exclude(obligation__province=province).update(state=State.SUBMITTED)
    content = cut_of(year_of(2026))
    content["reports"]["partly"] = []
    keys = {Reach.PROVINCE: province.pk, Reach.REGION: region.pk}
    scope = Scope(reach, keys[reach], "Đà Nẵng", "Da Nang") if reach else Scope()

    with translation.override("vi"):
        assert coverage_of(Cut(content, "vi", scope)).words() == words
    assert composed(content, "national", scope).running.endswith(words)


def test_a_region_says_how_many_of_the_programme_s_targets_have_a_mark_there(indicator, province):
    region = in_region(province)
    approve(province, 2026, indicator, numerator=52, denominator=66)

    document = composed(cut_of(year_of(2026)), "region", Scope(Reach.REGION, region.pk, "Duyên hải", "Coast"))

    assert "Có 1 trong 1 chỉ tiêu của Chương trình so được với mốc ở cấp này" in said(document)


def test_a_cut_from_before_parts_were_told_apart_is_composed(content):
    del content["reports"]["partly"]

    document = composed(content)

    assert document.running.endswith("1/2 đơn vị")
    assert "mới được duyệt một phần" not in said(document)
