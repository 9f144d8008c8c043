"""The buttons of the review page: remarks and threads, single fields, who looks at it, and the decisions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from foundation.actions import ActionRefused
from foundation.text import whole_number

from .. import actions
from ..confirming import ConfirmPage
from ..forms import written
from ..forms_of_deeds import RemarkForm
from ..models import ItemMark, Remark, StatusReport
from ..pages import Frame
from ..review_page import ReviewPage
from .review import for_ministry, review_page
from .signed_in import SignedInRequest, deed

STEPS: dict[str, Callable[..., Any]] = {
    "return": actions.send_back,
    "propose": actions.propose,
    "approve": actions.approve,
    "reopen": actions.reopen,
}
DONE = {
    "return": gettext_noop("Returned to the province with its remarks."),
    "propose": gettext_noop("Proposed for approval."),
    "approve": gettext_noop("Approved. Its figures stand on the public pages now."),
    "reopen": gettext_noop("Reopened. The province is asked for a correction."),
}
THREAD_DONE = {
    "resolve": gettext_noop("The thread is resolved."),
    "unresolve": gettext_noop("The thread is open again."),
    "ask_again": gettext_noop("Asked again. The province reads it when the report is returned."),
    "drop_remark": gettext_noop("Remark taken back."),
}
HOLDING: dict[str, Callable[..., Any]] = {"take_up": actions.take_up, "let_go": actions.let_go}


@deed("work:review", "pk")
def remark(request: SignedInRequest, pk: int) -> HttpResponse:
    found = for_ministry(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            actions.remark(found.pk, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Remark saved. The province reads it when the report is returned."))
            return redirect(at_field(request, found.pk, form.cleaned_data["address"]))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    asked = {"field": request.POST.get("address", ""), "tab": request.POST.get("tab", "")}
    return review_page(request, found, asked, form=form, status=422)


def at_field(request: SignedInRequest, pk: int, address: str) -> str:
    query = {"tab": request.POST.get("tab", ""), "field": address}
    return f"{reverse('work:review', args=[pk])}?{urlencode(query)}#remarks"


def found_remark(request: SignedInRequest, pk: int) -> Remark:
    visible = StatusReport.objects.visible_to(request.user)
    return get_object_or_404(Remark.objects.seen_by(request.user).filter(report__in=visible), pk=pk)


def _on_thread(request: SignedInRequest, pk: int, name: str, **given: Any) -> HttpResponse:
    if not request.user.works_for_ministry:
        raise Http404
    found = found_remark(request, pk)
    try:
        if name == "ask_again":
            given["text"] = written(request.POST, "text")
        getattr(actions, name)(found.pk, by=request.user, **given)
        messages.success(request, _(THREAD_DONE[name]))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(at_field(request, found.report_id, found.address))


@deed("work:review_queue")
def drop_remark(request: SignedInRequest, pk: int) -> HttpResponse:
    return _on_thread(request, pk, "drop_remark")


@deed("work:review_queue")
def resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    return _on_thread(request, pk, "resolve", at=timezone.now())


@deed("work:review_queue")
def unresolve(request: SignedInRequest, pk: int) -> HttpResponse:
    return _on_thread(request, pk, "unresolve", at=timezone.now())


@deed("work:review_queue")
def ask_again(request: SignedInRequest, pk: int) -> HttpResponse:
    return _on_thread(request, pk, "ask_again", at=timezone.now())


@deed("work:review", "pk")
def items(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or approve the chosen fields, or take such marks back."""
    found = for_ministry(request, pk)
    chosen = frozenset(request.POST.getlist("item"))
    seen = whole_number(request.POST.get("seen")) or 0
    try:
        messages.success(request, _judged(request, found, chosen, seen))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('work:review', args=[pk])}?{urlencode({'tab': request.POST.get('tab', '')})}")


def _judged(request: SignedInRequest, found: StatusReport, chosen: frozenset[str], seen: int) -> str:
    judged = request.POST.get("judge", "")
    given: Any = {"addresses": chosen, "seen": seen, "by": request.user, "at": timezone.now()}
    if judged == "back":
        number = actions.unmark_items(found.pk, **given)
        return ngettext("%(n)s mark taken back.", "%(n)s marks taken back.", number) % {"n": number}
    number = len(actions.mark_items(found.pk, kind=judged, **given))
    if not number:
        return _("The chosen fields are marked so already.")
    if judged == ItemMark.Kind.APPROVED:
        told = ngettext("%(n)s field is approved with the next decision.",
                        "%(n)s fields are approved with the next decision.", number)  # fmt: skip
    else:
        told = ngettext("%(n)s field accepted.", "%(n)s fields accepted.", number)
    return told % {"n": number}


@deed("work:review", "pk")
def reviewer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the report up, hand it to another, or let it go."""
    found = for_ministry(request, pk)
    wanted = request.POST.get("deed", "")
    try:
        if wanted == "hand_over":
            to = User.objects.filter(pk=whole_number(request.POST.get("reviewer")) or 0).first()
            actions.hand_over(found.pk, to=to, by=request.user, at=timezone.now())
        elif wanted in HOLDING:
            HOLDING[wanted](found.pk, by=request.user, at=timezone.now())
        else:
            raise Http404
        messages.success(request, _("Noted: the queue and this page say who looks at the report."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("work:review", pk=pk)


@login_required
@require_safe
def confirm(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """What the decision will do, before it is taken."""
    found = for_ministry(request, pk)
    if name not in STEPS:
        raise Http404
    page = ConfirmPage(ReviewPage(Frame(found, request.user, timezone.now()), {}), name)
    if not page.is_open:
        messages.error(request, page.refusal)
        return redirect("work:review", pk=pk)
    return render(request, "reporting/work/confirm.html", {"page": page, "report": found})


def _done(found: StatusReport, name: str) -> str:
    if name == "approve" and found.period.is_asked_for:
        return _(
            "Approved. Its values and counts stand on the unit’s public page, under the title of the request."
        )
    return _(DONE[name])


@deed("work:review", "pk")
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found = for_ministry(request, pk)
    if name not in STEPS:
        raise Http404
    seen = whole_number(request.POST.get("seen"))
    try:
        STEPS[name](found.pk, by=request.user, at=timezone.now(), seen=seen)
        messages.success(request, _done(found, name))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("work:review", pk=pk)
