"""A unit that ends within a period: no months are asked for twice, and undoing takes all of it back."""

from dataclasses import replace
from datetime import date

import pytest

from provinces.models import Province
from reporting import actions
from reporting.models import Obligation, Regime, State, StatusReport
from scp_portal.cutover import door
from scp_portal.cutover.dry_run import dry_run
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import LATER, NOON, PAPER, merger
from tests.cutover.test_other_kinds import split, to_the_second
from tests.reporting.factories import ObligationFactory, PeriodFactory, StatusReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

WITHIN = date(2026, 12, 1)  # of the period from 15 December 2025 to 14 December 2026


@pytest.fixture
def owing(bare):
    """Both units owe the year; the first has begun."""
    period = PeriodFactory(year=2026)
    owed = [ObligationFactory(province=unit, period=period) for unit in bare[:2]]
    StatusReportFactory(obligation=owed[0], state=State.DRAFT)
    return bare


def confirmed(proposal, an, minh, picks=None):
    cutover = door.prepare(replace(proposal, on=WITHIN), PAPER, by=an, at=NOON)
    if picks:
        door.choose(cutover.pk, picks(dry_run(cutover)), by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    return door.confirm(cutover.pk, by=minh, at=LATER)


def told():
    """Unit, first and last day where it is a part, closed from; in order of their units."""
    rows = Obligation.objects.order_by("province__valid_from", "province__code")
    return [(one.province.name_vi, one.first_day, one.last_day, one.closed_on) for one in rows]


def test_what_the_heir_covers_is_closed_with_a_reason(owing, an, minh):
    before = dump()
    cutover = confirmed(merger(*owing), an, minh)
    whole = [
        ("Sông Mây", None, None, WITHIN),
        ("Núi Gió", None, None, WITHIN),
        ("Sông Mây", None, None, None),
    ]

    assert told() == whole
    reason = Obligation.objects.filter(closed_on=WITHIN).values_list("closed_reason", flat=True)
    assert set(reason) == {"Đơn vị kế thừa báo cáo cho cả kỳ."}

    actions.open_periods(today=WITHIN)
    assert told() == whole, "the night adds nothing"

    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_where_the_regime_asks_for_parts_each_ends_or_begins_on_the_day(owing, an, minh):
    Regime.objects.update(ended_units="part")
    before = dump()
    cutover = confirmed(merger(*owing), an, minh)

    assert told() == [
        ("Sông Mây", None, date(2026, 11, 30), None),
        ("Núi Gió", None, date(2026, 11, 30), None),
        ("Sông Mây", WITHIN, None, None),
    ]
    heir = Province.objects.get(valid_from=WITHIN)
    assert set(Obligation.objects.exclude(province=heir).values_list("answered_by", flat=True)) == {heir.pk}
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_what_several_heirs_share_nobody_covers(owing, an, minh):
    confirmed(split(owing[0], owing[2]), an, minh, to_the_second)

    assert told() == [
        ("Sông Mây", None, date(2026, 11, 30), None),
        ("Núi Gió", None, None, None),
        ("Sông Mây Tây", WITHIN, None, None),
        ("Sông Mây Đông", WITHIN, None, None),
    ]


def test_a_report_in_review_is_left_as_it_was_sent(owing, an, minh):
    StatusReport.objects.update(state=State.SUBMITTED, round=1)

    confirmed(merger(*owing), an, minh)

    assert told()[0] == ("Sông Mây", None, None, None)
