"""Pages of docs/ that clerks read too: written once in Markdown, shown in the portal's own look."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

PARTED = "\n---\n"  # Vietnamese stands above the rule, English below


@require_safe
def succession(request: HttpRequest) -> HttpResponse:
    return _page(request, "succession")


@require_safe
def boundary_file(request: HttpRequest) -> HttpResponse:
    return _page(request, "boundary-file")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    title, text = chapter(name, (get_language() or "vi")[:2])
    return render(request, "about/handbook.html", {"title": title, "text": text})


@cache
def chapter(name: str, language: str) -> tuple[str, SafeString]:
    """The title and the rest as HTML; raw HTML in the text is shown, not obeyed."""
    whole = (settings.BASE_DIR / "docs" / f"{name}.md").read_text(encoding="utf-8")
    vietnamese, _rule, english = whole.partition(PARTED)
    head, _line, body = (english if language == "en" else vietnamese).strip().partition("\n")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return head.removeprefix("# "), mark_safe(html)  # noqa: S308 -- our own file, its raw HTML escaped
