"""The laid-out pages: every Vietnamese letter, heads repeated, annexes with their own page numbers."""

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from foundation.pdf.rendering import Described, render_parts
from foundation.text import Text
from reporting.documents.blocks import (
    Annex,
    Contents,
    Document,
    Entry,
    Foot,
    Head,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
)
from reporting.documents.drawing import draw
from reporting.documents.rendering import page_of, parts_of, running_lines
from tests.reporting.approved import NOON

LETTERS = "Ưỡn ngực, Ễnh ương, Ậm ừ, Ộc, Ẵm, Ự, ẾỘỮẰ, đĐ, ỵỴ, ẩẨ, ỗỖ, ợỢ, ẫẪ, ẽẼ, ỹỸ, “–…”"
HEAD = Head("", "BỘ CÔNG THƯƠNG", "Số: 05/BC-BCT", "CỘNG HÒA", "Độc lập", "Hà Nội", "BÁO CÁO", "Tên", "")
FOOT = Foot("", "Nơi nhận:", ("- Lưu: VT, ĐCK.",), "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "(chữ ký số)", "A")


def document(*blocks, annexes=()):
    return Document(
        language="vi", title="Tên", head=HEAD, blocks=(*blocks, Paragraph("Hết./.")), annexes=tuple(annexes),
        foot=FOOT, running="Bản cắt C-2026-01", code_words="Mã kiểm tra 7K4M-92QD", check_words="Quét mã.",
        annex_reference="(Kèm theo Báo cáo)",
    )  # fmt: skip


def laid_out(made):
    parts = parts_of(made, check_url="http://127.0.0.1/")
    return render_parts(parts, Described(made.title, "vi", NOON), running=running_lines(made))


def words_of(data):
    """Page by page, as a program that knows nothing of us reads them."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


def long_table(rows=80):
    return Table(
        head=("STT", "Tỉnh, thành phố", "Kết quả"),
        aligned=("centre", "start", "start"),
        rows=tuple(
            Row((str(n), f"Tỉnh {n}", f"Đầu {n} giữa giữa giữa giữa giữa cuối {n}")) for n in range(rows)
        ),
        widths=(10, 70, 20),
    )


@pytest.fixture(scope="module")
def with_annexes():
    made = document(
        Contents(
            "Mục lục", (Entry(1, "I. Kết quả", "h-0-1-0-0"), Entry(1, "Phụ lục I", "annex-I", has_page=False))
        ),
        *[Paragraph("Một đoạn cho đầy trang.")] * 30,
        Heading(1, "I", "Kết quả", "h-0-1-0-0"),
        Paragraph(LETTERS),
        annexes=[
            Annex("I", "Danh sách", (long_table(),), is_landscape=True),
            Annex("II", "Danh sách nữa", (Table(("A",), ("start",), (Row(("b",)),), widths=(100,)),)),
        ],
    )
    return laid_out(made)


def test_every_vietnamese_letter_is_in_the_font_of_the_system(with_annexes):
    fonts = subprocess.run(["pdffonts", "-"], input=with_annexes, capture_output=True, check=True)

    named = [line.split()[0] for line in fonts.stdout.decode().splitlines()[2:]]
    assert {re.sub(r"^[A-Z]{6}\+", "", name).split("-Bold")[0].split("-Italic")[0] for name in named} == {
        "Liberation-Serif"
    }
    printed = " ".join(words_of(with_annexes)[1].split())
    assert LETTERS in printed


def test_the_list_of_contents_gives_the_page_and_the_first_page_has_no_number(with_annexes):
    first, second, *_annexes = words_of(with_annexes)

    assert re.search(r"I\. Kết quả\s*\.+\s*2", first)
    assert first.strip().startswith("BỘ CÔNG THƯƠNG")
    assert second.split()[0] == "2"


def test_annexes_count_their_own_pages_under_a_running_head(with_annexes):
    _first, _second, *annexes = words_of(with_annexes)

    tops = [page.split("\n", 1)[0].split() for page in annexes]
    assert tops[0] == ["1"]
    assert tops[1] == ["Phụ", "lục", "I", "2"]
    assert tops[-1] == ["1"]
    assert "Phụ lục II" in annexes[-1]


def test_bookmarks_of_annexes_name_their_number_and_title(with_annexes):
    with pikepdf.open(io.BytesIO(with_annexes)) as pdf, pdf.open_outline() as outline:
        named = [item.title for item in outline.root]

    assert named == ["I. Kết quả", "Phụ lục I. Danh sách", "Phụ lục II. Danh sách nữa"]


def test_a_table_repeats_its_head_and_splits_no_row(with_annexes):
    _first, _second, *annexes = words_of(with_annexes)

    own = annexes[:-1]
    assert len(own) > 2
    for page in own:
        assert "Kết quả" in page
        assert sorted(re.findall(r"Đầu (\d+)", page)) == sorted(
            re.findall(r"cuối (\d+)", page.replace("\n", " "))
        )


def test_a_wide_annex_lies_across_and_the_others_stand(with_annexes):
    with pikepdf.open(io.BytesIO(with_annexes)) as pdf:
        across = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]

    assert across == [False, False, *[True] * (len(across) - 3), False]


def test_the_money_picture_writes_every_amount_and_a_dash_for_none():
    picture = Picture(
        "money",
        {
            "columns": ["Kế hoạch", "Đã cấp", "Đã chi"],
            "rows": [{"name": "địa phương", "values": ["1200", None, "0"]}],
        },
        "Hình 1",
        "Kinh phí <địa phương>",
    )

    drawn = draw(picture)

    assert re.findall(r">([^<>]+)</text>", drawn) == [
        "Kế hoạch", "Đã cấp", "Đã chi", "địa phương", "1.200", "–", "0",
    ]  # fmt: skip
    assert "Kinh phí &lt;địa phương&gt;" in drawn


def test_a_group_that_stands_alone_takes_the_whole_line():
    table = Table(
        ("STT", "Tên", "Số"),
        ("centre", "start", "end"),
        (
            Row(("", "Vùng", ""), is_group=True),
            Row(("", "Vùng", "3"), is_group=True),
            Row(("Tổng", "", "3"), is_total=True),
        ),
    )

    page = page_of(document(table), check_url="http://127.0.0.1/")

    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.split("<tbody>")[1], re.DOTALL)
    spans = [re.findall(r'colspan="(\d)"', row) for row in rows[:3]]
    assert spans == [["3"], ["2"], []]


def shown_on_pages(*rows):
    """The first words of each row of a table in an annex, page by page."""
    table = replace(long_table(), rows=tuple(rows))
    _body, *pages = words_of(laid_out(document(annexes=[Annex("", "Danh sách", (table,))])))
    return [re.findall(r"(?:Đầu|Nữa|Tổng) \d+", page) for page in pages]


@pytest.fixture(scope="module")
def on_first_page():
    return len(shown_on_pages(*long_table().rows)[0])


def test_no_page_shows_the_end_of_a_table_alone(on_first_page):
    rows = long_table(on_first_page).rows

    first, last = shown_on_pages(*rows, Row(("", "Tổng cộng", "Tổng 1"), is_total=True))

    assert len(first) == on_first_page - 1
    assert last == [f"Đầu {on_first_page - 1}", "Tổng 1"]


def test_no_page_begins_with_a_row_whose_unit_is_named_on_the_page_before(on_first_page):
    rows = list(long_table(on_first_page + 9).rows)
    rows[on_first_page] = Row(("", "", "Nữa 1"))

    first, second = shown_on_pages(*rows)

    assert first[-1] == f"Đầu {on_first_page - 2}"
    assert second[:2] == [f"Đầu {on_first_page - 1}", "Nữa 1"]


def low_table(rows):
    return Table(("STT", "Tên"), ("centre", "start"), tuple(Row((str(n), f"Hàng {n}")) for n in range(rows)),
                 widths=(20, 80))  # fmt: skip


def rows_on_pages(*blocks, annexes=()):
    return [
        len(re.findall(r"Hàng \d+", page)) for page in words_of(laid_out(document(*blocks, annexes=annexes)))
    ]


def test_the_last_page_of_a_low_table_has_more_than_three_rows_on_it():
    _body, full, *_more = rows_on_pages(annexes=[Annex("", "Danh sách", (low_table(80),))])

    _body, first, last = rows_on_pages(annexes=[Annex("", "Danh sách", (low_table(full + 1),))])

    assert (first, last) == (full - 5, 6)


def test_a_table_of_a_third_of_a_page_begins_where_there_is_room_for_some_of_it():
    filling = [Paragraph("Một đoạn cho đầy trang.")] * 12
    two_lines = [Row((str(n), f"Hàng {n} " + "dài " * 25)) for n in range(8)]

    first, second = rows_on_pages(*filling, replace(low_table(0), rows=tuple(two_lines)))

    assert first >= 3
    assert second >= 3
    assert first + second == 8


def test_the_page_that_is_signed_bears_more_than_the_closing_words():
    for count in range(1, 40):
        blocks = [
            *[Paragraph("Đoạn đầy trang.")] * count,
            Heading(1, "V", "Kinh phí"),
            Paragraph("Đoạn cuối."),
        ]
        pages = words_of(laid_out(document(*blocks)))
        if len(pages) > 1:
            break

    assert len(pages) == 2
    assert all(words in pages[1] for words in ("KINH PHÍ", "Đoạn cuối.", "Hết./.", "THỨ TRƯỞNG"))


def tagged(data):
    """Language and words of what is tagged with a language of its own."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(one.Lang) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
                and one.get("/Type") == "/StructElem" and "/Lang" in one]  # fmt: skip


def test_what_is_quoted_in_vietnamese_is_tagged_so():
    table = replace(low_table(0), rows=(Row(("1", Text("Hàng 1", "vi"))), Row(("2", "Row 2"))))
    quoted = Paragraph("– Da Nang: Thiếu vốn.", quote="Thiếu vốn.")
    heading = Heading(1, "I", Text("Kinh phí", "vi"))
    made = replace(document(quoted, table, heading, Paragraph("No quote.")), language="en")
    parts = parts_of(made, check_url="http://127.0.0.1/")

    data = render_parts(parts, Described(made.title, "en", NOON), running=running_lines(made))

    assert tagged(data) == ["vi"] * 3
    assert "– Da Nang: Thiếu vốn." in " ".join(words_of(data)[0].split())
