"""The whole way of a report in a real browser, with everybody who takes part, and once more through Excel.

Typed with the connection lost, a section in another department's hands, declared, cleared and signed inside
the province, two fields returned, answered, cleared again, approved; a receipt for each round.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Post
from foundation import jobs
from reporting.models import ApprovedMoney, ApprovedValue, Receipt, State, StatusReport, TextAnswer
from tests.browser import axe, sign_in
from tests.journeys.conftest import AUTUMN
from tests.journeys.test_reporting_journey import onward
from tests.journeys.test_workbooks_journey import downloaded, upload
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.workbooks import cell, fill

Role = Post.Role
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def finance(province):
    return in_post(
        "Võ Văn Tài", Role.PROVINCE_CONTRIBUTOR, province=province, title="Chuyên viên Sở Tài chính"
    )


@pytest.fixture
def head(province):
    return in_post("Ngô Thị Hạnh", Role.PROVINCE_HEAD, province=province, title="Trưởng phòng")


@pytest.fixture
def signatory(province):
    return in_post("Hoàng Thanh Tùng", Role.PROVINCE_SIGNATORY, province=province, title="Phó Giám đốc Sở")


@pytest.fixture
def owed(province, transactional_db):
    factories.measured()
    factories.plan_activity(province)
    factories.FormVersionFactory()
    return factories.ObligationFactory(province=province)


def test_from_a_lost_connection_to_the_approved_value(page, owed, lan, finance, head, signatory, thu, minh):
    begin_without_a_connection(page, lan)
    hand_out_the_money(page, lan)
    fill_in_the_money(page, finance)
    accept_and_fill_in_the_rest(page, lan)
    declare_and_clear(page, lan, head)
    sign(page, signatory, "Nộp về Bộ", 1)
    return_two_fields(page, thu)
    answer_on_the_page(page, lan)
    declare_and_clear(page, lan, head)
    sign(page, signatory, "Nộp lại về Bộ", 2)
    approve(page, minh)
    read_receipts(page, lan)

    came_through(spent=960)


def test_the_same_through_excel(page, owed, lan, head, signatory, thu, minh):
    begin(page, lan)
    through_excel(
        page,
        general__summary__text="Đã tập huấn 52 khu, cụm, làng nghề.",
        indicators__T3__value=52, indicators__T3__denominator=66, indicators__T4__value=2,
        indicators__T8__emptiness="có",
        money__local__planned=1200, money__local__received=1000, money__local__spent=950.5,
        activity=True,
    )  # fmt: skip
    prove(page)
    declare_and_clear(page, lan, head)
    sign(page, signatory, "Nộp về Bộ", 1)
    return_two_fields(page, thu)
    sign_in(page, lan)
    page.goto(section("indicators"))
    through_excel(page, indicators__T3__value=50, money__local__spent=960)
    answer_both(page)
    declare_and_clear(page, lan, head)
    sign(page, signatory, "Nộp lại về Bộ", 2)
    approve(page, minh)
    read_receipts(page, lan)

    came_through(spent=960)


def section(key):
    return reverse("work:section", args=[StatusReport.objects.get().pk, key])


def submit_page():
    return reverse("work:submit", args=[StatusReport.objects.get().pk])


def press(page, name, *, exact=True):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()


def begin(page, lan):
    sign_in(page, lan)
    page.goto("/work/")
    press(page, re.compile("Lập báo cáo"), exact=False)


def begin_without_a_connection(page, lan):
    begin(page, lan)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Kết quả chính").fill("Đã tập huấn 52 khu, cụm, làng nghề.")
    page.locator("#saved").get_by_text("Mất mạng").wait_for()
    assert not TextAnswer.objects.exists()
    page.context.set_offline(False)
    page.locator("#saved").get_by_text(re.compile("Đã lưu lúc")).wait_for()
    assert TextAnswer.objects.get().text == "Đã tập huấn 52 khu, cụm, làng nghề."


def hand_out_the_money(page, lan):
    page.goto(section("money"))
    page.get_by_role("link", name="Giao mục này cho vị trí khác").click()
    chosen = page.get_by_label("Vị trí", exact=True)
    chosen.select_option(value=str(Post.objects.get(role=Role.PROVINCE_CONTRIBUTOR).pk))
    page.get_by_label("Hạn", exact=True).fill((AUTUMN.date() + timedelta(days=5)).isoformat())
    page.get_by_label("Ghi chú").fill("Lấy theo quyết toán quý III.")
    press(page, "Giao mục này")
    assert "Sở Tài chính" in page.locator("main").inner_text()
    assert axe(page) == []


def fill_in_the_money(page, finance):
    sign_in(page, finance)
    page.goto("/work/")
    assert "Kinh phí" in page.locator("main").inner_text()
    assert axe(page) == []
    page.goto(section("indicators"))
    assert page.locator("#indicators-T4 input[type=radio]").count() == 0
    page.goto(section("money"))
    money(page, spent="950,5")
    press(page, "Lưu")
    press(page, "Phần của tôi đã xong: giao lại")


def money(page, *, spent):
    local = page.locator("#money-local")
    local.get_by_label("có số", exact=True).check()
    for label, amount in (("Kế hoạch", "1.200"), ("Đã cấp", "1.000"), ("Đã chi", spent)):
        local.get_by_label(label).fill(amount)


def accept_and_fill_in_the_rest(page, lan):
    sign_in(page, lan)
    page.goto(submit_page())
    press(page, "Báo đã xong")  # refused: a section is out, and fields are missing
    assert StatusReport.objects.get().sign_off is None
    page.goto(section("money"))
    page.get_by_role("link", name="Ai điền mục này").click()
    assert "950,5" in page.locator("main").inner_text()
    press(page, "Nhận mục này")
    page.goto(section("activities"))
    page.get_by_label("đang thực hiện").check()
    page.get_by_label("Hoàn thành, %").fill("40")
    onward(page)
    t3 = page.locator("#indicators-T3")
    t3.get_by_label("có số", exact=True).check()
    t3.get_by_label("Đã phổ biến").fill("52")
    t3.get_by_label("Tổng số").fill("66")
    page.locator("#indicators-T4").get_by_label("bằng 0").check()
    page.locator("#indicators-T8").get_by_label("có", exact=True).check()
    prove(page)


def prove(page):
    if not page.url.endswith(section("indicators")):
        page.goto(section("indicators"))
    page.locator("#indicators-T3 input[type=file]").set_input_files(
        {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": factories.CSV}
    )
    press(page, "Lưu")


def declare_and_clear(page, lan, head):
    sign_in(page, lan)
    page.goto(submit_page())
    assert page.get_by_role("button", name=re.compile("về Bộ")).count() == 0
    press(page, "Báo đã xong")
    sign_in(page, head)
    page.goto(submit_page())
    assert axe(page) == []
    press(page, "Duyệt để trình ký")


def sign(page, signatory, button, number):
    sign_in(page, signatory)
    page.goto(submit_page())
    page.get_by_label("Họ tên người ký").fill("Hoàng Thanh Tùng")
    page.get_by_label(re.compile("KT.")).check()
    page.get_by_label("Ký cho").fill("GIÁM ĐỐC")
    press(page, button)
    page.wait_for_url(re.compile(f"/receipts/{number}/"))
    told = page.locator("main").inner_text()
    assert f"{number:04d}" in told
    assert "Ngô Thị Hạnh" in told  # who cleared it
    jobs.run(Receipt.objects.get(submission__round=number).job_id)
    page.get_by_role("link", name="Tải biên nhận (PDF)").wait_for()
    assert axe(page) == []


def return_two_fields(page, thu):
    sign_in(page, thu)
    page.goto(reverse("work:review", args=[StatusReport.objects.get().pk]))
    for answer, words in (
        ("52 trên 66", "Danh sách kèm theo có 50 đơn vị."),
        ("950,5", "Thiếu khoản in ấn."),
    ):
        page.get_by_role("link", name="Toàn bộ").click()
        page.get_by_role("row").filter(has_text=answer).get_by_role(
            "link", name=re.compile("Nhận xét")
        ).click()
        page.get_by_label("Nhận xét mới").fill(words)
        press(page, "Lưu nhận xét")
    page.get_by_role("link", name=re.compile("Trả lại")).click()
    press(page, "Trả lại")
    assert StatusReport.objects.get().state == State.RETURNED


def answer_on_the_page(page, lan):
    sign_in(page, lan)
    page.goto(section("indicators"))
    assert page.locator("#indicators-T4 input[type=radio]").count() == 0
    page.locator("#indicators-T3").get_by_label("Đã phổ biến").fill("50")
    press(page, "Lưu")
    page.goto(section("money"))
    page.locator("#money-local").get_by_label("Đã chi").fill("960")
    press(page, "Lưu")
    answer_both(page)


def answer_both(page):
    for key, field, words in (
        ("indicators", "#indicators-T3", "Đã bỏ 2 cụm trùng tên."),
        ("money", "#money-local", "Đã cộng khoản in ấn."),
    ):
        page.goto(section(key))
        page.locator(field).get_by_label("đã sửa").check()
        page.locator(field).get_by_label("Nội dung trả lời").fill(words)
        press(page, "Lưu")


def through_excel(page, *, activity=False, **boxes):
    page.get_by_role("link", name="Điền bằng Excel").click()
    book = fill(downloaded(page, "Tải tệp Excel"), **boxes)
    if activity:
        report = StatusReport.objects.get()
        address = next(address for address, one in report.questions.items() if one.kind == "activity")
        cell(book, address, "progress").value = "đang thực hiện"
        cell(book, address, "percent").value = 40
    upload(page, book)
    press(page, "Lưu những gì nhận được")


def approve(page, minh):
    sign_in(page, minh)
    page.goto(reverse("work:review", args=[StatusReport.objects.get().pk]))
    changed = page.locator(".round-diff").inner_text()
    assert "Đã bỏ 2 cụm trùng tên." in changed
    assert "Đã cộng khoản in ấn." in changed
    page.get_by_role("link", name="Duyệt", exact=True).click()
    assert axe(page) == []
    press(page, "Duyệt")


def read_receipts(page, lan):
    """Both rounds, in the unit's list; and whoever holds the second one finds it without signing in."""
    sign_in(page, lan)
    page.goto("/work/reports/")
    assert page.get_by_role("link", name=re.compile("000[12]")).count() == 2
    page.context.clear_cookies()
    page.goto(Receipt.objects.get(submission__round=2).get_absolute_url())
    assert "Chưa có vòng nào sau" in page.locator("main").inner_text()


def came_through(*, spent):
    report = StatusReport.objects.get()
    assert (report.state, report.round) == (State.APPROVED, 2)
    row = ApprovedValue.objects.get(indicator__code="T3")
    assert (row.numerator, row.denominator) == (50, 66)
    assert ApprovedMoney.objects.get().spent == spent
    steps = [
        one.step
        for one in report.events.all()
        if one.step in ("declare", "clear", "submit", "return", "resubmit", "approve")
    ]
    assert steps == [
        "declare", "clear", "submit", "return", "declare", "clear", "resubmit", "approve",
    ]  # fmt: skip
    assert Receipt.objects.filter(file__isnull=False).count() == 2
