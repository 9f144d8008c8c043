"""A report as a workbook: download, upload, what it would change, what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused
from foundation.files import XLSX
from foundation.sheets import download as as_download
from foundation.text import fold, whole_number

from ..models import FilledWorkbook, StatusReport
from ..pages import Frame
from ..portal_numbers import proposed_words
from ..workbooks import actions
from ..workbooks.page import PreviewPage, refused_lines
from .report import of_own_unit
from .signed_in import SignedInRequest

CHOICE = "choice-"


def own_workbook(request: SignedInRequest, pk: int) -> FilledWorkbook:
    visible = FilledWorkbook.objects.visible_to(request.user).select_related("file")
    kept = get_object_or_404(visible, pk=pk)
    kept.report = of_own_unit(request, kept.report_id)
    return kept


def open_to(request: SignedInRequest, report: StatusReport) -> frozenset[str]:
    """The fields this reader may fill in; a workbook has the others locked."""
    return Frame(report, request.user, timezone.now()).open_fields


def name_of(report: StatusReport) -> str:
    return f"{slugify(fold(f'{report.province.name} {report.period}'))}-{report.version}.xlsx"


@login_required
@require_safe
def download(request: SignedInRequest, pk: int) -> HttpResponse:
    report = of_own_unit(request, pk)
    proposed = proposed_words(report, at=timezone.now())
    data = actions.workbook_of(report, open_fields=open_to(request, report), proposed=proposed)
    return as_download(data, XLSX, name_of(report))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """How to work with the workbook; a file sent here leads to its preview, or back with one sentence."""
    report = of_own_unit(request, pk)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            return redirect(_received(request, report))
        except ActionRefused as fault:
            refusal, status = str(fault), 422
            report = of_own_unit(request, pk)
    context = {
        "frame": Frame(report, request.user, timezone.now()),
        "report": report,
        "refusal": refusal,
    }
    return render(request, "reporting/work/workbook.html", context, status=status)


def _received(request: SignedInRequest, report: StatusReport) -> FilledWorkbook:
    sent = request.FILES.get("workbook")
    if sent is None:
        raise ActionRefused(_("Choose the workbook first."))
    return actions.receive(report.pk, upload=sent, by=request.user, at=timezone.now())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the workbook would change; the button takes it."""
    kept = own_workbook(request, pk)
    if kept.taken_at:
        return redirect("work:workbook_result", pk=pk)
    if request.method != "POST":
        return _preview_page(request, kept, {}, "")
    chosen = _chosen(request)
    try:
        seen = whole_number(request.POST.get("seen")) or 0
        taken = actions.take(pk, choices=chosen, seen=seen, by=request.user, at=timezone.now())
    except ActionRefused as fault:
        return _preview_page(request, own_workbook(request, pk), chosen, str(fault))
    if taken.taken_at:
        return redirect("work:workbook_result", pk=pk)
    messages.warning(request, _("Somebody changed a field again while you chose. Choose once more."))
    return redirect(taken)


def _chosen(request: SignedInRequest) -> dict[str, str]:
    """By address: whose version stays."""
    return {
        name.removeprefix(CHOICE): str(said) for name, said in request.POST.items() if name.startswith(CHOICE)
    }


def _preview_page(
    request: SignedInRequest, kept: FilledWorkbook, chosen: dict[str, str], refusal: str
) -> HttpResponse:
    report = kept.report
    try:
        page = PreviewPage(Frame(report, request.user, timezone.now()), kept, chosen)
        actions.refuse_overdue(kept, timezone.now())
    except ActionRefused as fault:  # the form has changed, or its time is over
        messages.error(request, str(fault))
        return redirect("work:workbook_upload", pk=report.pk)
    context = {"frame": page.frame, "report": report, "page": page, "kept": kept, "refusal": refusal}
    return render(request, "reporting/work/workbook_preview.html", context, status=422 if refusal else 200)


@login_required
@require_safe
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = own_workbook(request, pk)
    if not kept.taken_at:
        return redirect(kept)
    frame = Frame(kept.report, request.user, timezone.now())
    context = {"frame": frame, "report": kept.report, "kept": kept, "refused": refused_lines(kept)}
    return render(request, "reporting/work/workbook_result.html", context)


@login_required
@require_safe
def refused(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook with the refused rows as they were typed, coloured, and what to mend beside them."""
    kept = own_workbook(request, pk)
    if not kept.taken_at:
        return redirect(kept)
    try:
        data = actions.refused_rows(kept, kept.report, open_fields=open_to(request, kept.report))
    except ActionRefused as fault:
        messages.error(request, str(fault))
        return redirect("work:workbook_upload", pk=kept.report_id)
    return as_download(data, XLSX, name_of(kept.report))
