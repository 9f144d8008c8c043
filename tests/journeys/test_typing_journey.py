"""Typing into a report in a real browser: it saves itself; no lost network, tab or session loses a word."""

import re

import pytest
from django.contrib.sessions.models import Session

from accounts.models import Post
from reporting import actions
from reporting.models import AnswerChange, IndicatorAnswer, TextAnswer
from tests.browser import axe, sign_in
from tests.journeys.conftest import AUTUMN
from tests.people import in_post
from tests.reporting import factories

Role = Post.Role
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def report(province, transactional_db):
    return factories.draft(province)


@pytest.fixture
def at_work(page, lan, report):
    sign_in(page, lan)
    page.goto(f"/work/reports/{report.pk}/general/")
    return page


@pytest.fixture
def tung(province):
    return in_post("Hoàng Thanh Tùng", Role.PROVINCE_SIGNATORY, province=province, title="Giám đốc Sở")


def summary(page):
    return page.get_by_role("textbox", name="Kết quả chính")


def contact(page):
    return page.get_by_role("textbox", name="Đầu mối")


def chip(page, words):
    return page.locator("#saved").get_by_text(re.compile(words)).wait_for()


def stored():
    return list(TextAnswer.objects.values_list("text", flat=True))


def test_what_is_typed_is_on_the_server_without_pressing_anything(at_work):
    summary(at_work).press_sequentially("Đã tập huấn 52 khu")
    chip(at_work, "Đã lưu lúc .* trên máy chủ")

    assert stored() == ["Đã tập huấn 52 khu"]
    assert axe(at_work) == []


def test_a_lost_connection_and_a_closed_tab_lose_nothing(at_work, report):
    context = at_work.context
    context.set_offline(True)
    summary(at_work).fill("Gõ lúc mất mạng")
    chip(at_work, "Mất mạng")
    at_work.get_by_role("button", name="Lưu", exact=True).click()
    assert summary(at_work).input_value() == "Gõ lúc mất mạng"
    at_work.close()
    context.set_offline(False)
    assert stored() == []

    again = context.new_page()
    again.goto(f"/work/reports/{report.pk}/indicators/")
    again.get_by_role("alert").get_by_role("link", name=re.compile("Thông tin chung")).click()
    chip(again, "Đã lưu")

    assert summary(again).input_value() == "Gõ lúc mất mạng"
    assert stored() == ["Gõ lúc mất mạng"]
    again.reload()
    assert again.locator("#saved").get_attribute("data-state") is None


def test_when_the_session_ends_while_typing_signing_in_again_is_enough(at_work, lan):
    Session.objects.all().delete()
    summary(at_work).fill("Gõ sau khi hết phiên")
    chip(at_work, "Phiên làm việc đã hết")
    assert stored() == []

    at_work.context.clear_cookies()  # the token of every form has changed too
    other = at_work.context.new_page()
    sign_in(other, lan)
    chip(at_work, "Đã lưu")

    assert stored() == ["Gõ sau khi hết phiên"]


def test_a_form_sent_after_the_session_ended_waits_behind_the_sign_in(browser, live_server, lan, report):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    visitor = context.new_page()
    sign_in(visitor, lan)
    visitor.goto(f"/work/reports/{report.pk}/general/")
    Session.objects.all().delete()
    summary(visitor).fill("Gõ khi không có JavaScript")
    visitor.get_by_role("button", name="Lưu", exact=True).click()
    assert "/login/" in visitor.url

    sign_in_here(visitor, lan)
    visitor.wait_for_url(re.compile("/general/"))
    assert summary(visitor).input_value() == "Gõ khi không có JavaScript"
    visitor.get_by_role("button", name="Lưu", exact=True).click()

    assert stored() == ["Gõ khi không có JavaScript"]
    context.close()


def sign_in_here(visitor, lan):
    lan.set_password("mat-khau-cua-Lan-2026")
    lan.save(update_fields=["password"])
    visitor.locator("input[name=login]").fill(lan.email)
    visitor.locator("input[name=password]").fill("mat-khau-cua-Lan-2026")
    visitor.locator("main form button").first.click()


def test_a_field_somebody_else_changed_meanwhile_asks_which_version_stays(at_work, tung, report):
    at_work.goto(f"/work/reports/{report.pk}/indicators/")
    t4 = at_work.locator("#indicators-T4")
    t4.get_by_label("có số", exact=True).check()
    chip(at_work, "Đã lưu|thiếu|đánh dấu")
    theirs = {"indicators.T4": {"emptiness": "number", "value": "7"}}
    seen = AnswerChange.objects.latest("version").version
    actions.save_draft(report.pk, answers=theirs, seen=seen, by=tung, at=AUTUMN)

    t4.get_by_role("textbox").first.fill("5")
    choice = t4.get_by_role("alert")
    choice.wait_for()
    assert "Hoàng Thanh Tùng" in choice.inner_text()
    assert IndicatorAnswer.objects.get().value == 7
    at_work.reload()  # undecided, it is asked again
    choice.wait_for()
    assert axe(at_work) == []
    with at_work.expect_navigation():
        at_work.get_by_role("button", name="Lưu", exact=True).click()

    assert IndicatorAnswer.objects.get().value == 5


@pytest.fixture
def desk_of_tung(browser, live_server, tung, report):
    """The same section, open before Lan writes in it."""
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    other = context.new_page()
    sign_in(other, tung)
    other.goto(f"/work/reports/{report.pk}/general/")
    yield other
    context.close()


