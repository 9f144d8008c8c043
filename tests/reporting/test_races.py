"""Two people at one moment, on PostgreSQL with real threads: one deed happens, nothing is lost."""

from datetime import date

import pytest
from django.db import DatabaseError, connection

from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.documents.actions import compile_report
from reporting.documents.asking import Wanted
from reporting.documents.cutting import cut_of
from reporting.lenses import Lens, LensKind
from reporting.models import AnswerChange, ApprovedValue, IndicatorAnswer, ReportEvent, State, Submission
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.approved import approve, national, t3, year_of
from tests.reporting.factories import ANSWERS, NOON
from tests.threads import at_once

DUE = date(2027, 3, 31)
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, ActionRefused)]


def test_a_double_submit_is_one_transition_and_one_mail(tung, thu, province):
    report = factories.filled(province, tung)

    def submit():
        return actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    outcomes = at_once(submit, submit)

    assert len(refused(outcomes)) == 1
    assert Submission.objects.count() == 1
    assert ReportEvent.objects.filter(step="submit").count() == 1
    assert OutboxMail.objects.filter(recipient=thu.email).count() == 1


def test_approve_and_return_at_one_moment_leave_one_decision(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    remark = report.remarks.get()

    def approve():
        actions.drop_remark(remark.pk, by=minh)
        return actions.approve(report.pk, by=minh, at=NOON)

    def send_back():
        return actions.send_back(report.pk, by=thu, at=NOON)

    outcomes = at_once(approve, send_back)

    report.refresh_from_db()
    assert len(refused(outcomes)) == 1
    assert report.state in (State.APPROVED, State.RETURNED)
    assert ApprovedValue.objects.exists() == (report.state == State.APPROVED)
    assert ReportEvent.objects.filter(step__in=["approve", "return"]).count() == 1


def test_a_double_return_is_one_transition_and_one_mail(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    actions.mark_items(report.pk, addresses=["indicators.T4"], kind="approved", seen=1, by=minh, at=NOON)
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)

    def send_back(person):
        return lambda: actions.send_back(report.pk, by=person, at=NOON, seen=1)

    outcomes = at_once(send_back(thu), send_back(minh))

    (told,) = refused(outcomes)
    assert "Tải lại trang" in str(told)
    assert ReportEvent.objects.filter(step="return").count() == 1
    assert OutboxMail.objects.filter(key__contains="returned", recipient=tung.email).count() == 1
    assert ApprovedValue.objects.count() == 1


def test_two_people_asking_again_leave_one_question(tung, thu, minh, province):
    report = factories.returned(province, tung, thu)
    head = report.remarks.get()
    actions.reply(head.pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)

    def ask(person):
        return lambda: actions.ask_again(head.pk, by=person, at=NOON)

    outcomes = at_once(ask(thu), ask(minh))

    assert len(refused(outcomes)) == 1
    assert report.remarks.count() == 2


def test_two_people_taking_one_report_up_leave_one_of_them(tung, thu, minh, province):
    report = factories.submitted(province, tung)

    def take_up(person):
        return lambda: actions.take_up(report.pk, by=person, at=NOON)

    at_once(take_up(thu), take_up(minh))

    report.refresh_from_db()
    last = report.events.filter(step="take_up").last()
    assert report.reviewer == last.by
    assert OutboxMail.objects.filter(key__contains="taken").exclude(recipient=last.by.email).count() == 1


def test_one_follow_up_is_verified_or_sent_back_and_never_both(tung, lan, thu, minh, province):
    report = factories.submitted(province, tung)
    asked = actions.ask_follow_up(
        report.pk, text="Ban hành kế hoạch", post=lan.posts_today[0], due_on=DUE, by=thu, at=NOON
    )
    actions.report_done(asked.pk, word="Đã ban hành", by=lan, at=NOON)

    outcomes = at_once(
        lambda: actions.verify_follow_up(asked.pk, by=thu, at=NOON),
        lambda: actions.refuse_follow_up(asked.pk, word="Thiếu văn bản", by=minh, at=NOON),
    )

    assert len(refused(outcomes)) == 1
    assert asked.steps.exclude(kind="done").count() == 1


def test_two_people_marking_one_field_leave_one_mark(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    given = {"addresses": ["indicators.T4"], "kind": "accepted", "seen": 1, "at": NOON}

    def mark(person):
        return lambda: actions.mark_items(report.pk, by=person, **given)

    outcomes = at_once(mark(thu), mark(minh))

    assert sorted(len(made) for made in outcomes) == [0, 1]
    assert ReportEvent.objects.filter(step="mark_items").count() == 1


def test_a_double_approval_writes_the_values_once(tung, minh, province):
    report = factories.submitted(province, tung)

    def approve():
        return actions.approve(report.pk, by=minh, at=NOON)

    outcomes = at_once(approve, approve)

    assert len(refused(outcomes)) == 1
    assert ApprovedValue.objects.count() == 3
    assert OutboxMail.objects.filter(key__contains="approved", recipient=tung.email).count() == 1


def test_two_editors_of_one_field_get_one_value_and_one_question(lan, tung, province):
    report = factories.draft(province)

    def save(person, value):
        given = {"indicators.T4": {"emptiness": "number", "value": value}}
        return lambda: actions.save_draft(report.pk, answers=given, seen=0, by=person, at=NOON)

    outcomes = at_once(save(lan, "3"), save(tung, "5"))

    kept = [one for one in outcomes if one.is_whole]
    asked = [one for one in outcomes if one.conflicts]
    assert (len(kept), len(asked)) == (1, 1)
    conflict = asked[0].conflicts["indicators.T4"]
    assert {conflict.mine["value"], conflict.theirs["value"]} == {"3", "5"}
    assert str(IndicatorAnswer.objects.get().value.normalize()) == conflict.theirs["value"]


def test_many_editors_of_many_fields_lose_nothing(lan, tung, province):
    report = factories.draft(province)

    def save(person, address):
        return lambda: actions.save_draft(
            report.pk, answers={address: ANSWERS[address]}, seen=0, by=person, at=NOON
        )

    people = [lan, tung, lan, tung, lan]
    outcomes = at_once(*(save(person, address) for person, address in zip(people, ANSWERS, strict=True)))

    assert all(one.is_whole for one in outcomes)
    assert set(AnswerChange.objects.values_list("address", flat=True)) == set(ANSWERS)
    report.refresh_from_db()
    assert report.version == len(ANSWERS)


def test_two_provinces_at_one_moment_get_two_numbers(tung, province, neighbour):
    son = in_post("Đinh Văn Sơn", "province_signatory", province=neighbour, title="Giám đốc")
    reports = [(factories.filled(province, tung), tung), (factories.filled(neighbour, son), son)]

    def submit(report, person):
        return lambda: actions.submit(report.pk, signer="Giám đốc", by=person, at=NOON)

    at_once(*(submit(report, person) for report, person in reports))

    assert sorted(Submission.objects.values_list("number", flat=True)) == [1, 2]


def test_two_people_begin_one_report_together(lan, tung, province):
    factories.FormVersionFactory()
    obligation = factories.ObligationFactory(province=province)

    def start(person):
        return lambda: actions.start_report(obligation.pk, by=person, at=NOON)

    first, second = at_once(start(lan), start(tung))

    assert first == second


def test_two_years_compiled_at_one_moment_get_two_numbers(minh, province):
    indicator = t3()
    for year in (2025, 2026):
        approve(province, year, indicator, numerator=5, denominator=10)

    kind = national()

    def compile_year(year):
        period = year_of(year)
        wanted = Wanted(kind, period, "vi", Lens(LensKind.ON, period.last_day))
        return lambda: compile_report(wanted, by=minh, at=NOON).cut.number

    assert sorted(at_once(compile_year(2025), compile_year(2026))) == ["C-2026-01", "C-2026-02"]


@pytest.mark.parametrize("table", ["submission", "reportevent", "answerchange"])
def test_the_database_itself_refuses_to_change_what_was_written_once(table, tung, province):
    factories.submitted(province, tung)

    for sql in ("UPDATE {} SET by_name = 'x'", "DELETE FROM {}"):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(sql.format(f"reporting_{table}"))


def test_the_database_itself_refuses_to_change_a_cut(minh, province):
    approve(province, 2026, t3(), numerator=5, denominator=10)
    cut_of(year_of(2026), lens=Lens(LensKind.ON, year_of(2026).last_day), by=minh, at=NOON)

    for sql in ("UPDATE reporting_datacut SET counted = 0", "DELETE FROM reporting_datacut"):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(sql)
