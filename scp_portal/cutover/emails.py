"""The two letters of a cut-over: somebody is asked to confirm, somebody gets it back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Post
from foundation.mail import queue_mail
from provinces.models import Cutover
from reporting.rights import holders

if TYPE_CHECKING:
    from accounts.models import User


def asked(cutover: Cutover, *, by: "User", at: datetime) -> None:
    """To everybody who may confirm, except whoever asks."""
    for reader in holders([Post.Role.MINISTRY_APPROVER], on=timezone.localdate(at)):
        if reader.pk != by.pk:
            with override(reader.language):
                subject = _("Confirm a change of the map: %(event)s") % {"event": cutover}
                _send(cutover, "asked", reader, subject, by=by, at=at)


def sent_back(cutover: Cutover, *, by: "User", at: datetime) -> None:
    """To whoever asked, with the reason."""
    reader: Any = cutover.prepared_by
    with override(reader.language):
        subject = _("Sent back: %(event)s") % {"event": cutover}
        _send(cutover, "sent-back", reader, subject, by=by, at=at)


def _send(cutover: Cutover, what: str, reader: "User", subject: str, *, by: "User", at: datetime) -> None:
    url = f"{settings.SITE_ADDRESS}{cutover.get_absolute_url()}"
    context = {"cutover": cutover, "by": by, "url": url}
    body = render_to_string(f"cutover/mail/{what}.txt", context)
    key = f"cutover-{cutover.pk}-{what}-{at:%Y%m%d%H%M%S}-{reader.pk}"
    queue_mail(key, recipient=reader.email, subject=subject, body=body, at=at)
