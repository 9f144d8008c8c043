"""The steps of a cut-over in the admin: enter, dry run, ask, a second person's word, result, undo."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.actions import ActionRefused
from provinces.models import BoundaryEvent, Cutover
from reporting.forms import written
from reporting.views.signed_in import SignedInRequest

from . import door
from .dry_run import dry_run, kind_names
from .forms import EventForm, ReasonForm, initial_of, picks_from
from .telling import cells_of, telling_of
from .undoing import obstacles

View = Callable[..., HttpResponse]
State = Cutover.State
KINDS = (
    (BoundaryEvent.Kind.MERGER, gettext_lazy("Several units end; one new unit begins.")),
    (BoundaryEvent.Kind.SPLIT, gettext_lazy("One unit ends; two or more new units begin.")),
    (BoundaryEvent.Kind.PART_TRANSFER, gettext_lazy("One unit gives a part to another; both go on.")),
    (BoundaryEvent.Kind.RENAMING, gettext_lazy("The unit stays and gets a new name.")),
    (BoundaryEvent.Kind.TYPE_CHANGE, gettext_lazy("The unit stays and becomes a city, or a province.")),
)


def for_those_who(right: str) -> Callable[[View], View]:
    """Inside the admin: whoever lacks the right is refused before anything is read."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def page(request: SignedInRequest, template: str, **context: Any) -> HttpResponse:
    shared = {**admin.site.each_context(request), "opts": Cutover._meta}
    return render(request, f"cutover/{template}.html", {**shared, **context})


@for_those_who(door.PREPARE)
def enter(request: SignedInRequest) -> HttpResponse:
    """Step 1: the kind first, then the fields of that kind."""
    kind = request.GET.get("kind", "")
    if kind not in BoundaryEvent.Kind.values:
        return page(request, "kinds", kinds=[(one, one.label, words) for one, words in KINDS])
    form = EventForm(kind, request.POST if request.method == "POST" else None)
    return _taken(request, form) or page(request, "enter", form=form, kind=BoundaryEvent.Kind(kind))


@for_those_who(door.PREPARE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Step 1 again, while it is a draft."""
    cutover = get_object_or_404(Cutover, pk=pk, state=State.DRAFT)
    given = request.POST if request.method == "POST" else None
    form = EventForm(cutover.kind, given, initial=initial_of(cutover))
    kind = BoundaryEvent.Kind(cutover.kind)
    return _taken(request, form, cutover.pk) or page(request, "enter", form=form, kind=kind, cutover=cutover)


def _taken(request: SignedInRequest, form: EventForm, pk: int | None = None) -> HttpResponse | None:
    """On to the dry run when the door takes the event; otherwise its sentences stand at their fields."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        cutover = door.prepare(
            form.proposal(), form.paper(), by=request.user, at=timezone.now(), cutover_id=pk
        )
    except door.Faulty as refusal:
        form.take(refusal.faults)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return redirect(cutover)
    return None


@for_those_who("provinces.view_cutover")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Steps 2 to 5: the dry run while it is open, afterwards what was done."""
    people = ("prepared_by", "confirmed_by", "undone_by", "event")
    cutover = get_object_or_404(Cutover.objects.select_related(*people), pk=pk)
    user, is_mine = request.user, cutover.prepared_by_id == request.user.pk
    context: dict[str, Any] = {
        "cutover": cutover,
        "may_prepare": user.has_perm(door.PREPARE) and cutover.is_open,
        "may_decide": user.has_perm(door.CONFIRM) and cutover.state == State.WAITING and not is_mine,
        "may_undo": user.has_perm(door.CONFIRM) and cutover.state == State.APPLIED,
        "reason_form": ReasonForm(),
    }
    if not cutover.is_open:
        return page(request, "result", **context, **_result(cutover))
    run = dry_run(cutover)
    editing = context["may_prepare"] and cutover.state == State.DRAFT
    context |= {"run": run, "telling": telling_of(cutover, run), "cells": cells_of(run), "editing": editing}
    return page(request, "dry_run", **context)


def _result(cutover: Cutover) -> dict[str, Any]:
    names = kind_names()
    choices = cutover.choices.select_related("heir")
    return {
        "choices": [(one, names.get((one.room, one.kind), one.kind)) for one in choices],
        "heirs": cutover.heirs.select_related("unit"),
        "changes": cutover.changes.count(),
    }


def deed(right: str) -> Callable[[Callable[..., Any]], View]:
    """A button: what the door refuses is said on the page it came from."""

    def button(view: Callable[..., Any]) -> View:
        @require_POST
        @for_those_who(right)
        @wraps(view)
        def pressed(request: SignedInRequest, pk: int) -> HttpResponse:
            cutover = get_object_or_404(Cutover, pk=pk)
            try:
                messages.success(request, str(view(request, cutover)))
            except ActionRefused as refusal:
                messages.error(request, str(refusal))
            return redirect(cutover)

        return pressed

    return button


@deed(door.PREPARE)
def choose(request: SignedInRequest, cutover: Cutover) -> Any:
    """Keep the choices; with the other button ask for confirmation as well."""
    now = timezone.now()
    door.choose(cutover.pk, picks_from(request.POST, dry_run(cutover)), by=request.user, at=now)
    if "ask" not in request.POST:
        return _("Choices saved.")
    door.ask(cutover.pk, by=request.user, at=now)
    return _("Confirmation asked. A second person decides.")


@deed(door.PREPARE)
def drop(request: SignedInRequest, cutover: Cutover) -> Any:
    door.drop(cutover.pk, by=request.user, at=timezone.now())
    return _("Dropped. Nothing was changed.")


@deed(door.CONFIRM)
def confirm(request: SignedInRequest, cutover: Cutover) -> Any:
    door.confirm(cutover.pk, by=request.user, at=timezone.now())
    return _("Applied.")


@deed(door.CONFIRM)
def send_back(request: SignedInRequest, cutover: Cutover) -> Any:
    reason = written(request.POST, "reason", longest=1000)
    door.send_back(cutover.pk, by=request.user, at=timezone.now(), reason=reason)
    return _("Sent back.")


@for_those_who(door.CONFIRM)
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the reason, or show what stands in the way."""
    cutover = get_object_or_404(Cutover, pk=pk)
    if cutover.state != State.APPLIED:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            door.undo(cutover.pk, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Undone. Every row is as it was."))
            return redirect(cutover)
    found = obstacles(door.entries_of(cutover))
    return page(request, "undo", cutover=cutover, form=form, obstacles=found)
