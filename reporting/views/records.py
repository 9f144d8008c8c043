"""What a province looks up: its reports of all periods with their receipts, and who holds its posts."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import StatusReport, Submission
from ..pages import report_lines
from ..rights import posts_of_own_units
from .signed_in import SignedInRequest

PER_PAGE = 20


@login_required
@require_safe
def reports(request: SignedInRequest) -> HttpResponse:
    """Newest period first; the ministry's people are led to their queue."""
    if request.user.works_for_ministry:
        return redirect("work:review_queue")
    if not request.user.works_for_province:
        raise Http404
    receipts = Prefetch("submissions", Submission.objects.defer("snapshot"))
    found = StatusReport.objects.visible_to(request.user).with_unit().prefetch_related(receipts)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": report_lines(page.object_list)}
    return render(request, "reporting/work/reports.html", context)


@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """The ministry looks its posts up in the admin."""
    if not request.user.works_for_province:
        raise Http404
    lines = posts_of_own_units(request.user, on=timezone.localdate())
    return render(request, "reporting/work/people.html", {"lines": lines})
