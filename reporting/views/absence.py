"""Being away: the holder of a post names who acts for him, of a province and of the ministry alike."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.absences import absences_of, end_absence, enter_absence
from accounts.forms import AbsenceForm
from accounts.models import Occupancy
from foundation.actions import ActionRefused

from .signed_in import SignedInRequest, deed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    if not user.posts_today:
        raise Http404
    form = AbsenceForm(request.POST if request.method == "POST" else None, user=user, on=today)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        post = given.pop("post")
        try:
            enter_absence(post.pk, **given, by=user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered. Whoever acts for you gets a mail."))
            return redirect("work:absence")
    context = {"form": form, "absences": absences_of(user, on=today)}
    return render(request, "reporting/work/absence.html", context, status=422 if form.errors else 200)


@deed("work:absence")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Occupancy.objects.filter(acting_for=request.user), pk=pk)
    try:
        end_absence(held.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Ended. Whoever acted for you gets a mail."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("work:absence")
