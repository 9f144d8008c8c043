from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import (
    ApprovedActivity,
    ApprovedMoney,
    ApprovedText,
    ApprovedValue,
    Remark,
    Standing,
    State,
)
from tests.accounts.factories import OccupancyFactory, UserFactory
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def write(report, by, text="Xem lại danh sách", address="indicators.T3"):
    return actions.remark(report.pk, address=address, text=text, by=by, at=NOON)


def test_a_return_needs_a_remark(tung, thu, province):
    report = factories.submitted(province, tung)

    with pytest.raises(ActionRefused):
        actions.send_back(report.pk, by=thu, at=NOON)

    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert not report.events.filter(step="return").exists()


def test_the_mail_of_a_return_carries_every_remark_with_its_address(tung, lan, thu, province):
    report = factories.submitted(province, tung)
    write(report, thu, "Danh sách có 50 khu")
    write(report, thu, "Mô hình nào?", "indicators.T4")

    actions.send_back(report.pk, by=thu, at=NOON)

    mails = OutboxMail.objects.filter(key__contains="returned").order_by("recipient")
    assert [mail.recipient for mail in mails] == [lan.email, tung.email]
    for remark in Remark.objects.all():
        address = f"http://testserver/work/reports/{report.pk}/indicators/#remark-{remark.pk}"
        assert all(remark.text in mail.body and address in mail.body for mail in mails)


def test_a_returned_report_goes_back_on_the_clock(tung, thu, province):
    report = factories.returned(province, tung, thu)
    obligation = report.obligation
    obligation.refresh_from_db()

    assert obligation.return_due_on == date(2026, 11, 30)
    assert obligation.standing(date(2026, 11, 30)) == Standing.RETURNED
    assert obligation.standing(date(2026, 12, 1)) == Standing.OVERDUE


def test_the_days_to_answer_are_counted_from_viet_nams_day(tung, thu, province):
    report = factories.submitted(province, tung)
    write(report, thu)

    actions.send_back(report.pk, by=thu, at=datetime(2026, 11, 20, 18, 0, tzinfo=UTC))

    report.obligation.refresh_from_db()
    assert report.obligation.return_due_on == date(2026, 12, 1)


def test_a_remark_needs_a_field_and_words(tung, thu, province):
    report = factories.submitted(province, tung)

    for address, text in (("indicators.T9", "Sai"), ("indicators.T3", "  ")):
        with pytest.raises(ActionRefused):
            write(report, thu, text, address)

    assert not Remark.objects.exists()


def test_a_province_may_not_approve_its_own_report(tung, lan, province):
    report = factories.submitted(province, tung)

    for person in (tung, lan):
        with pytest.raises(ActionRefused):
            actions.approve(report.pk, by=person, at=NOON)

    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    assert not ApprovedValue.objects.exists()


def test_a_reviewer_proposes_and_does_not_approve(tung, thu, minh, province):
    report = factories.submitted(province, tung)

    with pytest.raises(ActionRefused):
        actions.approve(report.pk, by=thu, at=NOON)
    actions.propose(report.pk, by=thu, at=NOON)

    report.refresh_from_db()
    assert report.state == State.PROPOSED
    assert OutboxMail.objects.get(key__contains="proposed").recipient == minh.email


