"""What no page can answer is answered before any page is asked."""

import re
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

NUL = re.compile("\x00|%00")


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """PostgreSQL takes no NUL in a text: a filter that holds one would end in an error of ours."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        if NUL.search(request.META.get("QUERY_STRING", "")):
            raise BadRequest
        return get_response(request)

    return answer
