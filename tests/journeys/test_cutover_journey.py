"""An invented merger in a real browser: An enters it, Minh confirms it on a telephone and takes it back."""

import re

import pytest

from provinces.models import Cutover, Province
from tests.browser import axe, sign_in
from tests.cutover.invented import DAY, furnish, two_units

pytestmark = pytest.mark.browser


@pytest.fixture
def homes(transactional_db):
    first, second, place = two_units()
    return furnish(first), second, place


def test_an_invented_merger_from_entry_to_undoing(page, phone, an, minh, homes):
    sign_in(page, an)
    enter(page)
    ask(page)

    sign_in(phone, minh)
    confirm(phone)
    take_back(phone)

    assert not Province.objects.filter(valid_from=DAY).exists()
    assert Cutover.objects.get().state == "undone"


def enter(page):
    page.goto("/admin/provinces/cutover/add/")
    page.get_by_role("link", name="Sáp nhập", exact=True).click()
    page.locator("#id_effective_on").fill("2025-07-01")
    page.get_by_label("Sông Mây, mã 97").check()
    page.get_by_label("Núi Gió, mã 98").check()
    page.get_by_label("Tên (tiếng Việt)").fill("Sông Mây")
    page.get_by_role("radio", name=re.compile("tỉnh")).first.check()
    page.get_by_label("Mã", exact=True).fill("97")
    page.get_by_label("Vùng").select_option(label="Vùng Thử")
    page.locator("#id_instrument_number").fill("99/2026/QH16")
    page.locator("#id_instrument_issuer_vi").fill("Quốc hội")
    page.locator("#id_instrument_date").fill("2026-11-01")
    page.get_by_role("button", name="Xem bản chạy thử").click()
    assert "sự kiện phải sau" in page.locator(".field.wrong .errorlist").inner_text()
    assert axe(page) == []
    page.locator("#id_effective_on").fill(DAY.isoformat())
    page.get_by_role("button", name="Xem bản chạy thử").click()
    page.wait_for_url(re.compile(r"/cutover/\d+/change/"))


def ask(page):
    assert "trở thành Sông Mây" in page.locator("#content").inner_text()
    assert axe(page) == []
    course = page.locator("#course")
    course.get_by_role("radio", name=re.compile("Đóng lại")).check()
    course.get_by_label("Lý do, nếu đóng lại").fill("Thiếu người.")
    page.get_by_role("button", name="Đề nghị xác nhận").click()
    page.wait_for_load_state()
    assert Cutover.objects.get().state == "waiting"


def confirm(phone):
    phone.goto(Cutover.objects.get().get_absolute_url())
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(phone) == []
    phone.get_by_role("button", name="Xác nhận và áp dụng").press("Enter")
    phone.wait_for_load_state()
    assert Province.objects.filter(valid_from=DAY).exists()


def take_back(phone):
    phone.get_by_role("link", name="Hoàn tác thay đổi này").click()
    phone.get_by_label("Lý do").fill("Nhập để thử.")
    assert axe(phone) == []
    phone.get_by_role("button", name="Hoàn tác", exact=True).click()
    phone.wait_for_url(re.compile(r"/change/"))
