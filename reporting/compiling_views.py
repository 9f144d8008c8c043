"""The ministry's desk for the national report: compile, watch the job, publish, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from foundation import jobs
from foundation.actions import ActionRefused
from foundation.dates import day_words

from .documents import actions
from .models import CompiledReport
from .public_forms import CompileForm, WithdrawForm
from .views.signed_in import deed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compiled_list(request: HttpRequest) -> HttpResponse:
    """Every report compiled so far, and the form that compiles the next."""
    staff = _staff(request)
    form = CompileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.compile_report(**form.deed(), by=staff, at=now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reporting:compiled", pk=report.pk)
    reports = CompiledReport.objects.visible_to(staff).with_parts()
    context = {"reports": reports, "form": form, "may_compile": actions.may_compile(staff)}
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
        "may_compile": actions.may_compile(_staff(request)),
        "withdraw_form": WithdrawForm(),
        "cautions": _cautions(report),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "reporting/compiled.html", context)
    response = render(request, "reporting/parts/job.html", context)
    if not report.job or not report.job.is_open:
        response["HX-Refresh"] = "true"  # the state in the page's head has changed as well
    return response


def _cautions(report: CompiledReport) -> list[str]:
    """What to consider before publishing."""
    found, cut = [], report.cut
    if cut.period.last_day >= localdate():
        words = _("The period runs until %(day)s: figures may still come in.")
        found.append(words % {"day": day_words(cut.period.last_day)})
    if cut.counted < cut.expected:
        words = _("Only %(counted)s of %(expected)s units have an approved report in this cut.")
        found.append(words % {"counted": cut.counted, "expected": cut.expected})
    return found


@deed("reporting:compiled", "pk")
def build_again(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.build_again(report.pk, by=_staff(request), at=now())
        messages.success(request, _("The PDF is being built again."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


@deed("reporting:compiled", "pk")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.stop(report.pk, by=_staff(request), at=now())
        messages.success(request, _("The build is stopped. Nothing of it is kept."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


@deed("reporting:compiled", "pk")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    try:
        actions.publish(report.pk, by=_staff(request), at=now())
        messages.success(request, _("Published. Everyone can read the report now."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


@deed("reporting:compiled", "pk")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report, form = _report(request, pk), WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for fault in form.errors["reason"]))
        return redirect("reporting:compiled", pk=report.pk)
    try:
        actions.withdraw(report.pk, **form.cleaned_data, by=_staff(request), at=now())
        messages.success(request, _("Withdrawn. The report's page says so, with the reason."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:compiled", pk=report.pk)


def _staff(request: HttpRequest) -> User:
    """The person, if they work for the ministry; for everyone else the page is not there."""
    if not isinstance(request.user, User) or not request.user.works_for_ministry:
        raise Http404
    return request.user


def _report(request: HttpRequest, pk: int) -> CompiledReport:
    reports = CompiledReport.objects.visible_to(_staff(request)).with_parts()
    report: CompiledReport = get_object_or_404(reports, pk=pk)
    return report
