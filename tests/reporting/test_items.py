"""Single fields approved while others go back; what is edited afterwards needs approval again."""

import copy
from datetime import timedelta

import pytest

from foundation.actions import ActionRefused
from reporting import actions
from reporting.items import Items, ItemState
from reporting.models import (
    ApprovedMoney,
    ApprovedText,
    ApprovedValue,
    ItemMark,
    State,
    StatusReport,
    YearValue,
)
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
LATER = NOON + timedelta(days=1)


def mark(report, by, *addresses, kind="approved", seen=None):
    return actions.mark_items(
        report.pk, addresses=addresses, kind=kind, seen=seen or report.round, by=by, at=NOON
    )


def sent_back(report, by, *addresses):
    for address in addresses:
        actions.remark(report.pk, address=address, text=f"Xem lại {address}", by=by, at=NOON)
    actions.send_back(report.pk, by=by, at=NOON)
    report.refresh_from_db()
    return report


def resubmitted(report, by, answers=None):
    if answers:
        actions.save_draft(report.pk, answers=answers, seen=report.version, by=by, at=NOON)
    for one in report.remarks.sent().filter(round=report.round, reply=""):
        actions.reply(one.pk, reply="fixed", text="Đã sửa", by=by, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=by, at=NOON)
    report.refresh_from_db()
    return report


def states(report, *addresses):
    items = Items.load(StatusReport.objects.get(pk=report.pk))
    return [items[one].state for one in addresses]


