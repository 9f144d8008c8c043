"""Two people confirm at one moment, on PostgreSQL with real threads: it is applied once."""

import threading
import time

import pytest
from django.db import transaction

from foundation.actions import ActionRefused
from provinces.models import BoundaryEvent, Cutover, Province
from scp_portal.cutover import door
from tests.cutover.invented import DAY, LATER
from tests.people import in_post
from tests.threads import at_once
from training.models import Course

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, ActionRefused)]


def test_of_two_confirmations_one_wins(asked, minh):
    hung = in_post("Ngô Văn Hùng", "ministry_approver", title="Lãnh đạo Bộ")

    def confirm(person):
        return lambda: door.confirm(asked.pk, by=person, at=LATER)

    outcomes = at_once(confirm(minh), confirm(hung))

    assert len(refused(outcomes)) == 1
    assert (BoundaryEvent.objects.count(), Province.objects.filter(valid_from=DAY).count()) == (1, 1)
    assert Cutover.objects.get().confirmed_by in (minh, hung)


def test_confirming_and_dropping_at_one_moment_leave_one_decision(asked, minh, an):
    outcomes = at_once(
        lambda: door.confirm(asked.pk, by=minh, at=LATER), lambda: door.drop(asked.pk, by=an, at=LATER)
    )

    applied = Cutover.objects.get().state == Cutover.State.APPLIED
    assert len(refused(outcomes)) == 1
    assert BoundaryEvent.objects.exists() == applied


def test_what_a_clerk_saves_while_it_is_undone_is_kept(asked, minh):
    door.confirm(asked.pk, by=minh, at=LATER)
    course, written = Course.objects.filter(province__valid_from=DAY).first(), threading.Event()

    def clerk():
        with transaction.atomic():
            Course.objects.filter(pk=course.pk).update(title_vi="Tên khác")
            written.set()
            time.sleep(1)  # the undoing begins, and must wait

    def undo():
        written.wait(timeout=20)
        door.undo(asked.pk, by=minh, at=LATER, reason="Nhầm.")

    outcomes = at_once(clerk, undo)

    assert [type(one) for one in refused(outcomes)] == [door.Blocked]
    course.refresh_from_db()
    assert (course.title_vi, course.province.valid_from) == ("Tên khác", DAY)
    assert Cutover.objects.get().state == Cutover.State.APPLIED
