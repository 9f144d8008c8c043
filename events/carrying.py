"""What hangs on a unit in the events room: meetings still to come, with those registered for them."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.actions import write_down
from foundation.carrying import Choice, Item, Offer, Turn

from . import emails
from .models import Event, Registration

ROOM = "events"
KINDS = {"event": gettext_lazy("Events to come")}
State = Registration.State


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """An event of the past stays where it was, also one that began before the day."""
    found = Event.objects.upcoming(on).with_seats().filter(province__in=units).order_by("starts", "pk")
    return [_event(one, on, goes_on=goes_on) for one in found]


def _event(event: Event, on: date, *, goes_on: bool) -> Item:
    first = event.starts.first_day if event.starts else None
    stays = goes_on or (first is not None and first < on)
    coming = event.seats_taken + event.waiting
    move = Offer(
        Choice.INHERIT, _("Has not been held yet: it is filed under the heir, registrations with it.")
    )
    stay = Offer(Choice.ARCHIVE, _("Stays filed under this unit."))
    close = Offer(Choice.CLOSE, _("Is cancelled; everybody registered gets a mail with the reason."))
    told = [event.dates or _("day not known")]
    if coming:
        told.append(ngettext("%(n)s registration", "%(n)s registrations", coming) % {"n": coming})
    return Item(
        room=ROOM,
        kind="event",
        pk=event.pk,
        unit=event.province_id or 0,
        title=str(event.name),
        state=", ".join(told),
        seen=f"{event.province_id} {event.stated_status} {event.starts or ''} {event.ends or ''}",
        offers=(stay, move, close) if stays else (move, close, stay),
        url=event.get_absolute_url(),
    )


def carry(turn: Turn) -> None:
    """Re-file what is to come, or call it off and write to those who were coming."""
    if turn.choice == Choice.ARCHIVE:
        return
    event = Event.objects.select_for_update().get(pk=turn.pk)
    if turn.choice == Choice.INHERIT:
        turn.journal.change(event, province_id=turn.heir)
        return
    called_off = {"cancelled_at": turn.at, "cancel_reason": turn.reason}
    turn.journal.change(event, stated_status=Event.Stated.CANCELLED, **called_off)
    write_down("cancelled", event, by=turn.by, at=turn.at, detail={"reason": turn.reason})
    for registration in event.registrations.filter(state__in=[State.CONFIRMED, State.WAITING]):
        registration.event = event
        emails.tell_about_cancelling(registration, at=turn.at)
