"""Two people at the same moment, on a real PostgreSQL with real threads."""

import threading

import pytest
from django.db import connection

from events import actions
from events.models import Registration
from foundation.models import OutboxMail
from tests.events.factories import (
    NOON,
    EventFactory,
    RegistrationFactory,
    UnconfirmedFactory,
    WaitingFactory,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds):
    """Start every deed on a connection of its own at the same moment; give back what went wrong."""
    gate = threading.Barrier(len(deeds))
    faults = []

    def run(deed):
        gate.wait()
        try:
            deed()
        except Exception as fault:  # noqa: BLE001 -- handed to the test, which expects none
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_the_last_seat_is_given_once_however_many_confirm_at_once():
    event = EventFactory(open_for=True, quota=2)
    RegistrationFactory(event=event)
    rivals = UnconfirmedFactory.create_batch(6, event=event)

    faults = at_once(*[lambda one=one: actions.confirm(one.pk, at=NOON) for one in rivals])

    assert faults == []
    assert event.registrations.seated().count() == 2
    assert event.registrations.in_line().count() == 5
    assert OutboxMail.objects.filter(key__endswith="-seat").count() == 1


def test_the_first_in_line_moves_up_once_when_several_promote_at_once():
    event = EventFactory(open_for=True, quota=1)
    WaitingFactory.create_batch(3, event=event)

    faults = at_once(*[lambda: actions.promote(event.pk, at=NOON)] * 4)

    assert faults == []
    assert event.registrations.seated().count() == 1
    assert OutboxMail.objects.count() == 1


def test_two_seats_given_up_at_once_go_to_two_different_people():
    event = EventFactory(open_for=True, quota=2)
    leaving = RegistrationFactory.create_batch(2, event=event)
    WaitingFactory.create_batch(3, event=event)

    faults = at_once(*[lambda one=one: actions.withdraw(one.pk, at=NOON) for one in leaving])

    assert faults == []
    assert event.registrations.seated().count() == 2
    assert event.registrations.in_line().count() == 1
    assert OutboxMail.objects.count() == 2


def test_one_address_sent_twice_at_once_registers_once():
    event = EventFactory(open_for=True)
    mai = actions.Applicant(full_name="Ngô Thị Mai", email="mai@example.vn")

    faults = at_once(*[lambda: actions.register(event.pk, mai, at=NOON)] * 4)

    assert faults == []
    assert Registration.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_one_link_pressed_twice_at_once_takes_one_seat_and_sends_one_mail():
    one = UnconfirmedFactory()

    faults = at_once(*[lambda: actions.confirm(one.pk, at=NOON)] * 4)

    assert faults == []
    assert OutboxMail.objects.count() == 1
