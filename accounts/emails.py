"""What people are told about their posts: that they act for somebody, and that it is over."""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.dates import day_words
from foundation.mail import queue_mail

from .models import Occupancy


def deputised(held: Occupancy, *, at: datetime) -> None:
    """To the deputy: in which post, for whom, from when until when, on what basis."""
    reader = held.user
    with override(reader.language):
        words = {"person": held.acting_for, "first": day_words(held.valid_from)}
        subject = _("You act for %(person)s from %(first)s") % words
        body = _text("deputised", held)
    queue_mail(f"absence-{held.pk}-to-{reader.pk}", recipient=reader.email, subject=subject, body=body, at=at)


def absence_ended(held: Occupancy, entry: int, *, last_day: date | None, at: datetime) -> None:
    """To the deputy: until when it still holds; ``None``: it never began. ``entry`` is the absence's key."""
    reader = held.user
    with override(reader.language):
        subject = _("You no longer act for %(person)s") % {"person": held.acting_for}
        body = _text("absence_ended", held, last_day=last_day)
    key = f"absence-{entry}-ended-to-{reader.pk}"
    queue_mail(key, recipient=reader.email, subject=subject, body=body, at=at)


def _text(name: str, held: Occupancy, **context: object) -> str:
    url = f"{settings.SITE_ADDRESS}{reverse('work:workspace')}"
    return render_to_string(f"accounts/mail/{name}.txt", {"held": held, "url": url, **context})
