"""The ministry's side: the queue, and one report with its changes, remarks and decisions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from foundation import sheets
from foundation.actions import ActionRefused

from .. import actions
from ..event_rows import event_rows
from ..forms import RemarkForm
from ..models import Remark, StatusReport
from ..pages import Frame
from ..review_pages import Queue, ReviewPage
from .signed_in import SignedInRequest, deed

STEPS: dict[str, Callable[..., Any]] = {
    "return": actions.send_back,
    "propose": actions.propose,
    "approve": actions.approve,
    "reopen": actions.reopen,
}
DONE = {
    "return": gettext_noop("Returned to the province with its remarks."),
    "propose": gettext_noop("Proposed for approval."),
    "approve": gettext_noop("Approved. Its figures stand on the public pages now."),
    "reopen": gettext_noop("Reopened. The province is asked for a correction."),
}


def for_ministry(request: SignedInRequest, pk: int) -> StatusReport:
    if not request.user.works_for_ministry:
        raise Http404
    return get_object_or_404(StatusReport.objects.visible_to(request.user).with_unit(), pk=pk)


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    if not request.user.works_for_ministry:
        raise Http404
    page = Queue(request.user, request.GET, today=timezone.localdate(), now=timezone.now())
    return render(request, "reporting/work/queue.html", {"queue": page})


@login_required
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Every step as a file, from a day on and of one unit when the address asks for it."""
    if not request.user.works_for_ministry:
        raise Http404
    rows = event_rows(since=_day(request.GET.get("since", "")), unit=request.GET.get("unit", ""))
    return sheets.answer("csv", "report-events", rows)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:  # it has the form of a day and is none
        day = None
    if day is None:
        raise Http404
    return day


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    found = for_ministry(request, pk)
    frame = Frame(found, request.user, timezone.now())
    page = ReviewPage(frame, request.GET)
    form = RemarkForm(initial={"address": page.address})
    context = {"frame": frame, "report": found, "page": page, "form": form}
    return render(request, "reporting/work/review.html", context)


@deed("work:review", "pk")
def remark(request: SignedInRequest, pk: int) -> HttpResponse:
    found = for_ministry(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            actions.remark(found.pk, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Remark saved. The province reads it when the report is returned."))
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    return redirect(_at_field(request, found.pk, request.POST.get("address", "")))


def _at_field(request: SignedInRequest, pk: int, address: str) -> str:
    query = {"tab": request.POST.get("tab", ""), "field": address}
    return f"{reverse('work:review', args=[pk])}?{urlencode(query)}#remarks"


@deed("work:review_queue")
def drop_remark(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = StatusReport.objects.visible_to(request.user)
    found = get_object_or_404(Remark.objects.seen_by(request.user).filter(report__in=visible), pk=pk)
    try:
        actions.drop_remark(found.pk, by=request.user)
        messages.success(request, _("Remark taken back."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(_at_field(request, found.report_id, found.address))


@deed("work:review", "pk")
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = for_ministry(request, pk)
    if name not in STEPS:
        raise Http404
    try:
        STEPS[name](found.pk, by=request.user, at=timezone.now())
        messages.success(request, _(DONE[name]))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("work:review", pk=pk)
