"""Reminders that went and will go, for the ministry all, for a province its own."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..reminder_pages import RemindersPage
from .signed_in import SignedInRequest


@login_required
@require_safe
def reminders(request: SignedInRequest) -> HttpResponse:
    if not (request.user.works_for_ministry or request.user.works_for_province):
        raise Http404
    page = RemindersPage(request.user, request.GET, today=timezone.localdate())
    return render(request, "reporting/work/reminders.html", {"reminders": page})
