"""The signed link that lets somebody without an account see, confirm or give up a registration."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Registration

SALT = "events.registration"
LINK_LASTS = timedelta(days=90)


class BadLink(Exception):
    """A link that opens nothing. Its text is a sentence for people that says what to do."""


def token_for(registration: Registration) -> str:
    return signing.dumps(registration.pk, salt=SALT)


def link_for(registration: Registration) -> str:
    """The whole address, in the language the person registered in."""
    with override(registration.language):
        return settings.SITE_ADDRESS + reverse("events:registration", args=[token_for(registration)])


def registration_behind(token: str) -> Registration:
    try:
        pk = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
        return Registration.objects.select_related("event__province").get(pk=pk)
    except signing.SignatureExpired:
        raise BadLink(_("This link has expired. Register again to get a new one.")) from None
    except (signing.BadSignature, Registration.DoesNotExist):
        raise BadLink(
            _("This link is not valid. Copy the whole address from the mail, or register again.")
        ) from None
