"""The ministry's overview of quality: how good the reports of a period are, and the rules that say so."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import sheets

from ..quality import Quality
from ..quality_pages import QualityPage, rule_rows, unit_rows
from .signed_in import SignedInRequest

ROWS = {"units": unit_rows, "rules": rule_rows}


@login_required
@require_safe
def quality(request: SignedInRequest) -> HttpResponse:
    page = QualityPage(_asked(request))
    context = {"page": page, "may_edit_rules": request.user.has_perm("reporting.view_checkrule")}
    return render(request, "reporting/work/quality.html", context)


@login_required
@require_safe
def export(request: SignedInRequest, name: str) -> HttpResponse:
    """The units or the rules of a period as CSV."""
    if name not in ROWS:
        raise Http404
    return sheets.answer("csv", f"report-quality-{name}", ROWS[name](_asked(request)))


def _asked(request: SignedInRequest) -> Quality:
    if not request.user.works_for_ministry:
        raise Http404
    return Quality(request.user, request.GET.dict(), today=timezone.localdate())
