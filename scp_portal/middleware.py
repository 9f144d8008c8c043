"""What no page can answer is answered before any page is asked."""

import re
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

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


def arrived_whole(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Of a form cut off midway nothing is taken, and whoever still listens is told."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            _sent = request.POST
        except UnreadablePostError:
            return render(request, "cut_off.html", status=400)
        return get_response(request)

    return answer


def wrong_method(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """An address that only a button calls, opened like a page: say so, where Django sends a blank sheet."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response.get("Allow", "")
        return page

    return answer
