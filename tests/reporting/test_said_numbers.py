"""Which numbers of a sentence are figures, in both languages' ways of writing."""

from decimal import Decimal

import pytest

from reporting.documents.said_numbers import numbers_in, value_of


def said(text, language="vi"):
    return [f"{one.value.normalize():f}{'%' if one.is_percent else ''}" for one in numbers_in(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giá trị đạt 78,8% (52 trên 66 khu).", ["78.8%", "52", "66"]),
        ("Đã hỗ trợ 1.234,5 triệu đồng.", ["1234500000"]),
        ("Đã hỗ trợ 1.234 cơ sở; 2.140 hộ.", ["1234", "2140"]),
        ("Tăng 3,2 điểm phần trăm, đạt 45 phần trăm.", ["3.2%", "45%"]),
        ("Giảm 5–8% mức tiêu hao.", ["5%", "8%"]),
        ("Giảm từ 5 đến 8 % mức tiêu hao.", ["5%", "8%"]),
        ("Tăng từ 62,1 lên 78,8%.", ["62.1%", "78.8%"]),
        ("Kinh phí 1,2–1,5 tỷ đồng.", ["1200000000", "1500000000"]),
        ("Tổng mức 2 nghìn tỷ đồng.", ["2000000000000"]),
        ("Có 29/34 tỉnh, thành phố báo cáo.", ["29", "34"]),
        ("Đến 29/34 tỉnh đã gửi; đến 4/8 chỉ tiêu đạt.", ["29", "34", "4", "8"]),
        ("Trong số 66 làng nghề, tổng số 12 đạt.", ["66", "12"]),
        ("Mục tiêu 70% chưa đạt.", ["70%"]),
        ("nhóm 120 hộ gia đình", ["120"]),
        ("Đạt 52 năm 2026.", ["52"]),
        ("Số 78.8% viết kiểu Anh.", ["78.8%"]),
        ("−3,2% so với năm trước", ["-3.2%"]),
        ("đầu tư 100MW điện", ["100"]),
        ("Có 1950 cơ sở và 2050 hộ; chi 2000 triệu đồng.", ["1950", "2050", "2000000000"]),
        ("Đạt bảy mươi phần trăm, gần chín mươi mốt phần trăm.", ["70%", "91%"]),
        ("Một trăm phần trăm; tăng mười lăm điểm phần trăm.", ["100%", "15%"]),
    ],
)
def test_the_figures_of_a_vietnamese_sentence(text, found):
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The figure is 78.8% (52 out of 66).", ["78.8%", "52", "66"]),
        ("It supported 1,234.5 million VND.", ["1234500000"]),
        ("Between 5 and 8 per cent of 1,234 firms.", ["5%", "8%", "1234"]),
        ("It rose from 41 to 45%.", ["41%", "45%"]),
        ("29/34 provinces reported.", ["29", "34"]),
        ("It fell by 2.5 percentage points.", ["2.5%"]),
        ("1950 establishments, seventy-five per cent of them", ["1950", "75%"]),
    ],
)
def test_the_figures_of_an_english_sentence(text, found):
    assert said(text, "en") == found


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 889/QĐ-TTg ngày 24 tháng 6 năm 2020 của Thủ tướng Chính phủ",
        "theo Nghị định số 09/2019/NĐ-CP và Nghị định 30/2020/NĐ-CP",
        "Nghị quyết 12-NQ/TW, Luật 72/2020/QH14",
        "Điều 13, khoản 2 Điều 5, Phụ lục 3, Bảng 2.1, Hình 4",
        "giai đoạn 2021–2030, năm 2025, 2021-25",
        "từ 15/12/2025 đến 14/12/2026; trước 31/12; tháng 6/2020; 6/2020",
        "Nhóm 4, nhiệm vụ 3, chỉ tiêu số 5, lần thứ 2, kỳ 1, quý 3, quý III",
        "T3, CO2, C-2026-01, COVID-19, QCVN 40:2011/BTNMT, ISO 14001:2015, SDG 12",
        "6 tháng đầu năm, trong 5 năm, 3–5 năm, 10 ngày, 24/7",
        "lúc 14:32, 8h30, 14 giờ 30 phút",
        "1. Kết quả\n2) Khó khăn\n1.1. Đề xuất",
        "https://scp.gov.vn/trang/12 và hop-thu12@moit.gov.vn",
        "Công nghiệp 4.0, mô hình 3R",
        "Các mục 3,5,7 của danh sách",
        "năm 2026 tỉnh Đà Nẵng, năm 2025 và 2026 doanh nghiệp, đến 2030 cơ sở, 2021–2025 doanh nghiệp",
        "Kế hoạch 2026 tỉnh; mục tiêu 2030 doanh nghiệp; 2026 xã hội; 2026 Đồng Nai",
        "một trăm hai mươi phần trăm, bảy phẩy năm phần trăm",
    ],
)
def test_what_only_looks_like_a_figure_in_vietnamese(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Decision No. 889/QĐ-TTg of 24 June 2020; Decree 09/2019, Article 13",
        "June 24, 2020; on 31 December; by 31/12; 3rd quarter; the 13th session",
        "Table 2, Figure 4, Annex 3, Target 3, phase 2, 5-year plan, the first 6 months",
        "Industry 4.0, ISO 14001, SDG 12, in 2025",
        "In 2026 provinces report; by 2030 enterprises; one hundred and five per cent",
    ],
)
def test_what_only_looks_like_a_figure_in_english(text):
    assert said(text, "en") == []


@pytest.mark.parametrize(
    ("text", "datum", "is_told"),
    [
        ("79%", "78.787", True),
        ("78,8%", "78.787", True),
        ("78,79%", "78.787", True),
        ("78%", "78.787", False),
        ("hơn 78%", "78.787", True),
        ("hơn 79%", "78.787", False),
        ("gần 79%", "78.787", True),
        ("gần 80%", "78.787", True),
        ("khoảng 80%", "78.787", True),
        ("khoảng 70%", "78.787", False),
        ("khoảng 1.200 cơ sở", "1234", True),
        ("1.200 cơ sở", "1234", False),
        ("1,2 tỷ đồng", "1234000000", True),
        ("giảm 3,2", "-3.2", True),
        ("trên 60 khu", "66", True),
        ("52 trên 60", "66", False),  # out of, not more than
    ],
)
def test_a_number_may_be_rounded_or_qualified(text, datum, is_told):
    assert numbers_in(text, "vi")[-1].tells(Decimal(datum)) is is_told


@pytest.mark.parametrize(
    ("digits", "vi", "en"),
    [
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("1.234.567", "1234567", "1234567"),
        ("1.234,5", "1234.5", "1234.5"),
        ("0.125", "0.125", "0.125"),
        ("45", "45", "45"),
    ],
)
def test_both_languages_read_their_own_signs(digits, vi, en):
    assert (value_of(digits, "vi"), value_of(digits, "en")) == (Decimal(vi), Decimal(en))
