"""Words that say another number than the data beside them are pointed at; nothing else is."""

import pytest

from reporting.documents.blocks import Annex, Document, Foot, Head, Heading, Paragraph, Picture, Row, Table
from reporting.documents.contradictions import contradictions

HEAD = Head("", "BỘ CÔNG THƯƠNG", "Số:", "", "", "", "BÁO CÁO", "", "")
FOOT = Foot("", "", (), "", "", "", "")
COMPOSED = "Giá trị đạt 41% (27 trên 66 khu), từ 29 trên 34 đơn vị."


def document(*blocks, annexes=(), language="vi"):
    return Document(
        language=language, title="", head=HEAD, blocks=blocks, annexes=annexes, foot=FOOT,
        running="Bản cắt C-2026-03 · bản đồ ngày 14/12/2026 · 29/34 đơn vị", code_words="", check_words="",
    )  # fmt: skip


def table(*rows, head=("Chỉ tiêu", "%", "Số khu"), caption=""):
    return Table(head, ("start", "end", "end"), tuple(Row(row) for row in rows), caption=caption)


RULER = {"value": "40.909", "marks": [{"when": "2025", "low": "70", "words": "70%"}], "unit": "%"}
BY_PROVINCE = table(("1", "Hà Nội", "92,5"), ("2", "Huế", "17"), head=("TT", "Đơn vị", "%"))
NATIONAL = document(
    Heading(1, "I", "KẾT QUẢ"),
    Heading(2, "1", "Khu, cụm công nghiệp"),
    Paragraph(COMPOSED, "T3"),
    Picture("ruler", RULER, "Hình 1. Khu, cụm", "Giá trị đạt 41%."),
    table(("Miền núi (7/9)", "38,5", "14"), ("Đồng bằng", "44,2", "13")),
    Heading(2, "2", "Doanh nghiệp"),
    Paragraph("Có 120 doanh nghiệp áp dụng, đạt 45%.", "T5"),
    table(("Bao bì nhựa", "52", "1.234")),
    Heading(1, "II", "KINH PHÍ"),
    Paragraph("Đã chi 1.234 triệu đồng.", "money"),
    table(("Trung ương", "1.234", "1.000"), head=("Nguồn", "Kế hoạch", "Đã chi"), caption="triệu đồng"),
    annexes=(Annex("I", "KHU, CỤM", (BY_PROVINCE,)),),
)  # fmt: skip


def flagged(text, key="T3", composed=NATIONAL):
    return [(one.written, one.found) for one in contradictions(composed, {key: text})]


@pytest.mark.parametrize(
    "text",
    [
        COMPOSED,
        "Cả nước có 27/66 khu đạt, bằng 41%; mốc 2025 là 70%.",
        "Tỷ lệ đạt 40,9%, gần 41%, hơn 40%.",
        "Khoảng 40% số khu đã phổ biến; mục tiêu 70% còn xa.",
        "Miền núi đạt 38,5% (14 khu), đồng bằng 44,2%, có 29/34 tỉnh báo cáo.",
        "Theo Quyết định số 889/QĐ-TTg ngày 24 tháng 6 năm 2020, giai đoạn 2021–2030, chỉ tiêu 3 đạt 41%.",
        "Trong 6 tháng đầu năm 2026 Bộ đã họp; Điều 13 Nghị định 09/2019/NĐ-CP quy định kỳ báo cáo.",
        "Riêng Hà Nội đạt 92,5%.",
        "Riêng bao bì nhựa là 52%, 1.234 doanh nghiệp.",
        "Không nêu số liệu nào.",
        "",
    ],
)
def test_words_that_agree_with_the_data_are_left_alone(text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giá trị đạt 45% (27 trên 66 khu).", [("45%", "41%")]),
        ("Giá trị đạt 41% (30 trên 66 khu).", [("30", "27")]),
        ("Giá trị đạt 41% (27 trên 60 khu).", [("60", "66")]),
        ("Đạt 45 % và 50 %.", [("45 %", "41%"), ("50 %", "41%")]),
        ("Giảm 5–8% so với trước.", [("5", "41%"), ("8%", "41%")]),
        ("Hơn 42% số khu.", [("42%", "41%")]),
        ("Cần Thơ đạt 92,5%.", [("92,5%", "41%")]),  # Ha Noi's number under another name
        ("Đạt 41% với 27 khu, giá trị 120 doanh nghiệp.", [("120", "66")]),  # of the part beside
        ("Đạt 41 khu.", [("41", "34")]),  # a percentage said as a count
    ],
)
def test_a_number_the_data_do_not_have_is_pointed_at(text, found):
    assert flagged(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đã chi 1,2 tỷ đồng.", []),
        ("Đã chi 1.234 triệu đồng, trong đó trung ương 1 tỷ đồng.", []),
        ("Đã chi 1,5 tỷ đồng.", [("1,5 tỷ", "1.234 triệu")]),
        ("Đã chi 1.234 tỷ đồng.", [("1.234 tỷ", "1.234 triệu")]),
    ],
)
def test_money_is_compared_whatever_it_is_counted_in(text, found):
    assert flagged(text, "money") == found


def test_the_sentence_names_both_numbers_and_the_place():
    (one,) = contradictions(NATIONAL, {"T3": "Nhờ các tỉnh cùng làm, giá trị năm nay đạt 45% trong cả nước."})

    assert one.key == "T3"
    assert "45%" in one.sentence
    assert "41%" in one.sentence
    assert "giá trị năm nay đạt 45% trong cả nước." in one.sentence


def test_words_under_a_key_that_is_no_longer_there_are_not_read():
    assert flagged("Đạt 99%.", "T99") == []


def test_an_english_document_is_read_in_english():
    english = document(Paragraph("The figure is 1,234.5 (62.1%).", "a"), language="en")

    assert flagged("It reached 1,234.5 or 62.1%.", "a", english) == []
    assert flagged("It reached 1,243.5 or 62%.", "a", english) == [("1,243.5", "1,234.5")]


def test_a_document_without_headings_is_one_part():
    plain = document(Paragraph("Đạt 41%.", "a"), table(("Khu", "38,5", "14")))

    assert flagged("Đạt 38,5%, 14 khu.", "a", plain) == []
