import pytest

from foundation.actions import ActionRefused
from reporting import actions
from reporting.models import AnswerChange, Evidence, IndicatorAnswer, State, StatusReport
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON, upload

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

FIFTY_TWO = {"emptiness": "number", "numerator": "52", "denominator": "66"}
FIFTY = {"emptiness": "number", "numerator": "50", "denominator": "66"}


def save(report, answers, by, seen=0):
    return actions.save_draft(report.pk, answers=answers, seen=seen, by=by, at=NOON)


def value_of(report, address="indicators.T3"):
    row = IndicatorAnswer.objects.get(report=report, address=address)
    return row.numerator, row.denominator


def test_an_answer_is_kept_with_what_stood_before(lan, province):
    report = factories.draft(province)

    saved = save(report, {"indicators.T3": FIFTY_TWO}, lan)

    assert (saved.version, saved.changed, saved.is_whole) == (1, ["indicators.T3"], True)
    assert value_of(report) == (52, 66)
    change = AnswerChange.objects.get()
    assert (change.before["emptiness"], change.after["numerator"], change.by_name) == (
        "",
        "52",
        "Trần Thị Lan",
    )


def test_saving_the_same_twice_changes_nothing(lan, province):
    report = factories.draft(province)
    save(report, {"indicators.T3": FIFTY_TWO}, lan)

    saved = save(report, {"indicators.T3": FIFTY_TWO}, lan, seen=1)

    assert (saved.version, saved.changed) == (1, [])
    assert AnswerChange.objects.count() == 1


def test_a_stale_form_keeps_both_values_and_overwrites_neither(lan, tung, province):
    report = factories.draft(province)
    save(report, {"indicators.T3": FIFTY_TWO}, lan)

    saved = save(report, {"indicators.T3": FIFTY}, tung, seen=0)

    conflict = saved.conflicts["indicators.T3"]
    assert (conflict.mine["numerator"], conflict.theirs["numerator"]) == ("50", "52")
    assert conflict.by_name == "Trần Thị Lan"
    assert value_of(report) == (52, 66)


def test_a_field_nobody_touched_in_a_stale_form_is_no_conflict(lan, tung, province):
    report = factories.draft(province)
    save(report, {"indicators.T3": FIFTY_TWO}, lan)
    untouched = {"emptiness": ""}

    saved = save(report, {"indicators.T3": untouched, "general.summary": {"text": "Xong"}}, tung, seen=0)

    assert (saved.changed, saved.is_whole) == (["general.summary"], True)
    assert value_of(report) == (52, 66)


def test_having_seen_the_other_value_one_may_keep_ones_own(lan, tung, province):
    report = factories.draft(province)
    save(report, {"indicators.T3": FIFTY_TWO}, lan)

    saved = save(report, {"indicators.T3": FIFTY}, tung, seen=1)

    assert saved.is_whole
    assert value_of(report) == (50, 66)


def test_two_boxes_of_one_activity_are_merged(lan, tung, province):
    activity = factories.plan_activity(province)
    report = factories.draft(province)
    address = f"activities.{activity.pk}"
    save(report, {address: {"progress": "doing", "percent": 40}}, lan)
    save(report, {address: {"progress": "doing", "percent": 60}}, lan, seen=1)

    saved = save(report, {address: {"progress": "doing", "percent": 40, "result": "Hai lớp"}}, tung, seen=1)

    assert saved.is_whole
    row = report.activityanswers.get()
    assert (row.percent, row.result) == (60, "Hai lớp")


def test_an_activity_that_contradicts_itself_is_not_kept(lan, province):
    activity = factories.plan_activity(province)
    report = factories.draft(province)
    address = f"activities.{activity.pk}"

    saved = save(report, {address: {"progress": "done", "percent": 40}}, lan)

    assert [(fault.part, fault.sentence) for fault in saved.faults[address]] == [
        ("percent", "Bạn đã chọn “xong” nhưng tỷ lệ không phải là 100.")
    ]
    assert not report.activityanswers.exists()


def test_an_activity_kept_before_contradictions_were_refused_stops_the_draft_alone(lan, tung, minh, province):
    """Where it was sent and not returned, nobody could mend it: then it stops nothing."""
    address = f"activities.{factories.plan_activity(province).pk}"
    report = factories.filled(province, lan, {**ANSWERS, address: {"progress": "doing", "percent": 40}})
    report.activityanswers.update(progress="not_started")

    assert [gap.address for gap in actions.gaps(report)] == [address]

    report.activityanswers.update(progress="doing")
    factories.submit(report, tung)
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    report.activityanswers.update(progress="not_started")
    assert [gap.address for gap in actions.gaps(StatusReport.objects.get())] == ["indicators.T3"]


def test_the_same_box_of_an_activity_changed_by_both_is_a_conflict(lan, tung, province):
    activity = factories.plan_activity(province)
    report = factories.draft(province)
    address = f"activities.{activity.pk}"
    save(report, {address: {"progress": "doing", "percent": 40}}, lan)

    saved = save(report, {address: {"progress": "doing", "percent": 50}}, tung, seen=0)

    assert list(saved.conflicts) == [address]
    assert report.activityanswers.get().percent == 40


