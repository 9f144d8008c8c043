"""The checks in a real browser: a reason is given, read by the reviewer, and a rule is rehearsed."""

import pytest
from django.urls import reverse

from reporting.models import CheckRule, Submission
from tests.browser import axe, sign_in
from tests.reporting import factories
from tests.reporting.check_rules import approved_before, kept_rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "Tăng 16,7 điểm so với năm 2025: từ 62,1% lên 78,8%."


@pytest.fixture
def jumped(province, tung):
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    return report


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_a_reason_goes_from_the_field_to_the_reviewer(page, jumped, tung, thu):
    sign_in(page, tung)
    page.goto(reverse("work:section", args=[jumped.pk, "indicators"]))
    field = page.locator("#indicators-T3")
    assert SENTENCE in field.inner_text()
    assert axe(page) == []
    field.get_by_label("Lý do, để Bộ xem").fill("Mười một cụm được tập huấn lần đầu.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(reverse("work:submit", args=[jumped.pk]))
    assert "Cảnh báo, đã ghi lý do" in page.inner_text("main")
    assert axe(page) == []
    page.get_by_label("thủ trưởng").check()
    page.get_by_role("button", name="Nộp về Bộ").click()
    page.wait_for_url("**/receipts/1/")

    sign_in(page, thu)
    page.goto(reverse("work:review", args=[jumped.pk]))
    found = page.locator("#checks")
    assert SENTENCE in found.inner_text()
    assert "Mười một cụm được tập huấn lần đầu." in found.inner_text()
    assert axe(page) == []
    found.get_by_role("link", name="Nhận xét").click()
    assert page.locator("#remarks").get_by_label("Nhận xét mới").is_visible()
    assert Submission.objects.get(report=jumped).snapshot["findings"][0]["justification"]["by"] == str(tung)


def test_quality_and_rehearsal_are_read_on_a_telephone(phone, jumped, tung, minh):
    factories.actions.submit(jumped.pk, signer="Giám đốc", by=tung, at=factories.NOON)
    sign_in(phone, minh)
    phone.goto(reverse("work:quality"))
    assert "Đà Nẵng" in phone.inner_text("table.quality")
    assert (axe(phone), sideways(phone)) == ([], 0)

    phone.goto(reverse("admin:reporting_checkrule_change", args=[CheckRule.objects.get().pk]))
    phone.get_by_role("button", name="Chạy thử theo những gì đang ghi").click()
    assert "1 trên 1 báo cáo" in phone.inner_text("#rehearsal")
    assert (axe(phone), sideways(phone)) == ([], 0)
