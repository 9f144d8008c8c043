"""A section goes to another department and comes back: who writes where, and what nobody may do with it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Occupancy, Post
from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.inside_pages import written_since
from reporting.models import AnswerChange, Evidence, MoneyAnswer, SectionTask
from reporting.workbooks import actions as workbooks
from reporting.workflow import fields_open_to
from tests.accounts.factories import PostFactory
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON, TODAY, upload
from tests.reporting.workbooks import fill, given_out, sent

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

DUE = TODAY + timedelta(days=5)
MONEY = {"money.local": ANSWERS["money.local"]}


def post_of(person):
    return person.posts_today[0]


def hand(report, person, by, section="money", **fields):
    given = {"due_on": DUE, "note": "Ghi theo sổ", "by": by, "at": NOON, **fields}
    return actions.delegate(report.pk, section=section, post=post_of(person), **given)


def save(report, answers, by):
    return actions.save_draft(report.pk, answers=answers, seen=0, by=by, at=NOON)


def test_a_section_is_handed_out_with_a_day_and_a_note(lan, mai, province):
    report = factories.draft(province)

    task = hand(report, mai, lan)

    assert (task.section, task.post, task.due_on, task.note) == ("money", post_of(mai), DUE, "Ghi theo sổ")
    event = report.events.get(step="delegate")
    assert (event.by, event.detail["name"], event.detail["post"]) == (
        lan, "Kinh phí", "Chuyên viên Sở Tài chính",
    )  # fmt: skip
    (mail,) = OutboxMail.objects.all()
    assert mail.recipient == mai.email
    assert "Ghi theo sổ" in mail.body
    assert "25/11/2026" in mail.subject


def test_who_contributes_writes_in_the_section_handed_out_and_nowhere_else(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)

    assert save(report, MONEY, mai).changed == ["money.local"]
    with pytest.raises(ActionRefused, match="không giao cho"):
        save(report, {"indicators.T4": ANSWERS["indicators.T4"]}, mai)

    assert set(AnswerChange.objects.values_list("address", "post_title")) == {
        ("money.local", "Chuyên viên Sở Tài chính")
    }


def test_of_a_save_that_reaches_too_far_nothing_is_kept(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)

    with pytest.raises(ActionRefused):
        save(report, ANSWERS, mai)

    assert not MoneyAnswer.objects.exists()


def test_before_anything_is_handed_out_a_contributor_only_reads(mai, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        save(report, MONEY, mai)

    assert fields_open_to(mai, report) == frozenset()
    assert list(type(report).objects.visible_to(mai)) == [report]


def test_evidence_obeys_the_same_hands(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)
    proof = {"upload": upload(), "is_public": False, "at": NOON}

    with pytest.raises(ActionRefused):
        actions.attach_evidence(report.pk, address="indicators.T3", by=mai, **proof)
    lans = actions.attach_evidence(report.pk, address="indicators.T3", by=lan, **proof)
    with pytest.raises(ActionRefused):
        actions.withdraw_evidence(lans.pk, by=mai, at=NOON)

    assert Evidence.objects.filter(removed_at__isnull=True).count() == 1


def test_a_workbook_of_a_contributor_takes_her_rows_and_gives_the_others_back(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)
    book = fill(given_out(report), indicators__T4__value=9, money__local__planned=100)

    kept = workbooks.take(sent(report, book, mai).pk, choices={}, seen=0, by=mai, at=NOON)

    assert MoneyAnswer.objects.get().planned == 100
    assert [one["address"] for one in kept.outcome["refused"]] == ["indicators.T4"]
    assert set(AnswerChange.objects.values_list("address", flat=True)) == {"money.local"}


def test_in_a_returned_report_only_the_flagged_fields_of_the_section_open(lan, tung, mai, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3", "money.local")
    hand(report, mai, lan)
    money, t3 = report.remarks.get(address="money.local"), report.remarks.get(address="indicators.T3")

    assert fields_open_to(mai, report) == {"money.local"}
    actions.reply(money.pk, reply="fixed", text="", by=mai, at=NOON)
    with pytest.raises(ActionRefused):
        actions.reply(t3.pk, reply="fixed", text="", by=mai, at=NOON)

    assert report.events.get(step="answer").post_title == "Chuyên viên Sở Tài chính"


def test_the_focal_point_goes_on_writing_and_both_are_merged(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)
    save(report, MONEY, mai)

    saved = save(report, {"indicators.T4": ANSWERS["indicators.T4"]}, lan)

    assert saved.is_whole
    assert AnswerChange.objects.count() == 2


def test_handed_back_it_is_read_only_and_what_was_written_is_shown(lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    save(report, MONEY, mai)

    actions.hand_back(task.pk, word="Xong phần chi", by=mai, at=NOON)

    with pytest.raises(ActionRefused):
        save(report, {"money.local": {**ANSWERS["money.local"], "spent": "1"}}, mai)
    task.refresh_from_db()
    (written,) = written_since(task, report.sections[3])
    assert (written.change.question.address, written.names) == ("money.local", ["Ngô Thị Mai"])
    mail = OutboxMail.objects.get(key__contains="-back-")
    assert (mail.recipient, "Xong phần chi" in mail.body) == (lan.email, True)


def test_accepting_closes_it_and_twice_is_once(lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    with pytest.raises(ActionRefused, match="chưa giao lại"):
        actions.accept(task.pk, by=lan, at=NOON)
    actions.hand_back(task.pk, by=mai, at=NOON)

    for _press in range(2):
        actions.accept(task.pk, by=lan, at=NOON)

    task.refresh_from_db()
    assert (task.outcome, task.closed_by_name) == ("accepted", "Trần Thị Lan")
    assert report.events.filter(step="accept").count() == 1


def test_taken_back_it_is_out_of_her_hands_and_she_is_told(lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    save(report, MONEY, mai)

    actions.take_back(task.pk, why="Gấp", by=lan, at=NOON)

    with pytest.raises(ActionRefused):
        actions.hand_back(task.pk, by=mai, at=NOON)
    assert MoneyAnswer.objects.get().spent is not None, "what was written stays"
    assert OutboxMail.objects.filter(key__contains="taken-back", recipient=mai.email).count() == 1
    assert hand(report, mai, lan).is_open, "it may be handed out again"


def test_handing_back_after_the_report_went_out_is_refused(lan, tung, mai, province):
    report = factories.filled(province, lan)
    task = hand(report, mai, lan)
    actions.take_back(task.pk, by=lan, at=NOON)
    factories.submit(report, tung)

    with pytest.raises(ActionRefused):
        actions.hand_back(task.pk, by=mai, at=NOON)

    task.refresh_from_db()
    assert task.handed_back_at is None


def test_only_the_post_that_has_it_hands_it_back(lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    other = in_post("Võ Thị Sáu", Post.Role.PROVINCE_CONTRIBUTOR, province=province, title="Sở Nông nghiệp")

    for person in (lan, other):
        with pytest.raises(ActionRefused):
            actions.hand_back(task.pk, by=person, at=NOON)

    task.refresh_from_db()
    assert task.handed_back_at is None


def test_a_post_of_another_unit_gets_no_section(lan, hoa, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused, match="đơn vị mình"):
        hand(report, hoa, lan)

    assert not SectionTask.objects.exists()


@pytest.mark.parametrize("who", ["lan", "tung", "nga"])
def test_a_section_goes_neither_to_oneself_nor_to_those_who_check(who, lan, tung, nga, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        hand(report, {"lan": lan, "tung": tung, "nga": nga}[who], lan)

    assert not SectionTask.objects.exists()


def test_a_vacant_post_gets_no_section_as_nobody_would_know(lan, province):
    report = factories.draft(province)
    vacant = PostFactory(title_vi="Sở Xây dựng", role=Post.Role.PROVINCE_CONTRIBUTOR, province=province)

    with pytest.raises(ActionRefused, match="Không ai đang giữ vị trí “Sở Xây dựng”"):
        actions.delegate(report.pk, section="money", post=vacant, due_on=DUE, by=lan, at=NOON)

    assert not SectionTask.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"due_on": date(2026, 11, 19)},
        {"due_on": date(9999, 12, 31)},
        {"section": "khong-co"},
        {"note": "x" * 2001},
    ],
)
def test_what_cannot_be_handed_out_is_refused_in_words(fields, lan, mai, province):
    report = factories.draft(province)

    with pytest.raises(ActionRefused):
        hand(report, mai, lan, **fields)

    assert not SectionTask.objects.exists()
    assert not OutboxMail.objects.exists()


def test_a_contributor_hands_nothing_on(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)

    with pytest.raises(ActionRefused):
        hand(report, lan, mai, section="general")

    assert SectionTask.objects.count() == 1


def test_the_database_wants_one_hand_for_a_section(lan, mai, province):
    report = factories.draft(province)
    task = hand(report, mai, lan)
    task.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        task.save(force_insert=True)


def test_a_right_to_write_ends_with_the_post(lan, mai, province):
    report = factories.draft(province)
    hand(report, mai, lan)
    Occupancy.objects.filter(user=mai).update(valid_to=date(2026, 1, 1))
    vars(mai).pop("posts_today", None)

    with pytest.raises(ActionRefused):
        save(report, MONEY, mai)

    assert not MoneyAnswer.objects.exists()
