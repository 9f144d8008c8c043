"""The ministry's side: the queue, and one report with its changes, remarks and decisions."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from foundation import sheets

from ..event_rows import event_rows
from ..forms_of_deeds import RemarkForm
from ..load_page import LoadPage
from ..models import StatusReport
from ..pages import Frame
from ..queue_page import Queue
from ..review_page import ReviewPage
from .signed_in import SignedInRequest


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
def load(request: SignedInRequest) -> HttpResponse:
    """Who holds what, for how long, and where nobody stands."""
    if not request.user.works_for_ministry:
        raise Http404
    page = LoadPage(today=timezone.localdate(), now=timezone.now())
    return render(request, "reporting/work/load.html", {"load": page})


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
    return review_page(request, for_ministry(request, pk), request.GET)


def review_page(
    request: SignedInRequest,
    found: StatusReport,
    asked: Mapping[str, str],
    *,
    form: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """``form``: a remark that was not taken, with what was typed and why not."""
    frame = Frame(found, request.user, timezone.now())
    page = ReviewPage(frame, asked)
    form = form or RemarkForm(initial={"address": page.address})
    context = {"frame": frame, "report": found, "page": page, "form": form}
    return render(request, "reporting/work/review.html", context, status=status)
