"""Thematic and ad-hoc reports: the list, one request with its units, and the forms that ask or withdraw."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import ActionRefused

from .. import actions
from ..forms_of_requests import AskForm, UnitsForm, WithdrawRequestForm
from ..models import Obligation, Period
from ..request_pages import RequestPage, RequestsPage
from ..rights import post_to_ask
from .signed_in import SignedInRequest


def _for_ministry(request: SignedInRequest) -> None:
    if not request.user.works_for_ministry:
        raise Http404


def _for_those_who_ask(request: SignedInRequest) -> None:
    if post_to_ask(request.user) is None:
        raise Http404


@login_required
@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    _for_ministry(request)
    page = RequestsPage(request.user, request.GET, today=timezone.localdate())
    return render(request, "reporting/work/requests.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """The form; then what it would do, with the number of units; then the deed."""
    _for_those_who_ask(request)
    today = timezone.localdate()
    if request.method != "POST":
        return _ask_page(request, AskForm(today=today, initial={"opens_on": today, "whom": "all"}))
    form = AskForm(request.POST, today=today)
    if not form.is_valid():
        return _ask_page(request, form, 422)
    if "change" in request.POST:
        return _ask_page(request, form)
    asked, units = form.request(), form.asked_units()
    keys, now = [unit.pk for unit in units], timezone.now()
    try:
        if "confirmed" in request.POST:
            period = actions.ask_units(asked, keys, by=request.user, at=now)
            messages.success(request, _("Asked for. The units get a mail."))
            return redirect(period)
        count = actions.count_of(asked, keys, at=now)
    except ActionRefused as refusal:
        form.add_error(getattr(refusal, "part", None), str(refusal))
        return _ask_page(request, form, 422)
    context = {"form": form, "units": units, "count": count, "asked": form.cleaned_data}
    return render(request, "reporting/work/request_confirm.html", context)


def _ask_page(request: SignedInRequest, form: AskForm, status: int = 200) -> HttpResponse:
    return render(request, "reporting/work/request_ask.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is asked and where each stands; whoever may asks more units here."""
    _for_ministry(request)
    period = get_object_or_404(Period.objects.asked_for().select_related("regime"), pk=pk)
    today = timezone.localdate()
    page = RequestPage(period, request.user, today=today)
    if request.method != "POST":
        return _request_page(request, page, _more_form(page, None, today))
    _for_those_who_ask(request)
    form = _more_form(page, request.POST, today)
    if not form.is_valid():
        return _request_page(request, page, form, 422)
    units = form.asked_units()
    if "change" in request.POST:
        return _request_page(request, page, form)
    if units and "confirmed" not in request.POST:
        context = {"form": form, "units": units, "period": period}
        return render(request, "reporting/work/request_confirm_more.html", context)
    keys = [unit.pk for unit in units]
    try:
        added = actions.ask_more_units(pk, keys, by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _request_page(request, page, form, 422)
    told = ngettext("Asked %(n)s more unit.", "Asked %(n)s more units.", added)
    messages.success(request, told % {"n": added})
    return redirect(period)


def _more_form(page: RequestPage, given: Any, today: date) -> UnitsForm:
    return UnitsForm(given, today=today, without=page.asked_now, initial={"whom": "chosen"})


def _request_page(
    request: SignedInRequest, page: RequestPage, form: UnitsForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "period": page.period, "form": form}
    return render(request, "reporting/work/request.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    _for_those_who_ask(request)
    owed = Obligation.objects.visible_to(request.user).select_related("province", "period__regime", "report")
    obligation = get_object_or_404(owed.filter(period__in=Period.objects.asked_for()), pk=pk)
    form = WithdrawRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_request(pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Withdrawn. The unit gets a mail."))
            return redirect(obligation.period)
    context = {"obligation": obligation, "period": obligation.period, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reporting/work/request_withdraw.html", context, status=status)
