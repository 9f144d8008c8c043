"""A province's own work on a report: who fills in a section, and the steps before the signature."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.actions import ActionRefused

from .. import actions
from ..forms import written
from ..forms_of_deeds import DelegateForm
from ..inside_pages import HandPage
from ..models import SectionTask
from ..pages import Frame
from ..rights import posts_for_sections
from .report import of_own_unit
from .signed_in import SignedInRequest, deed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Who fills in one section; a section that is in nobody's hands can be handed out here."""
    report = of_own_unit(request, pk)
    section = next((one for one in report.sections if one.key == key), None)
    if section is None:
        raise Http404
    posts = posts_for_sections(report.obligation, request.user, on=timezone.localdate())
    form = DelegateForm(request.POST if request.method == "POST" else None, posts=posts)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            actions.delegate(report.pk, section=key, **form.cleaned_data, by=request.user, at=now)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Handed out. Whoever holds the post gets a mail."))
            return redirect("work:hand", pk=pk, key=key)
    page = HandPage(Frame(report, request.user, timezone.now(), current=key), section)
    context = {"frame": page.frame, "report": report, "page": page, "section": section, "form": form}
    return render(request, "reporting/work/hand.html", context, status=422 if form.errors else 200)


@deed("work:workspace")
def task(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Hand a section back, accept it, take it back."""
    found = get_object_or_404(SectionTask.objects.visible_to(request.user), pk=pk)
    deeds: dict[str, tuple[Callable[..., Any], str, str]] = {
        "hand-back": (actions.hand_back, "word", _("Handed back.")),
        "accept": (actions.accept, "", _("Accepted. The section is yours again.")),
        "take-back": (actions.take_back, "why", _("Taken back. The section is yours again.")),
    }
    if name not in deeds:
        raise Http404
    do, takes, said = deeds[name]
    try:
        words = {takes: written(request.POST, "word")} if takes else {}
        do(found.pk, **words, by=request.user, at=timezone.now())
        messages.success(request, said)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    if name == "hand-back":
        return redirect("work:workspace")
    return redirect(found)


@deed("work:submit", "pk")
def sign_off(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Declare the report ready, clear it for signature, or send it back inside the province."""
    report = of_own_unit(request, pk)
    deeds: dict[str, tuple[Callable[..., Any], str, str]] = {
        "declare": (actions.declare_ready, "note", _("Declared ready. Whoever comes next gets a mail.")),
        "clear": (actions.clear, "note", _("Cleared. Whoever signs gets a mail.")),
        "decline": (actions.decline, "why", _("Sent back inside the province.")),
    }
    if name not in deeds:
        raise Http404
    do, takes, said = deeds[name]
    try:
        words = {takes: written(request.POST, "word")}
        do(report.pk, **words, seen=request.POST.get("seen"), by=request.user, at=timezone.now())
        messages.success(request, said)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("work:submit", pk=pk)
