"""What a signed-out person typed waits in the session, not in the report, until after the sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]
KEPT = "typed while signed out"  # of the session: one text for each address
MOST = 200_000  # letters of one page


def keeping_typed(view: View) -> View:
    """For a form behind sign-in: what a signed-out person sends waits for the page after the sign-in."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, **given)
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.path)

    return answer


def _keep(request: HttpRequest) -> None:
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    if len(text) > MOST:
        messages.error(
            request, _("You had been signed out, and this page was too long to keep. Nothing was saved.")
        )
        return
    request.session[KEPT] = {**request.session.get(KEPT, {}), request.path: text}
    messages.warning(
        request,
        _("You had been signed out. What you typed is kept: sign in, look at it, choose files again, save."),
    )


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page and waits to be saved."""
    text = request.session.get(KEPT, {}).get(request.path)
    return QueryDict(text) if text else None


def forget(request: HttpRequest) -> None:
    waiting = request.session.get(KEPT, {})
    if waiting.pop(request.path, None) is not None:
        request.session[KEPT] = waiting
