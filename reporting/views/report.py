"""A report as its province works on it: sections, submission, rounds, receipts, files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused
from foundation.files import send_file

from .. import actions
from ..forms import SignForm
from ..models import Evidence, StatusReport
from ..pages import Frame
from ..rights import units_of
from ..round_pages import RoundsPage, sent_sections, threads_by_field, unsent_sections
from ..section_page import SectionPage
from ..snapshots import canonical
from .signed_in import SignedInRequest


def of_own_unit(request: SignedInRequest, pk: int) -> StatusReport:
    """A report of the reader's unit; the ministry reads submissions, never the work in between."""
    reports = StatusReport.objects.with_unit().filter(obligation__province__in=units_of(request.user))
    return get_object_or_404(reports, pk=pk)


@login_required
@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the first section that still lacks something."""
    found = get_object_or_404(StatusReport.objects.visible_to(request.user).with_unit(), pk=pk)
    if found.obligation.province_id not in units_of(request.user):
        return redirect("work:review", pk=pk)
    frame = Frame(found, request.user, timezone.now())
    lacking = next((gap.missing.address.partition(".")[0] for gap in frame.gaps), "")
    return redirect("work:section", pk=pk, key=lacking or found.sections[0].key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    found = of_own_unit(request, pk)
    here = next((one for one in found.sections if one.key == key), None)
    if here is None:
        raise Http404
    frame = Frame(found, request.user, timezone.now(), current=key)
    if request.method != "POST":
        return _section_page(request, SectionPage(frame, here))
    page = SectionPage(frame, here, request.POST, request.FILES)
    if not page.save(by=request.user, at=timezone.now()):
        fresh = Frame(of_own_unit(request, pk), request.user, timezone.now(), current=key)
        page.frame = fresh
        return _section_page(request, page, status=422)
    messages.success(request, _("Saved."))
    if "onward" in request.POST:
        return redirect(_after(found, key))
    return redirect("work:section", pk=pk, key=key)


def _after(found: StatusReport, key: str) -> str:
    keys = [one.key for one in found.sections]
    place = keys.index(key) + 1
    lines = Frame.urls_of_sections(found)
    return lines[place]


def _section_page(request: SignedInRequest, page: SectionPage, *, status: int = 200) -> HttpResponse:
    context = {"frame": page.frame, "report": page.report, "page": page, "section": page.section}
    return render(request, "reporting/work/section.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What will be sent, what is missing, who signs; the button that sends it."""
    found = of_own_unit(request, pk)
    form = SignForm(request.POST or None, initial={"signer": request.user.full_name, "capacity": ""})
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.submit(pk, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(sent)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            found = of_own_unit(request, pk)
    frame = Frame(found, request.user, timezone.now(), current="submit")
    context = {"frame": frame, "report": found, "form": form, "sections": unsent_sections(found)}
    return render(request, "reporting/work/submit.html", context)


@login_required
@require_safe
def rounds(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every round, and what changed between any two."""
    found = get_object_or_404(StatusReport.objects.visible_to(request.user).with_unit(), pk=pk)
    page = RoundsPage(found, request.GET)
    frame = Frame(found, request.user, timezone.now())
    context = {"frame": frame, "report": found, "page": page}
    context["threads"] = threads_by_field(found, frame.threads)
    return render(request, "reporting/work/rounds.html", context)


@login_required
@require_safe
def receipt(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    found = get_object_or_404(StatusReport.objects.visible_to(request.user).with_unit(), pk=pk)
    sent = get_object_or_404(found.submissions.select_related("report"), round=number)
    context = {"report": found, "submission": sent, "sections": sent_sections(sent)}
    return render(request, "reporting/work/receipt.html", context)


@login_required
@require_safe
def receipt_json(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """What was sent, byte for byte as it was hashed: ``sha256sum`` of the file gives the receipt's hash."""
    found = get_object_or_404(StatusReport.objects.visible_to(request.user), pk=pk)
    sent = get_object_or_404(found.submissions, round=number)
    return HttpResponse(
        canonical(sent.snapshot),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{sent.running_number}-{sent.round}.json"'},
    )


@login_required
@require_safe
def evidence(request: SignedInRequest, pk: int) -> FileResponse:
    proof = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    return send_file(proof.file)
