"""Threads of remarks: asked, answered, asked again, resolved by somebody; every round stays readable."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Post
from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import Remark, State
from reporting.threads import threads_of
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def answered(report, by, reply="kept", text="Đúng như sổ", at=NOON):
    """Every remark of the round is answered, and the report handed in again."""
    for one in report.remarks.sent().filter(round=report.round, reply=""):
        actions.reply(one.pk, reply=reply, text=text, by=by, at=at)
    factories.submit(report, by, at=at)
    report.refresh_from_db()
    return report


def test_three_rounds_keep_three_reasons_in_order(tung, thu, province):
    report = factories.returned(province, tung, thu)
    for turn in (1, 2):
        answered(report, tung, text=f"Vì lẽ {turn}", at=NOON + timedelta(days=2 * turn))
        actions.ask_again(
            report.remarks.heads().get().pk,
            text=f"Hỏi lại lần {turn}",
            by=thu,
            at=NOON + timedelta(days=2 * turn + 1),
        )
        actions.send_back(report.pk, by=thu, at=NOON + timedelta(days=2 * turn + 1))
        report.refresh_from_db()

    (thread,) = threads_of(report.remarks.all())

    asked = ["Xem lại indicators.T3", "Hỏi lại lần 1", "Hỏi lại lần 2"]
    assert [one.text for one in thread.remarks] == asked
    assert [one.reply_text for one in thread.remarks] == ["Vì lẽ 1", "Vì lẽ 2", ""]
    assert [one.round for one in thread.remarks] == [1, 2, 3]
    assert {(one.by_name, one.post_title) for one in thread.remarks} == {(str(thu), "Chuyên viên Cục")}
    assert {one.replied_post for one in thread.remarks[:2]} == {"Giám đốc Sở"}


def test_all_rounds_of_a_thread_stand_on_the_page_of_rounds(client, tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung, text="Vì lẽ một")
    actions.ask_again(report.remarks.get().pk, text="Hỏi lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    client.force_login(tung)

    page = client.get(f"/work/reports/{report.pk}/rounds/").text

    places = [page.index(words) for words in ("Xem lại indicators.T3", "Vì lẽ một", "Hỏi lại")]
    assert places == sorted(places)


def test_asking_again_flags_the_field_and_asks_for_an_answer(tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    actions.ask_again(report.remarks.get().pk, by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    report.refresh_from_db()

    assert report.open_addresses() == {"indicators.T3"}
    assert [gap.address for gap in actions.gaps(report)] == ["indicators.T3"]
    assert report.remarks.last().text == "Xem lại indicators.T3", "the same words, when none were typed"
    with pytest.raises(ActionRefused):
        actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)


def test_the_province_reads_a_further_question_with_the_return_and_not_before(client, tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    actions.ask_again(report.remarks.get().pk, text="Năm gốc nào?", by=thu, at=NOON)
    client.force_login(tung)

    before = client.get(f"/work/reports/{report.pk}/indicators/").text
    actions.send_back(report.pk, by=thu, at=NOON)
    after = client.get(f"/work/reports/{report.pk}/indicators/").text

    assert "Năm gốc nào?" not in before
    assert "Năm gốc nào?" in after
    assert "Năm gốc nào?" in OutboxMail.objects.get(key__contains="returned-2", recipient=tung.email).body


def test_the_ministry_reads_an_answer_with_the_round_and_not_before(client, tung, thu, province):
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="kept", text="Chưa chắc", by=tung, at=NOON)
    client.force_login(thu)
    pages = [f"/work/review/{report.pk}/?field=indicators.T3", f"/work/reports/{report.pk}/rounds/"]

    before = [client.get(page).text for page in pages]
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)
    after = [client.get(page).text for page in pages]

    assert not any("Chưa chắc" in text for text in before)
    assert all("Chưa chắc" in text for text in after)


def test_a_return_resolves_nothing_by_itself(tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    actions.remark(report.pk, address="indicators.T4", text="Mô hình nào?", by=thu, at=NOON)

    actions.send_back(report.pk, by=thu, at=NOON)

    assert not report.remarks.filter(resolved_at__isnull=False).exists()
    report.refresh_from_db()
    assert report.open_addresses() == {"indicators.T4"}


def test_a_thread_is_resolved_by_a_person_and_opened_again(tung, thu, minh, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()

    actions.resolve(head.pk, by=thu, at=NOON)
    with pytest.raises(ActionRefused, match="Vũ Thị Thu"):
        actions.resolve(head.pk, by=minh, at=NOON)
    head.refresh_from_db()
    assert (head.resolved_by, head.resolved_name) == (thu, "Vũ Thị Thu")

    actions.unresolve(head.pk, by=minh, at=NOON)
    head.refresh_from_db()
    assert (head.resolved_at, head.resolved_by, head.resolved_name) == (None, None, "")
    assert [one.step for one in report.events.filter(step__contains="resolve")] == ["resolve", "unresolve"]


def test_asking_again_opens_a_resolved_thread(tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()
    actions.resolve(head.pk, by=thu, at=NOON)

    actions.ask_again(head.pk, text="Còn một việc", by=thu, at=NOON)

    head.refresh_from_db()
    assert head.resolved_at is None


def test_one_question_at_a_time_waits_in_a_thread(tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()
    actions.ask_again(head.pk, text="Một", by=thu, at=NOON)

    for deed in (actions.ask_again, actions.resolve):
        with pytest.raises(ActionRefused):
            deed(head.pk, by=thu, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(
            report=report, thread=head, round=2, address=head.address, text="Hai", by=thu, written_at=NOON
        )

    assert report.remarks.count() == 2


def test_approval_resolves_what_is_open_in_the_name_of_who_approves(tung, thu, minh, province):
    report = factories.returned(province, tung, thu, "indicators.T3", "indicators.T4")
    answered(report, tung)
    first, second = report.remarks.all()
    actions.resolve(first.pk, by=thu, at=NOON)

    actions.approve(report.pk, by=minh, at=NOON)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.resolved_by, second.resolved_by) == (thu, minh)
    assert report.events.get(step="approve").detail["resolved"] == 1


def test_a_province_does_not_judge_its_own_answer(client, tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()
    client.force_login(tung)

    for deed in (actions.resolve, actions.ask_again):
        with pytest.raises(ActionRefused):
            deed(head.pk, by=tung, at=NOON)
    assert client.post(f"/work/remarks/{head.pk}/resolve/").status_code == 404

    head.refresh_from_db()
    assert (head.resolved_at, head.later.count()) == (None, 0)


def test_one_click_each_on_the_review_page(client, tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()
    client.force_login(thu)

    page = client.post(f"/work/remarks/{head.pk}/resolve/", follow=True).text
    assert "Đã giải quyết" in page
    assert f"/work/remarks/{head.pk}/unresolve/" in page
    page = client.post(f"/work/remarks/{head.pk}/again/", {"text": "Nêu tên cụm"}, follow=True).text
    assert "Nêu tên cụm" in page
    assert f"/work/remarks/{report.remarks.last().pk}/drop/" in page

    client.post(f"/work/remarks/{report.remarks.last().pk}/drop/")
    assert report.remarks.count() == 1


def test_a_long_question_is_kept_whole_or_refused_and_never_cut(client, tung, thu, province):
    report = answered(factories.returned(province, tung, thu), tung)
    head = report.remarks.get()
    client.force_login(thu)

    page = client.post(f"/work/remarks/{head.pk}/again/", {"text": "đ" * 8001}, follow=True).text
    assert "8.000 ký tự" in page
    assert report.remarks.count() == 1
    client.post(f"/work/remarks/{head.pk}/again/", {"text": "dòng\r\n" * 900})

    assert report.remarks.last().text == ("dòng\r\n" * 900).strip()


def test_a_return_reaches_who_holds_the_units_posts_now_and_nobody_else(lan, tung, thu, minh, hoa, province):
    report = answered(factories.returned(province, tung, thu), tung)
    tung.occupancies.update(valid_to=NOON.date())  # he submitted, and has left his post since
    actions.propose(report.pk, by=thu, at=NOON)
    actions.remark(report.pk, address="money.local", text="Tổng?", by=minh, at=NOON)

    actions.send_back(report.pk, by=minh, at=NOON)

    mails = OutboxMail.objects.filter(key__contains="returned-2")
    assert {mail.recipient for mail in mails} == {lan.email}
    report.refresh_from_db()
    assert report.state == State.RETURNED


def test_in_english_a_post_is_named_in_english_and_an_older_one_is_marked_vietnamese(
    client, tung, thu, province
):
    Post.objects.filter(title_vi="Chuyên viên Cục").update(title_en="Agency officer")
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)
    factories.submit(report, tung)
    client.force_login(thu)

    page = client.get(f"/en/work/review/{report.pk}/?field=indicators.T3").text

    assert "Agency officer" in page
    assert '<span lang="vi">Giám đốc Sở</span>' in page
