"""One door to seats: who gets one, who waits, who is written to, and what is erased."""

from datetime import timedelta

import pytest

from events import actions, emails
from events.actions import Applicant
from events.models import Registration
from foundation.actions import ActionRefused
from foundation.models import AuditEntry, OutboxMail
from tests.events.factories import (
    NOON,
    EventFactory,
    RegistrationFactory,
    UnconfirmedFactory,
    WaitingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MAI = Applicant(full_name="Ngô Thị Mai", email="Mai@Example.vn", organisation="Viện Dệt")


def subjects():
    return [mail.subject for mail in OutboxMail.objects.order_by("pk")]


def states(event):
    return [one.state for one in event.registrations.order_by("pk")]


def test_registering_takes_no_seat_until_the_address_is_confirmed():
    event = EventFactory(open_for=True)

    registration = actions.register(event.pk, MAI, at=NOON)

    assert (registration.state, registration.email) == ("unconfirmed", "mai@example.vn")
    assert event.registrations.seated().count() == 0
    assert subjects() == [f"Xác nhận đăng ký: {event.name}"]


def test_the_first_mail_repeats_nothing_a_stranger_typed():
    event = EventFactory(open_for=True)

    actions.register(event.pk, Applicant(full_name="Mua ngay tại xau.example", email="a@example.vn"), at=NOON)

    assert "xau.example" not in OutboxMail.objects.get().body


def test_confirming_gives_a_seat_and_says_so_once():
    event = EventFactory(open_for=True)
    registration = actions.register(event.pk, MAI, at=NOON)

    actions.confirm(registration.pk, at=NOON)
    actions.confirm(registration.pk, at=NOON + timedelta(minutes=1))

    assert states(event) == ["confirmed"]
    assert subjects() == [f"Xác nhận đăng ký: {event.name}", f"Bạn đã có chỗ: {event.name}"]


def test_the_same_address_again_is_sent_its_link_at_most_once_an_hour():
    event = EventFactory(open_for=True)

    for minutes in (0, 5, 10, 70):
        actions.register(event.pk, MAI, at=NOON + timedelta(minutes=minutes))

    assert event.registrations.count() == 1
    assert len(subjects()) == 2


def test_registering_again_changes_nothing_that_is_confirmed():
    event = EventFactory(open_for=True)
    seated = RegistrationFactory(event=event, email="mai@example.vn", full_name="Ngô Thị Mai")

    actions.register(event.pk, Applicant(full_name="Kẻ Khác", email="mai@example.vn"), at=NOON)

    seated.refresh_from_db()
    assert (seated.full_name, seated.state) == ("Ngô Thị Mai", "confirmed")


def test_when_all_seats_are_taken_one_waits_in_line():
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)
    WaitingFactory(event=event)
    late = UnconfirmedFactory(event=event)

    actions.confirm(late.pk, at=NOON)

    late.refresh_from_db()
    assert (late.state, late.place_in_line()) == ("waiting", 2)
    assert subjects() == [f"Bạn ở trong danh sách chờ: {event.name}"]


def test_nobody_who_confirms_overtakes_the_line():
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)
    first, late = WaitingFactory(event=event), UnconfirmedFactory(event=event)
    event.quota = 2
    event.save()

    actions.confirm(late.pk, at=NOON)

    late.refresh_from_db()
    assert first in event.registrations.seated()
    assert late.state == "waiting"


def test_a_seat_given_up_goes_to_the_first_in_line():
    event = EventFactory(open_for=True, quota=1)
    seated = RegistrationFactory(event=event)
    second = WaitingFactory(event=event, confirmed_at=NOON - timedelta(hours=1))
    first = WaitingFactory(event=event, confirmed_at=NOON - timedelta(hours=2))

    actions.withdraw(seated.pk, at=NOON)

    assert list(event.registrations.seated()) == [first]
    assert list(event.registrations.in_line()) == [second]
    assert [mail.recipient for mail in OutboxMail.objects.all()] == [first.email]


def test_leaving_the_line_moves_nobody_into_a_seat_that_is_taken():
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)
    leaving, staying = WaitingFactory.create_batch(2, event=event)

    actions.withdraw(leaving.pk, at=NOON)

    assert list(event.registrations.in_line()) == [staying]
    assert subjects() == []


def test_withdrawing_erases_the_person_and_the_audit_never_knew_the_name():
    registration = RegistrationFactory(full_name="Ngô Thị Mai", organisation="Viện Dệt", may_be_named=True)

    actions.withdraw(registration.pk, at=NOON)

    registration.refresh_from_db()
    assert (registration.full_name, registration.email, registration.organisation) == ("", "", "")
    assert registration.may_be_named is False
    assert "Mai" not in AuditEntry.objects.get(verb="withdrew").subject_text


