"""The portal's own page for an address that nothing has, also where DEBUG would list every address."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

TECHNICAL = b"<code>DEBUG = True</code>"


def own_not_found(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever tries the portal out on one's own machine sees what the public would see."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.DEBUG and response.status_code == 404 and TECHNICAL in response.content:
            return page_not_found(request, Http404())
        return response

    return middleware
