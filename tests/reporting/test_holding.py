"""Who looks at a report is seen in queue and page, is told by mail, and locks nobody out."""

import pytest

from foundation.actions import ActionRefused
from foundation.models import OutboxMail
from reporting import actions
from reporting.models import State
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def report(tung, province):
    return factories.submitted(province, tung)


@pytest.fixture
def ha():
    return in_post("Bùi Thu Hà", "ministry_reviewer", title="Chuyên viên Cục")


def held(report):
    report.refresh_from_db()
    return report.reviewer


def test_a_report_is_taken_up_and_seen_in_queue_and_page(client, report, thu):
    actions.take_up(report.pk, by=thu, at=NOON)

    client.force_login(thu)
    assert held(report) == thu
    for page in ("/work/review/", f"/work/review/{report.pk}/"):
        assert "Vũ Thị Thu" in client.get(page).text


def test_it_is_no_lock(report, thu, ha, minh):
    actions.take_up(report.pk, by=thu, at=NOON)

    actions.propose(report.pk, by=ha, at=NOON)
    actions.approve(report.pk, by=minh, at=NOON)

    report.refresh_from_db()
    assert report.state == State.APPROVED


def test_who_held_it_before_is_told(report, thu, ha):
    actions.take_up(report.pk, by=thu, at=NOON)

    actions.take_up(report.pk, by=ha, at=NOON)

    assert held(report) == ha
    assert "Bùi Thu Hà" in OutboxMail.objects.get(key__contains="taken", recipient=thu.email).body


def test_it_is_handed_to_another_who_gets_a_mail(report, thu, ha):
    actions.take_up(report.pk, by=thu, at=NOON)

    actions.hand_over(report.pk, to=ha, by=thu, at=NOON)

    assert held(report) == ha
    mail = OutboxMail.objects.get(key__contains="assigned")
    assert (mail.recipient, "Vũ Thị Thu" in mail.body) == (ha.email, True)
    assert report.events.get(step="hand_over").detail == {"to": "Bùi Thu Hà"}


def test_an_approver_assigns_what_nobody_has_taken_up(report, ha, minh):
    actions.hand_over(report.pk, to=ha, by=minh, at=NOON)

    assert held(report) == ha


def test_what_cannot_be_is_refused_and_nothing_moves(report, tung, thu, ha):
    refused = [
        lambda: actions.hand_over(report.pk, to=ha, by=thu, at=NOON),  # she does not hold it
        lambda: actions.take_up(report.pk, by=tung, at=NOON),
        lambda: actions.let_go(report.pk, by=thu, at=NOON),
    ]
    for deed in refused:
        with pytest.raises(ActionRefused):
            deed()
    actions.take_up(report.pk, by=thu, at=NOON)
    for to in (None, tung, thu):
        with pytest.raises(ActionRefused):
            actions.hand_over(report.pk, to=to, by=thu, at=NOON)
    with pytest.raises(ActionRefused):
        actions.take_up(report.pk, by=thu, at=NOON)
    with pytest.raises(ActionRefused):
        actions.let_go(report.pk, by=ha, at=NOON)

    assert held(report) == thu


def test_it_is_let_go(report, thu):
    actions.take_up(report.pk, by=thu, at=NOON)

    actions.let_go(report.pk, by=thu, at=NOON)

    assert held(report) is None
    assert report.reviewer_since is None


def test_the_buttons_of_the_page(client, report, thu, ha):
    client.force_login(thu)
    address = f"/work/review/{report.pk}/reviewer/"

    client.post(address, {"deed": "take_up"})
    assert held(report) == thu
    client.post(address, {"deed": "hand_over", "reviewer": str(ha.pk)})
    assert held(report) == ha
    page = client.post(address, {"deed": "hand_over", "reviewer": "x"}, follow=True).text
    assert "Nhận xem báo cáo trước" in page
    assert client.post(address, {"deed": "khac"}).status_code == 404
