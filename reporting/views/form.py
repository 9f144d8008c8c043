"""What a province answers to a form that has grown: seen, and the activities of the register to add."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.actions import ActionRefused

from .. import actions
from .report import of_own_unit
from .signed_in import SignedInRequest, deed


@deed("work:report", "pk")
def seen(request: SignedInRequest, pk: int) -> HttpResponse:
    report = of_own_unit(request, pk)
    try:
        actions.see_form(pk, by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    keys = [one.key for one in report.sections]
    asked = request.POST.get("section", "")
    return redirect("work:section", pk=pk, key=asked if asked in keys else keys[0])


@deed("work:report", "pk")
def add_activities(request: SignedInRequest, pk: int) -> HttpResponse:
    report = of_own_unit(request, pk)
    try:
        added = actions.add_activities(pk, by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("work:report", pk=pk)
    if not added:
        messages.info(request, _("The report has all activities of the register already."))
    else:
        said = ngettext("%(n)s activity added.", "%(n)s activities added.", len(added))
        messages.success(request, said % {"n": len(added)})
    return redirect("work:section", pk=pk, key=report.form.activities_section or report.sections[0].key)
