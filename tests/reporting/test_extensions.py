"""More time for one unit: asked with a reason, told to the province, kept as often as it happens."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from foundation.actions import ActionRefused
from foundation.models import AuditEntry, OutboxMail
from reporting import actions
from reporting.extensions import extensions_of
from reporting.models import Obligation, Standing
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)
LATER = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(province):
    return factories.ObligationFactory(province=province)


def page_of(obligation):
    return reverse("work:extend", args=[obligation.pk])


def extend(obligation, until, by, reason="Bão số 9", at=NOON):
    return actions.extend_deadline(obligation.pk, until=until, reason=reason, by=by, at=at)


def test_the_page_extends_and_leads_back_to_the_queue(client, minh, lan, owed):
    client.force_login(minh)
    assert "30/11/2026" in client.get(page_of(owed)).text

    response = client.post(page_of(owed), {"until": "2026-12-10", "reason": " Bão số 9 "})

    assert response.url == f"{reverse('work:review_queue')}?period={owed.period_id}"
    owed.refresh_from_db()
    assert (owed.due_on, owed.extended_to, owed.extended_on) == (DUE, LATER, date(2026, 11, 20))
    assert (owed.extension_reason, owed.extended_by) == ("Bão số 9", minh)


def test_the_province_gets_a_mail_and_reads_the_reason(client, minh, lan, hoa, owed):
    extend(owed, LATER, minh)

    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (
        lan.email,
        "Thêm thời gian cho báo cáo năm 2026: đến 10/12/2026",
    )
    assert "Lý do: Bão số 9 (Phạm Văn Minh)" in mail.body
    client.force_login(lan)
    assert "gia hạn: Bão số 9" in client.get(reverse("work:workspace")).text


def test_the_queue_shows_the_reason_and_the_way_in_to_those_who_may(client, minh, thu, owed):
    extend(owed, LATER, minh)

    for person, may in ((minh, True), (thu, False)):
        client.force_login(person)
        page = client.get(reverse("work:review_queue")).text
        assert "gia hạn: Bão số 9" in page
        assert (page_of(owed) in page) == may


def test_each_extension_is_one_more_line_of_the_audit(client, minh, owed):
    extend(owed, LATER, minh)
    extend(owed, LATER + timedelta(days=5), minh, reason="Lũ")

    kept = [(one.before, one.until, one.reason) for one in extensions_of(owed)]

    assert kept == [(LATER, date(2026, 12, 15), "Lũ"), (DUE, LATER, "Bão số 9")]
    client.force_login(minh)
    page = client.get(page_of(owed)).text
    assert page.index("Lũ") < page.index("Bão số 9")
    assert "Lãnh đạo Cục" in page


def test_an_extension_of_a_return_moves_the_day_of_its_answer(tung, thu, minh, province):
    report = factories.returned(province, tung, thu)

    extend(report.obligation, LATER, minh)

    owed = Obligation.objects.get(pk=report.obligation_id)
    assert (owed.last_day_to_submit, owed.return_due_on, owed.extended_to) == (LATER, LATER, None)
    assert owed.standing(LATER) == Standing.RETURNED


def test_an_extension_given_too_long_is_corrected_with_a_reason_and_told(lan, minh, owed):
    extend(owed, LATER, minh)
    OutboxMail.objects.all().delete()

    extend(owed, LATER - timedelta(days=5), minh, reason="Nhầm ngày")

    kept = [(one.before, one.until, one.reason) for one in extensions_of(owed)]
    assert kept == [(LATER, date(2026, 12, 5), "Nhầm ngày"), (DUE, LATER, "Bão số 9")]
    mail = OutboxMail.objects.get()
    assert mail.subject == "Sửa hạn nộp báo cáo năm 2026: 05/12/2026"
    assert "Lý do: Nhầm ngày" in mail.body
    assert "thêm thời gian" not in mail.body


def test_a_correction_goes_back_to_the_first_deadline_or_today_and_no_further(minh, owed):
    extend(owed, LATER, minh)
    december = NOON + timedelta(days=15)

    for day, at in ((DUE - timedelta(days=1), NOON), (date(2026, 12, 4), december)):
        with pytest.raises(ActionRefused, match="không được trước"):
            extend(owed, day, minh, at=at)
    extend(owed, DUE, minh)

    assert Obligation.objects.get().last_day_to_submit == DUE


def test_what_was_never_extended_is_not_brought_forward(minh, owed):
    with pytest.raises(ActionRefused, match="30/11/2026"):
        extend(owed, DUE - timedelta(days=1), minh)


def test_the_extension_of_a_return_is_corrected_down_to_its_first_day(tung, thu, minh, province):
    report = factories.returned(province, tung, thu)
    first = Obligation.objects.get().last_day_to_submit
    extend(report.obligation, LATER, minh)

    with pytest.raises(ActionRefused, match="không được trước"):
        extend(report.obligation, first - timedelta(days=1), minh)
    extend(report.obligation, first, minh)

    assert Obligation.objects.get().last_day_to_submit == first


def test_a_day_in_a_far_year_is_refused(minh, owed):
    with pytest.raises(ActionRefused, match="quá xa hôm nay"):
        extend(owed, date(9999, 12, 31), minh)


def test_an_extension_into_the_past_is_refused(minh, owed):
    with pytest.raises(ActionRefused):
        extend(owed, LATER, minh, at=NOON + timedelta(days=60))

    assert not AuditEntry.objects.exists()


def test_what_was_handed_in_or_closed_is_not_extended(client, tung, minh, province, neighbour):
    report = factories.submitted(province, tung)
    closed = factories.ObligationFactory(province=neighbour)
    Obligation.objects.filter(pk=closed.pk).update(closed_on=date(2026, 11, 1), closed_reason="sáp nhập")
    client.force_login(minh)

    for obligation in (report.obligation, closed):
        with pytest.raises(ActionRefused):
            extend(obligation, LATER, minh)
        assert "không có gì để gia hạn" in client.get(page_of(obligation)).text

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"until": "2026-11-30", "reason": "Bão"}, "Ngày mới phải sau 30/11/2026"),
        ({"until": "hôm nào", "reason": "Bão"}, "hôm nào"),
        ({"until": "2026-12-10", "reason": " "}, "2026-12-10"),
        ({"until": "2026-12-10", "reason": "b" * 301}, "b" * 301),
    ],
)
def test_what_cannot_be_stays_in_its_box_with_a_sentence(client, minh, owed, typed, words):
    client.force_login(minh)

    response = client.post(page_of(owed), typed)

    assert response.status_code == 422
    assert words in response.text
    owed.refresh_from_db()
    assert (owed.extended_to, AuditEntry.objects.count()) == (None, 0)


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count(client, minh, owed, item_count, django_assert_num_queries):
    for number in range(item_count):
        extend(owed, LATER + timedelta(days=number), minh)
    client.force_login(minh)

    with django_assert_num_queries(5):
        response = client.get(page_of(owed))

    assert len(response.context["extensions"]) == item_count
