"""Follow-up actions: the list of each side, one action with its course, and the form that asks for one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused
from foundation.files import send_file

from .. import actions
from ..followups import FollowUpPage, FollowUpsPage, owner_posts
from ..forms_of_followups import DoneForm, FollowUpForm, WhyForm, WordForm
from ..models import FollowUp, FollowUpStep
from .review import for_ministry
from .signed_in import SignedInRequest, deed

DEEDS: dict[str, tuple[Callable[..., Any], str]] = {
    "done": (actions.report_done, gettext_noop("Reported as done. The ministry verifies it.")),
    "verify": (actions.verify_follow_up, gettext_noop("Verified.")),
    "refuse": (actions.refuse_follow_up, gettext_noop("Sent back to its owner with the reason.")),
    "cancel": (actions.cancel_follow_up, gettext_noop("Cancelled.")),
}

FORMS: dict[str, Callable[..., Any]] = {
    "done": DoneForm, "verify": WordForm, "refuse": WhyForm, "cancel": WhyForm,
}  # fmt: skip


def visible(request: SignedInRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related(
        "report__obligation__province", "report__obligation__period__regime", "post__province", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def follow_ups(request: SignedInRequest) -> HttpResponse:
    if not (request.user.works_for_ministry or request.user.works_for_province):
        raise Http404
    page = FollowUpsPage(request.user, request.GET, today=timezone.localdate())
    return render(request, "reporting/work/follow_ups.html", {"follow_ups": page, "page": page.page})


@login_required
@require_safe
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, visible(request, pk), {})


def _page(
    request: SignedInRequest, found: FollowUp, bound: dict[str, Any], status: int = 200
) -> HttpResponse:
    """``bound`` holds the form that was refused, by the name of its deed."""
    forms = {name: bound.get(name) or FORMS[name](prefix=name) for name in DEEDS}
    page = FollowUpPage(found, request.user, today=timezone.localdate())
    context = {"page": page, "follow_up": found, "report": found.report, "forms": forms}
    return render(request, "reporting/work/follow_up.html", context, status=status)


@deed("work:follow_up", "pk")
def follow_up_deed(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """A refused deed comes back with what was typed; a file has to be chosen again."""
    found = visible(request, pk)
    if name not in DEEDS:
        raise Http404
    act, told = DEEDS[name]
    form = FORMS[name](request.POST, request.FILES, prefix=name)
    if not form.is_valid():
        return _page(request, found, {name: form}, status=422)
    try:
        act(pk, **form.cleaned_data, by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, visible(request, pk), {name: form}, status=422)
    messages.success(request, _(told))
    return redirect("work:follow_up", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form behind “Make it a follow-up”."""
    found = for_ministry(request, pk)
    asked = request.POST if request.method == "POST" else None
    form = FollowUpForm(asked, posts=owner_posts(found), initial={"address": request.GET.get("field", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_follow_up(pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked for. Its owner gets a mail."))
            return redirect(made)
    question = found.questions.get(str(form["address"].value() or ""))
    context = {"report": found, "form": form, "question": question}
    return render(request, "reporting/work/follow_up_ask.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def file(request: SignedInRequest, pk: int) -> FileResponse:
    steps = FollowUpStep.objects.filter(
        follow_up__in=FollowUp.objects.visible_to(request.user), file__isnull=False
    )
    return send_file(get_object_or_404(steps.select_related("file"), pk=pk).file)
