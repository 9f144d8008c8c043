"""Reminders: each once, on a worked day, one mail a person and day, and none once the thing is done."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from foundation.models import OutboxMail
from reporting import actions, tasks
from reporting.actions import reminding
from reporting.ladder import Kind
from reporting.models import Delivery, Holiday, Obligation, Regime, Reminder
from reporting.working_days import Calendar
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.approved import year_of
from tests.reporting.factories import NOON
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

DUE = date(2026, 11, 30)  # a Monday
QUIET = date(2026, 11, 18)  # between the rungs of 14 and 7 days


def moment(day):
    return datetime.combine(day, time(6, 10), tzinfo=timezone.get_default_timezone())


def remind(day):
    return actions.send_reminders(today=day, at=moment(day))


def quiet(province, **fields):
    """An obligation whose earlier reminders have gone out."""
    obligation = factories.ObligationFactory(province=province, **fields)
    remind(QUIET)
    OutboxMail.objects.all().delete()
    return obligation


def bodies(person):
    return list(
        OutboxMail.objects.filter(recipient=person.email).order_by("queued_at").values_list("body", flat=True)
    )


def told(kind):
    return list(Reminder.objects.sent().filter(kind=kind).order_by("day").values_list("step", flat=True))


def test_one_row_with_an_impossible_day_stops_the_reminders_of_nobody(lan, hoa, province, neighbour, caplog):
    broken = factories.ObligationFactory(province=province)
    Obligation.objects.filter(pk=broken.pk).update(
        extended_to=date(9999, 12, 31), extension_reason="Nhầm năm"
    )
    factories.ObligationFactory(province=neighbour)

    done = remind(DUE)

    assert (done.failed, len(bodies(hoa)), bodies(lan)) == (1, 1, [])
    assert f"obligation {broken.pk}" in caplog.text


def test_the_ladder_is_planned_whole(lan, province):
    factories.ObligationFactory(province=province)

    remind(date(2026, 9, 1))

    planned = Reminder.objects.waiting().values_list("kind", "step", "day")
    assert list(planned) == [
        ("opens", 0, date(2026, 10, 1)),
        ("before", -30, date(2026, 10, 30)),  # the 31st is a Saturday
        ("before", -14, date(2026, 11, 16)),
        ("before", -7, date(2026, 11, 23)),
        ("before", -3, date(2026, 11, 27)),
        ("before", -1, date(2026, 11, 27)),  # the 29th is a Sunday
        ("due", 0, DUE),
        ("overdue", 1, date(2026, 12, 1)),
        ("overdue", 7, date(2026, 12, 7)),
        ("overdue", 14, date(2026, 12, 14)),
        ("overdue", 30, date(2026, 12, 30)),
    ]
    assert not OutboxMail.objects.exists()


def test_each_rung_sends_one_mail(lan, province):
    factories.ObligationFactory(province=province)

    for number in range(100):
        remind(date(2026, 9, 25) + timedelta(number))

    assert told(Kind.BEFORE) == [-30, -14, -7, -1]  # -3 fell on the day of -1
    assert (told(Kind.OPENS), told(Kind.DUE), told(Kind.OVERDUE)) == ([0], [0], [1, 7, 14, 30])
    assert len(bodies(lan)) == 10


def test_the_same_day_twice_changes_nothing(lan, province):
    quiet(province)

    first, second = remind(date(2026, 11, 23)), remind(date(2026, 11, 23))

    assert (first.sent, first.mails) == (1, 1)
    assert (second.planned, second.dropped, second.sent, second.mails) == (0, 0, 0, 0)
    assert len(bodies(lan)) == 1


def test_a_missed_run_is_caught_up_with_one_mail(lan, province):
    quiet(province)

    remind(date(2026, 11, 24))  # the run of the 23rd, seven days before, never was

    (body,) = bodies(lan)
    assert "còn 6 ngày" in body


def test_a_worker_that_was_down_for_weeks_sends_one_mail_that_names_everything(lan, province, neighbour):
    for year in (2025, 2026):
        regime = factories.RegimeFactory(code=f"chuong-trinh-{year}")
        factories.ObligationFactory(
            province=province, period=factories.PeriodFactory(regime=regime, year=year)
        )

    remind(date(2026, 12, 10))
    remind(date(2026, 12, 11))

    (body,) = bodies(lan)
    assert body.index("quá hạn 375 ngày") < body.index("quá hạn 10 ngày")
    assert Reminder.objects.filter(dropped_because="overtaken").count() == 18
    assert Reminder.objects.waiting().filter(day__lte=date(2026, 12, 11)).count() == 0


def test_one_person_gets_one_mail_with_what_is_late_first(lan, province):
    for year in (2026, 2025):
        factories.ObligationFactory(province=province, period=factories.PeriodFactory(year=year))

    remind(date(2026, 11, 20))

    (mail,) = OutboxMail.objects.filter(recipient=lan.email)
    assert mail.subject == "Nhắc việc ngày 20/11/2026: 2 việc, quá hạn: 1"
    assert mail.body.index("năm 2025") < mail.body.index("năm 2026")
    assert mail.body.count("http://") == 3
    assert mail.html.count("<li>") == 2


def test_the_mail_is_in_the_readers_language(lan, province):
    lan.language = "en"
    lan.save()
    quiet(province)

    remind(DUE)

    mail = OutboxMail.objects.get(recipient=lan.email)
    assert mail.subject == "Reminder of 30 November 2026: 1 matter"
    assert "Da Nang, report on year 2026: due today, 30 November 2026" in mail.body


# --- What is done is not said any more --------------------------------------------------


def test_nothing_is_said_after_the_report_was_submitted(lan, tung, province):
    report = factories.submitted(province, tung)
    OutboxMail.objects.all().delete()

    remind(date(2026, 11, 20))
    remind(DUE)

    assert bodies(lan) == []
    assert set(Reminder.objects.values_list("kind", flat=True)) == {Kind.IDLE}
    assert report.obligation.reminders.count() == 3


def test_submitting_drops_what_was_planned_and_approval_ends_all(tung, minh, province):
    report = factories.filled(province, tung)
    remind(QUIET)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    remind(date(2026, 11, 20))
    assert set(Reminder.objects.dropped().values_list("kind", "dropped_because")) >= {("due", "done")}

    actions.approve(report.pk, by=minh, at=NOON)
    remind(date(2026, 11, 21))

    assert not Reminder.objects.waiting().exists()


def test_a_closed_obligation_is_left_alone(lan, province):
    obligation = quiet(province)
    Obligation.objects.filter(pk=obligation.pk).update(closed_on=QUIET, closed_reason="sáp nhập")

    remind(DUE)

    assert bodies(lan) == []
    assert set(
        Reminder.objects.dropped().exclude(dropped_because="overtaken").values_list("dropped_because")
    ) == {("closed",)}


def test_an_extension_moves_the_ladder_and_says_nothing_by_itself(lan, minh, province):
    obligation = quiet(province)
    until = DUE + timedelta(days=10)
    actions.extend_deadline(obligation.pk, until=until, reason="Bão", by=minh, at=moment(date(2026, 11, 26)))
    OutboxMail.objects.all().delete()

    remind(date(2026, 11, 27))
    remind(DUE)
    assert bodies(lan) == []
    remind(date(2026, 12, 3))

    assert "còn 7 ngày" in bodies(lan)[0]
    assert set(Reminder.objects.filter(about_on=DUE, kind=Kind.DUE).values_list("dropped_because")) == {
        ("moved",)
    }


def test_a_change_of_the_regime_moves_no_deadline_while_it_is_overdue(lan, province):
    obligation = quiet(province)
    Regime.objects.update(due_day=1, due_shift=0)

    remind(date(2026, 12, 1))

    assert Obligation.objects.get(pk=obligation.pk).due_on == DUE
    assert "quá hạn 1 ngày" in bodies(lan)[0]


# --- Returns ----------------------------------------------------------------------------


def test_a_return_gets_a_new_due_date_and_is_reminded_of_and_overdue(lan, tung, thu, province):
    factories.returned(province, tung, thu)  # on 20 November: to be answered by the 30th
    OutboxMail.objects.all().delete()

    for number in range(1, 16):
        remind(date(2026, 11, 20) + timedelta(number))

    assert told(Kind.RETURN) == [-7, -1, 0, 1]
    assert not Reminder.objects.sent().exclude(kind=Kind.RETURN).exists()
    assert "bản trả lại chưa được trả lời: quá hạn 1 ngày" in bodies(lan)[-1]


def test_more_time_to_answer_a_return_moves_its_ladder_and_says_nothing_by_itself(
    lan, tung, thu, minh, province
):
    report = factories.returned(province, tung, thu)
    for day in (21, 23):
        remind(date(2026, 11, day))
    until, at = date(2026, 12, 10), moment(date(2026, 11, 26))
    actions.extend_deadline(report.obligation_id, until=until, reason="Bão", by=minh, at=at)
    OutboxMail.objects.all().delete()

    for day in (date(2026, 11, 27), DUE):
        remind(day)
    assert bodies(lan) == []
    remind(date(2026, 12, 3))

    assert "bản trả lại chưa được trả lời: hạn 10/12/2026, còn 7 ngày" in bodies(lan)[0]


# --- The ladder upward ------------------------------------------------------------------


def test_from_the_second_rung_a_late_unit_is_told_to_its_reviewer(lan, thu, province):
    quiet(province)

    for day in (date(2026, 12, 1), date(2026, 12, 7)):
        remind(day)

    assert (len(bodies(lan)), len(bodies(thu))) == (2, 1)
    assert "quá hạn 7 ngày" in bodies(thu)[0]


def test_an_idle_review_climbs_to_the_approver_and_is_never_approved_by_itself(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    OutboxMail.objects.all().delete()

    for number in range(1, 60):
        remind(date(2026, 11, 20) + timedelta(number))

    report.refresh_from_db()
    assert report.state == "submitted"
    assert (len(bodies(thu)), len(bodies(minh))) == (3, 2)
    assert "đã chờ Bộ 10 ngày" in bodies(minh)[0]
    assert bodies(tung) == []


def test_what_is_proposed_is_the_approvers(tung, thu, minh, province):
    report = factories.submitted(province, tung)
    actions.propose(report.pk, by=thu, at=NOON)
    OutboxMail.objects.all().delete()

    remind(date(2026, 11, 25))

    assert (len(bodies(thu)), len(bodies(minh))) == (0, 1)


# --- Who is there -----------------------------------------------------------------------


def test_without_anybody_in_the_post_it_waits_until_somebody_comes(province):
    quiet(province)
    remind(date(2026, 11, 23))
    assert Reminder.objects.waiting().filter(day__lte=date(2026, 11, 23)).exists()

    lan = in_post("Trần Thị Lan", "province_editor", province=province, title="Chuyên viên Sở")
    remind(date(2026, 11, 24))

    assert len(bodies(lan)) == 1


def test_the_neighbour_is_told_nothing(lan, hoa, province, neighbour):
    quiet(province)

    remind(date(2026, 11, 23))

    assert (len(bodies(lan)), bodies(hoa)) == (1, [])


def test_what_comes_up_after_the_days_mail_goes_with_tomorrows(lan, province):
    quiet(province)
    remind(date(2026, 11, 23))
    factories.ObligationFactory(province=province, period=factories.PeriodFactory(year=2025))

    remind(date(2026, 11, 23))
    assert len(bodies(lan)) == 1
    remind(date(2026, 11, 24))

    assert len(bodies(lan)) == 2


def test_a_day_off_entered_later_moves_what_was_planned(lan, province):
    quiet(province)
    Holiday.objects.create(day=date(2026, 11, 23), name_vi="Nghỉ bù")

    remind(date(2026, 11, 20))

    assert "còn 10 ngày" in bodies(lan)[0]


def test_a_rung_the_ministry_adds_below_what_was_said_is_not_sent(lan, province):
    quiet(province)
    Regime.objects.update(reminder_days="45, 30, 14, 7")

    remind(date(2026, 11, 19))

    assert bodies(lan) == []


# --- Command, beat, race ----------------------------------------------------------------


def test_the_command_does_what_the_scheduler_does_twice_without_harm(lan, province, capsys):
    factories.ObligationFactory(province=province)

    call_command("send_reminders", today=DUE)
    call_command("send_reminders", today=DUE)

    first, second = capsys.readouterr().out.splitlines()
    assert first == "planned 11, dropped 6, sent 1 in 1 mails"
    assert second == "planned 0, dropped 0, sent 0 in 0 mails"
    tasks.send_reminders()
    assert Delivery.objects.filter(reader=lan).count() >= 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_moment_send_once(lan, thu, province):
    factories.ObligationFactory(province=province)
    factories.ObligationFactory(province=ProvinceFactory())
    in_post(
        "Đinh Văn Sơn", "province_editor", province=Obligation.objects.last().province, title="Chuyên viên"
    )

    outcomes = at_once(*[lambda: remind(DUE)] * 4)

    assert sorted(one.mails for one in outcomes) == [0, 0, 0, 2]
    assert OutboxMail.objects.count() == 2
    assert Reminder.objects.count() == 22


def test_a_run_for_a_later_day_silences_nothing_that_is_true_before(lan, province):
    """Somebody mistypes the year."""
    quiet(province)

    remind(date(2027, 6, 30))
    OutboxMail.objects.all().delete()
    remind(date(2026, 11, 23))
    remind(DUE)

    assert [("hạn" in body) for body in bodies(lan)] == [True, True]
    assert Reminder.objects.sent().filter(kind=Kind.DUE).count() == 1


@pytest.mark.parametrize("years", [1, 3])
def test_a_run_asks_the_same_for_any_number_of_reports(lan, province, years, django_assert_num_queries):
    for year in range(2024, 2024 + years):
        factories.ObligationFactory(province=province, period=year_of(year))

    with django_assert_num_queries(20):
        remind(date(2026, 12, 28))


def test_what_was_given_up_years_ago_is_not_read_every_morning(lan, province):
    factories.ObligationFactory(province=province, closed_on=date(2026, 1, 1), closed_reason="Đã hợp nhất.")

    assert list(reminding._of_reports(Calendar.of([]), date(2026, 11, 20))) == []


# --- Where the ladder ends --------------------------------------------------------------


def years_of(province, *years):
    """The unit's obligations of these years, due on 30 November each."""
    for year in years:
        factories.ObligationFactory(province=province, period=factories.PeriodFactory(year=year))


