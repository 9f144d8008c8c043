"""What the page sends by itself while somebody types."""

from typing import cast

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import ActionRefused

from ..autosaving import keep_typed
from ..autosaving_words import Words
from .report import form_of_own_unit, section_of
from .signed_in import SignedInRequest


@require_POST
def typed(request: HttpRequest, pk: int, key: str) -> JsonResponse:
    """Answers JSON, refusals too: 401 when nobody is signed in, 409 when the fields are not open."""
    if not request.user.is_authenticated:
        told = _("You have been signed out. What you typed is kept in this browser.")
        return JsonResponse({"words": told}, status=401)
    found = form_of_own_unit(cast(SignedInRequest, request), pk)
    here = section_of(found, key)
    try:
        words = Words(found, here, request.POST)
        answer = keep_typed(found, here, request.POST, by=request.user, at=timezone.now())
        answer |= words.keep(by=request.user, at=timezone.now())
    except ActionRefused as refusal:
        return JsonResponse({"words": str(refusal)}, status=409)
    return JsonResponse(answer)
