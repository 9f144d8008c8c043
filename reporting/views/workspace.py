"""The first page of a day's work: what is due, where it stands, who is missing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.actions import ActionRefused

from .. import actions, pages
from ..models import Obligation
from ..rights import vacant_posts
from ..workflow import PROVINCE
from ..workspace_page import Workspace
from .signed_in import SignedInRequest, deed

PER_PAGE = 20


@login_required
@require_safe
def workspace(request: SignedInRequest) -> HttpResponse:
    """A province's obligations, newest first; the ministry's people are led to their queue."""
    user = request.user
    if user.works_for_ministry:
        return redirect("work:review_queue")
    if not user.works_for_province:
        raise Http404
    owed = Obligation.objects.visible_to(user).select_related("province", "period__regime", "report")
    page = Paginator(owed, PER_PAGE).get_page(request.GET.get("page"))
    lines = pages.obligation_lines(page.object_list, today=timezone.localdate())
    today = timezone.localdate()
    regimes = list(dict.fromkeys(line.obligation.period.regime for line in lines))
    context = {"page": page, "lines": lines, "regimes": regimes, "vacant": vacant_posts(user, on=today),
               "workspace": Workspace(user, today=today), "may_start": user.holds(*PROVINCE)}  # fmt: skip
    return render(request, "reporting/work/workspace.html", context)


@deed("work:workspace")
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    obligation = get_object_or_404(Obligation.objects.visible_to(request.user), pk=pk)
    try:
        report = actions.start_report(obligation.pk, by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("work:workspace")
    return redirect(report)