def test_nobody_is_reminded_of_a_year_whose_next_one_is_due_already(lan, province):
    years_of(province, 2021, 2024, 2025, 2026)

    remind(date(2026, 12, 1))

    (body,) = bodies(lan)
    assert "báo cáo năm 2026" in body
    assert [year for year in ("2021", "2024", "2025") if f"báo cáo năm {year}" in body] == []
    assert set(Reminder.objects.values_list("obligation__period__year", flat=True)) == {2026}


def test_what_waited_is_dropped_with_the_reason_once_the_next_year_is_due(lan, province):
    years_of(province, 2025, 2026)
    Regime.objects.update(overdue_days="1, 365")
    remind(date(2025, 12, 1))
    assert Reminder.objects.waiting().filter(obligation__period__year=2025, step=365).exists()

    remind(date(2026, 12, 1))

    last = Reminder.objects.get(obligation__period__year=2025, step=365, kind=Kind.OVERDUE)
    assert (last.dropped_because, last.sent_at) == (Reminder.Why.PAST, None)


def test_an_extension_into_the_next_year_is_reminded_still(lan, minh, province):
    years_of(province, 2025, 2026)
    obligation = Obligation.objects.get(period__year=2025)
    obligation.extended_to, obligation.extension_reason = date(2026, 12, 31), "Bão"
    obligation.extended_on = date(2026, 11, 1)
    obligation.save()

    remind(date(2026, 12, 24))

    assert any("báo cáo năm 2025" in body for body in bodies(lan))


def test_what_is_missing_of_past_years_stands_on_the_page_of_the_load(client, thu, province, neighbour):
    years_of(province, 2024, 2025, 2026)
    years_of(neighbour, 2024)

    with time_machine.travel(moment(date(2026, 12, 1))):
        client.force_login(thu)
        page = client.get("/work/review/load/")

    assert [(one.period.year, one.units) for one in page.context["load"].missing] == [(2025, 1), (2024, 2)]
    assert "2 báo cáo chưa hề nộp" in page.text