def test_nonsense_is_refused_at_its_field_and_the_rest_is_kept(lan, province):
    report = factories.draft(province)
    more_than_all = {"emptiness": "number", "numerator": "67", "denominator": "66"}

    saved = save(report, {"indicators.T3": more_than_all, "general.summary": {"text": "Xong"}}, lan)

    assert [fault.part for fault in saved.faults["indicators.T3"]] == ["numerator"]
    assert saved.changed == ["general.summary"]
    assert not IndicatorAnswer.objects.exists()


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("indicators.T9", {"value": "1"}),
        ("indicators.T4", {"emptiness": "number", "value": "hai"}),
        ("indicators.T3", {"expected_on": "31-12"}),
    ],
)
def test_what_the_form_cannot_have_sent_is_refused_whole(address, given, lan, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        save(report, {"general.summary": {"text": "Xong"}, address: given}, lan)

    report.refresh_from_db()
    assert report.version == 0
    assert not AnswerChange.objects.exists()


def test_the_neighbour_may_not_write(hoa, lan, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        save(report, {"indicators.T3": FIFTY_TWO}, hoa)

    assert not AnswerChange.objects.exists()


def test_a_submitted_report_takes_no_answer(tung, province):
    report = factories.submitted(province, tung)

    with pytest.raises(ActionRefused, match=r"đã nộp|submitted"):
        save(report, {"indicators.T3": FIFTY}, tung, seen=report.version)

    assert value_of(report) == (52, 66)


def test_after_a_return_only_the_flagged_field_opens(tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")

    saved = save(report, {"indicators.T3": FIFTY}, tung, seen=report.version)
    with pytest.raises(ActionRefused):
        save(report, {"indicators.T4": {"emptiness": "zero"}}, tung, seen=report.version)

    assert saved.changed == ["indicators.T3"]
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 2


# --- Evidence ---------------------------------------------------------------------------


def attach(report, by, file, address="indicators.T3"):
    return actions.attach_evidence(report.pk, address=address, upload=file, is_public=False, by=by, at=NOON)


def test_evidence_hangs_on_its_claim_and_is_written_down(lan, province):
    report = factories.draft(province)

    proof = attach(report, lan, upload())

    assert (proof.address, proof.file.name, proof.file.is_public) == ("indicators.T3", "danh-sach.csv", False)
    assert report.events.get().detail["sha256"] == proof.file.sha256


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("anh.pdf", b"<script>"),
        ("trong.csv", b""),
        ("bang.xlsx", b"PK not a workbook"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(name, content, lan, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused, match=r"\w+ \w+"):
        attach(report, lan, upload(name, content))

    assert not Evidence.objects.exists()
    assert not report.events.exists()


def test_the_same_file_is_not_attached_twice_nor_left_on_the_disk(lan, province, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = factories.draft(province)
    attach(report, lan, upload())

    with pytest.raises(ActionRefused):
        attach(report, lan, upload())

    assert Evidence.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_evidence_taken_away_stays_for_the_rounds_that_held_it(tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")
    proof = report.evidence.get()

    actions.withdraw_evidence(proof.pk, by=tung, at=NOON)

    proof.refresh_from_db()
    assert proof.removed_at == NOON
    assert report.submissions.get().snapshot["evidence"]["indicators.T3"][0]["sha256"] == proof.file.sha256


def test_evidence_of_a_locked_field_stays(tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T4")

    with pytest.raises(ActionRefused):
        actions.withdraw_evidence(report.evidence.get().pk, by=tung, at=NOON)

    assert report.evidence.get().removed_at is None


# --- Replies ----------------------------------------------------------------------------


def test_a_remark_is_answered_and_the_answer_may_be_reworded(tung, thu, province):
    report = factories.returned(province, tung, thu)
    remark = report.remarks.get()

    actions.reply(remark.pk, reply="kept", text="Số đúng", by=tung, at=NOON)
    actions.reply(remark.pk, reply="fixed", text="Đã bỏ 2 cụm trùng", by=tung, at=NOON)

    remark.refresh_from_db()
    assert (remark.reply, remark.reply_text, remark.replied_by) == ("fixed", "Đã bỏ 2 cụm trùng", tung)
    assert report.events.filter(step="answer").count() == 1, "one person's wordings are one line"


@pytest.mark.parametrize(("reply", "text"), [("kept", " "), ("", "Đã sửa"), ("maybe", "Đã sửa")])
def test_an_answer_that_says_nothing_is_refused(reply, text, tung, thu, province):
    report = factories.returned(province, tung, thu)
    remark = report.remarks.get()

    with pytest.raises(ActionRefused):
        actions.reply(remark.pk, reply=reply, text=text, by=tung, at=NOON)

    remark.refresh_from_db()
    assert remark.reply == ""


def test_a_remark_of_an_earlier_round_cannot_be_answered_any_more(tung, thu, province):
    report = factories.returned(province, tung, thu)
    first = report.remarks.get()
    actions.reply(first.pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    actions.remark(report.pk, address="indicators.T4", text="Thiếu", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)

    with pytest.raises(ActionRefused):
        actions.reply(first.pk, reply="kept", text="Thôi", by=tung, at=NOON)

    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert report.remarks.get(pk=first.pk).reply == "fixed"
