"""The laid-out pages: every Vietnamese letter, heads repeated, annexes with their own page numbers."""

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from foundation.pdf.rendering import Described, render_parts
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


def test_no_page_begins_with_the_end_of_a_table_or_with_a_row_of_a_unit_named_before():
    for extra in range(8):  # wherever the table happens to break
        rows = long_table(26 + extra).rows
        units = [Row(("", "", f"Nữa {row.cells[0]}")) if place % 2 else row for place, row in enumerate(rows)]
        table = replace(long_table(), rows=(*units, Row(("", "Tổng cộng", "x"), is_total=True)))
        pages = words_of(laid_out(document(annexes=[Annex("", "Danh sách", (table,))])))

        last = [line for line in pages[-1].splitlines() if re.search(r"Đầu|Nữa|Tổng", line)]
        assert len(last) >= 3 or "Tổng" not in pages[-1]
        for page in pages[2:]:
            first = next(line for line in page.splitlines() if re.search(r"Đầu|Nữa|Tổng", line))
            assert "Đầu" in first
