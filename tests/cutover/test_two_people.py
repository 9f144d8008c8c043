"""A second person confirms what they see, or nothing happens; undoing stops where something new stands."""

import pytest
from django.db import IntegrityError, transaction

from foundation.models import AuditEntry, OutboxMail, WrittenOnce
from provinces.models import BoundaryEvent, Cutover, Province
from provinces.proposals import Draft, Proposal
from scp_portal.cutover import applying, door, undoing
from scp_portal.cutover.dry_run import dry_run
from tests.accounts.factories import OccupancyFactory
from tests.cutover.dumps import differences, dump
from tests.cutover.invented import DAY, LATER, NOON, PAPER, furnish, merger
from tests.people import in_post
from tests.provinces.factories import MergerFactory, PlanFactory
from training.models import Course

pytestmark = pytest.mark.django_db
State = Cutover.State


def test_the_preparer_cannot_confirm(bare, an, minh):
    OccupancyFactory(user=an, post=minh.posts_today[0])
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)
    door.ask(cutover.pk, by=an, at=NOON)
    before = dump()
    vars(an).pop("posts_today", None)

    with pytest.raises(door.ActionRefused, match="Một người khác"):
        door.confirm(cutover.pk, by=an, at=LATER)

    assert differences(before, dump()) == {}


def test_the_database_wants_two_people_as_well(asked, an):
    with pytest.raises(IntegrityError, match="cutover_takes_two_people"), transaction.atomic():
        Cutover.objects.filter(pk=asked.pk).update(
            state="applied", event=MergerFactory(), confirmed_by=an, confirmed_at=LATER
        )


def test_an_editor_cannot_confirm_and_an_approver_cannot_prepare(asked, an, thu, minh, bare):
    for person in (an, thu):
        with pytest.raises(door.ActionRefused):
            door.confirm(asked.pk, by=person, at=LATER)
    with pytest.raises(door.ActionRefused):
        door.prepare(merger(*bare), PAPER, by=minh, at=NOON)

    asked.refresh_from_db()
    assert asked.state == State.WAITING


def test_those_who_may_confirm_get_a_mail(asked, minh, an):
    door.send_back(asked.pk, by=minh, at=LATER, reason="Ngày khác.")
    door.ask(asked.pk, by=an, at=LATER)

    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {an.email, minh.email}


def test_what_changed_meanwhile_is_shown_and_nothing_is_applied(asked, homes, minh):
    course = Course.objects.filter(status="planned").first()
    Course.objects.filter(pk=course.pk).update(status="open")
    PlanFactory(province=homes[0], kind="frame", first_year=2026, last_year=2030)
    before = dump()

    with pytest.raises(door.Outdated):
        door.confirm(asked.pk, by=minh, at=LATER)

    assert differences(before, dump()) == {}
    run = dry_run(asked)
    assert [line.item.pk for line in run.lines if line.is_changed] == [course.pk]
    assert [line.item.kind for line in run.lines if line.is_new] == ["plan"]


def test_what_is_gone_is_named(asked, homes, minh):
    called_off = {"status": "cancelled", "cancelled_because_vi": "Thiếu người."}
    Course.objects.filter(province=homes[0], status="planned").update(**called_off)

    run = dry_run(asked)

    assert (len(run.gone), run.still_as_asked) == (1, False)


def test_sent_back_it_is_a_draft_again_and_can_be_asked_for(asked, an, minh):
    door.send_back(asked.pk, by=minh, at=LATER, reason="Sai số nghị quyết.")

    asked.refresh_from_db()
    assert (asked.state, asked.returned_reason, asked.digest) == (State.DRAFT, "Sai số nghị quyết.", "")
    assert door.ask(asked.pk, by=an, at=LATER).returned_reason == ""


def test_dropped_it_is_never_applied(asked, an, minh):
    door.drop(asked.pk, by=an, at=NOON)

    with pytest.raises(door.ActionRefused):
        door.confirm(asked.pk, by=minh, at=LATER)


def test_two_cutovers_of_one_unit_do_not_wait_together(asked, bare, an):
    other = door.prepare(merger(*bare, code="98"), PAPER, by=an, at=NOON)

    with pytest.raises(door.ActionRefused, match="đang chờ"):
        door.ask(other.pk, by=an, at=NOON)


