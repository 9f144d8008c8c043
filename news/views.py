"""The news room's public pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.files import send_file

from .models import Article, Highlight, Section

PER_PAGE = 10


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """All sections together, with the highlights of the day."""
    highlights = Highlight.objects.shown_on(timezone.localdate())
    return _list(request, section=None, highlights=[one for one in highlights if one.is_open])


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, section=get_object_or_404(Section, slug=slug), highlights=[])


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; of a withdrawn one the title and the reason remain, with 410 Gone."""
    found = get_object_or_404(Article.objects.readable_by(request.user).with_records(), slug=slug)
    gone = found.is_withdrawn
    return render(
        request,
        "news/withdrawn.html" if gone else "news/article.html",
        {"article": found, "address": request.build_absolute_uri(found.get_absolute_url())},
        status=410 if gone else 200,
    )


@require_safe
def article_print(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Article.objects.visible_to(request.user).with_records(), slug=slug)
    address = request.build_absolute_uri(found.get_absolute_url())
    return render(request, "news/print.html", {"article": found, "address": address})


@require_safe
def picture(request: HttpRequest, slug: str) -> FileResponse:
    found = get_object_or_404(Article.objects.visible_to(request.user).select_related("picture"), slug=slug)
    if found.picture is None:
        raise Http404
    return send_file(found.picture, inline=True)


def _list(request: HttpRequest, **context: Any) -> HttpResponse:
    articles = Article.objects.visible_to(request.user).filter(withdrawn_at=None).select_related("section")
    if context["section"]:
        articles = articles.filter(section=context["section"])
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "news/list.html",
        {"page": page, "articles": page.object_list, "sections": Section.objects.all(), **context},
    )
