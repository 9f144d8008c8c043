"""The doors that belong to no room: home, health, display choices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from .context import CHOICES
from .home import home_context
from .search import PER_PAGE, search


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_context(today=timezone.localdate()))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of theme, contrast or text size in a cookie; go back."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    for name, allowed in CHOICES.items():
        if request.GET.get(name) in allowed:
            response.set_cookie(name, request.GET[name], max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results of all rooms by kind; of one kind, page by page."""
    text, chosen = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    number = request.GET.get("page", "")
    wanted = int(number) if number.isdecimal() and 0 < int(number) < 1000 else 1
    answer = search(text, user=request.user, kind=chosen, page=wanted)
    group = next((group for group in answer.groups if group.label == chosen), None)
    page = Paginator(range(group.count), PER_PAGE).get_page(wanted) if group else None
    context = {"text": text, "answer": answer, "chosen": group and group.label, "page": page}
    return render(request, "search/search.html", context)
