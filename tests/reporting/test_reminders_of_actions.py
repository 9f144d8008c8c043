"""Follow-up actions are reminded in the digest of the day: to their owner, then to those who verify."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.models import OutboxMail
from reporting import actions
from reporting.ladder import Kind
from reporting.models import Reminder
from reporting.reminder_pages import RemindersPage
from tests.reporting import factories
from tests.reporting.factories import NOON
from tests.reporting.test_reminders import bodies, moment, remind, told

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

ASKED = NOON.date()  # Friday 20 November 2026
DUE = date(2026, 12, 31)  # a Thursday
TEXT = "Ban hành kế hoạch của đơn vị mới"


@pytest.fixture
def report(tung, minh, province):
    found = factories.approved(province, tung, minh)
    OutboxMail.objects.all().delete()
    return found


@pytest.fixture
def asked(report, thu, lan):
    made = actions.ask_follow_up(
        report.pk, text=TEXT, post=lan.posts_today[0], due_on=DUE, address="", by=thu, at=NOON
    )
    OutboxMail.objects.all().delete()
    return made


def each_day_until(last):
    day = ASKED
    while day < last:
        day += timedelta(1)
        remind(day)


def test_the_owner_is_reminded_on_the_days_of_the_regime(asked, lan, tung):
    each_day_until(DUE)

    assert told(Kind.ACTION) == [-30, -14, -7, -3, -1, 0]
    assert len(bodies(lan)) == 6
    assert bodies(tung) == []
    assert f"Đà Nẵng, việc theo dõi: {TEXT}: hạn là hôm nay, 31/12/2026" in bodies(lan)[-1]
    assert f"http://testserver/work/followups/{asked.pk}/" in bodies(lan)[-1]


def test_a_late_one_is_told_to_who_asked_from_the_second_rung_on(asked, lan, thu, minh):
    each_day_until(DUE)
    OutboxMail.objects.all().delete()

    remind(DUE + timedelta(1))
    assert (len(bodies(lan)), bodies(thu)) == (1, [])

    remind(DUE + timedelta(7))
    assert (len(bodies(lan)), len(bodies(thu)), bodies(minh)) == (2, 1, [])
    assert "quá hạn 7 ngày" in bodies(thu)[0]


def test_it_stops_when_it_is_done_and_asks_for_verification_until_it_is_verified(asked, lan, thu, minh):
    remind(DUE - timedelta(8))
    OutboxMail.objects.all().delete()
    done_at = moment(DUE - timedelta(7))
    actions.report_done(asked.pk, word="Đã ban hành", by=lan, at=done_at)
    OutboxMail.objects.all().delete()

    for days in range(1, 11):
        remind(done_at.date() + timedelta(days))

    assert bodies(lan) == []
    assert (len(bodies(thu)), len(bodies(minh))) == (2, 1)  # after 5 days, and after 10 with who approves
    assert not Reminder.objects.waiting().filter(kind=Kind.ACTION).exists()
    dropped = Reminder.objects.dropped().filter(kind=Kind.ACTION)
    assert set(dropped.values_list("dropped_because", flat=True)) == {"done", "overtaken"}

    actions.verify_follow_up(asked.pk, by=thu, at=moment(DUE + timedelta(5)))
    remind(DUE + timedelta(6))
    assert not Reminder.objects.waiting().exists()


def test_one_that_is_sent_back_is_reminded_again(asked, lan, thu):
    actions.report_done(asked.pk, word="Đã ban hành", by=lan, at=NOON)
    actions.refuse_follow_up(asked.pk, word="Chưa có số", by=thu, at=NOON)
    OutboxMail.objects.all().delete()

    remind(DUE)

    assert len(bodies(lan)) == 1


def test_a_persons_reports_and_actions_are_one_mail(asked, lan, province):
    theme = factories.PeriodFactory(year=2027, due_on=DUE, opens_on=ASKED)
    factories.ObligationFactory(province=province, period=theme)

    remind(DUE)
    remind(DUE)

    (body,) = bodies(lan)
    assert (TEXT in body, "báo cáo năm 2027" in body) == (True, True)


def test_a_vacant_owner_post_reaches_the_units_other_people(asked, lan, tung):
    lan.occupancies.update(valid_to=DUE - timedelta(1))

    remind(DUE)

    assert (bodies(lan), len(bodies(tung))) == ([], 1)


def test_a_deputy_of_another_unit_is_told_nothing(asked, hoa):
    remind(DUE)

    assert bodies(hoa) == []


def test_the_page_names_the_action_and_keeps_verification_from_the_province(client, asked, lan, thu):
    remind(ASKED)
    client.force_login(lan)

    page = client.get("/work/reminders/").text

    assert f"việc theo dõi “{TEXT}”" in page.lower() or TEXT in page
    actions.report_done(asked.pk, word="Xong", by=lan, at=NOON)
    remind(ASKED)
    shown = {one.reminder.kind for one in RemindersPage(thu, {}, today=ASKED).rows}
    assert shown == {Kind.VERIFY}
    assert RemindersPage(lan, {}, today=ASKED).rows == []


def test_the_database_wants_an_action_named(asked, report):
    rung = {"obligation": report.obligation, "step": 0, "about_on": DUE, "day": DUE}

    with pytest.raises(IntegrityError, match="reminder_of_action_names_it"), transaction.atomic():
        Reminder.objects.create(kind=Kind.ACTION, **rung)
    with pytest.raises(IntegrityError, match="reminder_of_action_names_it"), transaction.atomic():
        Reminder.objects.create(kind=Kind.DUE, follow_up=asked, **rung)


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_any_number(report, lan, thu, count, django_assert_num_queries):
    for place in range(count):
        actions.ask_follow_up(
            report.pk, text=f"{TEXT} {place}", post=lan.posts_today[0], due_on=DUE, by=thu, at=NOON
        )

    with django_assert_num_queries(13):
        remind(ASKED)