def test_the_mails_to_a_person_are_erased_with_the_name_and_nobody_elses():
    leaving, staying = RegistrationFactory(), RegistrationFactory()
    for one in (leaving, staying):
        one.event.refresh_from_db()
        emails.tell_about_seat(one, at=NOON)

    actions.withdraw(leaving.pk, at=NOON)

    assert [mail.recipient for mail in OutboxMail.objects.all()] == [staying.email]


def test_after_withdrawing_one_may_register_afresh_with_the_same_address():
    event = EventFactory(open_for=True)
    first = actions.register(event.pk, MAI, at=NOON)
    actions.withdraw(first.pk, at=NOON)

    again = actions.register(event.pk, MAI, at=NOON + timedelta(days=1))

    assert again.pk != first.pk
    assert states(event) == ["withdrawn", "unconfirmed"]


def test_more_seats_go_to_the_line_in_its_order():
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)
    line = [WaitingFactory(event=event, confirmed_at=NOON + timedelta(minutes=n)) for n in range(3)]
    event.quota = 3
    event.save()

    promoted = actions.promote(event.pk, at=NOON)

    assert promoted == line[:2]
    assert actions.promote(event.pk, at=NOON) == []


def test_no_seat_changes_hands_once_the_event_has_begun():
    event = EventFactory(open_for=True, quota=1)
    seated, waiting = RegistrationFactory(event=event), WaitingFactory(event=event)

    actions.withdraw(seated.pk, at=event.begins_at())

    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.parametrize(
    "closed",
    [
        {"registration_opens_at": None},
        {"registration_opens_at": NOON + timedelta(days=1)},
        {"registration_closes_at": NOON},
        {"stated_status": "cancelled", "cancelled_at": NOON},
    ],
    ids=["no registration", "not yet", "closed", "cancelled"],
)
def test_an_event_that_is_not_open_takes_nobody(closed):
    event = EventFactory(open_for=True, **closed)

    with pytest.raises(ActionRefused, match="chưa mở hoặc đã đóng đăng ký"):
        actions.register(event.pk, MAI, at=NOON)

    assert not Registration.objects.exists()
    assert not OutboxMail.objects.exists()


def test_confirming_after_three_days_is_refused_and_takes_no_seat():
    late = UnconfirmedFactory(registered_at=NOON - timedelta(days=3, seconds=1))

    with pytest.raises(ActionRefused, match="trong ba ngày"):
        actions.confirm(late.pk, at=NOON)

    assert states(late.event) == ["unconfirmed"]


def test_confirming_what_was_withdrawn_is_refused():
    registration = UnconfirmedFactory()
    actions.withdraw(registration.pk, at=NOON)

    with pytest.raises(ActionRefused, match="đã rút"):
        actions.confirm(registration.pk, at=NOON)


def test_without_a_limit_nobody_waits():
    event = EventFactory(open_for=True, quota=None)
    for one in UnconfirmedFactory.create_batch(3, event=event):
        actions.confirm(one.pk, at=NOON)

    assert states(event) == ["confirmed"] * 3


def test_cancelling_writes_once_to_everyone_who_holds_a_seat_or_waits(an):
    event = EventFactory(open_for=True)
    seated, waiting = RegistrationFactory(event=event), WaitingFactory(event=event)
    UnconfirmedFactory(event=event)

    actions.cancel(event.pk, by=an, at=NOON, reason="Bão số 9")
    with pytest.raises(ActionRefused, match="đã huỷ từ trước"):
        actions.cancel(event.pk, by=an, at=NOON, reason="Bão số 9")

    event.refresh_from_db()
    assert event.status_at(NOON) == "cancelled"
    assert {mail.recipient for mail in OutboxMail.objects.all()} == {seated.email, waiting.email}
    assert all("Bão số 9" in mail.body for mail in OutboxMail.objects.all())


def test_nobody_is_told_of_a_cancelling_without_its_reason(an):
    event = RegistrationFactory().event

    with pytest.raises(ActionRefused, match="vì sao"):
        actions.cancel(event.pk, by=an, at=NOON, reason=" ")

    assert not OutboxMail.objects.exists()


def test_a_province_may_not_cancel_an_event(lan):
    event = EventFactory(open_for=True)

    with pytest.raises(ActionRefused):
        actions.cancel(event.pk, by=lan, at=NOON, reason="Bão")

    event.refresh_from_db()
    assert not event.is_cancelled


def test_an_event_that_was_held_is_not_cancelled(an):
    event = EventFactory()

    with pytest.raises(ActionRefused, match="đã diễn ra"):
        actions.cancel(event.pk, by=an, at=NOON, reason="Bão")


def test_people_are_forgotten_when_they_never_confirm_and_half_a_year_after_the_event():
    kept = RegistrationFactory()
    UnconfirmedFactory(event=kept.event, registered_at=NOON - timedelta(days=4))
    RegistrationFactory(event=EventFactory(open_for=True, starts="2026-05-01"))

    assert actions.forget_overdue(at=NOON) == 2
    assert actions.forget_overdue(at=NOON) == 0

    assert list(Registration.objects.exclude(email="")) == [kept]
