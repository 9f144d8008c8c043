"""Workbooks that are not taken, and cells that are not read: one plain sentence each, nothing saved."""

import io
import zipfile
from contextlib import contextmanager
from decimal import Decimal
from time import process_time

import pytest
from django.db import transaction
from django.utils.translation import override

from foundation.actions import ActionRefused
from provinces.models import PlanActivity
from reporting import actions as reports
from reporting.models import AnswerChange, FilledWorkbook, IndicatorAnswer, MoneyAnswer
from reporting.workbooks import actions, harm, reading
from reporting.workbooks.layout import FIRST, HIDDEN
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON
from tests.reporting.workbooks import cell, fill, given_out, message, opened, saved, sent, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(province, lan):
    factories.plan_activity(province)
    report = factories.draft(province)
    reports.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    return report


def refusal(report, data, by, name="bao-cao.xlsx"):
    """The sentence with which a file is refused; nothing of it is kept."""
    with pytest.raises(ActionRefused) as refused:
        sent(report, data, by, name)
    assert not FilledWorkbook.objects.exists()
    return str(refused.value)


def with_part(data, name, content=b"x"):
    """The archive with one more part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def test_the_workbook_of_another_province_names_both(report, neighbour, lan, hoa):
    theirs = given_out(factories.draft(neighbour))

    sentence = refusal(report, theirs, lan)

    assert "Quảng Ngãi" in sentence
    assert "Đà Nẵng" in sentence


def test_the_workbook_of_another_period_names_both(report, province, lan):
    old = factories.ObligationFactory(period=factories.PeriodFactory(year=2025), province=province)

    sentence = refusal(report, given_out(factories.StatusReportFactory(obligation=old)), lan)

    assert "2025" in sentence
    assert "2026" in sentence


def test_a_workbook_of_an_older_form_is_refused(report, lan):
    book = given_out(report)
    report.definition["sections"][0]["questions"].pop()
    report.save()

    assert "Biểu mẫu đã thay đổi" in refusal(report, book, lan)


@contextmanager
def lost_later(report):
    """What happens here is gone afterwards, as when the database is restored from a copy of before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    report.refresh_from_db()


def on_site(report, by, answers):
    report.refresh_from_db()
    reports.save_draft(report.pk, answers=answers, seen=report.version, by=by, at=NOON)


NINE = {"indicators.T4": {"emptiness": "number", "value": "9"}}


def test_a_workbook_newer_than_the_report_is_refused(report, lan, tung):
    with lost_later(report):
        on_site(report, tung, NINE)
        book = given_out(report)

    assert "mới hơn báo cáo" in refusal(report, fill(book, indicators__T4__value=7), lan)


@pytest.mark.parametrize("typed", [7, 2])
def test_a_workbook_that_knows_another_history_is_refused_whole(report, lan, tung, typed):
    """A copy was restored, and the report went on until its version was the workbook's again."""
    with lost_later(report):
        on_site(report, tung, NINE)
        book = fill(given_out(report), indicators__T4__value=typed, money__local__spent=81)
    on_site(report, tung, {"general.summary": {"text": "Khác"}})
    on_site(report, tung, NINE)

    with pytest.raises(ActionRefused, match="lịch sử"):
        taken(report, book, lan)

    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 9
    assert MoneyAnswer.objects.get().spent == Decimal("80.5")
    assert FilledWorkbook.objects.get().taken_at is None


def test_a_workbook_without_its_hidden_sheet_is_refused(report, lan):
    book = given_out(report)
    del book[HIDDEN]

    assert "bị thiếu hoặc đã bị sửa" in refusal(report, book, lan)


def test_a_seal_that_was_changed_is_refused(report, lan):
    book = given_out(report)
    first = book[HIDDEN]["A1"]
    first.value = ("A" if first.value[0] != "A" else "B") + first.value[1:]

    assert "bị thiếu hoặc đã bị sửa" in refusal(report, book, lan)


@pytest.mark.parametrize("name", ["bao-cao.xlsm", "bao-cao.xlsb"])
def test_a_macro_workbook_is_refused_by_its_name(report, lan, name):
    assert "macro" in refusal(report, given_out(report), lan, name)


def test_a_macro_inside_is_refused_under_any_name(report, lan):
    data = with_part(saved(given_out(report)), "xl/vbaProject.bin")

    assert "macro" in refusal(report, data, lan)


@pytest.mark.parametrize("name", ["bao-cao.csv", "bao-cao.pdf", "bao-cao"])
def test_what_is_no_workbook_is_refused_by_its_name(report, lan, name):
    assert "không phải là tệp Excel" in refusal(report, b"a,b", lan, name)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 100])
def test_a_file_that_is_not_what_its_name_says_is_refused(report, lan, data):
    assert "không đúng với tên" in refusal(report, data, lan)


