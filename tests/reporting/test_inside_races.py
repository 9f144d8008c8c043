"""Inside the province at one moment, with real threads: one of two sees the other."""

from datetime import date

import pytest
from django.db import DatabaseError, connection

from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import AnswerChange, Clearance, ReportEvent, SectionTask, SignOff, Submission
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SEVEN = {"indicators.T4": {"emptiness": "number", "value": "7"}}


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, ActionRefused)]


def test_a_section_handed_out_twice_at_once_is_in_one_hand(lan, tung, mai, province):
    report = factories.draft(province)
    post = mai.posts_today[0]

    def hand(person):
        return lambda: actions.delegate(
            report.pk, section="money", post=post, due_on=date(2026, 11, 25), by=person, at=NOON
        )

    outcomes = at_once(hand(lan), hand(tung))

    assert (len(refused(outcomes)), SectionTask.objects.count()) == (1, 1)
    assert OutboxMail.objects.filter(recipient=mai.email).count() == 1


def test_clearing_while_somebody_saves_leaves_no_clearance_of_the_new_version(lan, nga, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    seen = actions.stand_of(report)
    version = report.version

    def save():
        return actions.save_draft(report.pk, answers=SEVEN, seen=version, by=lan, at=NOON)

    def clear():
        return actions.clear(report.pk, seen=seen, by=nga, at=NOON)

    at_once(save, clear)

    assert SignOff.objects.get().end == "void"
    report.refresh_from_db()
    assert (report.version, report.sign_off) == (version + 1, None)
    assert set(Clearance.objects.values_list("version", flat=True)) == {version}


def test_signing_while_somebody_saves_sends_what_was_cleared_or_nothing(lan, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)
    version = report.version

    def save():
        return actions.save_draft(report.pk, answers=SEVEN, seen=version, by=lan, at=NOON)

    def submit():
        return actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    outcomes = at_once(save, submit)

    assert len(refused(outcomes)) == 1
    sent = Submission.objects.first()
    assert sent is None or sent.snapshot["answers"]["indicators.T4"]["value"] == "2"
    assert AnswerChange.objects.filter(version=version + 1).exists() == (sent is None)


def test_two_presses_of_declare_ready_are_one(lan, nga, province):
    report = factories.filled(province, lan)

    def declare():
        return actions.declare_ready(report.pk, by=lan, at=NOON)

    outcomes = at_once(declare, declare)

    assert (len(refused(outcomes)), SignOff.objects.count(), Clearance.objects.count()) == (1, 1, 1)
    assert OutboxMail.objects.filter(recipient=nga.email).count() == 1


def test_cleared_and_sent_back_at_once_is_one_of_the_two(lan, nga, tung, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    def clear():
        return actions.clear(report.pk, by=nga, at=NOON)

    def decline():
        return actions.decline(report.pk, why="Xem lại", by=tung, at=NOON)

    outcomes = at_once(clear, decline)

    run = SignOff.objects.get()
    assert run.end == "declined", "cleared before or never: it came back either way"
    assert len(refused(outcomes)) == (0 if run.clearances.filter(step="clear").exists() else 1)


def test_handed_back_while_it_is_taken_back_ends_once(lan, mai, province):
    report = factories.draft(province)
    task = actions.delegate(
        report.pk, section="money", post=mai.posts_today[0], due_on=date(2026, 11, 25), by=lan, at=NOON
    )
    actions.save_draft(report.pk, answers={"money.local": ANSWERS["money.local"]}, seen=0, by=mai, at=NOON)

    at_once(
        lambda: actions.hand_back(task.pk, by=mai, at=NOON),
        lambda: actions.take_back(task.pk, by=lan, at=NOON),
    )

    task.refresh_from_db()
    assert task.outcome == "taken_back"
    handed = ReportEvent.objects.filter(step="hand_back").exists()
    assert (task.handed_back_at is not None) == handed


def test_the_database_itself_refuses_to_change_a_clearance(lan, province):
    report = factories.filled(province, lan)
    actions.declare_ready(report.pk, by=lan, at=NOON)

    for sql in ("UPDATE reporting_clearance SET by_name = 'x'", "DELETE FROM reporting_clearance"):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(sql)
