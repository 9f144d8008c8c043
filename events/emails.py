"""What the portal writes to those who register: one function per message, each sent once."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.mail import forget_mail, queue_mail

from .links import link_for
from .models import Registration


def ask_to_confirm(registration: Registration, *, at: datetime) -> None:
    """At most one an hour to one address, however often the form is sent."""
    with override(registration.language):
        subject = _("Confirm your registration: %(event)s") % {"event": registration.event.name}
        _send(registration, f"confirm-{at:%Y%m%d%H}", "events/mail/ask_to_confirm.txt", subject, at=at)


def tell_about_seat(registration: Registration, *, at: datetime) -> None:
    with override(registration.language):
        subject = _("You have a seat: %(event)s") % {"event": registration.event.name}
        _send(registration, "seat", "events/mail/tell_about_seat.txt", subject, at=at)


def tell_about_line(registration: Registration, *, at: datetime) -> None:
    with override(registration.language):
        subject = _("You are on the waiting list: %(event)s") % {"event": registration.event.name}
        _send(registration, "line", "events/mail/tell_about_line.txt", subject, at=at)


def tell_about_cancelling(registration: Registration, *, at: datetime) -> None:
    with override(registration.language):
        subject = _("Cancelled: %(event)s") % {"event": registration.event.name}
        _send(registration, "cancelled", "events/mail/tell_about_cancelling.txt", subject, at=at)


def forget(registration: Registration) -> None:
    """What was written to this person goes with the name and the address."""
    forget_mail(_key(registration, ""))


def _key(registration: Registration, key: str) -> str:
    return f"event-registration-{registration.pk}-{key}"


def _send(registration: Registration, key: str, template: str, subject: str, *, at: datetime) -> None:
    body = render_to_string(
        template,
        {"registration": registration, "event": registration.event, "link": link_for(registration)},
    )
    queue_mail(
        _key(registration, key),
        recipient=registration.email,
        subject=subject,
        body=body,
        at=at,
    )
