"""The ministry's desk for compiled documents: compile, watch the job, publish, withdraw."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from foundation import jobs
from foundation.actions import ActionRefused
from foundation.files import send_file

from .desk import Desk, usual_seconds
from .documents import actions
from .documents.cautions import cautions_on
from .documents.letting_go import let_go_on
from .documents.lines import contradictions_of
from .documents.verifying import editions_of
from .forms import written
from .models import CompiledReport, EditedWords
from .public_forms import CompileForm, PublishForm, WithdrawForm
from .views.signed_in import deed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compiled_list(request: HttpRequest) -> HttpResponse:
    """Every document compiled so far, and the form that compiles the next."""
    staff = staff_of(request)
    desk = Desk(request.POST if request.method == "POST" else request.GET, filters=request.GET)
    may_compile = actions.may_compile(staff)
    form = CompileForm(desk.kind, request.POST or None) if may_compile and desk.kind else None
    is_refused = bool(form and request.method == "POST" and not desk.is_chosen)
    if form and request.method == "POST" and desk.is_chosen and form.is_valid():
        try:
            report = actions.compile_report(**form.deed(), by=staff, at=now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reporting:compiled", pk=report.pk)
    context = {"desk": desk, "form": form, "may_compile": may_compile, "is_kind_refused": is_refused}
    return render(request, "reporting/compiled_list.html", context)


@login_required
@require_safe
def compiled(request: HttpRequest, pk: int) -> HttpResponse:
    """The job moving, then the finished document. htmx asks for the moving part alone."""
    report = report_of(request, pk)
    is_moving = bool(request.headers.get("HX-Request"))
    context = _job(report) | {"report": report, "may_compile": actions.may_compile(staff_of(request))}
    if not is_moving or not context["is_open"]:
        context |= _document(report)
    if not is_moving:
        return render(request, "reporting/compiled.html", context)
    response = render(request, "reporting/parts/job_moving.html", context)
    if not context["is_open"]:
        response["HX-Refresh"] = "true"  # the state in the page's head has changed as well
    return response


def _job(report: CompiledReport) -> dict[str, Any]:
    steps = list(report.job.steps.all()) if report.job else []
    is_open = bool(report.job and report.job.is_open)
    return {
        "job": report.job,
        "is_open": is_open,
        "steps": steps,
        "progress": jobs.done_of(steps),
        "usual": usual_seconds(report) if is_open else None,
    }


def _document(report: CompiledReport) -> dict[str, Any]:
    """What stands beside the job: files, words, what to consider, and what was built before."""
    editions = editions_of(report)
    against = contradictions_of(report)
    return {
        "files": [file for edition in editions if edition.is_current for file, _words in edition.files],
        "earlier_editions": [edition for edition in editions if not edition.is_current],
        "edited": len(EditedWords.objects.words_of(report)),
        "contradictions": against,
        "cautions": cautions_on(report, today=localdate()),
        "publish_form": PublishForm() if against else None,
        "withdraw_form": WithdrawForm(),
        "earlier": CompiledReport.objects.earlier_than(report).with_parts()[:5],
        "let_go_on": let_go_on(report) if report.file_id else None,
    }


@login_required
@require_safe
def compiled_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of the present edition, in whatever format."""
    report = report_of(request, pk)
    found = get_object_or_404(
        report.files.select_related("file"), pk=file, edition=report.edition, report__let_go_at=None
    )
    return send_file(found.file)


@deed("reporting:compiled", "pk")
def build_again(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    do = partial(actions.build_again, report.pk, by=staff_of(request), at=now())
    return _done(request, report, do, _("The PDF is being built again."))


@deed("reporting:compiled", "pk")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    do = partial(actions.stop, report.pk, by=staff_of(request), at=now())
    return _done(request, report, do, _("The build is stopped. Nothing of it is kept."))


@deed("reporting:compiled", "pk")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)

    def do() -> CompiledReport:
        reason = written(request.POST, "reason")
        return actions.publish(report.pk, by=staff_of(request), at=now(), reason=reason)

    return _done(request, report, do, _("Published. Everyone can read the report now."))


@deed("reporting:compiled", "pk")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report, form = report_of(request, pk), WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for fault in form.errors["reason"]))
        return redirect("reporting:compiled", pk=report.pk)
    do = partial(actions.withdraw, report.pk, **form.cleaned_data, by=staff_of(request), at=now())
    return _done(request, report, do, _("Withdrawn. The report's page says so, with the reason."))


def _done(
    request: HttpRequest, report: CompiledReport, do: Callable[[], CompiledReport], said: str
) -> HttpResponse:
    """Back to the document's page, with what was done, or why not."""
    try:
        do()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("reporting:compiled", pk=report.pk)


def staff_of(request: HttpRequest) -> User:
    """The person, if they work for the ministry; for everyone else the page is not there."""
    if not isinstance(request.user, User) or not request.user.works_for_ministry:
        raise Http404
    return request.user


def report_of(request: HttpRequest, pk: int) -> CompiledReport:
    reports = CompiledReport.objects.visible_to(staff_of(request)).with_parts()
    report: CompiledReport = get_object_or_404(reports, pk=pk)
    return report
