"""Where parts of reporting meet: what holds in each alone holds between them too."""

import copy
from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Occupancy
from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions, diffs
from reporting.event_rows import event_rows
from reporting.form_news import activities_to_add
from reporting.items import Items, ItemState
from reporting.models import (
    ApprovedCount,
    Evidence,
    FormVersion,
    Justification,
    Remark,
    SignOff,
    StatusReport,
    Submission,
)
from reporting.pages import Frame
from reporting.snapshots import answered
from reporting.workspace_page import Workspace
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, approved_before, kept_rule
from tests.reporting.factories import ANSWERS, DEFINITION, NOON, TODAY
from tests.reporting.test_handing import hand

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

LATER = NOON + timedelta(days=1)
NOTE = "Sổ của cổng còn thiếu hai lớp"
TWENTY = {"emptiness": "number", "value": "20", "parts": {"female": "12", "male": "8"}, "note": NOTE}
THIRTY = {"emptiness": "number", "value": "30", "parts": {"female": "20", "male": "10"}, "note": NOTE}


def save(report, by, **answers):
    report.refresh_from_db()
    given = {address.replace("__", "."): said for address, said in answers.items()}
    return actions.save_draft(report.pk, answers=given, seen=report.version, by=by, at=NOON)


def resubmitted(report, by, **answers):
    save(report, by, **answers)
    for one in report.remarks.sent().filter(round=report.round, reply=""):
        actions.reply(one.pk, reply="fixed", text="Đã sửa", by=by, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=by, at=NOON)
    report.refresh_from_db()


# --- Counts and the approval of single fields -------------------------------------------


