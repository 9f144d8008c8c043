"""The one door to seats: register, confirm, withdraw, promote, cancel, forget.

Every deed locks the event row first, so that two people never take the last seat.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down

from . import emails
from .models import Event, Registration
from .models.registration import CONFIRM_WITHIN

State = Registration.State
KEEP_AFTER_EVENT = timedelta(days=180)


@dataclass(frozen=True)
class Applicant:
    """What somebody who wants to come says of themselves."""

    full_name: str
    email: str
    organisation: str = ""
    may_be_named: bool = False
    language: str = "vi"


@transaction.atomic
def register(event_id: int, applicant: Applicant, *, at: datetime) -> Registration:
    """Note the wish to come and mail a link; a seat is taken only when the address is confirmed.

    The same address again changes nothing that is confirmed, and is sent its link again.
    """
    event = _locked(event_id)
    if not event.takes_registrations(at):
        raise ActionRefused(_("Registration for this event is not open."))
    email = applicant.email.strip().lower()
    registration = event.registrations.filter(email=email).first()
    if registration is None:
        registration = Registration(event=event, email=email)
    if registration.state == State.UNCONFIRMED:
        registration.full_name, registration.organisation = applicant.full_name, applicant.organisation
        registration.may_be_named, registration.language = applicant.may_be_named, applicant.language
        registration.registered_at = at
        registration.save()
        write_down("registered", registration, by=None, at=at)
    registration.event = event
    emails.ask_to_confirm(registration, at=at)
    return registration


@transaction.atomic
def confirm(registration_id: int, *, at: datetime) -> Registration:
    """Take a seat, or a place on the waiting list. A second time changes nothing."""
    registration = _locked_registration(registration_id)
    if registration.state in (State.CONFIRMED, State.WAITING):
        return registration
    if registration.state == State.WITHDRAWN:
        raise ActionRefused(_("This registration was withdrawn. Register again to come."))
    if not registration.event.is_ahead(at):
        raise ActionRefused(_("This event no longer takes registrations."))
    if registration.is_too_late(at):
        raise ActionRefused(_("The registration was not confirmed within three days. Register again."))
    registration.confirmed_at = at
    promote(registration.event_id, at=at)  # who waits comes first, however a seat became free
    if _free_seats(registration.event) == 0:
        registration.state = State.WAITING
        registration.save(update_fields=["state", "confirmed_at"])
        write_down("put on the waiting list", registration, by=None, at=at)
        emails.tell_about_line(registration, at=at)
    else:
        _give_seat(registration, by=None, at=at)
    return registration


@transaction.atomic
def withdraw(registration_id: int, *, at: datetime, by: Any = None) -> Registration:
    """Give up the seat, erase the person, and let the first in line move up."""
    registration = _locked_registration(registration_id)
    if registration.state == State.WITHDRAWN:
        return registration
    registration.state = State.WITHDRAWN
    registration.withdrawn_at = at
    _erase(registration)
    registration.save()
    write_down("withdrew", registration, by=by, at=at)
    promote(registration.event_id, at=at)
    return registration


@transaction.atomic
def promote(event_id: int, *, at: datetime, by: Any = None) -> list[Registration]:
    """Give free seats to the waiting list, first come first, and write to each person once."""
    event = _locked(event_id)
    if not event.is_ahead(at):
        return []
    free = _free_seats(event)
    moving_up = list(event.registrations.in_line()[:free])
    for registration in moving_up:
        registration.event = event
        _give_seat(registration, by=by, at=at)
    return moving_up


@transaction.atomic
def cancel(event_id: int, *, by: Any, at: datetime, reason: str) -> Event:
    """Cancel the event and write to everyone who holds a seat or waits."""
    event = _locked(event_id)
    if not by.has_perm("events.change_event"):
        raise ActionRefused(_("Only those who keep the events may cancel one."))
    if not reason.strip():
        raise ActionRefused(_("Say why the event is cancelled."))
    if event.is_cancelled:
        raise ActionRefused(_("This event is already cancelled."))
    if event.status_at(at) == "held":
        raise ActionRefused(_("This event has been held; it can no longer be cancelled."))
    event.stated_status = Event.Stated.CANCELLED
    event.cancelled_at, event.cancel_reason = at, reason.strip()
    event.save()
    write_down("cancelled", event, by=by, at=at, detail={"reason": reason})
    for registration in event.registrations.filter(state__in=[State.CONFIRMED, State.WAITING]):
        registration.event = event
        emails.tell_about_cancelling(registration, at=at)
    return event


@transaction.atomic
def forget_overdue(*, at: datetime) -> int:
    """Erase people who never confirmed, and everyone half a year after the event."""
    long_ago = (at - KEEP_AFTER_EVENT).date().isoformat()
    over = Event.objects.dated().filter(last__lt=long_ago).exclude(last="")
    standing = Registration.objects.standing().select_for_update()
    late = standing.filter(state=State.UNCONFIRMED, registered_at__lt=at - CONFIRM_WITHIN)
    forgotten = {one.pk: one for one in [*late, *standing.filter(event__in=over.values("pk"))]}
    for registration in forgotten.values():
        registration.state = State.WITHDRAWN
        registration.withdrawn_at = at
        _erase(registration)
        registration.save()
        write_down("erased", registration, by=None, at=at)
    return len(forgotten)


def _locked(event_id: int) -> Event:
    return Event.objects.select_for_update().get(pk=event_id)


def _locked_registration(registration_id: int) -> Registration:
    """The event is locked before the registration, always in this order, so nobody waits in a ring."""
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    event = _locked(event_id)
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    registration.event = event
    return registration


def _free_seats(event: Event) -> int | None:
    """``None`` when there is no limit."""
    if event.quota is None:
        return None
    return max(0, event.quota - event.registrations.seated().count())


def _give_seat(registration: Registration, *, by: Any, at: datetime) -> None:
    registration.state = State.CONFIRMED
    registration.seated_at = at
    registration.save(update_fields=["state", "confirmed_at", "seated_at"])
    write_down("got a seat", registration, by=by, at=at)
    emails.tell_about_seat(registration, at=at)


def _erase(registration: Registration) -> None:
    registration.full_name = registration.email = registration.organisation = ""
    registration.may_be_named = False
    emails.forget(registration)
