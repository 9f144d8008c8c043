"""Minh compiles the national report in a browser, publishes it, and a guest reads and checks it."""

import pytest

from foundation import jobs
from reporting.models import CompiledReport
from tests.browser import axe, sign_in
from tests.reporting.approved import approve, national, t3

pytestmark = pytest.mark.browser


@pytest.fixture
def indicator(db):
    return t3()


def test_from_the_cut_to_the_public_page(page, minh, indicator, province):
    national()
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)

    sign_in(page, minh)
    page.goto("/en/work/national/")
    page.locator("[name=signatory]").fill("Nguyễn Văn A")
    page.get_by_role("button", name="Cut the data and compile").click()
    assert page.get_by_role("progressbar").is_visible()
    assert axe(page) == []

    report = CompiledReport.objects.get()
    jobs.run(report.job_id)
    page.reload()
    page.get_by_text("Publish this report").click()
    page.get_by_role("button", name="Publish").click()
    assert "Everyone can read the report now." in page.locator("main").inner_text()
    page.get_by_role("link", name="The public page").click()
    assert "current version" in page.locator("main").inner_text()

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
