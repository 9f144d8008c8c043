"""The workbook, the Word document and the data files of a document: the same words, numbers as numbers."""

import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook
from PIL import Image

from foundation.pdf.rendering import Described, render_parts
from reporting.documents.blocks import Paragraph, Table
from reporting.documents.data_files import attachments_of, csv_archive, json_of
from reporting.documents.formats import make
from reporting.documents.office import office_of
from reporting.documents.rendering import parts_of, running_lines
from reporting.documents.tables import number_in, tables_of
from reporting.documents.workbook import workbook_of
from reporting.models import Format
from reporting.snapshots import digest
from tests.reporting.papers import CONTENT, CUT_AT, SUMMARY, imprint, paper

DEMO = "Bản minh hoạ: số liệu không có giá trị sử dụng"


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(workbook_of(paper(), imprint())))


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(office_of(paper(), imprint())))


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("78,8%", "vi", ("78.8", 1, "%")),
        ("1.254,5", "vi", ("1254.5", 1, "")),
        ("1,254.5", "en", ("1254.5", 1, "")),
        ("1.254", "vi", ("1254", 0, "")),
        ("52 doanh nghiệp", "vi", ("52", 0, "doanh nghiệp")),
        ("-3", "vi", ("-3", 0, "")),
        ("0", "vi", ("0", 0, "")),
        *(
            (text, "vi", None)
            for text in ("5–8%", "2/2", "05", "–", "", "ít nhất 70%", "1.25.4", "12 trên 34")
        ),
    ],
)
def test_a_text_that_is_a_number_is_read_as_one_and_no_other(text, language, found):
    expected = found and (Decimal(found[0]), *found[1:])

    assert number_in(text, language) == expected


def test_tables_are_named_by_caption_or_heading_and_by_annex():
    named = [(one.number, one.place, one.title) for one in tables_of(paper())]

    assert named == [(1, "Bảng 1", "Đánh giá chung"), (2, "Phụ lục I", "KHU CÔNG NGHIỆP, 2026")]


def test_the_workbook_lists_its_tables_with_links(book):
    contents = book.worksheets[0]

    assert book.sheetnames == ["Mục lục", "Bảng 1", "Phụ lục I"]
    links = {cell.value: cell.hyperlink.location for (cell,) in contents["A10:A11"]}
    assert links == {"Bảng 1": "'Bảng 1'!A1", "Phụ lục I": "'Phụ lục I'!A1"}
    assert contents["A1"].value == "Kết quả thực hiện năm 2026"


def test_numbers_are_numbers_and_words_stay_words(book):
    sheet = book["Bảng 1"]

    rows = [[(cell.value, cell.number_format) for cell in row[1:]] for row in sheet["A7:D9"]]

    assert rows[0][:2] == [(0.788, "0.0%"), (0.7, "0%")]
    assert rows[0][2] == ("2/2", "General")
    assert rows[1][0] == (1254.5, "#,##0.0")
    assert rows[1][1][0] == "5–8%"
    assert rows[2] == [(52, '0" doanh nghiệp"'), (-3, "0"), ("05", "General")]
    assert [row[0].value for row in sheet["A7:A9"]] == ["Khu công nghiệp", "'=1+1", "889"]


def test_every_sheet_says_where_its_figures_come_from(book):
    for sheet in book.worksheets[1:]:
        said = sheet["A2"].value
        for part in ("C-2026-01", "15:30", "18/12/2026", "bản đồ ngày 14/12/2026", "2/2 đơn vị", "7K4M-92QD"):
            assert part in said


def test_heads_stay_in_sight_and_print_on_every_a4_page(book):
    sheet = book["Phụ lục I"]

    assert sheet.freeze_panes == "C7"
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        1,
        0,
    )
    assert sheet["A7"].value == "Đồng bằng sông Hồng (1/2)"
    assert sheet["A7"].font.bold
    assert [str(one) for one in sheet.merged_cells.ranges if "7" in str(one) or "9" in str(one)] == [
        "A7:B7",
        "C9:E9",
    ]
    assert (sheet["C9"].value, sheet["D8"].value) == ("chưa có báo cáo được duyệt", 1066)