def test_what_is_marked_is_approved_while_the_others_go_back(tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T4", "money.local", "general.summary")
    assert not ApprovedValue.objects.exists(), "a mark alone publishes nothing"

    sent_back(report, minh, "indicators.T3")

    assert report.state == State.RETURNED
    assert [row.indicator.code for row in ApprovedValue.objects.select_related("indicator")] == ["T4"]
    assert (ApprovedMoney.objects.count(), ApprovedText.objects.count()) == (1, 1)
    assert report.open_addresses() == {"indicators.T3"}
    assert report.events.get(step="return").detail["approved"] == [
        "general.summary", "indicators.T4", "money.local",
    ]  # fmt: skip
    assert states(report, "indicators.T3", "indicators.T4", "indicators.T8") == [
        ItemState.RETURNED, ItemState.APPROVED, ItemState.WAITING,
    ]  # fmt: skip


def test_the_province_sees_which_fields_are_approved_already(client, tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T4")
    sent_back(report, minh, "indicators.T3")
    client.force_login(tung)

    page = client.get(f"/work/reports/{report.pk}/indicators/").text

    assert page.count("Đã duyệt, đã khoá") == 1
    assert page.count("Không bị trả lại, đã khoá") == 1


def test_the_whole_approval_writes_the_rest_and_each_value_once(tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T4")
    sent_back(report, minh, "indicators.T3")
    resubmitted(report, tung)

    actions.approve(report.pk, by=minh, at=LATER)

    rows = ApprovedValue.objects.order_by("indicator__code")
    assert [(row.indicator.code, row.version, row.submission.round) for row in rows] == [
        ("T3", 1, 2), ("T4", 1, 1), ("T8", 1, 2),
    ]  # fmt: skip
    assert YearValue.objects.get(indicator__code="T4").total == 2


def test_a_part_says_nothing_of_the_other_fields(tung, minh, province):
    report = factories.approved(province, tung, minh)
    actions.remark(report.pk, address="indicators.T4", text="Đính chính", by=minh, at=NOON)
    actions.remark(report.pk, address="indicators.T8", text="Đính chính", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    five = {"indicators.T4": {"emptiness": "number", "value": "5"}}
    resubmitted(report, tung, five)
    mark(report, minh, "indicators.T4")

    sent_back(report, minh, "indicators.T8")

    current = ApprovedValue.objects.current()
    assert {row.indicator.code: row.version for row in current} == {"T3": 1, "T4": 2, "T8": 1}
    assert ApprovedText.objects.current().count() == 1
    assert ApprovedMoney.objects.current().count() == 1
    assert YearValue.objects.get(indicator__code="T4").total == 5


def test_an_edited_value_needs_approval_again(tung, minh, province):
    report = factories.approved(province, tung, minh)
    assert states(report, "indicators.T4") == [ItemState.APPROVED]
    sent = "indicators.T4"
    actions.remark(report.pk, address=sent, text="Đính chính", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    assert states(report, sent) == [ItemState.RETURNED]

    resubmitted(report, tung, {sent: {"emptiness": "number", "value": "7"}})

    assert states(report, sent, "indicators.T3") == [ItemState.EDITED, ItemState.APPROVED]
    assert ApprovedValue.objects.current().get(indicator__code="T4").value == 2
    actions.approve(report.pk, by=minh, at=LATER)
    assert states(report, sent) == [ItemState.APPROVED]
    assert ApprovedValue.objects.current().get(indicator__code="T4").value == 7


@pytest.mark.parametrize("what", ["words", "files"])
def test_words_and_files_edited_after_approval_count_as_well(what, tung, minh, province):
    report = factories.approved(province, tung, minh)
    actions.remark(report.pk, address="indicators.T3", text="Bổ sung", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    changed = (
        {"indicators.T3": {**ANSWERS["indicators.T3"], "note": "Theo sổ mới"}} if what == "words" else None
    )
    if what == "files":
        more = factories.upload("them.csv", b"ten\nKhu 2\n")
        actions.attach_evidence(
            report.pk, address="indicators.T3", upload=more, is_public=False, by=tung, at=NOON
        )

    resubmitted(report, tung, changed)

    assert states(report, "indicators.T3") == [ItemState.EDITED]


def test_a_field_approved_in_part_and_flagged_later_is_edited_until_approved(tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T4")
    sent_back(report, minh, "indicators.T3")
    resubmitted(report, tung)
    sent_back(report, minh, "indicators.T4")
    resubmitted(report, tung, {"indicators.T4": {"emptiness": "number", "value": "9"}})

    assert states(report, "indicators.T4") == [ItemState.EDITED]
    assert ApprovedValue.objects.current().get(indicator__code="T4").value == 2


def test_what_was_dropped_once_may_be_approved_again(tung, minh, province):
    report = factories.submitted(province, tung, {**ANSWERS, "general.contact": {"text": "Phòng 3"}})
    actions.approve(report.pk, by=minh, at=NOON)
    for text in ("", "Phòng 4"):
        actions.remark(report.pk, address="general.contact", text="Đính chính", by=minh, at=NOON)
        actions.reopen(report.pk, by=minh, at=NOON)
        report.refresh_from_db()
        resubmitted(report, tung, {"general.contact": {"text": text}})
        actions.approve(report.pk, by=minh, at=LATER)
        report.refresh_from_db()

    rows = ApprovedText.objects.filter(address="general.contact").order_by("version")
    assert [(row.version, row.text, row.superseded_at is None) for row in rows] == [
        (1, "Phòng 3", False), (2, "Phòng 4", True),
    ]  # fmt: skip


def test_a_reviewer_accepts_and_does_not_approve(tung, thu, minh, province):
    report = factories.submitted(province, tung)

    mark(report, thu, "indicators.T4", kind="accepted")
    with pytest.raises(ActionRefused):
        mark(report, thu, "indicators.T8")

    assert states(report, "indicators.T4", "indicators.T8") == [ItemState.ACCEPTED, ItemState.WAITING]
    sent_back(report, thu, "indicators.T3")
    assert not ApprovedValue.objects.exists()


def test_what_goes_back_is_not_marked_as_in_order(tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T3")
    actions.remark(report.pk, address="indicators.T4", text="Xem lại", by=minh, at=NOON)

    with pytest.raises(ActionRefused):
        mark(report, minh, "indicators.T4")
    sent_back(report, minh, "indicators.T3")

    assert not ApprovedValue.objects.exists(), "a remark written after the mark wins"


def test_a_total_whose_part_goes_back_is_not_approved_with_it(tung, minh, province):
    definition = copy.deepcopy(factories.DEFINITION)
    definition["sections"][3]["questions"].append(
        {"key": "other", "kind": "money", "label_vi": "Cộng", "total_of": ["money.local"]}
    )
    factories.FormVersionFactory(definition=definition)
    report = factories.submitted(province, tung, {**ANSWERS, "money.other": ANSWERS["money.local"]})
    mark(report, minh, "money.other")

    sent_back(report, minh, "money.local")

    assert not ApprovedMoney.objects.exists()
    assert report.open_addresses() == {"money.local", "money.other"}


@pytest.mark.parametrize(
    ("addresses", "kind", "seen"),
    [([], "approved", 1), (["indicators.T9"], "approved", 1), (["indicators.T4"], "xong", 1),
     (["indicators.T4"], "approved", 7)],
)  # fmt: skip
def test_marks_that_cannot_be_are_refused(addresses, kind, seen, tung, minh, province):
    report = factories.submitted(province, tung)

    with pytest.raises(ActionRefused):
        actions.mark_items(report.pk, addresses=addresses, kind=kind, seen=seen, by=minh, at=NOON)

    assert not ItemMark.objects.exists()


def test_a_mark_is_taken_back_before_it_takes_effect_and_not_after(tung, minh, province):
    report = factories.submitted(province, tung)
    mark(report, minh, "indicators.T4", "indicators.T8")
    back = {"seen": 1, "by": minh, "at": NOON}

    assert actions.unmark_items(report.pk, addresses=["indicators.T4"], **back) == 1
    sent_back(report, minh, "indicators.T3")
    resubmitted(report, tung)
    with pytest.raises(ActionRefused):
        actions.unmark_items(report.pk, addresses=["indicators.T8"], **{**back, "seen": 2})

    assert [one.address for one in ItemMark.objects.all()] == ["indicators.T8"]


def test_the_province_learns_of_marks_with_the_decision(client, tung, thu, minh, province):
    report = factories.submitted(province, tung)
    mark(report, thu, "indicators.T4", kind="accepted")

    assert not report.events.seen_by(tung).filter(step="mark_items").exists()
    sent_back(report, thu, "indicators.T3")

    assert report.events.seen_by(tung).filter(step="mark_items").count() == 1


def test_fields_are_judged_on_the_page(client, tung, minh, province):
    report = factories.submitted(province, tung)
    client.force_login(minh)
    chosen = {"item": ["indicators.T4", "money.local"], "seen": "1", "judge": "approved", "tab": "whole"}

    page = client.post(f"/work/review/{report.pk}/items/", chosen, follow=True).text

    assert ItemMark.objects.count() == 2
    assert page.count("Duyệt cùng quyết định tới") == 2
    again = client.post(f"/work/review/{report.pk}/items/", chosen, follow=True).text
    assert "Các ô đã chọn được đánh dấu như vậy từ trước." in again
    page = client.post(f"/work/review/{report.pk}/items/", {**chosen, "judge": "back"}, follow=True).text
    assert not ItemMark.objects.exists()
    stale = client.post(f"/work/review/{report.pk}/items/", {**chosen, "seen": "x"}, follow=True).text
    assert "vòng khác" in stale
