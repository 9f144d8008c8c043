"""Expert, head, signatory: nothing goes out before each had it, and what is signed is what was cleared."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Occupancy, Post
from foundation.actions import ActionRefused
from foundation.models import OutboxMail, WrittenOnce
from reporting import actions
from reporting.event_rows import event_rows
from reporting.models import Clearance, SignOff, State
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

SEVEN = {"indicators.T4": {"emptiness": "number", "value": "7"}}


def submit(report, by, **fields):
    return actions.submit(report.pk, signer="Giám đốc Sở", by=by, at=NOON, **fields)


def leaves(person):
    """Their posts are vacant from now on."""
    Occupancy.objects.filter(user=person).update(valid_to=date(2026, 1, 1))
    vars(person).pop("posts_today", None)


def steps_of(report):
    return list(
        Clearance.objects.filter(sign_off__report=report).values_list("step", "by_name", "for_vacant")
    )


def test_expert_then_head_then_signatory(lan, nga, tung, thu, province):
    report = factories.filled(province, lan)

    actions.declare_ready(report.pk, note="Đủ số liệu", by=lan, at=NOON)
    actions.clear(report.pk, by=nga, at=NOON)
    sent = submit(report, tung)

    assert steps_of(report) == [("declare", "Trần Thị Lan", False), ("clear", "Bùi Thị Nga", False)]
    assert [(one["step"], one["post"], one["by"]) for one in sent.snapshot["clearances"]] == [
        ("declare", "Chuyên viên Sở", "Trần Thị Lan"),
        ("clear", "Trưởng phòng", "Bùi Thị Nga"),
    ]
    report.refresh_from_db()
    assert (report.state, report.sign_off) == (State.SUBMITTED, None)
    assert SignOff.objects.get().end == "sent"


def test_each_step_tells_whoever_takes_the_next(lan, nga, tung, province):
    report = factories.filled(province, lan)

    actions.declare_ready(report.pk, note="Đủ số liệu", by=lan, at=NOON)
    (first,) = OutboxMail.objects.all()
    actions.clear(report.pk, by=nga, at=NOON)
    second = OutboxMail.objects.exclude(pk=first.pk).get()

    assert (first.recipient, "Đủ số liệu" in first.body) == (nga.email, True)
    assert (second.recipient, "chờ bạn ký" in second.subject) == (tung.email, True)


@pytest.mark.parametrize("who", ["lan", "tung"])
def test_nobody_overtakes_the_head(who, lan, nga, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused):
        submit(report, {"lan": lan, "tung": tung}[who])

    report.refresh_from_db()
    assert (report.state, OutboxMail.objects.filter(key__contains="submitted").count()) == (State.DRAFT, 0)


def test_the_refusal_names_step_post_and_person(lan, tung, province):
    report = factories.filled(province, lan)

    with pytest.raises(ActionRefused, match=r"Chuyên viên Sở \(Trần Thị Lan\)"):
        submit(report, tung)


def test_an_incomplete_report_is_not_declared_ready(lan, province):
    report = factories.draft(province)

    with pytest.raises(actions.Incomplete) as refusal:
        actions.declare_ready(report.pk, by=lan, at=NOON)

    assert "indicators.T3" in [gap.address for gap in refusal.value.gaps]
    assert not SignOff.objects.exists()


def test_a_section_in_another_hand_holds_the_report(lan, mai, tung, province):
    report = factories.filled(province, lan)
    task = actions.delegate(
        report.pk, section="money", post=mai.posts_today[0], due_on=date(2026, 11, 25), by=lan, at=NOON
    )

    with pytest.raises(ActionRefused, match="Kinh phí"):
        actions.declare_ready(report.pk, by=lan, at=NOON)
    actions.hand_back(task.pk, by=mai, at=NOON)
    actions.accept(task.pk, by=lan, at=NOON)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    assert steps_of(report) == [("declare", "Trần Thị Lan", False)]


def change(report, lan):
    report.refresh_from_db()
    actions.save_draft(report.pk, answers=SEVEN, seen=report.version, by=lan, at=NOON)


def add_file(report, lan):
    file = factories.upload("them.csv", b"a,b\n1,2\n")
    actions.attach_evidence(report.pk, address="indicators.T4", upload=file, is_public=False, by=lan, at=NOON)


def take_file_away(report, lan):
    actions.withdraw_evidence(report.evidence.get().pk, by=lan, at=NOON)


@pytest.mark.parametrize("deed", [change, add_file, take_file_away])
def test_what_changes_after_a_clearance_voids_it_visibly(deed, lan, nga, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    actions.clear(report.pk, by=nga, at=NOON)

    deed(report, lan)

    run = SignOff.objects.get()
    assert (run.end, run.ended_by_name, run.why != "") == ("void", "Trần Thị Lan", True)
    assert report.events.filter(step="void").count() == 1
    with pytest.raises(ActionRefused):
        submit(report, tung)


def test_an_answer_to_a_remark_voids_it_too(lan, tung, thu, province):
    report = factories.returned(province, tung, thu)
    remark = report.remarks.get()
    actions.reply(remark.pk, reply="kept", text="Đúng", by=lan, at=NOON)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    actions.reply(remark.pk, reply="kept", text="Đúng như sổ", by=lan, at=NOON)

    assert report.sign_offs.latest("pk").end == "void"


def test_saving_what_stands_there_already_voids_nothing(lan, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    report.refresh_from_db()

    actions.save_draft(report.pk, answers=ANSWERS, seen=report.version, by=lan, at=NOON)

    assert SignOff.objects.get().end == ""


def test_what_is_cleared_is_what_was_seen(lan, nga, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    seen = actions.stand_of(report)
    change(report, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused, match="đã thay đổi sau khi bạn mở"):
        actions.clear(report.pk, seen=seen, by=nga, at=NOON)

    report.refresh_from_db()
    actions.clear(report.pk, seen=actions.stand_of(report), by=nga, at=NOON)
    assert [one[0] for one in steps_of(report)] == ["declare", "declare", "clear"]


def test_sent_back_inside_with_a_word_to_those_who_had_it(lan, nga, tung, thu, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    actions.clear(report.pk, by=nga, at=NOON)

    actions.decline(report.pk, why="Xem lại T4", by=tung, at=NOON)

    told = OutboxMail.objects.filter(key__contains="declined")
    assert set(told.values_list("recipient", flat=True)) == {lan.email, nga.email}
    assert all("Xem lại T4" in mail.body for mail in told)
    assert (SignOff.objects.get().end, SignOff.objects.get().why) == ("declined", "Xem lại T4")
    actions.declare_ready(report.pk, by=lan, at=NOON)
    assert SignOff.objects.count() == 2


@pytest.mark.parametrize(("who", "why"), [("nga", "  "), ("lan", "Tôi rút lại"), ("hoa", "Không")])
def test_sending_back_takes_a_word_and_one_who_checks(who, why, lan, nga, hoa, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused):
        actions.decline(report.pk, why=why, by={"nga": nga, "lan": lan, "hoa": hoa}[who], at=NOON)

    assert SignOff.objects.get().end == ""


def test_nothing_is_sent_back_that_was_not_declared(nga, lan, province):
    report = factories.filled(province, lan)

    with pytest.raises(ActionRefused):
        actions.decline(report.pk, why="Xem lại", by=nga, at=NOON)


def test_a_step_whose_post_the_unit_has_not_is_left_out(tung, province):
    report = factories.filled(province, tung)

    sent = submit(report, tung)

    assert (sent.snapshot["clearances"], SignOff.objects.count()) == ([], 0)


def test_a_vacant_post_is_taken_by_the_next_higher_and_the_record_says_so(lan, nga, tung, province):
    report = factories.filled(province, lan)
    leaves(nga)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    submit(report, tung)

    assert steps_of(report) == [("declare", "Trần Thị Lan", False), ("clear", "Hoàng Thanh Tùng", True)]


def test_with_all_below_vacant_the_signatory_takes_all_and_each_stands_there(lan, nga, tung, province):
    report = factories.filled(province, lan)
    leaves(lan)
    leaves(nga)

    submit(report, tung)

    assert steps_of(report) == [
        ("declare", "Hoàng Thanh Tùng", True), ("clear", "Hoàng Thanh Tùng", True),
    ]  # fmt: skip


def test_a_head_does_not_jump_over_the_expert(lan, nga, province):
    report = factories.filled(province, lan)

    with pytest.raises(ActionRefused, match="Trần Thị Lan"):
        actions.clear(report.pk, by=nga, at=NOON)

    assert not SignOff.objects.exists()


def test_whoever_holds_all_posts_takes_all_steps_with_one_press(lan, nga, tung, province):
    report = factories.filled(province, tung)
    for person in (lan, nga):
        post = person.posts_today[0]
        leaves(person)
        OccupancyFactory(post=post, user=tung)
    vars(tung).pop("posts_today", None)

    sent = submit(report, tung)

    assert [(one["step"], one["for_vacant"]) for one in sent.snapshot["clearances"]] == [
        ("declare", False), ("clear", False),
    ]  # fmt: skip


def test_a_head_post_made_later_does_not_enter_a_chain_that_runs(lan, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    in_post("Bùi Thị Nga", Post.Role.PROVINCE_HEAD, province=province, title="Trưởng phòng")

    sent = submit(report, tung)

    assert [one["step"] for one in sent.snapshot["clearances"]] == ["declare"]


def test_a_second_head_made_later_cannot_clear_what_waits_for_the_first(lan, nga, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    other = in_post("Cao Văn Sỹ", Post.Role.PROVINCE_HEAD, province=province, title="Phó phòng")

    with pytest.raises(ActionRefused):
        actions.clear(report.pk, by=other, at=NOON)

    assert [one[0] for one in steps_of(report)] == ["declare"]


def test_a_step_is_taken_once(lan, nga, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused, match="Trần Thị Lan đã làm"):
        actions.declare_ready(report.pk, by=lan, at=NOON)

    assert Clearance.objects.count() == 1


def test_a_deputy_signs_with_both_names(lan, tung, province):
    report = factories.filled(province, lan)
    deputy = UserFactory(full_name="Mai Thị Thay")
    OccupancyFactory(
        post=tung.posts_today[0], user=deputy, acting_for=tung, valid_from=date(2026, 11, 1),
        valid_to=date(2026, 12, 1), basis="12/QĐ-SCT",
    )  # fmt: skip
    factories.signed_off(report, tung)

    with time_machine.travel(NOON):
        sent = submit(report, deputy)

    assert (sent.by_name, sent.acting_for) == ("Mai Thị Thay", "Hoàng Thanh Tùng")
    assert sent.snapshot["signature"]["acting_for"] == "Hoàng Thanh Tùng"
    event = report.events.get(step="submit")
    assert (event.by_name, event.acting_for) == ("Mai Thị Thay", "Hoàng Thanh Tùng")


def test_an_authorised_signature_names_for_whom_and_on_what_paper(tung, province):
    report = factories.filled(province, tung)

    sent = submit(report, tung, capacity="TUQ.", authority="CHỦ TỊCH", basis="12/QĐ-UBND ngày 05/01/2026")

    assert (sent.authority, sent.basis) == ("CHỦ TỊCH", "12/QĐ-UBND ngày 05/01/2026")
    assert sent.snapshot["signature"]["basis"] == "12/QĐ-UBND ngày 05/01/2026"


def test_each_round_has_its_own_chain(lan, nga, tung, thu, province):
    report = factories.filled(province, lan)
    factories.submit(report, tung)
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng", by=lan, at=NOON)

    with pytest.raises(ActionRefused):
        submit(report, tung)
    factories.submit(report, tung)

    assert list(SignOff.objects.values_list("round", "end")) == [(1, "sent"), (2, "sent")]


def test_what_was_said_inside_the_walls_stays_there(lan, nga, mai, tung, minh, province):
    report = factories.filled(province, lan)
    task = actions.delegate(
        report.pk, section="money", post=mai.posts_today[0], due_on=date(2026, 11, 25), note="NỘI BỘ-77",
        by=lan, at=NOON,
    )  # fmt: skip
    actions.take_back(task.pk, why="NỘI BỘ-77", by=lan, at=NOON)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    actions.decline(report.pk, why="NỘI BỘ-77", by=nga, at=NOON)
    factories.submit(report, tung)

    seen = report.events.seen_by(minh)

    assert "NỘI BỘ-77" not in str(event_rows())
    assert "NỘI BỘ-77" not in str(report.submissions.get().snapshot)
    assert {"delegate", "take_back", "decline"}.isdisjoint(seen.values_list("step", flat=True))
    assert {"declare", "clear", "submit"} <= set(seen.values_list("step", flat=True))


def test_a_running_chain_is_the_provinces_own_as_well(lan, thu, tung, province):
    report = factories.returned(province, tung, thu)
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng", by=lan, at=NOON)
    before = set(report.events.seen_by(thu).values_list("pk", flat=True))
    actions.declare_ready(report.pk, by=lan, at=NOON + timedelta(minutes=1))

    assert set(report.events.seen_by(thu).values_list("pk", flat=True)) == before


def test_no_path_changes_a_clearance(lan, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    one = Clearance.objects.get()

    for deed in (one.save, one.delete, lambda: Clearance.objects.update(by_name="x")):
        with pytest.raises(WrittenOnce):
            deed()

    assert Clearance.objects.get().by_name == "Trần Thị Lan"


def test_a_vacant_signing_post_stops_the_report_with_a_sentence(lan, province):
    PostFactory(title_vi="Giám đốc Sở", role=Post.Role.PROVINCE_SIGNATORY, province=province)
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused):
        submit(report, lan)

    assert not OutboxMail.objects.exists()
