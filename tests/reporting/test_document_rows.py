"""What a document counts: over which rows a share is reckoned, whose rows they are, and why there is none."""

from datetime import date

import pytest

from foundation.dates import PartialDate
from reporting.documents import cutting
from reporting.lenses import Lens, LensKind
from reporting.outline import Reach, Scope
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
