"""Training as the public reads it, and the check of a certificate."""

from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.facets import in_use, narrow, offered
from foundation.files import send_file

from . import attempts
from .codes import as_issued
from .figures import figures_of
from .filters import course_facets, expert_facets
from .matrix import matrix_of
from .models import Certificate, Course, Curriculum, Expert, ExpertConsent, Material, Module, Purpose

R = TypeVar("R", bound=HttpResponseBase)
SHOWN = 5  # courses to come and courses held, on the overview
PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    curricula = _drawn(Curriculum.objects.visible_to(request.user))
    courses = Course.objects.visible_to(request.user).with_links()
    # The current one first: facts before examples, the latest before what it replaced.
    now = next(iter(curricula.filter(successors=None).order_by("is_demo", "-year", "pk")), None)
    context = {
        "curriculum": now,
        "matrix": now and matrix_of(now),
        "other_curricula": curricula.exclude(pk=now.pk) if now else [],
        "to_come": courses.to_come()[:SHOWN],
        "past": courses.past()[:SHOWN],
    }
    return render(request, "training/index.html", context)


@require_safe
def curriculum(request: HttpRequest, slug: str) -> HttpResponse:
    materials = Material.objects.visible_to(request.user).select_related("file", "module")
    found = get_object_or_404(
        _drawn(Curriculum.objects.visible_to(request.user))
        .select_related("assignment", "author", "predecessor")
        .prefetch_related("successors", Prefetch("materials", materials)),
        slug=slug,
    )
    courses = Course.objects.visible_to(request.user).with_links().filter(curriculum=found)
    context = {"curriculum": found, "matrix": matrix_of(found), "courses": courses[:PER_PAGE]}
    return render(request, "training/curriculum.html", context)


@require_safe
def material(request: HttpRequest, slug: str) -> FileResponse:
    found = get_object_or_404(
        Material.objects.visible_to(request.user).filter(file__isnull=False).select_related("file"),
        slug=slug,
    )
    assert found.file is not None
    return send_file(found.file)


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    courses = Course.objects.visible_to(request.user).with_links().with_year()
    facets = course_facets()
    printed = offered(courses, facets, request.GET)
    page = Paginator(narrow(courses, facets, request.GET), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "courses": page, "facets": printed, "active": in_use(printed, request.GET)}
    return render(request, "training/course_list.html", context)


@require_safe
def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Course.objects.visible_to(request.user)
        .with_links()
        .prefetch_related(
            "participants__certificates",
            "reported_counts",
            Prefetch("trainers", Expert.objects.prefetch_related("consents")),
        ),
        slug=slug,
    )
    trainers = [one for one in found.trainers.all() if one.agreed_to(Purpose.TRAINER)]
    context = {
        "course": found,
        "figures": figures_of(found),
        "trainers": trainers,
        "unnamed_trainers": len(found.trainers.all()) - len(trainers),
    }
    return render(request, "training/course_detail.html", context)


@require_safe
def expert_list(request: HttpRequest) -> HttpResponse:
    experts = (
        Expert.objects.listed()
        .select_related("level", "province")
        .prefetch_related("topics", Prefetch("consents", ExpertConsent.objects.all()))
    )
    facets = expert_facets()
    printed = offered(experts, facets, request.GET)
    page = Paginator(narrow(experts, facets, request.GET), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "experts": [expert.shown(today=today) for expert in page],
        "facets": printed,
        "active": in_use(printed, request.GET),
    }
    return render(request, "training/expert_list.html", context)


@require_safe
def certificate_check(request: HttpRequest) -> HttpResponse:
    """The field for a code; what is typed leads to the certificate's own address."""
    typed = request.GET.get("code", "").strip()
    code = as_issued(typed)
    if code:
        return redirect("training:certificate", code=code)
    refusal = _("Type the code that stands on the certificate.") if "code" in request.GET else ""
    return _check_page(request, typed=typed, refusal=refusal, status=200)


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Says valid or revoked. A wrong code tells nothing but that it is wrong."""
    visitor = get_adapter(request).get_client_ip(request)
    if attempts.too_many(visitor):
        refusal = _("Too many wrong codes came from your address. Try again in ten minutes.")
        return _check_page(request, typed=code, refusal=refusal, status=429)
    found = Certificate.objects.select_related("participant__course").filter(code=as_issued(code)).first()
    if found is None:
        attempts.note_wrong(visitor)
        refusal = _("No certificate has this code. Compare it with the paper, sign by sign.")
        return _check_page(request, typed=code, refusal=refusal, status=404)
    course = found.participant.course
    context = {"certificate": found, "course": course if course.is_published else None}
    return _unlisted(render(request, "training/certificate.html", context))


@login_required
@require_safe
def certificate_document(request: HttpRequest, code: str) -> FileResponse:
    """The PDF with the full name is for staff, who hand it to its bearer."""
    printed = Certificate.objects.visible_to(request.user).filter(document__isnull=False)
    found = get_object_or_404(printed.select_related("document"), code=code)
    assert found.document is not None
    return _unlisted(send_file(found.document, inline=True))


def _check_page(request: HttpRequest, *, typed: str, refusal: str, status: int) -> HttpResponse:
    context = {"typed": typed[:40], "refusal": refusal}
    return _unlisted(render(request, "training/certificate_check.html", context, status=status))


def _unlisted(response: R) -> R:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _drawn(curricula: QuerySet[Curriculum]) -> QuerySet[Curriculum]:
    """With all that ``matrix_of`` reads."""
    modules = Module.objects.select_related("level", "topic")
    return curricula.prefetch_related("levels__level", "topics", Prefetch("modules", modules))
