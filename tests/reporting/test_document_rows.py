"""What a document counts: over which rows a share is reckoned, whose rows they are, and why there is none."""

from datetime import date

import pytest

from foundation.dates import PartialDate
from reporting.documents import cutting
from reporting.documents.blocks import Heading, Paragraph, Picture, Table
from reporting.documents.covering import coverage_of
from reporting.documents.reading import Cut
from reporting.lenses import Lens, LensKind
from reporting.outline import Reach, Scope
from tests.programmes.factories import IndicatorFactory
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting.approved import approve, t3, year_of
from tests.reporting.composed import composed, cut_of, said, table
from tests.reporting.test_cut_contents import spend
from tests.training.factories import CourseFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


def test_a_share_of_money_is_reckoned_where_both_amounts_are_given(indicator, province, neighbour):
    spend(province, 2026, planned=900)
    spend(neighbour, 2026, planned=100, received=100, spent=90)

    document = composed(cut_of(year_of(2026)))

    assert (
        "Đã cấp 100% kinh phí kế hoạch, đã chi 90% kinh phí được cấp. Tính trên các dòng có đủ hai số: "
        "1/2 dòng cho số được cấp, 1/2 dòng cho số đã chi."
    ) in said(document)


def test_a_report_that_gives_no_money_is_told_from_no_report(indicator, province, neighbour):
    third = ProvinceFactory(code="75")
    spend(province, 2026, spent=5)
    for unit in (province, neighbour):
        approve(unit, 2026, indicator, numerator=1, denominator=2)
    assert third.valid_to is None

    document = composed(cut_of(year_of(2026)), annexes=("money",))

    rows = {row.cells[1]: row.span_note for row in document.annexes[0].blocks[0].rows if row.span_note}
    assert rows == {
        str(neighbour.name): "báo cáo được duyệt không nêu kinh phí",
        str(third.name): "chưa có báo cáo được duyệt",
    }


def test_a_report_on_a_former_unit_tells_its_own_figures(indicator, province):
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=province)
    approve(old, 2025, indicator, numerator=33, denominator=66)
    approve(province, 2025, indicator, numerator=52, denominator=66)
    content = cutting.content_of(year_of(2025), Lens(LensKind.AS_REPORTED, date(2025, 12, 14)))

    document = composed(content, "province", Scope(Reach.PROVINCE, old.pk, "Đơn vị cũ", ""))

    assert "Năm 2025 đạt 50% (33 trên 66)." in said(document)
    assert "78,8" not in str(document.as_json())


def former_with_nothing(province):
    """On the map of the last day its values stand with its heir."""
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
    merge(old, heir=province)
    approve(province, 2025, t3(), numerator=52, denominator=66)
    return Scope(Reach.PROVINCE, old.pk, "Đơn vị cũ", "")


def test_a_unit_without_figures_gets_a_sentence_a_section_and_no_empty_tables(province):
    scope = former_with_nothing(province)

    document = composed(cut_of(year_of(2025)), "province", scope)

    assert not [block for block in document.blocks if isinstance(block, Table | Picture)]
    assert (
        "Đơn vị cũ không có số liệu riêng được duyệt của năm 2025: trên bản đồ của báo cáo này, số liệu của "
        f"địa bàn được tính vào {province.name}."
    ) in said(document)
    assert "Chưa có báo cáo được duyệt của Đơn vị cũ về năm 2025 để nêu khó khăn, đề xuất." in said(document)
    assert "không nêu khó khăn" not in said(document)
    per_heading = [0]
    for block in document.blocks:
        per_heading = [*per_heading, 0] if isinstance(block, Heading) else per_heading
        per_heading[-1] += isinstance(block, Paragraph)
    assert max(per_heading[1:-1]) == 1


def test_the_running_line_of_a_former_unit_says_who_reports_in_its_place(province):
    scope = former_with_nothing(province)
    content = cut_of(year_of(2025))

    document = composed(content, "province", scope)
    coverage = coverage_of(Cut(content, "vi", scope))

    assert document.running.endswith(f" · {province.name} báo cáo thay")
    assert coverage.sentence() == (
        f"đơn vị đã kết thúc, không phải nộp báo cáo riêng; {province.name} báo cáo thay"
    )


def test_a_present_unit_without_figures_is_told_shortly_too(indicator, province, neighbour):
    approve(neighbour, 2026, indicator, numerator=1, denominator=2)
    scope = Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", "")

    document = composed(cut_of(year_of(2026)), "province", scope)

    assert "Chưa có chỉ tiêu nào có số liệu được duyệt của Đà Nẵng cho năm 2026." in said(document)
    assert not [block for block in document.blocks if isinstance(block, Picture)]


def test_a_target_without_a_figure_has_one_word_for_it_and_no_empty_bar(indicator, province):
    IndicatorFactory(programme=indicator.programme, code="T9", name_vi="Chưa ai báo cáo", carry_over="sum")
    approve(province, 2026, indicator, numerator=1, denominator=2)

    document = composed(cut_of(year_of(2026)), "province", Scope(Reach.PROVINCE, province.pk, "Đà Nẵng", ""))

    (row,) = (
        one for one in table(document, "Tổng hợp các chỉ tiêu").rows if one.cells[0] == "Chưa ai báo cáo"
    )
    assert (row.cells[1], row.cells[-1]) == ("chưa đủ dữ liệu", "chưa đủ dữ liệu")
    assert "Chưa ai báo cáo" not in " ".join(
        one.caption for one in document.blocks if isinstance(one, Picture)
    )


def test_women_are_told_of_those_whose_sex_is_known(indicator, province):
    listed = CourseFactory(province=province)
    ParticipantFactory(course=listed)
    ParticipantFactory(course=listed, sex="male")
    ParticipantFactory(course=listed, sex="")
    ParticipantFactory(course=CourseFactory(province=province), sex="")
    counted = CourseFactory(province=province)
    counted.reported_counts.create(stage="attended", people_number=60)
    counted.reported_counts.create(stage="attended", people_number=20, sex="male")

    document = composed(cut_of(year_of(2026)), "training")

    assert "64 người tham dự, trong số 2 người đã ghi giới tính có 1 nữ" in said(document)
    assert table(document, "theo cấp độ").rows[-1].cells[4:6] == ("64", "1/2")


def test_courses_of_units_that_were_torn_are_counted_by_unit(indicator, province, neighbour):
    for code in ("60", "61"):
        old = ProvinceFactory(code=code, valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1))
        merge(old, heir=province)
        merge(old, heir=neighbour)
        CourseFactory(province=old, begins_on=PartialDate(2025, 4, 1), ends_on=None)

    document = composed(cut_of(year_of(2025)), "training")

    assert "2 khoá học tại 2 tỉnh, thành phố" in said(document)
