from datetime import timedelta

import pytest

from foundation.actions import ActionRefused
from foundation.models import OutboxMail, WrittenOnce
from reporting import actions, snapshots
from reporting.models import Remark, ReportEvent, State, Submission
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def submit(report, by, **fields):
    return actions.submit(report.pk, **{"signer": "Giám đốc Sở", "by": by, "at": NOON, **fields})


def test_submitting_freezes_the_report_and_gives_a_number(tung, thu, minh, province):
    report = factories.filled(province, tung)

    sent = submit(report, tung, capacity="KT.", authority="GIÁM ĐỐC")

    report.refresh_from_db()
    assert (report.state, report.round) == (State.SUBMITTED, 1)
    assert (sent.number, sent.running_number, sent.received_at, sent.capacity) == (1, "0001", NOON, "KT.")
    assert sent.snapshot["answers"]["indicators.T3"]["numerator"] == "52"
    assert sent.snapshot["unit"] == {"code": "48", "valid_from": "2025-07-01", "name_vi": "Đà Nẵng"}
    assert sent.sha256 == snapshots.digest(Submission.objects.get().snapshot)
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {thu.email, minh.email}


def test_the_event_keeps_person_post_and_number(tung, province):
    report = factories.submitted(province, tung)

    event = report.events.get(step="submit")

    assert (event.by, event.post_title, event.at) == (tung, "Giám đốc Sở", NOON)
    assert event.detail["number"] == 1


def test_the_one_who_only_fills_in_may_not_submit(lan, province):
    report = factories.filled(province, lan)

    with pytest.raises(ActionRefused):
        submit(report, lan)

    report.refresh_from_db()
    assert (report.state, report.submissions.count()) == (State.DRAFT, 0)
    assert not OutboxMail.objects.exists()


def test_an_incomplete_report_lists_everything_missing_in_the_order_of_the_form(tung, province):
    factories.plan_activity(province)
    report = factories.draft(province)
    partly = {
        "indicators.T4": {"emptiness": "not_applicable"},
        "indicators.T8": {"emptiness": "not_yet", "reason": "Đang kiểm kê"},
        "indicators.T3": {"emptiness": "number", "numerator": "3"},
        "money.local": {"emptiness": "number", "planned": "1"},
    }
    actions.save_draft(report.pk, answers=partly, seen=0, by=tung, at=NOON)

    with pytest.raises(actions.Incomplete) as refusal:
        submit(report, tung)

    assert [gap.address.split(".")[0] for gap in refusal.value.gaps] == [
        "general", "activities", "indicators", "indicators", "indicators", "money",
    ]  # fmt: skip
    report.refresh_from_db()
    assert (report.state, report.submissions.count()) == (State.DRAFT, 0)


def test_a_number_needs_its_evidence_and_an_empty_field_does_not(tung, province):
    without_number = {**ANSWERS, "indicators.T3": {"emptiness": "not_applicable", "reason": "Không có khu"}}
    report = factories.draft(province)
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=tung, at=NOON)

    assert [gap.address for gap in actions.gaps(report)] == ["indicators.T3"]
    actions.save_draft(report.pk, answers=without_number, seen=1, by=tung, at=NOON)
    assert actions.gaps(report) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"signer": "  "},
        {"signer": "A" * 201},
        {"capacity": "XX."},
        {"capacity": "TM."},
        {"capacity": "KT.", "authority": "  "},
        {"capacity": "TUQ.", "authority": "CHỦ TỊCH"},
        {"capacity": "TL.", "basis": "Quyết định 12/QĐ-UBND"},
    ],
)
def test_a_signature_that_cannot_be_is_refused(fields, tung, province):
    report = factories.filled(province, tung)

    with pytest.raises(ActionRefused):
        submit(report, tung, **fields)

    report.refresh_from_db()
    assert report.state == State.DRAFT


def test_a_second_click_sends_nothing_twice(tung, thu, province):
    report = factories.submitted(province, tung)

    with pytest.raises(ActionRefused):
        submit(report, tung)

    assert Submission.objects.count() == 1
    assert OutboxMail.objects.filter(recipient=thu.email).count() == 1


def test_numbers_run_on_within_a_period(tung, hoa, province, neighbour):
    from accounts.models import Post  # noqa: PLC0415 -- only this test needs a second signatory
    from tests.people import in_post  # noqa: PLC0415 -- only this test needs a second signatory

    other = in_post("Đinh Văn Sơn", Post.Role.PROVINCE_SIGNATORY, province=neighbour, title="Giám đốc")
    factories.submitted(province, tung)

    report = factories.submitted(neighbour, other)

    assert report.submissions.get().number == 2


def test_a_resubmission_waits_until_every_remark_is_answered(tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3", "indicators.T4")
    first, second = report.remarks.all()
    actions.reply(first.pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)

    with pytest.raises(actions.Incomplete) as refusal:
        submit(report, tung)

    assert [gap.address for gap in refusal.value.gaps] == [second.address]
    actions.reply(second.pk, reply="kept", text="Đúng như sổ", by=tung, at=NOON)
    sent = submit(report, tung, at=NOON + timedelta(days=1))
    assert (sent.round, sent.number) == (2, 2)
    assert [reply["reply"] for reply in sent.snapshot["replies"]] == ["fixed", "kept"]


def test_no_path_changes_a_submission_or_an_event(tung, province):
    factories.submitted(province, tung)
    sent, event = Submission.objects.get(), ReportEvent.objects.get(step="submit")
    sent.received_at = NOON - timedelta(days=3)

    for deed in (
        sent.save,
        sent.delete,
        event.save,
        event.delete,
        lambda: Submission.objects.update(received_at=NOON),
        lambda: Submission.objects.all().delete(),
        lambda: ReportEvent.objects.filter(pk=event.pk).update(comment="x"),
    ):
        with pytest.raises(WrittenOnce):
            deed()

    assert Submission.objects.get().received_at == NOON
    assert ReportEvent.objects.filter(pk=event.pk, comment="").exists()


def test_the_same_content_gives_the_same_bytes():
    assert snapshots.canonical({"b": "Đ", "a": [1, None]}) == '{"a":[1,null],"b":"Đ"}'.encode()


def test_three_rounds_keep_three_reasons_in_order(tung, thu, province):
    report = factories.submitted(province, tung)
    for reason in ("một", "hai", "ba"):
        actions.remark(report.pk, address="indicators.T3", text=reason, by=thu, at=NOON)
        actions.send_back(report.pk, by=thu, at=NOON)
        remark = Remark.objects.get(text=reason)
        actions.reply(remark.pk, reply="kept", text=f"vì {reason}", by=tung, at=NOON)
        submit(report, tung)

    assert list(report.remarks.values_list("round", "text", "reply_text")) == [
        (1, "một", "vì một"), (2, "hai", "vì hai"), (3, "ba", "vì ba"),
    ]  # fmt: skip
    assert list(report.submissions.values_list("round", flat=True)) == [1, 2, 3, 4]