def test_a_remark_not_sent_stops_proposal_and_approval(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    remark = write(report, thu)

    for deed, person in ((actions.propose, thu), (actions.approve, minh)):
        with pytest.raises(ActionRefused):
            deed(report.pk, by=person, at=NOON)
    actions.drop_remark(remark.pk, by=thu)
    actions.approve(report.pk, by=minh, at=NOON)

    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_a_remark_that_was_sent_stays(tung, thu, minh, province):
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    with pytest.raises(ActionRefused):
        actions.drop_remark(report.remarks.get().pk, by=thu)

    assert report.remarks.count() == 1


def test_approval_writes_the_values_the_public_may_read(tung, minh, province):
    factories.plan_activity(province)
    report = factories.draft(province)
    activity = next(address for address in report.questions if address.startswith("activities."))
    answers = {**ANSWERS, activity: {"progress": "done", "result": "Hai lớp"}}
    actions.save_draft(report.pk, answers=answers, seen=0, by=tung, at=NOON)
    factories.actions.attach_evidence(
        report.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=tung, at=NOON
    )
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    actions.approve(report.pk, by=minh, at=NOON)

    values = {row.indicator.code: row for row in ApprovedValue.objects.select_related("indicator")}
    assert values["T3"].share == Decimal(52) / Decimal(66) * 100
    assert (values["T4"].value, values["T8"].value) == (2, 1)
    assert {row.version for row in values.values()} == {1}
    assert ApprovedActivity.objects.get().result == "Hai lớp"
    assert ApprovedMoney.objects.get().spent == Decimal("80.5")
    assert ApprovedText.objects.get().text == "Đã tập huấn 52 khu, cụm."


@pytest.mark.parametrize("emptiness", ["not_applicable", "not_yet", "withheld"])
def test_what_is_empty_is_approved_as_empty_and_never_as_zero(emptiness, tung, minh, province):
    empty = {"emptiness": emptiness, "reason": "Đang kiểm kê", "expected_on": "2027-03-31"}
    report = factories.submitted(province, tung, {**ANSWERS, "indicators.T4": empty})

    actions.approve(report.pk, by=minh, at=NOON)

    row = ApprovedValue.objects.get(indicator__code="T4")
    assert (row.emptiness, row.value, row.counts, row.reason) == (emptiness, None, False, "Đang kiểm kê")


def test_a_zero_is_a_number(tung, minh, province):
    nothing = {
        "indicators.T3": {"emptiness": "zero", "denominator": "66"},
        "indicators.T4": {"emptiness": "zero"},
        "indicators.T8": {"emptiness": "zero"},
    }
    report = factories.submitted(province, tung, {**ANSWERS, **nothing})

    actions.approve(report.pk, by=minh, at=NOON)

    rows = {row.indicator.code: row for row in ApprovedValue.objects.select_related("indicator")}
    assert (rows["T3"].numerator, rows["T3"].share) == (0, 0)
    assert (rows["T4"].value, rows["T8"].value) == (0, 0)
    assert all(row.counts for row in rows.values())


def test_a_correction_is_a_new_version_and_the_old_one_stays(tung, minh, province):
    report = factories.approved(province, tung, minh)
    write(report, minh, "Đính chính")
    actions.reopen(report.pk, by=minh, at=NOON)
    assert ApprovedValue.objects.current().get(indicator__code="T3").numerator == 52

    report.refresh_from_db()
    fifty = {"emptiness": "number", "numerator": "50", "denominator": "66"}
    actions.save_draft(report.pk, answers={"indicators.T3": fifty}, seen=report.version, by=tung, at=NOON)
    actions.reply(report.remarks.get().pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    actions.approve(report.pk, by=minh, at=NOON + timedelta(days=1))

    rows = ApprovedValue.objects.filter(indicator__code="T3").order_by("version")
    assert [(row.version, row.numerator, row.superseded_at is None) for row in rows] == [
        (1, 52, False), (2, 50, True),
    ]  # fmt: skip
    assert ApprovedValue.objects.get(indicator__code="T4").version == 1


def test_reopening_is_for_those_who_approve(tung, thu, minh, province):
    report = factories.approved(province, tung, minh)
    write(report, thu)

    with pytest.raises(ActionRefused):
        actions.reopen(report.pk, by=thu, at=NOON)

    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_approved_twice_is_approved_once(tung, minh, province):
    report = factories.approved(province, tung, minh)

    with pytest.raises(ActionRefused):
        actions.approve(report.pk, by=minh, at=NOON)

    assert report.events.filter(step="approve").count() == 1
    assert OutboxMail.objects.filter(key__contains="approved", recipient=tung.email).count() == 1


def test_the_deputy_acts_with_both_names_kept(tung, minh, province, lan):
    tung.occupancies.update(acting_for=lan)

    report = factories.submitted(province, tung)

    assert report.events.get(step="submit").acting_for == "Trần Thị Lan"


def test_mail_speaks_the_readers_language(tung, thu, province):
    thu.language = "en"
    thu.save()
    tung.language = "vi"

    factories.submitted(province, tung)

    mail = OutboxMail.objects.get(recipient=thu.email)
    assert mail.subject == "Da Nang submitted its report on year 2026, round 1"
    assert "/en/work/review/" in mail.body


def test_a_remark_answered_without_any_change_stands_among_the_changes(client, tung, thu, province):
    report = factories.returned(province, tung, thu)
    remark = Remark.objects.get()
    actions.reply(remark.pk, reply="fixed", text="Đã xem, số đúng", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)

    client.force_login(thu)
    page = client.get(f"/work/review/{report.pk}/").text

    assert "không sửa" in page
    assert "Đã xem, số đúng" in page


def test_a_return_goes_to_whoever_holds_the_post_now_and_not_to_who_has_left_it(
    tung, lan, thu, minh, province
):
    report = factories.submitted(province, tung)
    held = tung.occupancies.get()
    held.valid_to = NOON.date()
    held.save()
    ha = OccupancyFactory(
        post=held.post, user=UserFactory(full_name="Cao Thu Hà", email="ha@example.vn")
    ).user

    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)

    returned = OutboxMail.objects.filter(key__contains="returned").values_list("recipient", flat=True)
    assert set(returned) == {lan.email, ha.email}