def test_what_another_wrote_meanwhile_is_shown_and_stays_when_all_is_saved(at_work, desk_of_tung):
    summary(at_work).fill("Đã tập huấn 52 khu")
    chip(at_work, "Đã lưu lúc")
    contact(desk_of_tung).fill("Phòng Môi trường")
    chip(desk_of_tung, "Đã lưu lúc")

    told = desk_of_tung.locator("#general-summary").get_by_role("status").inner_text()
    assert told.startswith("Trần Thị Lan đã sửa ô này")
    assert summary(desk_of_tung).input_value() == "Đã tập huấn 52 khu"
    assert axe(desk_of_tung) == []
    with desk_of_tung.expect_navigation():
        desk_of_tung.get_by_role("button", name="Lưu", exact=True).click()

    assert sorted(stored()) == ["Phòng Môi trường", "Đã tập huấn 52 khu"]


def test_typing_where_another_wrote_unseen_asks_which_stays(at_work, desk_of_tung):
    contact(desk_of_tung).fill("Phòng Môi trường")
    chip(desk_of_tung, "Đã lưu lúc")
    summary(at_work).fill("Đã tập huấn 52 khu")
    chip(at_work, "Đã lưu lúc")
    summary(desk_of_tung).fill("Chưa làm gì")
    desk_of_tung.locator("#general-summary").get_by_role("alert").wait_for()

    assert sorted(stored()) == ["Phòng Môi trường", "Đã tập huấn 52 khu"]


def test_saving_before_the_choice_was_seen_decides_nothing(at_work, desk_of_tung):
    summary(at_work).fill("Đã tập huấn 52 khu")
    chip(at_work, "Đã lưu lúc")
    summary(desk_of_tung).fill("Chưa làm gì")
    with desk_of_tung.expect_navigation():
        desk_of_tung.get_by_role("button", name="Lưu", exact=True).click()

    assert stored() == ["Đã tập huấn 52 khu"]
    assert "Trần Thị Lan" in desk_of_tung.locator("#general-summary").get_by_role("alert").inner_text()


def test_a_wrong_number_is_said_at_its_box_while_the_rest_is_saved(at_work, report):
    at_work.goto(f"/work/reports/{report.pk}/indicators/")
    t3 = at_work.locator("#indicators-T3")
    t3.get_by_label("có số", exact=True).check()
    t3.get_by_label("Đã phổ biến").fill("67")
    t3.get_by_label("Tổng số").fill("66")
    at_work.locator("#indicators-T8").get_by_label("có", exact=True).check()
    t3.get_by_text("Số này lớn hơn tổng số").wait_for()

    assert list(IndicatorAnswer.objects.values_list("address", flat=True)) == ["indicators.T8"]
    assert axe(at_work) == []

    t3.get_by_label("Đã phổ biến").fill("52")
    chip(at_work, "Đã lưu")
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 52
    assert t3.locator(".errors").count() == 0


def test_an_answer_to_a_remark_survives_a_closed_tab_until_it_is_saved(page, lan, tung, thu, province):
    report = factories.returned(province, tung, thu)
    sign_in(page, lan)
    page.goto(f"/work/reports/{report.pk}/indicators/")
    page.locator("#indicators-T3").get_by_label("giữ nguyên, vì").check()
    page.locator("#indicators-T3").get_by_label("Nội dung trả lời").fill("Đúng như danh sách đã ký.")
    page.close()

    again = page.context.new_page()
    again.goto(f"/work/reports/{report.pk}/indicators/")
    chip(again, "Đã đặt lại|Đã lưu lúc")
    answer = again.locator("#indicators-T3").get_by_label("Nội dung trả lời")
    assert answer.input_value() == "Đúng như danh sách đã ký."
    with again.expect_navigation():
        again.get_by_role("button", name="Lưu", exact=True).click()

    remark = report.remarks.get()
    assert (remark.reply, remark.reply_text) == ("kept", "Đúng như danh sách đã ký.")
    again.reload()
    assert again.locator("#saved").get_attribute("data-state") is None


def test_an_answer_is_on_the_server_without_pressing_anything(page, lan, tung, thu, province):
    report = factories.returned(province, tung, thu)
    sign_in(page, lan)
    page.goto(f"/work/reports/{report.pk}/indicators/")
    field = page.locator("#indicators-T3")
    field.get_by_label("giữ nguyên, vì").check()
    chip(page, "câu trả lời chưa đủ")
    assert report.remarks.get().reply == ""

    field.get_by_label("Nội dung trả lời").fill("Đúng như danh sách đã ký.")
    chip(page, "Đã lưu lúc .* trên máy chủ")
    assert report.remarks.get().reply_text == "Đúng như danh sách đã ký."
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).click()

    assert report.events.filter(step="answer").count() == 1
    assert field.get_by_label("Nội dung trả lời").input_value() == "Đúng như danh sách đã ký."


def test_a_field_locked_while_typing_is_told_at_its_place_and_the_others_are_saved(
    page, lan, tung, thu, province
):
    report = factories.filled(province, tung)
    sign_in(page, lan)
    page.goto(f"/work/reports/{report.pk}/indicators/")
    factories.submit(report, tung)
    actions.remark(report.pk, address="indicators.T3", text="Đếm lại", by=thu, at=AUTUMN)
    actions.send_back(report.pk, by=thu, at=AUTUMN)
    locked = page.locator("#indicators-T4")
    locked.get_by_role("textbox").first.fill("7")
    page.locator("#indicators-T3").get_by_label("Đã phổ biến").fill("50")
    chip(page, "trừ một ô đã bị khóa")

    assert "đã khoá, không sửa được" in locked.get_by_role("alert").inner_text()
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 50
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2
    assert axe(page) == []
    page.reload()
    assert "giữ nội dung bạn đã gõ ở đây: 7" in locked.get_by_role("alert").inner_text()
    locked.get_by_role("button", name="Bỏ nội dung").click()
    page.reload()
    assert locked.get_by_role("alert").count() == 0