def returned_with_a_count_approved(province, tung, minh):
    report = factories.counting(province)
    save(report, tung, portal__trained=TWENTY, portal__courses={"emptiness": "zero"})
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)
    actions.mark_items(report.pk, addresses=["portal.trained"], kind="approved", seen=1, by=minh, at=NOON)
    actions.remark(report.pk, address="portal.courses", text="Xem lại", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    return report


def test_a_count_approved_alone_is_replaced_when_it_is_approved_alone_again(tung, minh, province):
    report = returned_with_a_count_approved(province, tung, minh)
    resubmitted(report, tung, portal__courses={"emptiness": "number", "value": "1", "note": NOTE})
    for address in ("portal.trained", "portal.courses"):
        actions.remark(report.pk, address=address, text="Đính chính", by=minh, at=NOON)
    actions.send_back(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    resubmitted(report, tung, portal__trained=THIRTY)
    assert Items.load(StatusReport.objects.get(pk=report.pk))["portal.trained"].state == ItemState.EDITED

    actions.mark_items(report.pk, addresses=["portal.trained"], kind="approved", seen=3, by=minh, at=LATER)
    actions.remark(report.pk, address="portal.courses", text="Còn nữa", by=minh, at=LATER)
    actions.send_back(report.pk, by=minh, at=LATER)

    rows = ApprovedCount.objects.filter(address="portal.trained").order_by("version")
    assert [(row.version, row.value, row.superseded_at) for row in rows] == [(1, 20, LATER), (2, 30, None)]
    assert rows[1].parts == {"female": "20", "male": "10"}


def test_an_optional_count_left_out_is_not_counted_as_answered_on_the_receipt(tung, province):
    report = factories.counting(province)
    save(report, tung, portal__trained=TWENTY)
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)

    assert answered(Submission.objects.get().snapshot) == (1, 2)


def test_between_rounds_it_is_told_when_a_number_of_the_portal_was_corrected(tung, minh, province):
    report = returned_with_a_count_approved(province, tung, minh)
    resubmitted(report, tung, portal__courses={"emptiness": "number", "value": "1", "note": NOTE})
    first, second = (one.snapshot for one in report.submissions.all())

    (change,) = diffs.changes(first, second)

    told = {label: "".join(f" {piece.kind}:{piece.text}" for piece in found) for label, found in change.lines}
    assert "gone:" in told["Số của cổng"]
    assert "new:" in told["Số của cổng"]
    older = {key: value for key, value in first.items() if key != "proposed"}
    assert diffs.changes(older, second), "submissions from before the portal proposed numbers have no stamps"


# --- Files ------------------------------------------------------------------------------


def test_a_file_said_to_be_another_is_a_change_and_an_edit(tung, minh, province):
    report = factories.submitted(province, tung)
    actions.approve(report.pk, by=minh, at=NOON)
    actions.remark(report.pk, address="indicators.T3", text="Loại tệp?", by=minh, at=NOON)
    actions.reopen(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    actions.withdraw_evidence(Evidence.objects.get().pk, by=tung, at=NOON)
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=factories.upload(), is_public=False, kind="decision",
        by=tung, at=NOON,
    )  # fmt: skip
    resubmitted(report, tung)
    first, second = (one.snapshot for one in report.submissions.all())

    (change,) = diffs.changes(first, second)

    assert [(piece.kind, piece.text) for piece in change.files] == [
        ("new", "danh-sach.csv (quyết định, văn bản đã ký)"),
        ("gone", "danh-sach.csv (tệp khác)"),
    ]
    assert Items.load(report)["indicators.T3"].state == ItemState.EDITED


def test_a_submission_from_before_the_kinds_of_files_differs_in_nothing(tung, province):
    snapshot = factories.submitted(province, tung).submissions.get().snapshot
    older = copy.deepcopy(snapshot)
    for file in older["evidence"]["indicators.T3"]:
        del file["kind"], file["dated_on"]

    assert diffs.changes(older, snapshot) == []


# --- Saving while typing, and reasons for checks ----------------------------------------

BOX = "reason-r-indicators-T3"
T3 = {"indicators-T3-emptiness": "number", "indicators-T3-numerator": "60", "indicators-T3-denominator": "66"}
OTHERS = {
    "indicators-T4-emptiness": "number",
    "indicators-T4-value": "2",
    "indicators-T8-emptiness": "number",
}


def test_a_reason_left_in_its_box_does_not_pass_to_a_number_saved_while_typing(client, lan, tung, province):
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    reason = {"rule": "r", "address": "indicators.T3", "text": "Mười một cụm mới."}
    actions.justify(report.pk, **reason, by=lan, at=NOON)
    client.force_login(lan)
    section = reverse("work:section", args=[report.pk, "indicators"])
    assert f'name="{BOX}-stood"' in client.get(section).text
    typing = {"seen": str(report.version), "field": "indicators.T3", **T3}
    told = client.post(reverse("work:typed", args=[report.pk, "indicators"]), typing).json()

    sent = {**T3, **OTHERS, f"{BOX}-text": reason["text"], f"{BOX}-stood": "1", "seen": str(told["version"])}
    client.post(section, sent)

    assert Justification.objects.count() == 1
    page = client.get(section).text
    assert "Số liệu đã đổi nên lý do cũ không còn dùng được." in page
    assert f'name="{BOX}-stood"' not in page
    client.post(section, {name: said for name, said in sent.items() if not name.endswith("-stood")})
    assert Justification.objects.count() == 2, "typed anew into the empty box it is a new reason"


# --- Who contributes one section --------------------------------------------------------


def test_who_contributes_one_section_gives_no_reason_in_another(lan, mai, tung, province):
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    hand(report, mai, lan)
    given = {"rule": "r", "address": "indicators.T3", "text": "Tự ý", "at": NOON}

    with pytest.raises(ActionRefused, match="không giao cho"):
        actions.justify(report.pk, **given, by=mai)

    assert not Justification.objects.exists()


def test_who_contributes_one_section_adds_no_activities(lan, mai, province):
    report = factories.draft(province)
    factories.plan_activity(province)
    hand(report, mai, lan)
    assert activities_to_add(Frame(report, mai, NOON)) == 0
    assert activities_to_add(Frame(report, lan, NOON)) == 1

    with pytest.raises(ActionRefused, match="không giao cho"):
        actions.add_activities(report.pk, by=mai, at=NOON)

    report.refresh_from_db()
    assert not any(address.startswith("activities.") for address in report.questions)


# --- A form that grows under a running sign-off -----------------------------------------


def test_what_was_cleared_is_void_when_the_form_grows(lan, minh, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    grown = copy.deepcopy(DEFINITION)
    grown["sections"][0]["questions"].append({"key": "lessons", "kind": "text", "label_vi": "Bài học"})
    FormVersion.objects.update(definition=grown)

    actions.spread_form(report.form_id, by=minh, at=LATER)

    report.refresh_from_db()
    assert report.sign_off is None
    run = SignOff.objects.get()
    assert (run.end, run.ended_by_name, run.why) == ("void", str(minh), "Bài học")
    assert list(report.events.values_list("step", flat=True))[-2:] == ["form", "void"]


def test_a_form_that_only_gains_a_total_reaches_drafts(minh, province):
    report = factories.draft(province)
    grown = copy.deepcopy(DEFINITION)
    money = grown["sections"][-1]["questions"]
    money.append({"key": "other", "kind": "money", "label_vi": "Cộng"})
    FormVersion.objects.update(definition=grown)
    actions.spread_form(report.form_id, by=minh, at=NOON)
    with_total = copy.deepcopy(grown)
    with_total["sections"][-1]["questions"][-1]["total_of"] = ["money.local"]
    FormVersion.objects.update(definition=with_total)

    assert actions.spread_form(report.form_id, by=minh, at=LATER) == 1

    report = StatusReport.objects.get()
    assert report.questions["money.other"].raw["total_of"] == ["money.local"]
    assert report.events.last().detail["changes"][0]["sentence"] == "Các trường cộng vào nó đã đổi."


# --- The gate of the workspace is the gate of the report --------------------------------


def both_gates(report, person):
    report = StatusReport.objects.get(pk=report.pk)
    frame = Frame(report, person, NOON)
    (shown,) = Workspace(person, today=TODAY).open_reports
    own = [(line.icon, line.state) for line in frame.steps[:-1]]
    return own, [(line.icon, line.state) for line in shown.sections]


def test_a_blocker_holds_the_report_in_the_workspace_too(tung, province):
    over = {**ANSWERS, "money.local": {**ANSWERS["money.local"], "received": "101"}}
    report = factories.filled(province, tung, over)
    assert [one.what for one in Workspace(tung, today=TODAY).waiting] == ["Nộp"]

    kept_rule(severity="blocker", **ORDER)

    own, shown = both_gates(report, tung)
    assert own == shown
    assert own[-1][0] == "failed"
    assert Workspace(tung, today=TODAY).waiting == []


def test_a_correction_that_does_not_say_why_holds_the_report_in_the_workspace_too(tung, province):
    report = factories.counting(province)
    save(report, tung, portal__trained={**TWENTY, "note": ""})

    own, shown = both_gates(report, tung)

    assert own == shown == [("late", "còn 1 ô")]
    assert Workspace(tung, today=TODAY).waiting == []


def test_a_warning_without_a_reason_shows_in_the_workspace_and_holds_nothing(tung, province):
    report = factories.filled(province, tung)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()

    own, shown = both_gates(report, tung)

    assert own == shown
    assert ("late", "1 cảnh báo chưa có lý do") in shown
    assert [one.what for one in Workspace(tung, today=TODAY).waiting] == ["Nộp"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_gates_of_many_reports_are_read_together(tung, province, count, django_assert_num_queries):
    kept_rule()
    factories.PeriodFactory(year=2025)  # something to compare with, whatever the count
    for year in range(2026 - count + 1, 2027):
        report = factories.draft(province, obligation__period=factories.PeriodFactory(year=year))
        actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=tung, at=NOON)
    tung.posts_today  # noqa: B018 -- the view has asked it

    with django_assert_num_queries(23):
        found = Workspace(tung, today=TODAY)
        assert len(found.open_reports) == count


# --- What stays inside the province -----------------------------------------------------


def test_a_word_for_those_above_in_the_province_is_in_no_record_of_the_ministry(lan, tung, thu, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, note="Số T4 còn yếu", by=lan, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)

    assert "Số T4 còn yếu" not in str(event_rows())
    assert not report.events.seen_by(thu).filter(comment__contains="T4").exists()
    assert SignOff.objects.get().clearances.get().comment == "Số T4 còn yếu"


def test_an_answer_in_progress_is_not_in_the_admin(lan, tung, thu, province):
    report = factories.returned(province, tung, thu)
    one = Remark.objects.get()
    actions.reply(one.pk, reply="kept", text="Đang viết dở", by=lan, at=NOON)
    request = RequestFactory().get("/")
    request.user = thu
    page = admin.site.get_model_admin(Remark)
    shown = page.get_queryset(request).get()

    assert [page.answer(shown), page.answer_text(shown), page.answered_by(shown)] == ["", "", ""]
    assert not {"reply", "reply_text", "replied_name"} & set(page.get_readonly_fields(request, shown))
    factories.submit(report, tung)
    assert page.answer_text(page.get_queryset(request).get()) == "Đang viết dở"


def test_the_ministry_is_not_sent_to_the_page_that_submits(client, tung, thu, province):
    report = factories.returned(province, tung, thu)
    client.force_login(thu)

    page = client.get(reverse("work:rounds", args=[report.pk])).text

    assert reverse("work:submit", args=[report.pk]) not in page


# --- Mail reaches who is still there ----------------------------------------------------


def left(person):
    Occupancy.objects.filter(user=person).update(valid_to=TODAY - timedelta(days=1))
    person.__dict__.pop("posts_today", None)


def test_what_is_done_is_told_to_somebody_who_can_verify_it(lan, tung, thu, minh, province):
    report = factories.submitted(province, tung)
    post = lan.posts_today[0]
    asked = actions.ask_follow_up(report.pk, text="Gửi sổ", post=post, due_on=TODAY, by=thu, at=NOON)
    left(thu)

    actions.report_done(asked.pk, word="Đã gửi", by=lan, at=NOON)

    told = OutboxMail.objects.filter(key__contains="-done-").values_list("recipient", flat=True)
    assert set(told) == {minh.email}


def test_who_left_the_province_reads_no_word_from_inside_it(lan, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    left(lan)

    actions.decline(report.pk, why="Xem lại T4", by=tung, at=NOON)

    told = OutboxMail.objects.filter(key__contains="-declined-").values_list("recipient", flat=True)
    assert lan.email not in told
