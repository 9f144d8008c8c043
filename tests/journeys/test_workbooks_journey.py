"""Excel in a real browser: download, fill in off line, upload, choose, mend what was refused, submit."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from accounts.models import Post
from reporting import actions
from reporting.models import IndicatorAnswer, MoneyAnswer, State, StatusReport
from tests.browser import axe, look_over, sign_in
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import NOON
from tests.reporting.workbooks import XLSX, cell, fill, message, saved

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def tung(province):
    """Works on the same report at the site."""
    return in_post("Hoàng Thanh Tùng", Post.Role.PROVINCE_EDITOR, province=province, title="Chuyên viên")


@pytest.fixture
def report(province, transactional_db):
    factories.measured()
    factories.plan_activity(province)
    return factories.draft(province)


def test_a_report_is_filled_in_with_excel_from_download_to_submission(page, officer, tung, report):
    sign_in(page, officer)
    page.goto("/work/")
    page.get_by_role("link", name=re.compile("Làm tiếp")).click()
    page.get_by_role("link", name="Điền bằng Excel").click()
    book = downloaded(page, "Tải tệp Excel")
    all_but_one_right(book, report)
    theirs = {"indicators.T4": {"emptiness": "number", "value": "9"}}
    actions.save_draft(report.pk, answers=theirs, seen=0, by=tung, at=NOON)

    upload(page, book)
    choose(page)
    mended = downloaded(page, "Tải về các dòng không nhận")
    assert "Số này lớn hơn tổng số" in message(mended, "indicators.T3")
    upload(page, fill(mended, indicators__T3__value=52))
    page.get_by_role("button", name="Lưu những gì nhận được").click()
    assert "Đã lưu 1 ô." in page.locator("main").inner_text()

    prove_and_submit(page, report)
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 52
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2
    assert MoneyAnswer.objects.get().received == 1000


def downloaded(page, name):
    with page.expect_download() as arriving:
        page.get_by_role("link", name=re.compile(name)).click()
    return openpyxl.load_workbook(io.BytesIO(Path(arriving.value.path()).read_bytes()))


def all_but_one_right(book, report):
    fill(
        book,
        general__summary__text="Đã tập huấn 52 khu, cụm, làng nghề.",
        indicators__T3__value=67,
        indicators__T3__denominator=66,
        indicators__T4__value=2,
        indicators__T8__emptiness="có",
        money__local__planned=1200,
        money__local__received="1.000",
        money__local__spent=950.5,
    )
    activity = next(address for address, one in report.questions.items() if one.kind == "activity")
    cell(book, activity, "progress").value = "đang thực hiện"
    cell(book, activity, "percent").value = 40


def upload(page, book):
    if not page.url.endswith("/upload/"):
        page.get_by_role("link", name="Tải tệp Excel lên").click()
    page.get_by_label("Tệp Excel đã điền").set_input_files(
        {"name": "bao-cao.xlsx", "mimeType": XLSX, "buffer": saved(book)}
    )
    page.get_by_role("button", name="Tải lên và xem thay đổi").click()


def choose(page):
    """The preview says all; nothing is saved before the choice."""
    told = page.locator("main").inner_text()
    assert "Số này lớn hơn tổng số" in told
    assert "Hoàng Thanh Tùng" in told
    assert look_over(page, [page.url]) == []
    assert StatusReport.objects.get().version == 1
    page.get_by_label(re.compile("Bản trong tệp Excel")).check()
    page.get_by_role("button", name="Lưu những gì nhận được").click()
    assert "Đã lưu 5 ô." in page.locator("main").inner_text()
    assert look_over(page, [page.url]) == []


def prove_and_submit(page, report):
    page.goto(f"/work/reports/{report.pk}/indicators/")
    page.locator("#indicators-T3 input[type=file]").set_input_files(
        {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": factories.CSV}
    )
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(f"/work/reports/{report.pk}/submit/")
    page.get_by_label("Họ tên người ký").fill("Nguyễn Văn Giám Đốc")
    page.get_by_role("button", name="Nộp về Bộ").click()
    page.wait_for_url(re.compile("/receipts/1/"))
    assert "52 trên 66 (78,8%)" in page.locator("main").inner_text()


def test_the_page_of_the_workbook_serves_a_small_telephone(phone, officer, report):
    sign_in(phone, officer)
    phone.goto(f"/work/reports/{report.pk}/workbook/upload/")

    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(phone) == []
