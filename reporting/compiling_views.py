"""The ministry's desk for the national report: compile, watch the job, publish, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import jobs
from foundation.actions import ActionRefused

from .documents import actions
from .public_forms import CompileForm, WithdrawForm
from .models import CompiledReport


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compiled_list(request: HttpRequest) -> HttpResponse:
    """Every report compiled so far, and the form that compiles the next."""
    _ministry_or_404(request)
    form = CompileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.compile_national(**form.deed(), by=request.user, at=now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reporting:compiled", pk=report.pk)
    reports = CompiledReport.objects.visible_to(request.user).with_parts()
    context = {"reports": reports, "form": form, "may_compile": actions.may_compile(request.user)}
    return render(request, "reporting/compiled_list.html", context)


@login_required
@require_safe
def compiled(request: HttpRequest, pk: int) -> HttpResponse:
    """The job moving, then the finished document. htmx asks for the moving part alone."""
    report = _report(request, pk)
    steps = list(report.job.steps.all()) if report.job else []
    context = {
        "report": report,
        "job": report.job,
        "steps": steps,
        "progress": jobs.done_of(steps),
        "earlier": CompiledReport.objects.earlier_than(report).with_parts()[:5],
        "may_compile": actions.may_compile(request.user),
        "withdraw_form": WithdrawForm(),
    }
    template = "reporting/parts/job.html" if request.htmx else "reporting/compiled.html"
    return render(request, template, context)


@login_required
@require_POST
def build_again(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.build_again(report.pk, by=request.user, at=now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    if report.job and actions.may_compile(request.user):
        jobs.cancel(report.job, at=now())
    return redirect("reporting:compiled", pk=report.pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.publish(report.pk, by=request.user, at=now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.withdraw(report.pk, reason=request.POST.get("reason", ""), by=request.user, at=now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


def _ministry_or_404(request: HttpRequest) -> None:
    if not getattr(request.user, "works_for_ministry", False):
        raise Http404


def _report(request: HttpRequest, pk: int) -> CompiledReport:
    _ministry_or_404(request)
    reports = CompiledReport.objects.visible_to(request.user).with_parts()
    report: CompiledReport = get_object_or_404(reports, pk=pk)
    return report
