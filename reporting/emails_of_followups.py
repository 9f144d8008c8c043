"""The messages of follow-up actions: one function each, in the reader's language, queued once."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from foundation.dates import day_words
from foundation.mail import queue_mail

from .emails import address
from .followups import judges_of, readers_of
from .models import FollowUp, FollowUpStep


def follow_up_given(follow_up: FollowUp, *, by: User, at: datetime) -> None:
    """To the owner: what is to be done, and by when."""
    for reader in readers_of(follow_up, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Asked of you after a review: %(unit)s, due on %(due)s") % _names(follow_up)
            _queue("given", reader, subject, follow_up, None, by=by, at=at)


def follow_up_done(follow_up: FollowUp, step: FollowUpStep, *, by: User, at: datetime) -> None:
    """To whoever asked for it, or those who can verify it in their place: it waits."""
    for reader in judges_of(follow_up, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Done, to be verified: follow-up action of %(unit)s") % _names(follow_up)
            _queue("done", reader, subject, follow_up, step, by=by, at=at)


def follow_up_refused(follow_up: FollowUp, step: FollowUpStep, *, by: User, at: datetime) -> None:
    """To the owner: it is open again, and why."""
    for reader in readers_of(follow_up, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Not accepted as done: follow-up action of %(unit)s") % _names(follow_up)
            _queue("refused", reader, subject, follow_up, step, by=by, at=at)


def follow_up_cancelled(follow_up: FollowUp, step: FollowUpStep, *, by: User, at: datetime) -> None:
    """To the owner: nothing more is due, and why."""
    for reader in readers_of(follow_up, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Cancelled: follow-up action of %(unit)s") % _names(follow_up)
            _queue("cancelled", reader, subject, follow_up, step, by=by, at=at)


def _names(follow_up: FollowUp) -> dict[str, Any]:
    return {"unit": follow_up.report.province.name, "due": day_words(follow_up.due_on)}


def _queue(
    name: str,
    reader: User,
    subject: str,
    follow_up: FollowUp,
    step: FollowUpStep | None,
    *,
    by: User,
    at: datetime,
) -> None:
    """Once for each step: an action may be reported as done and refused more than once."""
    context = {"follow_up": follow_up, "step": step, "by": by, "url": address("work:follow_up", follow_up.pk)}
    body = render_to_string(f"reporting/mail/follow_up_{name}.txt", context)
    key = f"follow-up-{follow_up.pk}-{name}{f'-{step.pk}' if step else ''}-to-{reader.pk}"
    queue_mail(key, recipient=reader.email, subject=subject, body=body, at=at)
