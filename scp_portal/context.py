"""What every page knows: its navigation, the reader's display choices, whether demo data are loaded."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from accounts.demo import sign_ins

CHOICES = {"theme": ("light", "dark"), "contrast": ("normal", "high"), "size": ("m", "l", "xl")}

# A line of navigation is a word and the name of its address, in the ministry's also the right it needs.
PUBLIC = [
    (gettext_noop("Progress"), "reporting:progress"),
    (gettext_noop("Provinces"), "provinces:province_list"),
    (gettext_noop("News"), "news:article_list"),
    (gettext_noop("Library"), "library:index"),
    (gettext_noop("Training"), "training:index"),
    (gettext_noop("Events"), "events:event_list"),
    (gettext_noop("About"), "about"),
]
PROVINCE = [
    (gettext_noop("My tasks"), "work:workspace"),
    (gettext_noop("Reports"), "work:reports"),
    (gettext_noop("Follow-up actions"), "work:follow_ups"),
    (gettext_noop("Reminders"), "work:reminders"),
    (gettext_noop("Plans"), "provinces:plan_list"),
    (gettext_noop("People and posts"), "work:people"),
    (gettext_noop("Guidance"), "guidance"),
]
MINISTRY = [
    (gettext_noop("Desk"), "admin:index", ""),
    (gettext_noop("Review reports"), "work:review_queue", ""),
    (gettext_noop("Follow-up actions"), "work:follow_ups", ""),
    (gettext_noop("Reminders"), "work:reminders", ""),
    (gettext_noop("Compiled reports"), "reporting:compiled_list", ""),
    (
        gettext_noop("Register of plans"),
        "admin:provinces_provincialplan_changelist",
        "provinces.view_provincialplan",
    ),
    (gettext_noop("Portal content"), "admin:news_article_changelist", "news.view_article"),
    (gettext_noop("Accounts"), "admin:accounts_user_changelist", "accounts.view_user"),
    (gettext_noop("I will be away"), "work:absence", ""),
]
FOOT = [
    (gettext_noop("Organisation and contact"), "contact"),
    (gettext_noop("Accessibility statement"), "accessibility"),
    (gettext_noop("Personal data"), "privacy"),
    (gettext_noop("Planned outages"), "outages"),
]
REUSE = [
    (gettext_noop("Open data"), "open_data"),
    ("RSS", "news:feed"),
    (gettext_noop("Site map"), "site_map"),
]

Link = dict[str, Any]


def page(request: HttpRequest) -> dict[str, Any]:
    """Everything is lazy: a page pays only for what its template prints."""
    return {
        "navigation": SimpleLazyObject(lambda: links(PUBLIC, request.path)),
        "work_navigation": SimpleLazyObject(lambda: links(_work_lines(request), request.path)),
        "foot_links": SimpleLazyObject(lambda: links(FOOT, request.path)),
        "reuse_links": SimpleLazyObject(lambda: links(REUSE, request.path)),
        "account": SimpleLazyObject(lambda: _account(request)),
        "search_url": address("search"),
        "display": chosen(request),
        "display_choices": SimpleLazyObject(lambda: _display_choices(request)),
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "site_address": settings.SITE_ADDRESS,
        "printed_at": timezone.now,
        "demo": settings.DEMO,
        "demo_sign_ins": SimpleLazyObject(sign_ins) if settings.DEMO else [],
    }


def address(name: str, **needs: str) -> str:
    """Where the named page lives; nothing when its room is not built."""
    try:
        return reverse(name, kwargs=needs)
    except NoReverseMatch:
        return ""


def links(lines: Sequence[tuple[str, str]], path: str) -> list[Link]:
    found = [(_(name), url) for name, url in ((name, address(target)) for name, target in lines) if url]
    here = max((url for _name, url in found if path.startswith(url)), key=len, default="")
    return [{"name": name, "url": url, "current": url == here} for name, url in found]


def chosen(request: HttpRequest) -> dict[str, str]:
    """The reader's choices; empty where the system decides."""
    return {
        name: request.COOKIES[name] if request.COOKIES.get(name) in allowed else ""
        for name, allowed in CHOICES.items()
    }


def _work_lines(request: HttpRequest) -> list[tuple[str, str]]:
    user: Any = request.user
    if not user.is_authenticated:
        return []
    if not user.works_for_ministry:
        return PROVINCE
    return [(name, target) for name, target, right in MINISTRY if not right or user.has_perm(right)]


def _account(request: HttpRequest) -> Link | None:
    """Who is signed in, as which post, and where their work lies."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    posts = user.posts_today
    desk = MINISTRY[0] if user.works_for_ministry else PROVINCE[0]
    return {"name": user.full_name, "post": posts[0].title if posts else "", "desk": address(desk[1])}


def _display_choices(request: HttpRequest) -> list[dict[str, Any]]:
    kept = chosen(request)
    words = {
        "theme": (_("Ground"), {"light": _("Light"), "dark": _("Dark")}),
        "contrast": (_("Contrast"), {"normal": _("Normal"), "high": _("High")}),
        "size": (_("Text size"), {"m": _("Medium"), "l": _("Large"), "xl": _("Very large")}),
    }
    usual = {"theme": "", "contrast": "normal", "size": "m"}
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"name": word_, "value": value, "url": _keep(request, name, value),
                 "current": (kept[name] or usual[name]) == value}
                for value, word_ in options.items()
            ],
        }
        for name, (label, options) in words.items()
    ]  # fmt: skip


def _keep(request: HttpRequest, name: str, value: str) -> str:
    return f"{reverse('display')}?{urlencode({name: value, 'next': request.get_full_path()})}"


def _languages(request: HttpRequest) -> list[Link]:
    here = (get_language() or "vi")[:2]
    return [
        {"code": code, "name": name, "url": _same_page(request, code), "current": code == here}
        for code, name in settings.LANGUAGES
    ]


def _same_page(request: HttpRequest, language: str) -> str:
    """This page in another language; the home page where this one has no twin."""
    url = request.get_full_path()
    if language == (get_language() or "vi")[:2]:
        return url
    twin = translate_url(url, language)
    if twin != url:
        return twin
    with override(language):
        return reverse("home")
