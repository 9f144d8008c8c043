"""Follow-up actions go to the heir on the day, or are called off; undoing takes it back."""

import pytest

from provinces.models import Province
from reporting.models import FollowUp
from scp_portal.cutover import door
from scp_portal.cutover.dry_run import dry_run
from tests.accounts.factories import PostFactory
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import LATER, NOON, PAPER, merger
from tests.reporting.factories import ObligationFactory, PeriodFactory, StatusReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def asked(bare, thu):
    home = bare[0]
    report = StatusReportFactory(
        obligation=ObligationFactory(province=home, period=PeriodFactory(year=2025)),
        state="approved",
        round=1,
    )
    owner = PostFactory(title_vi="Chuyên viên Sở", role="province_editor", province=home)
    return FollowUp.objects.create(
        report=report, text="Ban hành kế hoạch", post=owner, due_on="2027-03-31", made_at=NOON, made_by=thu
    )


def confirmed(bare, an, minh, picks=None):
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)
    if picks:
        door.choose(cutover.pk, picks(dry_run(cutover)), by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    return door.confirm(cutover.pk, by=minh, at=LATER)


def test_the_heir_carries_it_on_and_undoing_gives_it_back(bare, asked, an, minh):
    before = dump()
    cutover = confirmed(bare, an, minh)

    asked.refresh_from_db()
    assert asked.answered_by == Province.objects.latest("valid_from")
    assert asked.report.province == bare[0], "the report stays where it was made"

    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}


def test_it_is_called_off_with_the_reason_given(bare, asked, an, minh):
    before = dump()

    def close(drill):
        return {
            line.item.key: door.Pick("close", note="Kế hoạch chung thay thế.")
            for line in drill.lines
            if line.item.kind == "follow_up"
        }

    cutover = confirmed(bare, an, minh, close)

    asked.refresh_from_db()
    assert (asked.state, asked.cancelled_reason) == (FollowUp.State.CANCELLED, "Kế hoạch chung thay thế.")
    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhầm.")
    assert differences(before, dump()) == {}
