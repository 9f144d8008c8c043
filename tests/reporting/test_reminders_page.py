"""The page of reminders: what will go, what went to whom, what did not go and why."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from foundation import mail
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import Reminder
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db

PAGE = reverse("work:reminders")
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(
        datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone()), tick=False
    ):
        yield


def remind(day=DAY):
    return actions.send_reminders(today=day, at=timezone.now())


def owed(province):
    return factories.ObligationFactory(province=province)


def shown(client, **asked):
    return client.get(PAGE, asked).context["reminders"]


def test_what_will_go_stands_with_its_day(client, lan, province):
    owed(province)
    remind()
    client.force_login(lan)

    page = client.get(PAGE)

    assert [row.reminder.day for row in page.context["reminders"].rows][:2] == [
        date(2026, 11, 27), date(2026, 11, 27),
    ]  # fmt: skip
    assert "3 ngày trước hạn 30/11/2026" in page.text
    assert "những người giữ vị trí của đơn vị" in page.text


def test_what_went_says_to_whom_and_when_it_left(client, lan, thu, province):
    owed(province)
    remind()
    client.force_login(thu)
    assert {row.state for row in shown(client, show="sent").rows} == {"trong hộp thư đi"}

    mail.send_waiting(at=timezone.now())

    page = client.get(PAGE, {"show": "sent"})
    assert "Trần Thị Lan" in page.text
    assert "gửi đi 09:00 23/11/2026" in page.text
    assert {(row.icon, row.state) for row in page.context["reminders"].rows} == {("done", "đã gửi")}


def test_a_mail_that_no_server_takes_says_so(client, lan, thu, province):
    owed(province)
    remind()
    OutboxMail.objects.update(failure="{'tung@moc.gov.vn': (550, b'unknown user')}")
    client.force_login(thu)

    page = client.get(PAGE, {"show": "sent"})
    assert "unknown user" not in page.text  # the server's words are for those who keep the mail: the admin
    assert {(row.icon, row.state) for row in page.context["reminders"].rows} == {("failed", "chưa gửi được")}


def test_what_did_not_go_says_why(client, lan, province):
    owed(province)
    remind()
    client.force_login(lan)

    rows = shown(client, show="dropped").rows

    assert {row.state for row in rows} == {"đã có lời nhắc sau thay thế"}


def test_a_reminder_without_reader_is_marked_as_waiting(client, thu, province):
    owed(province)
    remind()
    client.force_login(thu)

    row = shown(client).rows[0]

    assert (row.icon, row.reminder.day) == ("late", date(2026, 10, 1))


def test_a_province_sees_its_own_and_not_the_ministrys_delays(
    client, lan, hoa, thu, tung, province, neighbour
):
    factories.submitted(province, tung)
    owed(neighbour)
    remind()

    for person, count in ((lan, 0), (hoa, 7), (thu, 10)):
        client.force_login(person)
        assert shown(client).page.paginator.count == count


def test_the_ministry_picks_one_unit_out(client, thu, lan, province, neighbour):
    for unit in (province, neighbour):
        owed(unit)
    remind()
    client.force_login(thu)

    page = shown(client, unit=str(neighbour.pk))

    assert {row.reminder.obligation.province for row in page.rows} == {neighbour}
    assert f"unit={neighbour.pk}" in page.tabs[1]["url"]
    assert shown(client, unit="x", page="x", show="x").unit is None


def test_the_page_says_that_the_ministry_enters_days_off(client, lan, minh):
    for person, may in ((lan, False), (minh, True)):
        client.force_login(person)
        page = client.get(PAGE)
        assert "Bộ nhập ngày nghỉ của từng năm" in page.text
        assert ("/admin/reporting/holiday/" in page.text) == may


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count(client, thu, lan, item_count, django_assert_num_queries, province):
    owed(province)
    for _number in range(item_count - 1):
        owed(ProvinceFactory())
    remind()
    client.force_login(thu)

    with django_assert_num_queries(8):
        shown(client)


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_of_what_was_sent(client, thu, lan, item_count, django_assert_num_queries, province):
    for number in range(item_count):
        regime = factories.RegimeFactory(code=f"chuong-trinh-{number}")
        factories.ObligationFactory(province=province, period=factories.PeriodFactory(regime=regime))
    remind()
    client.force_login(thu)

    with django_assert_num_queries(9):
        page = shown(client, show="sent")

    assert len(page.rows) == item_count


def test_the_mail_leads_to_where_each_reader_goes_on(lan, thu, tung, province):
    report = factories.submitted(province, tung)
    OutboxMail.objects.all().delete()

    remind(date(2026, 11, 25))
    assert reverse("work:review", args=[report.pk]) in OutboxMail.objects.get(recipient=thu.email).body

    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    remind(date(2026, 12, 10))
    latest = OutboxMail.objects.filter(recipient=lan.email).latest("pk")
    assert reverse("work:report", args=[report.pk]) in latest.body


def test_what_is_done_is_announced_no_more_from_that_moment(client, lan, tung, province):
    report = factories.filled(province, tung)
    remind()
    client.force_login(lan)
    assert len(shown(client).rows) > 0

    factories.submit(report, tung)

    assert shown(client).rows == []
    assert Reminder.objects.waiting().exists()  # the next run says why they do not go
