"""The ministry's queue counts people's days and leaves no unit out."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from reporting import actions
from reporting.clocks import clocks
from reporting.models import Obligation
from reporting.queue_page import Queue
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)  # 8 o'clock in Viet Nam
TODAY = date(2026, 11, 26)


def test_days_are_counted_by_the_calendar_since_the_submission(client, tung, thu, province):
    report = factories.submitted(province, tung)  # on the 20th at noon
    actions.propose(report.pk, by=thu, at=NOON + timedelta(days=4))

    queue = Queue(thu, {}, today=TODAY, now=MORNING)
    client.force_login(thu)
    with time_machine.travel(MORNING):
        page = client.get("/work/review/")

    assert [days for _line, days in queue.rows] == [6]
    assert clocks(report.events.all(), now=MORNING).ministry == 6
    assert "20/11/2026" in page.text
    assert "24/11/2026" in page.text


def test_the_counts_add_up_to_all_units(tung, thu, minh, province, neighbour):
    factories.approved(province, tung, minh)
    factories.ObligationFactory(province=neighbour)
    extended = factories.ObligationFactory(province=ProvinceFactory())
    Obligation.objects.filter(pk=extended.pk).update(
        extended_to=date(2026, 12, 20), extension_reason="sau bão"
    )
    factories.ObligationFactory(province=ProvinceFactory(), due_on=date(2026, 11, 17))

    queue = Queue(thu, {}, today=TODAY, now=MORNING)

    numbers = [cell["number"] for cell in queue.cells]
    assert (sum(numbers), len(queue.lines)) == (4, 4)
    assert len(Queue(thu, {"show": "open"}, today=TODAY, now=MORNING).rows) == 2


@pytest.mark.parametrize(("prefix", "words"), [("", "Còn 4 ngày"), ("/en", "4 days left")])
def test_a_unit_with_days_left_is_told_how_many(client, thu, province, prefix, words):
    factories.ObligationFactory(province=province)
    client.force_login(thu)

    with time_machine.travel(MORNING):
        page = client.get(f"{prefix}/work/review/")

    assert words in page.text
    assert "Đến hạn" not in page.text
