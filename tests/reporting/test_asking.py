"""Thematic and ad-hoc reports: asked once of some units, told by mail, apart from the years' figures."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.actions import ActionRefused
from foundation.models import AuditEntry, OutboxMail
from provinces.models import Region, RegionMembership
from reporting import actions, years
from reporting.completeness import yearly_periods
from reporting.ladder import Kind
from reporting.models import Obligation, Period, Regime, Reminder, YearValue
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.approved import approve, t3, year_of
from tests.reporting.factories import ANSWERS, NOON, TODAY, measured
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def theme(db):
    measured()
    regime = factories.RegimeFactory(
        code="tui-ni-long", kind=Regime.Kind.THEMATIC, name_vi="Túi ni-lông", name_en="Plastic bags"
    )
    factories.FormVersionFactory(regime=regime)
    return regime


def request_of(regime, **changed):
    asked = actions.Request(
        regime=regime.pk, title_vi="Túi ni-lông ở chợ", title_en="Plastic bags in markets",
        first_day=date(2026, 1, 1), last_day=date(2026, 6, 30), opens_on=TODAY, due_on=date(2026, 12, 15),
    )  # fmt: skip
    return replace(asked, **changed)


def ask(regime, *units, by, **changed):
    return actions.ask_units(request_of(regime, **changed), [unit.pk for unit in units], by=by, at=NOON)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due_on": date(9999, 12, 31)}, "quá xa hôm nay"),
        ({"first_day": date(1, 1, 1)}, "quá xa hôm nay"),
        ({"opens_on": date(1999, 1, 1)}, "quá xa hôm nay"),
        ({"last_day": date(2028, 6, 30)}, "hơn một năm sau"),
    ],
)
def test_days_that_nobody_meant_are_refused(theme, province, minh, changed, words):
    with pytest.raises(ActionRefused, match=words):
        ask(theme, province, by=minh, **changed)

    assert not Period.objects.exists()


def typed(regime, /, **changed):
    """What the page sends."""
    return {
        "regime": regime.pk, "title_vi": "Túi ni-lông ở chợ", "title_en": "Plastic bags in markets",
        "first_day": "2026-01-01", "last_day": "2026-06-30", "opens_on": "2026-11-20",
        "due_on": "2026-12-15", "whom": "all", **changed,
    }  # fmt: skip


# --- The door -----------------------------------------------------------------------------


def test_each_unit_owes_it_and_is_told_at_once(lan, hoa, minh, province, neighbour, theme):
    period = ask(theme, province, neighbour, by=minh)

    assert (period.year, period.number) == (2026, 1)
    assert period.words == "“Túi ni-lông ở chợ”, 01/01–30/6/2026"
    owed = period.obligations.values_list("province", "due_on", "is_demo")
    assert set(owed) == {(unit.pk, date(2026, 12, 15), False) for unit in (province, neighbour)}
    mail = OutboxMail.objects.get(recipient=lan.email)
    assert mail.subject == "Bộ yêu cầu báo cáo trước ngày 15/12/2026: Túi ni-lông ở chợ"
    assert "Đà Nẵng" in mail.body
    assert "http://testserver/work/" in mail.body
    assert AuditEntry.objects.filter(verb="ask for a report", by=minh).count() == 2


def test_the_same_request_again_adds_only_the_units_it_lacks(lan, hoa, minh, province, neighbour, theme):
    first = ask(theme, province, by=minh)

    second = ask(theme, province, neighbour, by=minh)

    assert (first, Period.objects.count(), Obligation.objects.count()) == (second, 1, 2)
    assert OutboxMail.objects.filter(recipient=lan.email).count() == 1
    assert OutboxMail.objects.filter(recipient=hoa.email).count() == 1


def test_more_units_are_asked_later_once_each(lan, hoa, minh, province, neighbour, theme):
    period = ask(theme, province, by=minh)

    added = [
        actions.ask_more_units(period.pk, [province.pk, neighbour.pk], by=minh, at=NOON) for _time in range(2)
    ]

    assert added == [1, 0]
    assert OutboxMail.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"last_day": date(2025, 12, 31)}, "kết thúc trước khi bắt đầu"),
        ({"opens_on": date(2026, 12, 20)}, "trước ngày mở kỳ"),
        ({"opens_on": date(2026, 10, 1), "due_on": date(2026, 11, 19)}, "đã qua"),
        ({"title_vi": "  "}, "tiêu đề"),
        ({"last_day": date(2019, 6, 30), "first_day": date(2019, 1, 1)}, "mẫu"),
    ],
)
def test_bad_days_are_refused_and_nothing_is_made(minh, province, theme, changed, told):
    with pytest.raises(ActionRefused, match=told):
        ask(theme, province, by=minh, **changed)

    assert not Period.objects.exists()
    assert not OutboxMail.objects.exists()


def test_a_second_request_about_the_same_days_is_refused_by_the_name_of_the_first(minh, province, theme):
    ask(theme, province, by=minh)

    with pytest.raises(ActionRefused, match="“Túi ni-lông ở chợ”"):
        ask(theme, province, by=minh, title_vi="Khác", last_day=date(2026, 3, 31))

    assert ask(theme, province, by=minh, first_day=date(2026, 7, 1), last_day=date(2026, 9, 30)).number == 2


def test_a_unit_that_has_ended_is_refused_by_name(minh, province, theme):
    ended = ProvinceFactory(code="49", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1), name_vi="Cũ")

    with pytest.raises(ActionRefused, match="Cũ"):
        ask(theme, province, ended, by=minh)
    with pytest.raises(ActionRefused, match="ít nhất một đơn vị"):
        ask(theme, by=minh)

    assert not Obligation.objects.exists()


def test_a_periodic_regime_and_one_switched_off_are_refused(minh, province, theme):
    with pytest.raises(ActionRefused, match="tự mở"):
        ask(factories.RegimeFactory(), province, by=minh)
    theme.is_active = False
    theme.save()
    with pytest.raises(ActionRefused, match="đã tắt"):
        ask(theme, province, by=minh)


def test_only_those_who_approve_ask(thu, an, lan, province, theme):
    for person in (thu, an, lan):
        with pytest.raises(ActionRefused, match="phê duyệt"):
            ask(theme, province, by=person)


def test_the_scheduler_opens_nothing_for_a_thematic_regime(province, theme):
    assert actions.open_periods(today=TODAY) == []


def test_a_period_is_named_by_a_title_only_where_it_was_asked_for(theme):
    days = {"first_day": TODAY, "last_day": TODAY, "opens_on": TODAY, "due_on": TODAY}
    own = {"year": 2026, "number": 1, "government_due_on": TODAY, **days}

    with pytest.raises(ValidationError, match="tiêu đề"):
        Period(regime=theme, **own).full_clean()
    with pytest.raises(ValidationError, match="định kỳ"):
        Period(regime=factories.RegimeFactory(), title_vi="Khác", **own).full_clean()


def test_a_report_keeps_the_title_it_was_submitted_under(lan, tung, minh, province, theme):
    obligation = ask(theme, province, by=minh).obligations.get()
    report = actions.start_report(obligation.pk, by=lan, at=NOON)
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=tung, at=NOON)
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=tung, at=NOON
    )
    sent = factories.submit(report, tung)

    assert sent.snapshot["period"]["title_vi"] == "Túi ni-lông ở chợ"
    sent.period.title_vi = "Khác"
    with pytest.raises(ValidationError, match="tiêu đề này"):
        sent.period.full_clean()


# --- Withdrawing --------------------------------------------------------------------------


def test_a_request_is_withdrawn_with_a_reason_and_can_be_made_again(lan, minh, province, theme):
    period = ask(theme, province, by=minh)
    obligation = period.obligations.get()

    actions.withdraw_request(obligation.pk, reason=" Gửi nhầm ", by=minh, at=NOON)

    obligation.refresh_from_db()
    assert (obligation.closed_on, obligation.closed_reason) == (TODAY, "Gửi nhầm")
    assert "Gửi nhầm" in OutboxMail.objects.latest("pk").body
    with pytest.raises(ActionRefused, match="đã không còn"):
        actions.withdraw_request(obligation.pk, reason="Lại", by=minh, at=NOON)

    assert actions.ask_more_units(period.pk, [province.pk], by=minh, at=NOON) == 1
    obligation.refresh_from_db()
    assert (obligation.closed_on, obligation.closed_reason) == (None, "")


def test_what_a_unit_has_begun_is_not_withdrawn(lan, minh, province, theme):
    obligation = ask(theme, province, by=minh).obligations.get()
    actions.start_report(obligation.pk, by=lan, at=NOON)

    with pytest.raises(ActionRefused, match="đã bắt đầu"):
        actions.withdraw_request(obligation.pk, reason="Gửi nhầm", by=minh, at=NOON)

    obligation.refresh_from_db()
    assert obligation.closed_on is None


# --- Apart from the years -----------------------------------------------------------------


def test_what_it_says_enters_no_years_figure(province, theme, minh):
    indicator = t3()
    found = approve(province, 2025, indicator, numerator=7, denominator=10)
    period = ask(theme, province, by=minh)
    found.pk, found.period, found.numerator = None, period, 9
    found.save()

    years.add_up()

    assert YearValue.objects.values_list("year", "numerator").get() == (2025, 7)
    assert list(yearly_periods()) == [year_of(2025)]
    assert list(Period.objects.yearly()) == [year_of(2025)]
    assert {row.period.year_words for row in province.approvedvalues.newest_of_each()} == {
        "2025", "“Túi ni-lông ở chợ”, 01/01–30/6/2026",
    }  # fmt: skip


def test_its_approval_says_which_public_page_shows_what(client, lan, tung, minh, province, theme):
    obligation = ask(theme, province, by=minh).obligations.get()
    report = actions.start_report(obligation.pk, by=lan, at=NOON)
    actions.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=lan, at=NOON
    )
    factories.submit(report, tung)
    client.force_login(minh)

    page = client.get(reverse("work:confirm", args=[report.pk, "approve"])).text
    done = client.post(reverse("work:step", args=[report.pk, "approve"]), {"seen": 1}, follow=True).text

    assert "3 số liệu hoặc số đếm là mới" in page
    assert "không có trên trang công khai nào, và không nội dung nào vào số liệu năm" in page
    assert "trên trang công khai của đơn vị" in done
    assert len(province.approvedvalues.newest_of_each()) == 3


def test_its_own_mail_stands_for_the_reminder_of_the_opening(lan, minh, province, theme):
    ask(theme, province, by=minh)

    actions.send_reminders(today=TODAY, at=NOON)

    planned = Reminder.objects.values_list("kind", "step")
    assert (Kind.OPENS, 0) not in planned
    assert (Kind.BEFORE, -14) in planned
    assert (Kind.BEFORE, -30) not in planned  # before it was asked for


# --- The pages ----------------------------------------------------------------------------


def test_the_page_says_how_many_units_before_it_asks_them(client, lan, hoa, minh, province, neighbour, theme):
    client.force_login(minh)
    address = reverse("work:request_ask")
    assert "Túi ni-lông" in client.get(address).text

    page = client.post(address, typed(theme))
    assert "2 đơn vị sẽ được yêu cầu" in page.text
    assert not Period.objects.exists()

    done = client.post(address, typed(theme, confirmed="1"))
    period = Period.objects.get()
    assert done.url == reverse("work:request", args=[period.pk])
    assert "Đà Nẵng" in client.get(done.url).text
    assert "0 đơn vị sẽ được yêu cầu" in client.post(address, typed(theme)).text


def test_back_from_the_confirmation_keeps_what_was_typed(client, minh, province, theme):
    client.force_login(minh)

    page = client.post(reverse("work:request_ask"), typed(theme, change="1"))

    assert (page.status_code, "Plastic bags in markets" in page.text) == (200, True)


def test_bad_input_comes_back_with_a_sentence_and_what_was_typed(client, minh, province, theme):
    client.force_login(minh)
    address = reverse("work:request_ask")

    for changed, told in (
        ({"due_on": "2026-11-01"}, "trước ngày mở kỳ"),
        ({"whom": "region"}, "Chọn vùng"),
        ({"whom": "chosen"}, "Đánh dấu ít nhất một đơn vị"),
        ({"regime": factories.RegimeFactory().pk}, "Báo cáo năm"),
    ):
        page = client.post(address, typed(theme, confirmed="1", **changed))
        assert page.status_code == 422
        assert told in page.text or "regime" in changed
        assert page.context["form"].errors.keys() == changed.keys() - {"whom"} or "whom" in changed
        assert "Túi ni-lông ở chợ" in page.text
    assert not Period.objects.exists()


def test_a_region_is_asked_whole(client, minh, province, neighbour, theme):
    region = Region.objects.create(
        slug="mien-trung", position=1, name_vi="Miền Trung", valid_from=date(2025, 7, 1)
    )
    RegionMembership.objects.create(province=province, region=region, valid_from=date(2025, 7, 1))
    client.force_login(minh)

    client.post(reverse("work:request_ask"), typed(theme, whom="region", region=region.pk, confirmed="1"))

    assert list(Obligation.objects.values_list("province", flat=True)) == [province.pk]


def test_more_units_and_withdrawal_on_the_page_of_a_request(client, minh, province, neighbour, theme):
    period = ask(theme, province, by=minh)
    client.force_login(minh)
    address = reverse("work:request", args=[period.pk])

    assert client.post(address, {"whom": "chosen"}).status_code == 422
    asked = {"whom": "chosen", "units": [neighbour.pk]}
    first = client.post(address, asked).text
    assert ("1 đơn vị sẽ được yêu cầu" in first, period.obligations.count()) == (True, 1)
    assert client.post(address, {**asked, "change": "1"}).status_code == 200
    client.post(address, {**asked, "confirmed": "1"})
    assert period.obligations.count() == 2

    withdraw = reverse("work:request_withdraw", args=[period.obligations.get(province=neighbour).pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    client.post(withdraw, {"reason": "Gửi nhầm"})
    assert "Gửi nhầm" in client.get(address).text


def test_the_province_sees_title_kind_and_what_is_asked(client, lan, minh, province, theme):
    obligation = ask(theme, province, by=minh, asked_vi="Chợ nào đã thôi phát túi?").obligations.get()
    report = actions.start_report(obligation.pk, by=lan, at=NOON)
    client.force_login(lan)

    desk = client.get(reverse("work:workspace")).text
    assert "“Túi ni-lông ở chợ”" in desk
    assert "(chuyên đề)" in desk
    page = client.get(reverse("work:section", args=[report.pk, "general"])).text
    assert "Chợ nào đã thôi phát túi?" in page


def test_the_queue_opens_with_the_periodic_report(client, minh, province, theme):
    yearly = factories.ObligationFactory(province=province).period
    period = ask(theme, province, by=minh)
    client.force_login(minh)

    assert f'value="{yearly.pk}" selected' in client.get(reverse("work:review_queue")).text
    assert (
        f'value="{period.pk}" selected'
        in client.get(reverse("work:review_queue"), {"period": period.pk}).text
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_any_number(client, minh, theme, count, django_assert_num_queries):
    units = [ProvinceFactory() for _one in range(count)]
    for month in range(1, count + 1):
        day = date(2026, month, 1)
        period = ask(theme, *units, by=minh, first_day=day, last_day=day)
    client.force_login(minh)

    with django_assert_num_queries(6):
        client.get(reverse("work:requests"))
    with django_assert_num_queries(12):
        client.get(period.get_absolute_url())


# --- At one moment ------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_asking_at_once_make_one_request_and_one_mail(lan, minh, province, neighbour, theme):
    period = ask(theme, neighbour, by=minh)

    outcomes = at_once(
        lambda: ask(theme, province, by=minh),
        lambda: ask(theme, province, neighbour, by=minh),
        lambda: actions.ask_more_units(period.pk, [province.pk], by=minh, at=NOON),
    )

    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert (Period.objects.count(), Obligation.objects.count()) == (1, 2)
    assert OutboxMail.objects.filter(recipient=lan.email).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_beginning_and_withdrawing_at_once_leave_one_of_the_two(lan, minh, province, theme):
    obligation = ask(theme, province, by=minh).obligations.get()

    outcomes = at_once(
        lambda: actions.start_report(obligation.pk, by=lan, at=NOON),
        lambda: actions.withdraw_request(obligation.pk, reason="Gửi nhầm", by=minh, at=NOON),
    )

    assert len([one for one in outcomes if isinstance(one, ActionRefused)]) == 1
    obligation.refresh_from_db()
    assert (obligation.closed_on is None) == hasattr(obligation, "report")
