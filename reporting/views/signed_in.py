"""A request behind ``login_required``, as the type checker should see it; and buttons that need a person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    user: User


def deed(page: str, *names: str) -> Callable[[View], View]:
    """What a button of ``page`` does. Whoever was signed out meanwhile is led back to that page."""

    def behind(view: View) -> View:
        posted = require_POST(view)

        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return posted(request, **given)
            messages.warning(
                request, _("You had been signed out, and nothing was done. Sign in, then press again.")
            )
            return redirect_to_login(reverse(page, kwargs={name: given[name] for name in names}))

        return answer

    return behind
