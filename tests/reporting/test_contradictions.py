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
        ("Giá trị đạt 41% (30 trên 66 khu).", [("30 trên 66", "27 trên 66")]),
        ("Giá trị đạt 41% (27 trên 60 khu).", [("27 trên 60", "27 trên 66")]),
        ("Đạt 45 % và 50 %.", [("45 %", "41%"), ("50 %", "41%")]),
        ("Giảm 5–8% so với trước.", [("5", "41%"), ("8%", "41%")]),
        ("Hơn 42% số khu.", [("42%", "41%")]),
        ("Cần Thơ đạt 92,5%.", [("92,5%", "41%")]),  # Ha Noi's number under another name
        ("Đạt 41% với 27 khu, giá trị 120 doanh nghiệp.", [("120", "66")]),  # of the part beside
        ("Đạt 41 khu.", [("41", "66")]),  # a percentage said as a count
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


OVERALL = document(
    Heading(1, "I", "KẾT QUẢ"),
    Paragraph("Khi chốt số liệu, 33 trên 34 tỉnh có báo cáo được duyệt. Đã chi 80 trên 120 tỷ đồng.", "all"),
    Table(
        ("Chỉ tiêu", "2024", "2025", "Độ phủ"),
        ("start", "end", "end", "end"),
        tuple(
            Row(cells)
            for cells in (("Bao bì nhựa", "35%", "40%", "31/34"), ("Làng nghề", "28/34", "33/34", "33/34"))
        ),
        caption="Bảng 1. Tổng hợp các chỉ tiêu",
    ),
    Paragraph("Năm 2025 đạt 40% với 120 hộ, chi 50 triệu đồng, nhận 60 triệu đồng.", "T5"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Another row's numbers in the words of this paragraph.
        ("Khi chốt số liệu, 31 trên 34 tỉnh có báo cáo được duyệt.", [("31 trên 34", "33 trên 34")]),
        ("Khi chốt số liệu, 31/34 tỉnh có báo cáo được duyệt.", [("31/34", "33 trên 34")]),
        ("Đến nay Bộ đã duyệt báo cáo của 31/34 địa phương.", [("31/34", "33 trên 34")]),
        # Half of one pair and half of another.
        ("Khi chốt số liệu, 33 trên 120 tỉnh có báo cáo được duyệt.", [("33 trên 120", "33 trên 34")]),
        # Said about the row itself.
        ("Với bao bì nhựa, 31 trên 34 tỉnh có báo cáo được duyệt.", []),
        ("Năm 2024, 28 trên 34 tỉnh có báo cáo được duyệt.", []),
        ("Với bao bì nhựa thì có. Còn 31 trên 34 tỉnh có báo cáo.", [("31 trên 34", "33 trên 34")]),
        # Beside the composed pair, which stays.
        ("Khi chốt số liệu, 33 trên 34 tỉnh có báo cáo được duyệt, 31/34 về chỉ tiêu 5.", []),
    ],
)
def test_a_pair_is_held_against_the_pair_of_its_own_paragraph(text, found):
    assert flagged(text, "all", OVERALL) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Năm 2025 đạt 35% với 120 hộ.", [("35%", "40%")]),  # in the table, of another year
        ("Năm 2024 đạt 35%, năm 2025 đạt 40% với 120 hộ.", []),
        ("Năm 2025 đạt 40% với 34 hộ.", [("34", "120")]),
        ("Năm 2025 đạt 40% với 120 hộ, chi 60 triệu đồng, nhận 60 triệu đồng.", [("60 triệu", "50 triệu")]),
        ("Năm 2025 đạt 40% với hơn 100 hộ.", []),
    ],
)
def test_a_number_in_the_composed_words_tells_what_was_composed(text, found):
    assert flagged(text, "T5", OVERALL) == found


BY_SOURCE = "Trung ương chi 5 tỷ đồng; địa phương chi 7 tỷ đồng; doanh nghiệp chi 9 tỷ đồng."
BY_AREA = "Miền Bắc có 5/10 đơn vị; miền Nam có 7/12 đơn vị; cả nước có 12/22 đơn vị."


@pytest.mark.parametrize(
    ("composed", "text", "found"),
    [
        (BY_SOURCE, "Địa phương chi 7 tỷ đồng; trung ương chi 5 tỷ đồng; doanh nghiệp chi 9 tỷ đồng.", []),
        (BY_SOURCE, "Doanh nghiệp chi 9 tỷ đồng; địa phương chi 7 tỷ đồng; trung ương chi 5 tỷ đồng.", []),
        (BY_AREA, "Miền Nam có 7/12 đơn vị; miền Bắc có 5/10 đơn vị; cả nước có 12/22 đơn vị.", []),
        (BY_AREA, "Cả nước có 12/22 đơn vị: miền Nam có 7/12 đơn vị; miền Bắc có 5/10 đơn vị.", []),
        (BY_SOURCE, "Doanh nghiệp chi 7 tỷ đồng.", [("7 tỷ", "9 tỷ")]),
        (BY_AREA, "Miền Bắc có 7/12 đơn vị; miền Nam có 7/12 đơn vị.", [("7/12", "5/10")]),
        (BY_AREA, "Miền Bắc có 7/12 đơn vị; cả nước có 12/22 đơn vị.", [("7/12", "5/10")]),
    ],
)
def test_a_clause_that_was_moved_takes_its_number_along(composed, text, found):
    assert flagged(text, "all", document(Paragraph(composed, "all"))) == found


def test_the_caution_says_where_else_the_number_stands():
    (pair,) = contradictions(OVERALL, {"all": "Khi chốt số liệu, 31 trên 34 tỉnh có báo cáo được duyệt."})
    (single,) = contradictions(OVERALL, {"T5": "Năm 2025 đạt 35% với 120 hộ."})

    assert pair.sentence.startswith("Lời văn ghi 31 trên 34, số liệu của đoạn này là 33 trên 34: “")
    assert "31 trên 34 có ở Bảng 1. Tổng hợp các chỉ tiêu, dòng “Bao bì nhựa”" in pair.sentence
    assert single.elsewhere == "Bảng 1. Tổng hợp các chỉ tiêu, dòng “Bao bì nhựa”"


def test_the_caution_does_not_look_through_the_annexes_for_a_pair():
    annex = Annex("I", "ĐƠN VỊ", (table(("Hà Nội", "31/34", "3")),))

    (pair,) = contradictions(
        document(Paragraph("Có 33 trên 34 tỉnh.", "all"), annexes=(annex,)), {"all": "Có 31 trên 34 tỉnh."}
    )

    assert (pair.written, pair.found, pair.elsewhere) == ("31 trên 34", "33 trên 34", "")


def test_an_english_pair_is_held_against_its_paragraph_too():
    english = document(
        Paragraph("When the data were cut, 33 of 34 provinces had an approved report.", "all"),
        table(("Packaging", "31/34", "31")),
        language="en",
    )

    assert flagged("Today 31 provinces of the 34 have a report.", "all", english) == [
        ("31 provinces of the 34", "33 of 34")
    ]
