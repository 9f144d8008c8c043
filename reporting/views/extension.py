"""More time for one unit: who gives it on the ministry's side says until when and why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.actions import ActionRefused
from foundation.dates import day_words

from .. import actions, pages
from ..extensions import extensions_of
from ..forms_of_deeds import ExtendForm
from ..models import Obligation
from ..rights import post_to_extend
from .signed_in import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    if post_to_extend(request.user) is None:
        raise Http404
    owed = Obligation.objects.visible_to(request.user).select_related("province", "period__regime", "report")
    obligation = get_object_or_404(owed, pk=pk)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.extend_deadline(pk, **form.cleaned_data, by=request.user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            is_less = given.last_day_to_submit < obligation.last_day_to_submit
            told = _("Corrected to %(day)s.") if is_less else _("Extended to %(day)s.")
            messages.success(request, told % {"day": day_words(given.last_day_to_submit)})
            return redirect(f"{reverse('work:review_queue')}?period={obligation.period_id}")
    (line,) = pages.obligation_lines([obligation], today=timezone.localdate())
    context = {"line": line, "obligation": obligation, "form": form, "extensions": extensions_of(obligation)}
    return render(request, "reporting/work/extend.html", context, status=422 if form.errors else 200)