def test_a_file_cut_off_midway_is_refused(report, lan):
    data = saved(given_out(report))

    assert "không đúng với tên" in refusal(report, data[: len(data) // 2], lan)


def test_too_large_a_file_is_refused(report, lan, settings):
    settings.UPLOAD_MAX_BYTES = 1024

    assert "lớn hơn" in refusal(report, given_out(report), lan)


def test_a_bomb_is_refused_before_it_is_unpacked(report, lan):
    data = with_part(saved(given_out(report)), "xl/media/a.xml", b"0" * (harm.MOST_UNPACKED + 1))

    assert "bung ra" in refusal(report, data, lan)


def test_a_bomb_of_entities_is_refused(report, lan):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'

    assert "bị hỏng" in refusal(report, with_part(saved(given_out(report)), "docProps/app.xml", bomb), lan)


STYLES, SHEET, TEXTS = "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLACES = " ".join(f"A{n}" for n in range(1, 120_000))
BOMBS = {
    "styles": (STYLES, "styleSheet", "<cellXfs>" + "<xf/>" * 100_000 + "</cellXfs>"),
    "ranges": (SHEET, "worksheet", "<sheetData/><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 100_000),
    "a wide row": (SHEET, "worksheet", "<sheetData><row>" + "<c/>" * 300_000 + "</row></sheetData>"),
    "a wide row with a prefix": (SHEET, "worksheet", "<sheetData><row>" + "<x:c/>" * 100_000),
    "texts": (TEXTS, "sst", "<si/>" * 300_000),
    "places": (SHEET, "worksheet", f'<dataValidations><dataValidation error=">" sqref="{PLACES}"/>'),
    "attributes": (SHEET, "worksheet", "<c " + " ".join(f'a{n}=">"' for n in range(500_000)) + "/>"),
    "formulas": (
        SHEET, "worksheet",
        '<sheetData><row><c r="A1"><f t="shared" si="0">' + "A1+" * 3000 + "A1</f></c></row>"
        + '<row><c r="A2"><f t="shared" si="0"/></c></row>' * 2000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_would_grow_in_memory_is_refused_at_once(report, lan, name):
    part, root, inside = BOMBS[name]
    bomb = f'<{root} xmlns="{MAIN}" xmlns:x="{MAIN}">{inside}</{root}>'.encode()
    data = with_part(saved(given_out(report)), part, bomb)
    began = process_time()

    assert "hơn mức một báo cáo cần" in refusal(report, data, lan)
    assert process_time() - began < 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "cp037"])
def test_tags_in_another_encoding_are_refused(report, lan, encoding):
    bomb = f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"/>'.encode(encoding)

    assert "bị hỏng" in refusal(report, with_part(saved(given_out(report)), STYLES, bomb), lan)


def test_tags_hidden_by_a_declared_encoding_are_refused(report, lan):
    bomb = b'<?xml version="1.0" encoding="UTF-7"?><styleSheet>+ADw-xf/+AD4-</styleSheet>'

    assert "bị hỏng" in refusal(report, with_part(saved(given_out(report)), STYLES, bomb), lan)


def test_a_comment_inside_a_part_is_refused(report, lan):
    bomb = b'<a><!-- " --></a>'

    assert "bị hỏng" in refusal(report, with_part(saved(given_out(report)), "docProps/app.xml", bomb), lan)


def test_a_part_that_does_not_unpack_is_refused(report, lan):
    words = b"as they were packed"
    out = io.BytesIO(saved(given_out(report)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/note.xml", words)

    assert "bị hỏng" in refusal(report, out.getvalue().replace(words, b"as they were broken"), lan)


def test_a_picture_does_no_harm(report, lan):
    picture = b"\x89PNG" + b"<" * 200_000

    assert sent(report, with_part(saved(given_out(report)), "xl/media/image1.png", picture), lan).pk


def test_a_text_longer_than_a_cell_is_refused(report, lan):
    book = given_out(report)
    data = saved(fill(book, general__summary__text="ngan"))
    name = f"xl/worksheets/sheet{book.worksheets.index(cell(book, 'general.summary', 'text').parent) + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in (name, TEXTS) if part in archive.namelist()}
    [(part, inside)] = [(part, inside) for part, inside in parts.items() if b"ngan<" in inside]

    long = inside.replace(b"ngan<", b"n" * (reading.MOST_LETTERS + 1) + b"<")

    assert "nhiều chữ hơn" in refusal(report, with_part(data, part, long), lan)


def test_a_report_of_four_hundred_activities_is_taken(province, lan):
    plan = factories.plan_activity(province).plan
    PlanActivity.objects.bulk_create(
        PlanActivity(plan=plan, position=n, title_vi=f"Hoạt động {n}") for n in range(2, 401)
    )
    report = factories.draft(province)
    book = given_out(report)
    sheet = next(sheet for sheet in book.worksheets if sheet.max_row > 400)
    for row in sheet.iter_rows(min_row=FIRST):
        for one in row:
            one.value = one.value or "đã ghi"

    assert sent(report, book, lan).pk


def test_links_to_other_files_are_refused(report, lan):
    data = with_part(saved(given_out(report)), "xl/externalLinks/externalLink1.xml", b"<a/>")

    assert "liên kết" in refusal(report, data, lan)


def test_a_sheet_without_end_is_refused(report, lan):
    book = given_out(report)
    cell(book, "indicators.T4", "value").parent["A1000000"] = "x"

    assert "nhiều dòng hoặc cột" in refusal(report, book, lan)


def test_sheets_without_number_are_refused(report, lan):
    book = given_out(report)
    for _sheet in range(reading.MOST_SHEETS):
        book.create_sheet()

    assert "nhiều trang" in refusal(report, book, lan)


def test_a_part_that_is_no_sheet_is_refused(report, lan):
    data = with_part(
        saved(given_out(report)), "xl/worksheets/sheet2.xml", b"<worksheet><row r='x'></worksheet>"
    )

    assert "bị hỏng" in refusal(report, data, lan)


def test_a_report_submitted_meanwhile_takes_no_workbook(province, lan, tung):
    report = factories.filled(province, tung)
    kept = sent(report, fill(given_out(report), indicators__T4__value=9), lan)
    book = given_out(report)
    factories.submit(report, tung)

    with pytest.raises(ActionRefused, match="đã nộp"):
        sent(report, book, lan)
    with pytest.raises(ActionRefused, match="đã nộp"):
        actions.take(kept.pk, choices={}, seen=9, by=lan, at=NOON)
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"indicators__T4__value": "=1+1"}, "công thức"),
        ({"indicators__T4__value": "nhiều"}, "Ghi một số"),
        ({"indicators__T4__value": True}, "không có giá trị"),
        ({"indicators__T4__value": 1e300}, "quá lớn"),
        ({"indicators__T4__value": 1001}, "mức có thể"),
        ({"indicators__T4__value": -1}, "0"),
        ({"indicators__T4__value": 1.5}, "nguyên"),
        ({"indicators__T4__emptiness": "chắc là có"}, "danh sách"),
        ({"indicators__T4__expected_on": "hôm nào đó"}, "không phải là ngày"),
        ({"indicators__T4__expected_on": "31/02/2026"}, "không phải là ngày"),
        ({"indicators__T4__denominator": 5}, "không hỏi"),
        ({"indicators__T3__value": 67}, "lớn hơn tổng số"),
        ({"indicators__T8__note": "x" * 8001}, "8.000"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why_and_saves_nothing(report, lan, typed, words):
    kept = taken(report, fill(given_out(report), **typed), lan)

    [one] = kept.outcome["refused"]
    assert words in " ".join(sentence for _place, sentence in one["complaints"])
    assert AnswerChange.objects.filter(version__gt=1).count() == 0


@pytest.mark.parametrize(
    ("typed", "number"), [("12,5", "12.5"), ("2.140", "2140"), (" 1 200 ", "1200"), (0.1 + 0.2, "0.3")]
)
def test_a_number_is_read_by_the_signs_of_the_language(report, lan, typed, number):
    taken(report, fill(given_out(report), money__local__received=typed), lan)

    assert AnswerChange.objects.latest("version").after["received"] == number


@pytest.mark.parametrize(("typed", "number"), [("2,140", "2140"), ("12.5", "12.5"), (12.5, "12.5")])
def test_an_english_workbook_is_read_as_english_wherever_it_is_uploaded(report, lan, typed, number):
    with override("en"):
        book = fill(
            given_out(report), money__local__received=typed, money__local__emptiness="there is a number"
        )

    taken(report, book, lan)

    assert AnswerChange.objects.latest("version").after["received"] == number


def test_a_day_written_as_text_is_read_as_vietnamese_write_it(report, lan):
    book = fill(
        given_out(report), indicators__T4__emptiness="chưa có số", indicators__T4__expected_on="31/01/2027"
    )

    taken(report, book, lan)

    assert IndicatorAnswer.objects.get(address="indicators.T4").expected_on.isoformat() == "2027-01-31"


@pytest.mark.parametrize("written", ["1" + "0" * 400, "1E+999"])
def test_a_number_no_spreadsheet_holds_is_refused_and_comes_back(report, lan, written):
    book = fill(given_out(report), indicators__T4__value=123454321)
    name = f"xl/worksheets/sheet{book.worksheets.index(cell(book, 'indicators.T4', 'value').parent) + 1}.xml"
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.read(name)
    data = with_part(data, name, inside.replace(b"123454321", written.encode()))

    kept = taken(report, data, lan)
    report.refresh_from_db()

    assert [one["address"] for one in kept.outcome["refused"]] == ["indicators.T4"]
    back = opened(actions.refused_rows(kept, report, open_fields=report.open_addresses()))
    assert "quá lớn" in message(back, "indicators.T4")


def test_a_row_that_stands_twice_is_refused(report, lan):
    book = given_out(report)
    place = cell(book, "indicators.T4", "value")
    place.parent.cell(place.row + 5, 1).value = "indicators.T4"

    kept = taken(report, book, lan)

    assert "hai lần" in kept.outcome["refused"][0]["complaints"][0][1]


def test_ten_thousand_merged_columns_cost_nothing(report, lan):
    data = saved(given_out(report))
    book = opened(data)
    sheet = cell(book, "indicators.T4", "value").parent
    name = f"xl/worksheets/sheet{book.worksheets.index(sheet) + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.read(name)
    huge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations'
    data = with_part(data, name, inside.replace(b"<dataValidations", huge, 1))

    assert sent(report, data, lan).pk
