"""Pages about the portal itself: who runs it, how it treats data and readers, what it holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from .context import FOOT, PUBLIC, REUSE, Link, address, links

# What a set is called, what one row of it is, its format, the name of its address, what that needs.
SETS: list[tuple[str, str, str, str, dict[str, str]]] = [
    (gettext_noop("Targets and their values"), gettext_noop("a target in a year"), "CSV",
     "reporting:targets_table", {"kind": "csv"}),
    (gettext_noop("Targets and their values"), gettext_noop("a target in a year"), "XLSX",
     "reporting:targets_table", {"kind": "xlsx"}),
    (gettext_noop("Units of a day"), gettext_noop("a province or city on a day"), "JSON",
     "api_provinces", {}),
    (gettext_noop("Register of plans"), gettext_noop("a plan"), "JSON", "api_plans", {}),
    (gettext_noop("Register of plans"), gettext_noop("a plan"), "CSV", "provinces:plan_table",
     {"kind": "csv"}),
    (gettext_noop("News"), gettext_noop("an article"), "Atom", "news:atom", {}),
    (gettext_noop("Calendar of events"), gettext_noop("an event to come"), "iCalendar",
     "events:calendar", {}),
]  # fmt: skip

# Not for search engines.
CLOSED = ("/work/", "/admin/", "/accounts/", "/display/", "/search/")

# What stands under a branch of the navigation, by the name of the branch's address.
LEAVES = {
    "reporting:progress": [
        (gettext_noop("The programme"), "programmes:programme_now"),
        (gettext_noop("Published reports"), "reporting:document_list"),
    ],
    "provinces:province_list": [
        (gettext_noop("Register of plans"), "provinces:plan_list"),
        (gettext_noop("Which units had issued a plan"), "provinces:issuer_list"),
        (gettext_noop("How units succeed one another"), "succession"),
        (gettext_noop("The ministry’s boundary file"), "boundary_file"),
    ],
    "news:article_list": [("RSS", "news:feed"), ("Atom", "news:atom")],
    "training:index": [
        (gettext_noop("Courses"), "training:course_list"),
        (gettext_noop("Experts"), "training:expert_list"),
        (gettext_noop("Check a certificate"), "training:certificate_check"),
    ],
    "events:event_list": [(gettext_noop("Calendar of events"), "events:calendar")],
    "about": [
        *FOOT,
        *REUSE,
        (gettext_noop("Open-data API"), "api_documentation"),
        (gettext_noop("The programme"), "programmes:programme_now"),
        (gettext_noop("Search"), "search"),
        (gettext_noop("Sign in"), "account_login"),
    ],
}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about/about.html", {"programme_url": address("programmes:programme_now")})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "about/contact.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "about/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "about/privacy.html")


@require_safe
def outages(request: HttpRequest) -> HttpResponse:
    return render(request, "about/outages.html")


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    return render(request, "about/guidance.html")


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Only sets whose room offers them."""
    offered = [
        {"name": _(name), "row": _(row), "format": kind, "url": address(target, **needs)}
        for name, row, kind, target, needs in SETS
        if address(target, **needs)
    ]
    return render(request, "about/open_data.html", {"sets": offered})


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    branches = [_branch(name, target) for name, target in PUBLIC if address(target)]
    return render(request, "about/site_map.html", {"branches": branches})


def _branch(name: str, target: str) -> dict[str, Any]:
    leaves: list[Link] = links(LEAVES.get(target, []), "")
    return {"name": _(name), "url": address(target), "leaves": leaves}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: {start}{path}" for start in ("", "/en") for path in CLOSED]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
