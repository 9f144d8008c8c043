"""Ministry staff work only with a second factor; until they have one, every page leads there."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

# Recovery codes are a way back in, not a factor of their own.
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _must_set_up(request):
            messages.warning(
                request, _("Ministry staff sign in with a second factor. Set yours up to go on.")
            )
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_set_up(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return False
    if request.path.startswith((reverse("account_login").rsplit("login/", 1)[0], "/static/", "/healthz")):
        return False
    return not is_mfa_enabled(user, SECOND_FACTORS)
