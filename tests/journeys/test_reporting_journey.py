"""The main job in a real browser: a province fills in and submits, the ministry returns, it ends approved."""

import re

import pytest

from reporting.models import ApprovedValue, Period, Regime, State, StatusReport
from tests.browser import axe, sign_in
from tests.reporting import factories

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def owed(province, transactional_db):
    factories.measured()
    factories.plan_activity(province)
    factories.FormVersionFactory()
    return factories.ObligationFactory(province=province)


def test_from_what_is_due_to_the_approved_value(page, officer, thu, minh, owed):
    fill_in(page, officer)
    submit(page)
    send_back(page, thu)
    answer(page, officer)
    approve(page, minh)

    report = StatusReport.objects.get()
    assert (report.state, report.round) == (State.APPROVED, 2)
    row = ApprovedValue.objects.get(indicator__code="T3")
    assert (row.numerator, row.denominator) == (50, 66)


def fill_in(page, officer):
    sign_in(page, officer)
    page.goto("/work/")
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("Lập báo cáo")).click()
    page.get_by_role("textbox", name="Kết quả chính").fill("Đã tập huấn 52 khu, cụm, làng nghề.")
    onward(page)
    page.get_by_label("đang thực hiện").check()
    page.get_by_label("Hoàn thành, %").fill("40")
    onward(page)
    t3 = page.locator("#indicators-T3")
    t3.get_by_label("có số", exact=True).check()
    t3.get_by_label("Đã phổ biến").fill("52")
    t3.get_by_label("Tổng số").fill("66")
    t3.locator("input[type=file]").set_input_files(
        {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": factories.CSV}
    )
    page.locator("#indicators-T4").get_by_label("bằng 0").check()
    page.locator("#indicators-T8").get_by_label("có", exact=True).check()
    assert axe(page) == []
    onward(page)
    local = page.locator("#money-local")
    local.get_by_label("có số", exact=True).check()
    for label, amount in (("Kế hoạch", "1.200"), ("Đã cấp", "1.000"), ("Đã chi", "950,5")):
        local.get_by_label(label).fill(amount)
    onward(page)


def onward(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu và sang mục sau").click()


def submit(page):
    assert page.locator("#gate").count() == 0
    assert axe(page) == []
    page.get_by_label("Họ tên người ký").fill("Nguyễn Văn Giám Đốc")
    page.get_by_role("button", name="Nộp về Bộ").click()
    page.wait_for_url(re.compile("/receipts/1/"))
    receipt = page.locator("main").inner_text()
    assert "0001" in receipt
    assert "52 trên 66 (78,8%)" in receipt


def send_back(page, thu):
    sign_in(page, thu)
    page.goto("/work/review/")
    assert axe(page) == []
    page.get_by_role("link", name="Đà Nẵng").first.click()
    row = page.get_by_role("row").filter(has_text="52 trên 66")
    row.get_by_role("link", name=re.compile("Nhận xét")).click()
    page.get_by_label("Nhận xét mới").fill("Danh sách kèm theo có 50 đơn vị.")
    page.get_by_role("button", name="Lưu nhận xét").click()
    assert axe(page) == []
    page.get_by_role("link", name=re.compile("Trả lại")).click()
    assert "Danh sách kèm theo có 50 đơn vị." in page.locator("main").inner_text()
    assert axe(page) == []
    page.get_by_role("button", name="Trả lại").click()
    assert "Bộ trả lại" in page.locator("main").inner_text()


def answer(page, officer):
    sign_in(page, officer)
    page.goto("/work/")
    page.get_by_role("link", name=re.compile("Làm tiếp")).click()
    t3 = page.locator("#indicators-T3")
    assert "Danh sách kèm theo có 50 đơn vị." in t3.inner_text()
    assert page.locator("#indicators-T4 input[type=radio]").count() == 0
    t3.get_by_label("Đã phổ biến").fill("50")
    t3.get_by_label("đã sửa").check()
    t3.get_by_label("Nội dung trả lời").fill("Đã bỏ 2 cụm trùng tên.")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("link", name="Nộp lại").click()
    page.get_by_role("button", name="Nộp lại về Bộ").click()
    page.wait_for_url(re.compile("/receipts/2/"))


def approve(page, minh):
    sign_in(page, minh)
    page.goto(f"/work/review/{StatusReport.objects.get().pk}/")
    changed = page.locator(".round-diff").inner_text()
    assert "Đã bỏ 2 cụm trùng tên." in changed
    assert axe(page) == []
    page.get_by_role("link", name="Duyệt", exact=True).click()
    assert "được ghi là giải quyết dưới tên" in page.locator("main").inner_text()
    assert axe(page) == []
    page.get_by_role("button", name="Duyệt", exact=True).click()
    assert "Đã duyệt" in page.locator("main").inner_text()


def test_the_workspace_serves_a_small_telephone(phone, officer, owed):
    sign_in(phone, officer)
    phone.goto("/work/")
    phone.get_by_role("button", name=re.compile("Lập báo cáo")).click()
    phone.goto(phone.url.replace("general", "indicators"))

    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(phone) == []


def test_the_ministry_keeps_regimes_and_brings_in_periods(page, minh, transactional_db):
    sign_in(page, minh)
    page.goto("/admin/reporting/regime/add/")
    page.locator("#id_code").fill("bao-cao-chuyen-de")
    page.locator("#id_name_vi").fill("Báo cáo chuyên đề ở Đà Nẵng")
    page.locator("#id_legal_basis_vi").fill("Nghị định 09/2019/NĐ-CP")
    page.locator("#id_months").select_option("12")
    page.locator("input[name=_save]").click()
    page.wait_for_url(re.compile("/regime/$"))
    page.goto("/admin/reporting/regime/?q=chuyen-de")
    assert "Báo cáo chuyên đề ở Đà Nẵng" in page.locator("#result_list").inner_text()

    sheet = (
        "regime,year,number,first_day,last_day,opens_on,due_on,government_due_on,source\n"
        "bao-cao-chuyen-de,2026,1,2025-12-15,2026-12-14,2026-10-01,2026-11-17,2026-12-25,\n"
    )
    page.goto("/admin/reporting/period/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "ky.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    )
    page.locator("select[name=format]").select_option(label="csv")
    page.locator("form input[type=submit]").first.click()
    assert "2026-11-17" in page.locator("#content").inner_text()
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/period/$"))

    assert Period.objects.get().regime == Regime.objects.get()