def test_a_room_that_fails_in_the_middle_leaves_nothing(asked, minh, monkeypatch):
    def broken(_turn):
        raise RuntimeError

    room = applying.ROOMS[-1]
    monkeypatch.setattr(room, "carry", broken)
    before = dump()

    with pytest.raises(RuntimeError):
        door.confirm(asked.pk, by=minh, at=LATER)

    assert differences(before, dump()) == {}
    asked.refresh_from_db()
    assert (asked.state, asked.changes.count(), BoundaryEvent.objects.count()) == (State.WAITING, 0, 0)


def test_a_new_plan_under_the_heir_stops_the_undoing(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    plan = PlanFactory(province=Province.objects.get(valid_from=DAY), first_year=2027, last_year=2027)
    before = dump()

    with pytest.raises(door.Blocked) as refusal:
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")

    assert [one.url for one in refusal.value.obstacles] == [plan.get_absolute_url()]
    assert differences(before, dump()) == {}


def test_a_row_changed_since_stops_the_undoing(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    course = Course.objects.filter(province__valid_from=DAY).first()
    course.title_vi = "Tên khác"
    course.save()

    with pytest.raises(door.Blocked) as refusal:
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")

    assert [one.url for one in refusal.value.obstacles] == [course.get_absolute_url()]


def test_somebody_new_in_the_heirs_post_stops_the_undoing(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    heir = Province.objects.get(valid_from=DAY)
    in_post("Mai Thị Sen", "province_signatory", province=heir, title="Giám đốc")

    with pytest.raises(door.Blocked):
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")


def about_the_heir(by):
    """A draft that renames the unit the merger made."""
    unit = Province.objects.get(valid_from=DAY)
    new = Proposal("renaming", DAY.replace(month=6), (unit.pk,), heirs=(Draft(name_vi="Sông Trăng"),))
    return door.prepare(new, PAPER, by=by, at=LATER)


def test_another_cutover_of_the_heir_stops_the_undoing_until_it_is_dropped(asked, minh, an):
    door.confirm(asked.pk, by=minh, at=LATER)
    draft = about_the_heir(an)

    with pytest.raises(door.Blocked) as refusal:
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")
    assert [one.url for one in refusal.value.obstacles] == [draft.get_absolute_url()]

    door.drop(draft.pk, by=an, at=LATER)
    door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")

    assert not Province.objects.filter(valid_from=DAY).exists()
    assert not draft.units.exists()
    told = AuditEntry.objects.get(verb="undo cut-over").detail["let go"]
    assert told == ["đổi tên, 01/6/2027: Sông Mây"]


def test_what_the_database_still_sees_is_told_in_words(asked, minh):
    """A plan entered just after it was asked what depends on the unit."""
    cutover = door.confirm(asked.pk, by=minh, at=LATER)
    plan = PlanFactory(province=Province.objects.get(valid_from=DAY), first_year=2027, last_year=2027)
    entries = door.entries_of(cutover)
    cutover.state, cutover.event = Cutover.State.UNDONE, None
    cutover.undone_by, cutover.undone_at, cutover.undone_reason = minh, LATER, "Nhầm."
    cutover.save()
    before = dump()

    with pytest.raises(door.Blocked) as refusal:
        undoing.undo_rows(cutover, entries)

    assert plan.get_absolute_url() in [one.url for one in refusal.value.obstacles]
    assert differences(before, dump()) == {}


def test_undoing_needs_a_reason_and_happens_once(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    with pytest.raises(door.ActionRefused, match="hoàn tác"):
        door.undo(asked.pk, by=minh, at=LATER, reason=" ")
    door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")
    with pytest.raises(door.ActionRefused):
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")


def test_the_journal_is_written_once(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)

    with pytest.raises(WrittenOnce):
        asked.changes.all().delete()


@pytest.mark.parametrize("times", [1, 3])
def test_the_dry_run_asks_the_same_number_of_questions(times, bare, an, django_assert_num_queries):
    for time in range(times):
        furnish(bare[0], year=2026 - 2 * time)
    cutover = door.prepare(merger(*bare), PAPER, by=an, at=NOON)

    with django_assert_num_queries(15):
        run = dry_run(cutover)

    assert len(list(run.lines)) == 10 * times
