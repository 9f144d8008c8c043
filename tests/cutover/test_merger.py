"""An invented merger from the first word to its undoing, with every table compared."""

import pytest

from accounts.models import Occupancy, Post
from events.models import Event
from foundation.models import AuditEntry, OutboxMail
from provinces.lineage import load
from provinces.models import BoundaryEvent, Cutover, OrganisationSeat, Province, ProvincialPlan
from reporting.models import Obligation
from scp_portal.cutover import door
from scp_portal.cutover.dry_run import dry_run
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import DAY, LATER, NOON, PAPER, merger
from training.models import Course, Expert

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def test_a_merger_is_applied_whole_and_undone_without_a_trace(homes, an, minh):
    before = dump()
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    assert differences(before, dump()) == {}, "until it is confirmed nothing changes"

    door.confirm(cutover.pk, by=minh, at=LATER)
    changed = differences(before, dump())
    assert {"provinces_province", "accounts_occupancy", "training_course", "events_event"} <= set(changed)

    door.undo(cutover.pk, by=minh, at=LATER, reason="Nhập nhầm ngày.")

    assert differences(before, dump()) == {}


def test_the_map_is_redrawn(asked, homes, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    first, second, place = homes
    first.refresh_from_db()
    heir = Province.objects.get(code="97", valid_from=DAY)
    assert (first.valid_to, first.slug, heir.slug) == (DAY, "song-may-2025", "song-may")
    assert load().heirs_on(second.pk, DAY) == {heir.pk}
    assert [row.valid_to for row in (*first.names.all(), *first.memberships.all())] == [DAY, DAY]
    assert (heir.memberships.get().region, heir.names.get().kind) == (place, "tinh")
    event = BoundaryEvent.objects.get()
    assert (event.kind, event.instrument_number) == ("merger", "99/2026/QH16")
    assert event.slug == "sap-nhap-song-may-2027-01-01"


def test_what_has_not_happened_goes_to_the_heir_and_what_has_stays(asked, homes, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    heir = Province.objects.get(valid_from=DAY)
    assert set(Course.objects.filter(province=heir).values_list("status", flat=True)) == {"planned"}
    assert Course.objects.filter(province=heir).count() == 2
    assert Course.objects.filter(status="held").exclude(province=heir).count() == 2
    assert Event.objects.filter(province=heir).count() == 2
    assert Event.objects.exclude(province=heir).count() == 2
    assert Expert.objects.exclude(province=heir).count() == 0
    assert set(ProvincialPlan.objects.filter(province=heir).values_list("status", flat=True)) == {"drafting"}
    assert set(Obligation.objects.values_list("province", flat=True)) == {home.pk for home in homes[:2]}
    assert OrganisationSeat.objects.filter(province=heir, valid_from=DAY).count() == 2


def test_one_post_is_opened_and_both_holders_change_over(asked, homes, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    post = Post.objects.get(province__valid_from=DAY)
    now = Occupancy.objects.filter(post=post)
    old = Occupancy.objects.filter(post__province__in=homes[:2])
    assert {one.user_id for one in now} == {one.user_id for one in old}
    assert {one.acting_for_id for one in now} == {one.acting_for_id for one in old}
    assert ({one.valid_from for one in now}, {one.valid_to for one in old}) == ({DAY}, {DAY})


def test_the_heirs_people_fill_in_the_predecessors_draft(asked, homes, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    report = Obligation.objects.get(province=homes[1], period__year=2026).report
    heir = Post.objects.get(province__valid_from=DAY)
    assert report.answers_to(heir)


def test_everything_can_be_closed(homes, an, minh):
    cutover = door.prepare(merger(*homes), PAPER, by=an, at=NOON)
    close_all(cutover, an)
    door.ask(cutover.pk, by=an, at=NOON)
    door.confirm(cutover.pk, by=minh, at=LATER)

    closed = Obligation.objects.exclude(closed_on=None)
    assert closed.count() == 4
    assert {one.standing(DAY).value for one in closed} == {"closed"}
    assert Course.objects.filter(status="cancelled", cancelled_because_vi="Thôi.").count() == 2
    assert Event.objects.filter(stated_status="cancelled").count() == 2
    assert OutboxMail.objects.filter(key__contains="cancelled").count() == 2
    assert ProvincialPlan.objects.filter(status="expired").count() == 2
    assert not Post.objects.filter(province__valid_from=DAY).exists()
    assert not Occupancy.objects.filter(post__province__in=homes[:2], valid_to=None).exists()


def close_all(cutover, by):
    picks = {
        line.item.key: door.Pick("close", note="Thôi.") for line in dry_run(cutover).lines if line.can_close
    }
    door.choose(cutover.pk, picks, by=by, at=NOON)


def test_each_step_stands_in_the_audit(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")

    verbs = AuditEntry.objects.filter(subject_type="provinces.cutover").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "prepare cut-over", "ask for cut-over", "apply cut-over", "undo cut-over",
    ]  # fmt: skip
    first = Province.history.filter(name_vi="Sông Mây").order_by("history_id")
    assert list(first.values_list("history_type", flat=True)) == ["+", "~", "+", "-", "~"]
    asked.refresh_from_db()
    assert (asked.state, asked.event, asked.undone_reason) == (Cutover.State.UNDONE, None, "Nhầm.")
