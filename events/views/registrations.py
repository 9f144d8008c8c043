"""Registering, and the pages behind the signed link: no account is needed for any of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import ActionRefused

from .. import actions, links
from ..forms import RegistrationForm
from ..models import Event, Registration
from .pages import event_page, whole_event


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    event = whole_event(request, slug)
    if request.method != "POST":  # the language was switched on a form that came back
        return redirect(event)
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return event_page(request, event, form.renewed(), status=422)
    try:
        actions.register(event.pk, form.applicant(), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(event)
    return redirect("events:registered", slug)


@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page whether the address was new or known: nobody learns who else is coming."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return render(request, "events/registered.html", {"event": event})


@never_cache
@require_safe
def registration(request: HttpRequest, token: str) -> HttpResponse:
    try:
        kept = links.registration_behind(token)
    except links.BadLink as fault:
        return _bad_link(request, fault)
    context = {
        "registration": kept,
        "event": kept.event,
        "token": token,
        "can_confirm": kept.awaits_confirmation(timezone.now()),
    }
    return _private(render(request, "events/registration.html", context))


@never_cache
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    return _deed(request, token, actions.confirm)


@never_cache
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    return _deed(request, token, actions.withdraw)


def _deed(request: HttpRequest, token: str, deed: Callable[..., Registration]) -> HttpResponse:
    at: datetime = timezone.now()
    try:
        deed(links.registration_behind(token).pk, at=at)
    except links.BadLink as fault:
        return _bad_link(request, fault)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("events:registration", token)


def _bad_link(request: HttpRequest, fault: links.BadLink) -> HttpResponse:
    return _private(render(request, "events/bad_link.html", {"sentence": str(fault)}, status=404))


def _private(response: Any) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
