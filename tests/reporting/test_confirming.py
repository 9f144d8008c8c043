"""A decision shows first what it will do, and is taken on the round that was looked at."""

import pytest

from foundation.actions import ActionRefused
from reporting import actions
from reporting.models import Regime, State, StatusReport
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def confirm(client, report, name):
    return client.get(f"/work/review/{report.pk}/{name}/confirm/")


def back_again(report, by, address, answers):
    """A correction of an approved report, or the answer to a return, handed in again."""
    actions.save_draft(report.pk, answers=answers, seen=report.version, by=by, at=NOON)
    actions.reply(
        report.remarks.get(address=address, round=report.round).pk,
        reply="fixed",
        text="Đã đếm lại",
        by=by,
        at=NOON,
    )
    actions.submit(report.pk, signer="Giám đốc Sở", by=by, at=NOON)
    report.refresh_from_db()


def test_an_approval_says_what_becomes_public(client, tung, minh, province):
    report = factories.submitted(province, tung)
    client.force_login(minh)

    page = confirm(client, report, "approve")

    assert "5 số liệu, khoản kinh phí" in page.text
    assert StatusReport.objects.get().state == State.SUBMITTED, "looking decides nothing"


SKIPPED = "Chưa có ai chấp thuận kỹ thuật vòng này"


def test_an_approval_says_that_technical_acceptance_is_skipped(client, tung, minh, province):
    report = factories.submitted(province, tung)
    client.force_login(minh)

    before = confirm(client, report, "approve").text
    actions.propose(report.pk, by=minh, at=NOON)

    assert SKIPPED in before
    assert SKIPPED not in confirm(client, report, "approve").text


def test_where_the_chain_asks_for_acceptance_there_is_no_skipping_it(client, tung, minh, province):
    report = factories.filled(province, tung)
    Regime.objects.update(needs_acceptance=True)
    factories.submit(report, tung)
    client.force_login(minh)

    assert SKIPPED not in confirm(client, report, "approve").text


def test_an_approval_names_what_was_edited_and_the_open_threads(client, tung, minh, province):
    report = factories.approved(province, tung, minh)
    actions.remark(report.pk, address="indicators.T4", text="Đính chính", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    back_again(report, tung, "indicators.T4", {"indicators.T4": {"emptiness": "number", "value": "7"}})
    client.force_login(minh)

    page = confirm(client, report, "approve").text

    assert "1 số liệu, khoản kinh phí" in page
    assert "1 ô đã sửa sau khi duyệt" in page
    assert "1 trao đổi đã trả lời nhưng chưa giải quyết" in page
    assert "Đã đếm lại" in page


def test_a_return_shows_the_remarks_that_go_out_and_what_is_approved_with_it(client, tung, minh, province):
    report = factories.submitted(province, tung)
    actions.remark(report.pk, address="indicators.T3", text="Danh sách có 50 khu", by=minh, at=NOON)
    actions.mark_items(report.pk, addresses=["indicators.T4"], kind="approved", seen=1, by=minh, at=NOON)
    client.force_login(minh)

    page = confirm(client, report, "return").text

    assert "1 nhận xét gửi về tỉnh" in page
    assert "Danh sách có 50 khu" in page
    assert "1 ô được duyệt cùng lúc" in page


@pytest.mark.parametrize(("name", "writes"), [("return", False), ("approve", True)])
def test_what_stands_in_the_way_is_said_and_the_button_is_not_there(
    client, tung, minh, province, name, writes
):
    report = factories.submitted(province, tung)
    if writes:
        actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=minh, at=NOON)
    client.force_login(minh)

    page = confirm(client, report, name)

    assert page.status_code == 200
    assert f'action="/work/review/{report.pk}/{name}/"' not in page.text


def test_a_step_that_cannot_be_taken_leads_back_with_a_sentence(client, tung, minh, province):
    report = factories.approved(province, tung, minh)
    client.force_login(minh)

    page = client.get(f"/work/review/{report.pk}/approve/confirm/", follow=True)

    assert page.redirect_chain == [(f"/work/review/{report.pk}/", 302)]
    assert "Tải lại trang" in page.text


def test_a_decision_on_a_round_that_has_passed_is_refused(client, tung, thu, minh, province):
    report = factories.returned(province, tung, thu)
    back_again(
        report, tung, "indicators.T3", {"indicators.T3": {**ANSWERS["indicators.T3"], "numerator": "50"}}
    )
    client.force_login(minh)

    for deed in (actions.approve, actions.propose):
        with pytest.raises(ActionRefused):
            deed(report.pk, by=minh, at=NOON, seen=1)
    page = client.post(f"/work/review/{report.pk}/approve/", {"seen": "1"}, follow=True).text

    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert "vòng khác" in page


def test_two_rounds_are_compared_with_remarks_answers_words_and_files(client, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3", "money.local")
    proof = report.evidence.get()
    actions.withdraw_evidence(proof.pk, by=tung, at=NOON)
    given = {"address": "indicators.T3", "upload": factories.upload(), "is_public": True}
    actions.attach_evidence(report.pk, **given, by=tung, at=NOON)
    actions.reply(
        report.remarks.get(address="money.local").pk, reply="kept", text="Đúng sổ", by=tung, at=NOON
    )
    noted = {"indicators.T3": {**ANSWERS["indicators.T3"], "note": "Theo sổ mới"}}
    back_again(report, tung, "indicators.T3", noted)
    client.force_login(thu)

    page = client.get(f"/work/reports/{report.pk}/rounds/?from=1&to=2").text

    for words in ("Theo sổ mới", "danh-sach.csv (công khai)", "Xem lại money.local", "Đúng sổ", "không sửa"):
        assert words in page
    assert "1 trên 6 ô thay đổi." in page
