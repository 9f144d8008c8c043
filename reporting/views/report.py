"""A report as its province works on it: sections, submission, rounds, receipts, files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused
from foundation.files import send_file

from .. import actions
from ..form_news import activities_to_add, news_for
from ..forms_of_deeds import SignForm
from ..inside_pages import SignOffPage, clearance_lines
from ..models import Evidence, Receipt, StatusReport, Submission
from ..pages import Frame
from ..questions import Section
from ..reuse import flag
from ..rights import signs_as_deputy, units_of
from ..round_pages import RoundsPage, sent_sections, threads_by_field, unsent_sections
from ..section_page import SectionPage
from ..snapshots import canonical
from . import stash
from .signed_in import SignedInRequest, deed
from .stash import keeping_typed


def of_own_unit(request: SignedInRequest, pk: int) -> StatusReport:
    """A report of the reader's unit; the ministry reads submissions, never the work in between."""
    return _own(StatusReport.objects.with_unit(), request, pk)


def form_of_own_unit(request: SignedInRequest, pk: int) -> StatusReport:
    """As ``of_own_unit``, with what the form asks and nothing else, for requests that come by themselves."""
    return _own(StatusReport.objects.only("definition"), request, pk)


def _own(reports: QuerySet[StatusReport], request: SignedInRequest, pk: int) -> StatusReport:
    homes = {post.province_id for post in request.user.posts_today if post.province_id}
    found = reports.filter(
        pk=pk, obligation__province__in=homes
    ).first()  # nearly always; spares the register
    return found or get_object_or_404(reports, pk=pk, obligation__province__in=units_of(request.user))


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


def section_of(report: StatusReport, key: str) -> Section:
    here = next((one for one in report.sections if one.key == key), None)
    if here is None:
        raise Http404
    return here


@keeping_typed
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    found = of_own_unit(request, pk)
    here = section_of(found, key)
    frame = Frame(found, request.user, timezone.now(), current=key)
    if request.method != "POST":
        return _section_page(request, SectionPage(frame, here, stash.kept(request)))
    page = SectionPage(frame, here, request.POST, request.FILES)
    stash.forget(request)
    if not page.save(by=request.user, at=timezone.now()):
        fresh = Frame(of_own_unit(request, pk), request.user, timezone.now(), current=key)
        page.look_again(fresh)
        return _section_page(request, page, status=422)
    if page.news and request.POST.get("news") == str(page.news.upto):
        actions.see_form(pk, by=request.user, at=timezone.now())
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
    context["put_back"] = page.data is not None and request.method != "POST"
    return render(request, "reporting/work/section.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What will be sent, what is missing, who signs; the button that sends it."""
    found = of_own_unit(request, pk)
    is_deputy = signs_as_deputy(request.user, found, on=timezone.localdate())
    capacity = Submission.Capacity.KT if is_deputy else Submission.Capacity.HEAD
    form = SignForm(request.POST or None, initial={"signer": str(request.user), "capacity": capacity})
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen")
        try:
            sent = actions.submit(pk, **form.cleaned_data, seen=seen, by=request.user, at=timezone.now())
            return redirect(sent)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            found = of_own_unit(request, pk)
    frame = Frame(found, request.user, timezone.now(), current="submit")
    context = {
        "frame": frame,
        "report": found,
        "form": form,
        "sections": flag(unsent_sections(found), request.user),
        "inside": SignOffPage(frame),
    }
    context |= {"news": news_for(frame), "activities_to_add": activities_to_add(frame)}
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
    sent = get_object_or_404(found.submissions.select_related("report", "receipt__job"), round=number)
    sections = flag(sent_sections(sent), request.user)
    context = {"report": found, "submission": sent, "sections": sections, "receipt": sent.receipt,
               "clearances": clearance_lines(sent.snapshot)}  # fmt: skip
    return render(request, "reporting/work/receipt.html", context)


def _receipt_of(request: SignedInRequest, pk: int, number: int) -> Receipt:
    seen = StatusReport.objects.visible_to(request.user)
    known = Receipt.objects.select_related("file", "submission")
    return get_object_or_404(
        known.filter(submission__report__in=seen), submission__report=pk, submission__round=number
    )


@login_required
@require_safe
def receipt_pdf(request: SignedInRequest, pk: int, number: int) -> FileResponse:
    found = _receipt_of(request, pk, number)
    if found.file is None:
        raise Http404
    return send_file(found.file)


@deed("work:receipt", "pk", "number")
def build_receipt(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Queue the PDF again, after a failure."""
    found = _receipt_of(request, pk, number)
    actions.build_receipt(found.pk, by=request.user, at=timezone.now())
    return redirect(found.submission)


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