def test_demo_data_are_marked_on_every_sheet_and_page():
    demo = paper(demo=DEMO)
    sheets = load_workbook(io.BytesIO(workbook_of(demo, imprint(demo)))).worksheets
    word = docx.Document(io.BytesIO(office_of(demo, imprint(demo))))

    for sheet in sheets:
        assert sheet.oddHeader.right.text == DEMO
        assert DEMO in {cell.value for row in sheet["A1:B9"] for cell in row}
    for section in word.sections:
        assert DEMO in [line.text for line in section.header.paragraphs]
    assert DEMO in [line.text for line in word.sections[0].first_page_header.paragraphs]


def test_the_word_document_is_laid_out_as_the_decree_says(word):
    first, annex = word.sections

    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(one.mm) for one in margins] == [22, 20, 30, 18]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert "Mã kiểm tra 7K4M-92QD" in first.footer.paragraphs[0].text
    assert "Mã kiểm tra 7K4M-92QD" in first.first_page_footer.paragraphs[0].text


def test_headings_are_real_ones_and_the_face_is_the_decree_s(word):
    headed = [(one.style.name, one.text) for one in word.paragraphs if one.style.name.startswith("Heading")]

    assert headed == [
        ("Heading 1", "I. Kết quả"),
        ("Heading 2", "1. Đánh giá chung"),
        ("Heading 1", "KHU CÔNG NGHIỆP, 2026"),
    ]
    for style in word.styles:
        if style.name in {"Normal", "Body Text", "Heading 1", "Title"}:
            fonts = style.element.rPr.rFonts
            assert {fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "eastAsia", "cs")} == {
                "Times New Roman"
            }
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"


def test_an_english_document_speaks_english():
    english = docx.Document(io.BytesIO(office_of(paper("en"), imprint(paper("en")))))

    assert english.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"


def test_what_is_quoted_in_vietnamese_speaks_vietnamese():
    quoted = Paragraph("– Da Nang: Thiếu vốn.\nThiếu người.", quote="Thiếu vốn.\nThiếu người.")
    made = paper(
        "en",
        blocks=(
            quoted,
            replace(SUMMARY, rows=tuple(replace(row, quoted=(0,)) for row in SUMMARY.rows)),
            Paragraph("The end./."),
        ),
    )

    english = docx.Document(io.BytesIO(office_of(made, imprint(made))))

    runs = [
        run
        for run in english.element.body.iter(qn("w:r"))
        if run.find(f"./{qn('w:rPr')}/{qn('w:lang')}") is not None
    ]
    words = ["".join(text.text or "" for text in run.iter(qn("w:t"))) for run in runs]
    assert words == ["Thiếu vốn.", "Thiếu người.", *(row.cells[0] for row in SUMMARY.rows)]
    assert {run.find(f".//{qn('w:lang')}").get(qn("w:val")) for run in runs} == {"vi-VN"}
    lines = [line.text for line in english.paragraphs]
    assert lines[lines.index("– Da Nang: Thiếu vốn.") + 1] == "Thiếu người."


def test_head_and_signature_block_are_those_of_the_pdf(word):
    head, _summary, foot, *_rest = word.tables
    cells = [" ".join(line.text for line in cell.paragraphs if line.text) for cell in head.rows[0].cells]

    assert cells == [
        "BỘ CÔNG THƯƠNG Số: 05/BC-BCT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Hà Nội, ngày 18 tháng 12 năm 2026",
    ]
    left, right = foot.rows[0].cells
    assert [line.text for line in left.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert [line.text for line in right.paragraphs if line.text][:2] == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]
    assert right.paragraphs[-1].text == "Nguyễn Văn A"


