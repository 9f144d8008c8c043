"""Which figures a document prints: by rule, of their own year, or why none."""

import pytest

from foundation.dates import PartialDate
from reporting.documents.cutting import content_of
from reporting.documents.formats import make
from reporting.lenses import Lens
from reporting.models import Format
from tests.events.factories import EventFactory
from tests.library.factories import GuidelineFactory
from tests.programmes.factories import IndicatorFactory
from tests.reporting.approved import approve, t3, year_of
from tests.reporting.composed import composed, cut_of, in_region, said, table
from tests.reporting.papers import imprint

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def indicator():
    return t3()


def test_half_a_year_without_a_figure_names_the_year_of_the_one_it_shows(indicator, province, neighbour):
    in_region(province, neighbour)
    other = IndicatorFactory(programme=indicator.programme, code="T9", name_vi="Mô hình", unit_vi="mô hình")
    approve(province, 2024, indicator, numerator=41, denominator=66)
    approve(province, 2025, other, value=7)
    content = cut_of(year_of(2026), span="half", half=1)

    document = composed(content, "national-half", annexes=("targets", "indicators"))

    summary = table(document, "Tổng hợp các chỉ tiêu")
    assert {row.cells[0]: row.cells[1] for row in summary.rows} == {
        indicator.name_vi: "62,1% (2024)",
        "Mô hình": "≥\u00a07 mô hình",  # of one unit of two
    }
    together, by_indicator = document.annexes
    assert set(together.blocks[0].head[2:]) == {"T3, %, 2024", "T9, mô hình"}
    assert {one.caption for one in by_indicator.blocks} == {f"{indicator.name_vi}, năm 2024", "Mô hình"}


@pytest.mark.parametrize("form", [Format.XLSX, Format.DOCX])
def test_a_line_end_of_word_in_a_title_stops_no_office_file(indicator, form):
    EventFactory(title_vi="Hội nghị\x0bquốc gia", starts=PartialDate(2026, 4, 1))

    document = composed(cut_of(year_of(2026)))

    assert make(form, document, {}, imprint(document)).startswith(b"PK")
    assert "Hội nghị quốc gia" in str(document.as_json())


def test_what_is_dated_after_the_span_is_counted_no_more_than_listed(indicator):
    GuidelineFactory(title_vi="Trong kỳ", dated_on=PartialDate(2026, 3))
    GuidelineFactory(title_vi="Sau kỳ", dated_on=PartialDate(2027, 3))

    document = composed(cut_of(year_of(2026)), annexes=("library",))

    assert "Thư viện công khai có 1 bản ghi" in said(document)
    assert [row.cells[1] for row in document.annexes[0].blocks[0].rows if not row.is_group] == ["Trong kỳ"]


def test_the_annexes_tell_a_question_left_open_from_no_report(indicator, province, neighbour):
    in_region(province, neighbour)
    approve(province, 2026, indicator, emptiness="")

    figures, sources = composed(cut_of(year_of(2026)), annexes=("indicators", "sources")).annexes

    assert [row.span_note for row in figures.blocks[0].rows[1:]] == [
        "chưa trả lời",
        "chưa có báo cáo được duyệt",
    ]
    assert sources.blocks[0].rows[0].cells[-1] == (
        "chưa trả lời: Đà Nẵng; chưa có báo cáo được duyệt: Quảng Ngãi"
    )


@pytest.mark.parametrize(("rule", "number"), [("sum", "8"), ("maximum", "5"), ("latest", "–")])
def test_a_region_s_number_in_the_annex_follows_the_indicator_s_rule(
    indicator, province, neighbour, rule, number
):
    in_region(province, neighbour)
    indicator.carry_over, indicator.unit_vi = rule, "mô hình"
    indicator.save()
    approve(province, 2026, indicator, value=3)
    approve(neighbour, 2026, indicator, value=5)

    document = composed(cut_of(year_of(2026)), annexes=("indicators",))

    assert document.annexes[0].blocks[0].rows[0].cells[1:] == ("Duyên hải (2/2)", number)


@pytest.mark.parametrize(
    ("lens", "words"),
    [
        ("on:2026-12-14", "bản đồ ngày 14/12/2026"),
        ("constant:2025-07-01", "bản đồ ngày 01/7/2025 cho mọi năm"),
        ("as_reported", "đơn vị lúc báo cáo"),
    ],
)
def test_every_page_names_the_lens_of_its_figures(indicator, province, lens, words):
    year = year_of(2026)

    document = composed(content_of(year, Lens.parse(lens, "", today=year.last_day)))

    assert document.running == f"Bản cắt C-2026-01 · {words} · không phải nộp báo cáo"
