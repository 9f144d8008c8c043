"""What the doors write is looked at in the admin and never changed there."""

from datetime import date

import pytest
from django.urls import reverse

from reporting import actions
from reporting.models import FollowUpStep, ItemMark
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(tung, lan, thu, minh, province):
    report = factories.submitted(province, tung)
    actions.mark_items(report.pk, addresses=["indicators.T4"], kind="approved", seen=1, by=minh, at=NOON)
    post, due = lan.posts_today[0], date(2027, 3, 31)
    asked = actions.ask_follow_up(report.pk, text="Ban hành kế hoạch", post=post, due_on=due, by=thu, at=NOON)
    actions.report_done(asked.pk, word="Đã ban hành", by=lan, at=NOON)
    return {"itemmark": ItemMark.objects.get(), "followupstep": FollowUpStep.objects.get()}


@pytest.mark.parametrize("table", ["itemmark", "followupstep"])
def test_judgements_and_steps_are_listed_and_only_read(client, an, written, table):
    client.force_login(an)
    one = reverse(f"admin:reporting_{table}_change", args=[written[table].pk])

    listed = client.get(reverse(f"admin:reporting_{table}_changelist"))
    shown = client.get(one)

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert str(written[table].by_name) in listed.text
    assert client.post(one, {"by_name": "Ai khác"}).status_code == 403
    assert client.post(f"{one.removesuffix('change/')}delete/", {"post": "yes"}).status_code == 403
    assert client.get(reverse(f"admin:reporting_{table}_add")).status_code == 403