def test_tables_repeat_their_head_and_never_split_a_row(word):
    table = word.tables[-1]._tbl
    rows = table.findall(qn("w:tr"))

    assert [row.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True, False, False, False,
    ]  # fmt: skip
    assert all(row.find(f"./{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert word.tables[-1].rows[1].cells[0].text == "Đồng bằng sông Hồng (1/2)"
    assert word.tables[-1].rows[3].cells[2].text == "chưa có báo cáo được duyệt"


def test_pictures_are_fine_enough_for_print_and_speak(word):
    described = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    (drawn, *_code) = word.inline_shapes
    (image, *_other) = [part for part in word.part.package.iter_parts() if part.partname.endswith(".png")]

    assert described[0] == "Số liệu đạt 78,8%."
    assert "7K4M-92QD" in described[1]
    with Image.open(io.BytesIO(image.blob)) as picture:
        assert picture.width / (drawn.width.inches) > 290


def test_the_data_file_is_the_cut_with_the_cut_s_own_hash():
    assert hashlib.sha256(json_of(CONTENT)).hexdigest() == digest(CONTENT)


def test_each_table_is_a_csv_file_and_a_list_says_what_they_are():
    with zipfile.ZipFile(io.BytesIO(csv_archive(paper(), imprint()))) as packed:
        read = {
            name: list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
            for name in packed.namelist()
        }

    assert list(read) == ["tables.csv", "table-01.csv", "table-02.csv"]
    assert read["table-01.csv"][1:] == [
        ["Khu công nghiệp", "78.8%", "70%", "2/2"],
        ["'=1+1", "1254.5", "5–8%", "–"],
        ["889", "52 doanh nghiệp", "-3", "05"],
    ]
    assert read["table-02.csv"][1] == ["Đồng bằng sông Hồng (1/2)", "", "52", "1066", "4.88"]
    assert ["table-02.csv", "Phụ lục I", "KHU CÔNG NGHIỆP, 2026", ""] in read["tables.csv"]
    assert ["Mã kiểm tra", "7K4M-92QD"] in read["tables.csv"]


def test_the_same_files_go_into_the_pdf_with_a_sentence_each():
    inside = attachments_of(paper(), CONTENT, imprint())

    assert [(one.name, one.words) for one in inside] == [
        ("data.json", "Mọi số liệu của bản cắt C-2026-01"),
        ("tables.csv", "Danh sách các bảng và nguồn của số liệu"),
        ("table-01.csv", "Bảng 1. Đánh giá chung"),
        ("table-02.csv", "Phụ lục I. KHU CÔNG NGHIỆP, 2026"),
    ]


def hashes():
    """Of every file of one document."""
    document = paper()
    files = {form.value: make(form, document, CONTENT, imprint()) for form in Format if form != Format.PDF}
    files["pdf"] = render_parts(
        parts_of(document, check_url=imprint().check_url),
        Described(document.title, document.language, CUT_AT),
        running=running_lines(document),
        attachments=attachments_of(document, CONTENT, imprint()),
    )
    return {form: hashlib.sha256(data).hexdigest() for form, data in files.items()}


def test_another_process_in_another_minute_writes_the_same_bytes():
    script = (
        "import sys, json; sys.path.insert(0, '.')\n"
        "from tests import environment; environment.prepare()\n"
        "import time_machine; from tests.reporting import test_document_formats as made\n"
        "with time_machine.travel('2031-05-06 07:08:09'): print(json.dumps(made.hashes()))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert told.stdout.strip() == str(hashes()).replace("'", '"')


def test_a_caption_is_named_once_in_lists_and_sheets():
    document = paper()
    table = next(block for block in document.blocks if isinstance(block, Table))
    captioned = replace(table, caption="Bảng 1. Các chỉ tiêu")
    blocks = tuple(captioned if block is table else block for block in document.blocks)

    (first, *_others) = tables_of(replace(document, blocks=blocks))

    assert (first.place, first.title) == ("Bảng 1", "Các chỉ tiêu")


def test_the_word_document_brings_no_picture_of_another():
    with zipfile.ZipFile(io.BytesIO(office_of(paper(), imprint()))) as archive:
        assert [name for name in archive.namelist() if "thumbnail" in name] == []
