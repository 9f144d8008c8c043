"""The one door to mail: queue in the caller's transaction, send after it, try again if it fails."""

from datetime import datetime

import structlog
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from .models import OutboxMail

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 20


def queue_mail(
    key: str, *, recipient: str, subject: str, body: str, at: datetime, html: str = ""
) -> OutboxMail:
    """Put one mail in the outbox; the same key a second time changes nothing and gives the first back.

    Without ``html`` the page says what the text says, in the language that is active.
    """
    page = html or render_to_string("foundation/mail/layout.html", {"subject": subject, "body": body.strip()})
    mail, _new = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "html": page,
            "queued_at": at,
        },
    )
    return mail


def forget_mail(start: str) -> None:
    """Erase every mail whose key begins so, sent or not: it holds a name and an address."""
    OutboxMail.objects.filter(key__startswith=start).delete()


def send_waiting(*, at: datetime, most: int = 100) -> int:
    """Send what waits, oldest first; return how many went out. Two senders never send one twice."""
    sent = 0
    waiting = OutboxMail.objects.filter(sent_at__isnull=True, attempts__lt=MAX_ATTEMPTS)
    for pk in list(waiting.order_by("queued_at").values_list("pk", flat=True)[:most]):
        sent += _send_one(pk, at=at)
    return sent


@transaction.atomic
def _send_one(pk: int, *, at: datetime) -> bool:
    waiting = OutboxMail.objects.select_for_update(skip_locked=True).filter(pk=pk, sent_at__isnull=True)
    mail = waiting.first()
    if mail is None:  # another sender has it
        return False
    mail.attempts += 1
    try:
        send_mail(mail.subject, mail.body, None, [mail.recipient], html_message=mail.html or None)
        mail.sent_at, mail.failure = at, ""
    except (OSError, ValueError) as fault:  # ValueError: an address or header no server would take
        log.warning("mail.failed", mail=pk, fault=str(fault))
        mail.failure = str(fault)[:300]
    mail.save(update_fields=["attempts", "sent_at", "failure"])
    return mail.sent_at is not None
