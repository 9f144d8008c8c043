"""Minh compiles the national report, edits its words and publishes it; a guest reads and checks it."""

import pytest

from foundation import jobs
from foundation.models import AuditEntry
from reporting.models import CompiledReport
from tests.browser import axe, sign_in
from tests.reporting.approved import approve, national, t3

pytestmark = pytest.mark.browser


@pytest.fixture
def indicator(db):
    return t3()


def build(page):
    report = CompiledReport.objects.get()
    jobs.run(report.job_id)
    page.reload()
    report.refresh_from_db()
    return report


def edit_the_words(page):
    """One number is typed wrongly: it is flagged at its place, and the files are to be built again."""
    page.get_by_role("link", name="Edit words, number and signature").click()
    paragraph = page.locator("[id='targets.T3']")
    paragraph.get_by_text("Edit these words").click()
    paragraph.locator("textarea").fill("52 trên 66 khu, cụm và làng nghề đạt yêu cầu, bằng 87,8%.")
    paragraph.get_by_role("button", name="Save the words").click()
    assert "In the text 87,8%, in the data 78,8%" in page.locator("[id='targets.T3']").inner_text()
    assert axe(page) == []
    page.get_by_label("Official number").fill("215")
    page.get_by_role("button", name="Save number and signature").click()
    page.get_by_role("link", name="Preview").first.click()
    assert "Số: 215/BC-BCT" in page.locator("body").inner_text()
    assert "bằng 87,8%." in page.locator("body").inner_text()


def test_from_the_cut_to_the_public_page(page, minh, indicator, province):
    national()
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    national()

    sign_in(page, minh)
    page.goto("/en/work/national/")
    page.locator("[name=signatory]").fill("Nguyễn Văn A")
    page.get_by_role("button", name="Cut the data and compile").click()
    assert page.get_by_role("progressbar").is_visible()
    assert axe(page) == []

    report = build(page)
    edit_the_words(page)
    page.goto(f"/en/work/national/{report.pk}/")
    assert "The words were changed after the files were built." in page.locator("main").inner_text()
    page.get_by_role("button", name="Build again").click()
    report = build(page)
    assert report.edition == 2

    page.get_by_label("Why these numbers stand").fill("Số ước cả năm.")
    page.get_by_role("button", name="Publish").click()
    assert "Everyone can read the report now." in page.locator("main").inner_text()
    assert AuditEntry.objects.get(verb="publish").detail["reason"] == "Số ước cả năm."
    page.get_by_role("link", name="The public page").click()
    assert "current version" in page.locator("main").inner_text()

    read_as_guest(page, report)


def read_as_guest(page, report):
    page.context.clear_cookies()
    page.goto("/en/progress/")
    assert "78.8%" in page.locator("main").inner_text()
    assert axe(page) == []
    page.goto("/progress/documents/check/")
    page.get_by_label("Mã kiểm tra").fill(report.check_code.lower())
    page.get_by_role("button", name="Kiểm tra").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
