"""Numbers that can only become more say so: units that said nothing, and years that are added up."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from reporting.documents.blocks import Picture
from reporting.documents.drawing import draw
from reporting.documents.tables import tables_of
from reporting.documents.workbook import _number_format
from reporting.pace import Mark, Standing, added_up, pace, sentences
from tests.programmes.factories import IndicatorFactory, PhaseFactory, ProgrammeFactory, TargetFactory
from tests.provinces.factories import ProvinceFactory, merge
from tests.reporting.approved import approve, year_of
from tests.reporting.composed import composed, cut_of, in_region, said, table

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def indicator(**fields):
    ours = ProgrammeFactory(slug="sxtdbv-2021-2030")
    found = IndicatorFactory(programme=ours, slug="do", **fields)
    low, high = (80, 80) if fields["carry_over"] == "share_of_units" else (20, 30)
    TargetFactory(indicator=found, phase=PhaseFactory(programme=ours), low=low, high=high)
    return found


@pytest.fixture
def campaigns():
    return indicator(code="T5", name_vi="Tuyên truyền", carry_over="share_of_units", unit_vi="%", unit_en="%")


@pytest.fixture
def models():
    return indicator(code="T4", name_vi="Mô hình", carry_over="sum", unit_vi="mô hình", unit_en="models")


def test_a_share_with_missing_units_is_said_to_be_at_least(campaigns, province, neighbour):
    region = in_region(province, neighbour)
    for year in (2025, 2026):
        approve(province, year, campaigns, value=1)
    approve(neighbour, 2025, campaigns, value=1)

    document = composed(cut_of(year_of(2026)))

    assert "Năm 2026 đạt ít nhất 50% (1 trên 2), số liệu của 1 trên 2 đơn vị." in said(document)
    assert "1 đơn vị chưa có số liệu được duyệt, tạm tính là chưa thực hiện." in said(document)
    glance = table(document, "Tổng hợp các chỉ tiêu")
    assert glance.rows[0].cells[1] == "≥\u00a050%"
    assert "≥: ít nhất" in glance.note
    assert table(document, "Tuyên truyền qua các năm").rows[0].cells[1:] == ("100%", "≥\u00a050%")
    by_region = table(document, "Các chỉ tiêu theo vùng, năm 2026")
    assert by_region.rows[0].cells == (region.name_vi, "≥\u00a050% (1/2)")
    line = next(one for one in document.blocks if isinstance(one, Picture) and one.kind == "line")
    assert line.caption.endswith("(vòng tròn rỗng: chưa đủ mọi đơn vị có số liệu được duyệt)")
    assert line.sentence == "2025: 100%; 2026: ≥\u00a050%"
    assert ">≥50</text>" in draw(line)


def test_a_number_of_which_at_least_is_said_stays_a_number_in_the_workbook(campaigns, province, neighbour):
    for year in (2025, 2026):
        approve(province, year, campaigns, value=1)

    tables = tables_of(composed(cut_of(year_of(2026))))

    glance = next(one for one in tables if "Tổng hợp" in one.title)
    value = glance.lines[0].values[1]
    assert (value.number, value.unit, value.sign) == (Decimal("50.0"), "%", "≥\u00a0")
    assert _number_format(value) == '"≥\u00a0"0%'


def test_the_public_page_says_at_least_as_well(client, campaigns, province, neighbour):
    approve(province, 2026, campaigns, value=1)

    page = client.get(reverse("reporting:target", args=[campaigns.slug])).content.decode()

    assert "ít nhất 50%" in page
    assert ">≥50</text>" in page
    assert "1 đơn vị chưa có số liệu được duyệt, tạm tính là chưa thực hiện." in page


def test_pages_and_documents_say_at_least_how_far_above_the_mark(client, campaigns, province):
    for place in range(9):
        approve(ProvinceFactory(code=f"8{place}"), 2025, campaigns, value=1)

    document = composed(cut_of(year_of(2025)))
    page = client.get(reverse("reporting:target", args=[campaigns.slug])).content.decode()

    assert "Cao hơn mốc năm 2025 ít nhất 10 điểm phần trăm." in said(document)
    assert "Cao hơn mốc năm 2025 ít nhất 10 điểm phần trăm." in page


def test_a_share_that_all_told_is_said_as_it_is(client, campaigns, province):
    approve(province, 2026, campaigns, value=1)

    page = client.get(reverse("reporting:target", args=[campaigns.slug])).content.decode()

    assert "100%" in page
    assert "ít nhất" not in page


def test_what_missing_units_may_still_change_is_not_judged():
    marks = [Mark(2025, Decimal(80), Decimal(80))]
    told = {"points": [(2025, Decimal(70))], "marks": marks, "coverage": Decimal("0.9"), "top": Decimal(100)}

    assert pace(**told, most=Decimal(82)).standing == Standing.UNKNOWN
    assert pace(**told, most=Decimal(78)).standing == Standing.MISSED


@pytest.mark.parametrize(
    ("number", "most", "words"),
    [
        ("91.2", "97", "At least 11.2 percentage points above the 2025 mark."),
        ("80", "97", "At the 2025 mark or above it."),
        ("70", "78", "The 2025 mark was missed by at most 10 percentage points."),
        ("70", "82", "There are not enough approved figures to state a pace."),
    ],
)
def test_a_number_that_is_at_least_is_held_against_its_mark_as_such(number, most, words):
    found = pace(
        [(2025, Decimal(number))],
        [Mark(2025, Decimal(80), Decimal(80))],
        coverage=Decimal("0.9"),
        top=Decimal(100),
        most=Decimal(most),
    )

    with translation.override("en"):
        assert sentences(found, unit="%", is_percent=True, is_least=True) == words


def test_a_mark_already_past_is_not_called_missed_while_units_lack():
    marks = [Mark(2025, Decimal(70), Decimal(70)), Mark(2030, Decimal(90), Decimal(90))]
    told = {"points": [(2027, Decimal(65))], "marks": marks, "coverage": Decimal("0.9"), "top": Decimal(100)}

    assert pace(**told, most=Decimal(75)).standing == Standing.UNKNOWN
    assert pace(**told, most=Decimal(68)).standing == Standing.MISSED


def test_years_are_added_up_and_one_without_a_number_adds_nothing():
    points = [(2021, Decimal(2)), (2022, None), (2023, Decimal(5)), (2024, Decimal(1))]

    assert added_up(points, until=2023) == [(2021, 2), (2022, None), (2023, 7)]


@pytest.fixture
def counted(models):
    unit = ProvinceFactory(code="60", valid_from=date(2008, 8, 1))
    for year, value in ((2023, 9), (2024, 8), (2025, 4), (2026, 3)):
        approve(unit, year, models, value=value)
    return models


def test_what_each_year_counts_anew_is_held_against_its_mark_as_a_sum(counted):
    document = composed(cut_of(year_of(2026)))

    assert "Năm 2026 đạt 3 mô hình" in said(document)
    assert "cộng từ 2023 đến 2025 là 21 mô hình, tổng này được so với mốc" in said(document)
    assert "thiếu 17" not in said(document)
    glance = table(document, "Tổng hợp các chỉ tiêu").rows[0].cells
    assert (glance[1], glance[-2]) == ("3 mô hình", "đạt mốc 2025")
    note = table(document, "Tổng hợp các chỉ tiêu").note
    assert "Mô hình: tình trạng xét theo tổng 2023–2025 là 21." in note
    years = table(document, "Mô hình qua các năm").rows
    assert [row.cells for row in years[:2]] == [
        ("Giá trị", "9", "8", "4", "3"),
        ("Cộng dồn", "9", "17", "21", "24"),
    ]
    pictures = {one.kind: one for one in document.blocks if isinstance(one, Picture)}
    assert pictures["ruler"].data["value"] == "21"
    assert [point["value"] for point in pictures["line"].data["points"]] == [9, 17, 21, 24]


def test_a_sum_is_told_where_the_newest_year_has_no_number_yet(models):
    unit = ProvinceFactory(code="60", valid_from=date(2008, 8, 1))
    for year, value in ((2023, 9), (2024, 8), (2025, 4)):
        approve(unit, year, models, value=value)

    document = composed(cut_of(year_of(2026)))

    assert "1 chỉ tiêu đã đạt mốc" in said(document)
    assert "Năm 2026 chưa có số liệu được duyệt. Mỗi năm chỉ tính" in said(document)
    assert "cộng từ 2023 đến 2025 là 21 mô hình, tổng này được so với mốc" in said(document)
    glance = table(document, "Tổng hợp các chỉ tiêu")
    assert (glance.rows[0].cells[1], glance.rows[0].cells[-2]) == ("chưa đủ dữ liệu", "đạt mốc 2025")
    assert "≥" not in glance.note


def test_a_sum_over_years_that_lack_units_is_at_least(counted):
    ProvinceFactory()

    document = composed(cut_of(year_of(2026)))

    assert "Năm 2026 đạt ít nhất 3 mô hình, số liệu của 1 trên 2 đơn vị." in said(document)
    assert "1 đơn vị chưa có số liệu được duyệt, tạm tính là không có thêm." in said(document)
    assert "là ít nhất 21 mô hình" in said(document)
    glance = table(document, "Tổng hợp các chỉ tiêu")
    assert glance.rows[0].cells[1] == "≥\u00a03 mô hình"
    assert "tổng 2023–2025 là ≥\u00a021." in glance.note
    assert table(document, "Mô hình qua các năm").rows[0].cells[-1] == "≥\u00a03"
    assert "Không phải năm nào mọi đơn vị cũng có số liệu được duyệt." in said(document)


def test_a_sum_that_lacks_a_unit_from_before_a_merger_is_at_least(client, models, province):
    ours = ProvinceFactory(code="49", valid_from=date(1997, 1, 1), valid_to=province.valid_from)
    silent = ProvinceFactory(code="50", valid_from=date(1997, 1, 1), valid_to=province.valid_from)
    merge(ours, silent, heir=province)
    approve(ours, 2024, models, value=18)
    approve(province, 2025, models, value=4)

    document = composed(cut_of(year_of(2025)))
    page = client.get(reverse("reporting:target", args=[models.slug])).content.decode()

    assert table(document, "Mô hình qua các năm").rows[0].cells[1:] == ("≥\u00a018", "4")
    assert "Năm 2025 đạt 4 mô hình, số liệu của 1 trên 1 đơn vị." in said(document)
    assert "cộng từ 2024 đến 2025 là ít nhất 22 mô hình" in said(document)
    assert "ít nhất 18 mô hình" in page
    assert "ít nhất 22 mô hình" in page


def test_a_star_says_whose_part_a_unit_s_number_lacks(client, models, province):
    ours = ProvinceFactory(code="49", valid_from=date(1997, 1, 1), valid_to=province.valid_from)
    silent = ProvinceFactory(code="50", valid_from=date(1997, 1, 1), valid_to=province.valid_from)
    merge(ours, silent, heir=province)
    approve(ours, 2024, models, value=18)
    approve(province, 2025, models, value=4)

    document = composed(cut_of(year_of(2025)))
    page = client.get(reverse("reporting:target", args=[models.slug])).content.decode()

    words = f"* Số của một đơn vị thiếu phần của đơn vị mà nó thay thế: 2024: {silent.name_vi}"
    years = table(document, "Mô hình qua các năm")
    assert years.rows[-1].cells == ("Độ phủ", "1/1*", "1/1")
    assert words in years.note
    line = next(one for one in document.blocks if isinstance(one, Picture) and one.kind == "line")
    assert "vòng tròn rỗng" in line.caption
    assert ">1/1*</text>" in draw(line)
    assert ">1/1*</text>" in page
    assert words in page


def test_a_sum_below_its_mark_is_not_judged_while_units_lack(client, models):
    unit = ProvinceFactory(code="60", valid_from=date(2008, 8, 1))
    for year, value in ((2023, 9), (2024, 8), (2025, 2)):
        approve(unit, year, models, value=value)

    whole = composed(cut_of(year_of(2025)))
    ProvinceFactory()
    lacking = composed(cut_of(year_of(2025)))
    page = client.get(reverse("reporting:target", args=[models.slug]))

    assert "thiếu 1 mô hình" in said(whole)
    assert "thiếu" not in said(lacking)
    assert table(lacking, "Tổng hợp các chỉ tiêu").rows[0].cells[-2] == "chưa đủ dữ liệu"
    assert page.context["row"].standing == str(Standing.UNKNOWN.label)


def test_open_data_have_the_sum_of_the_page_beside_the_value_of_the_year(client, counted):
    page = client.get(reverse("reporting:target", args=[counted.slug]))
    named = rows_of(client.get(reverse("reporting:targets_table", args=["csv"])))
    by_unit = rows_of(client.get(reverse("reporting:target_table", args=[counted.slug, "csv"])))
    found = client.get(f"/api/v1/indicators/{counted.code}/values").json()

    assert page.context["row"].value == 21
    (row,) = named
    assert (row["Giá trị"], row["Năm"]) == ("3.00", "2026")
    assert (row["Giá trị cộng dồn"], row["Cộng từ năm"], row["Cộng đến năm"]) == ("21.00", "2023", "2025")
    assert (row["Giá trị là ít nhất"], row["Tổng là ít nhất"]) == ("không", "không")
    columns = ("Năm", "Giá trị mọi đơn vị", "Cộng dồn mọi đơn vị đến năm")
    assert {tuple(one[column] for column in columns) for one in by_unit} == {
        ("2023", "9.00", "9.00"),
        ("2024", "8.00", "17.00"),
        ("2025", "4.00", "21.00"),
        ("2026", "3.00", "24.00"),
    }
    assert found["compared"] == {"value": 21, "first_year": 2023, "last_year": 2025, "is_at_least": False}
    assert [(one["total"]["value"], one["added_up"]["value"]) for one in found["years"]] == [
        (9, 9), (8, 17), (4, 21), (3, 24),
    ]  # fmt: skip


def test_open_data_of_what_is_not_added_up_have_no_sum(client, campaigns, province, neighbour):
    approve(province, 2026, campaigns, value=1)

    (row,) = rows_of(client.get(reverse("reporting:targets_table", args=["csv"])))
    found = client.get("/api/v1/indicators/T5/values").json()

    assert (row["Giá trị"], row["Giá trị là ít nhất"], row["Giá trị cộng dồn"]) == ("50.00", "có", "")
    assert found["compared"] == {"value": 50, "first_year": 2026, "last_year": 2026, "is_at_least": True}
    assert found["years"][0]["added_up"] is None


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_public_page_holds_the_same_sum_against_the_mark(client, counted):
    page = client.get(reverse("reporting:target", args=[counted.slug]))

    assert page.context["row"].value == 21
    assert page.context["row"].newest.endswith("21 mô hình, cộng 2023–2025")
    assert page.context["years_head"][2] == "Cộng dồn"
    assert "Mỗi năm chỉ tính phần bắt đầu trong năm (2026: 3 mô hình)" in page.content.decode()
