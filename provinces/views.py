"""The provinces as the public sees them: any day's map, a unit's decade, the register of plans."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import sheets
from foundation.copies import kept_as_copy
from foundation.files import send_file

from . import pictures
from .addresses import by_address, by_former_address
from .cartogram import locator
from .event_texts import texts_of
from .filters import PlanFilter, chosen_day
from .forms import IssuersForm
from .issuers import IssuerLists, issuers_by
from .models import BoundaryEvent, PlanActivity, PlanFile, PlanTarget, Province, ProvincialPlan
from .models.plans import PlanQuerySet
from .plan_table import rows_of
from .register import Register
from .sections import sections
from .standing import Inheritance, standings_on, states_on
from .story import banner_of, knowledge, words_of
from .timeline import timeline_of

PER_PAGE = 20


@require_safe
@kept_as_copy
def province_list(request: HttpRequest) -> HttpResponse:
    """The units of a day (``?on=2024-01-01``), or those that ever bore a name (``?q=hau giang``)."""
    register, today = Register.load(), timezone.localdate()
    chosen = chosen_day(request.GET.get("on"), register, today=today)
    words = request.GET.get("q", "").strip()
    rows = standings_on(chosen.day, register, _real_plans(request))
    return render(
        request,
        "provinces/province_list.html",
        {
            "chosen": chosen,
            "is_today": chosen.day == today,
            "rows": [pictures.Row(row, chosen.day) for row in rows],
            "map": pictures.plans_map(rows, chosen.day),
            "counts": pictures.counts(rows),
            "turning_points": register.turning_points(today),
            "words": words,
            "found": [(unit, banner_of(unit, register, today=today)) for unit in register.matching(words)],
        },
    )


@require_safe
@kept_as_copy
def province(request: HttpRequest, slug: str) -> HttpResponse:
    register, today = Register.load(), timezone.localdate()
    unit = by_address(slug, register, today=today)
    if unit is None:
        former = by_former_address(slug, register, today=today)
        if former is None:
            raise Http404
        return redirect(former, permanent=True)
    plans = list(_visible_plans(request))
    real = [plan for plan in plans if not plan.is_demo]
    context = {
        **_as_it_stands(unit, today),
        **_with_its_plans(unit, register, real, today),
        "banner": banner_of(unit, register, today=today),
        "demo_plans": [plan for plan in plans if plan.is_demo and plan.province_id == unit.pk],
        "heirs": _heirs(unit, register, today),
        "supports": unit.supports.select_related("provider"),
        "changes": _changes(register.events_of(unit), unit, today),
        "sections": sections(),
    }
    return render(request, "provinces/province.html", context)


def _as_it_stands(unit: Province, today: date) -> dict[str, Any]:
    """Name, kind and region today, or on the last day of a unit that has ended."""
    day = min(today, unit.last_day or today)
    return {
        "province": unit,
        "day": day,
        "name": unit.name_on(day),
        "title": unit.title_on(day),
        "membership": unit.membership_on(day),
        "locator": locator(unit.code, on=day, label=str(unit.name)),
    }


def _with_its_plans(
    unit: Province, register: Register, real: list[ProvincialPlan], today: date
) -> dict[str, Any]:
    """The plans of the unit and of those before it, filed under who issued them."""
    (standing,) = standings_on(today, register, real, [unit])
    roots = register.named_on(register.lineage.roots(unit.pk) - {unit.pk}, unit.valid_from)
    family = register.lineage.family(unit.pk)
    family_plans = [plan for plan in real if plan.province_id in family]
    inheritance = Inheritance.on(today, register, real)
    return {
        "knowledge": knowledge(standing, register),
        "timeline": timeline_of(unit, register, family_plans, today=today),
        "filed": [_filed(issuer, real, inheritance) for issuer in [unit, *roots]],
        "ancestors": roots,
    }


def _heirs(unit: Province, register: Register, today: date) -> list[Province]:
    """Whoever carries an ended unit on."""
    if unit.exists_on(today):
        return []
    return register.named_on(register.lineage.heirs(unit.pk), today)


def _changes(
    events: list[BoundaryEvent], unit: Province, today: date
) -> list[tuple[BoundaryEvent, str, list[Any]]]:
    """Each event of the unit in words, with its legal texts."""
    return [
        (event, words_of(event, unit, today=today), texts)
        for event, texts in zip(events, texts_of(events), strict=True)
    ]


def _filed(issuer: Province, plans: list[ProvincialPlan], inheritance: Inheritance) -> dict[str, Any]:
    own = [plan for plan in plans if plan.province_id == issuer.pk]
    return {"issuer": issuer, "plans": [(plan, states_on(plan, inheritance)) for plan in own]}


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The register of real plans; demo plans only where the reader asks for them."""
    narrowed = _narrowed(request)
    page = Paginator(narrowed.found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "provinces/plan_list.html",
        {
            "page": page,
            "rows": [(plan, states_on(plan, narrowed.inheritance)) for plan in page],
            "narrowed": narrowed,
            "facets": narrowed.facets,
            "active": narrowed.active,
            "chosen": narrowed.day,
            "turning_points": narrowed.register.turning_points(narrowed.today),
            "with_demo": "demo" in request.GET,
            "total": len(narrowed.found),
        },
    )


@require_safe
def plan_table(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list, filtered alike, as CSV or XLSX."""
    return sheets.answer(kind, "ke-hoach", rows_of(_narrowed(request)))


def _narrowed(request: HttpRequest) -> PlanFilter:
    plans = _visible_plans(request) if "demo" in request.GET else _real_plans(request)
    return PlanFilter(
        request.GET, Register.load(), timezone.localdate(), list(plans.select_related("province", "lead"))
    )


@require_safe
def issuer_list(request: HttpRequest) -> HttpResponse:
    """Which units had issued a plan by a day, on a map: names, not only a count."""
    form, lists = _issuers(request)
    return render(request, "provinces/issuer_list.html", {"form": form, "lists": lists})


@require_safe
def issuer_table(request: HttpRequest, kind: str) -> HttpResponse:
    _form, lists = _issuers(request)
    return sheets.answer(kind, "don-vi-da-ban-hanh-ke-hoach", lists.rows())


def _issuers(request: HttpRequest) -> tuple[IssuersForm, IssuerLists]:
    register = Register.load()
    form = IssuersForm(request.GET, begins=register.begins(), today=timezone.localdate())
    by, map_day = form.days()
    return form, issuers_by(by, map_day, register, list(_real_plans(request)))


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    plans = ProvincialPlan.objects.visible_to(request.user).select_related("province", "lead")
    found = get_object_or_404(
        plans.prefetch_related(
            Prefetch("targets", PlanTarget.objects.select_related("indicator")),
            Prefetch("activities", PlanActivity.objects.select_related("task").prefetch_related("budgets")),
            Prefetch("files", PlanFile.objects.select_related("file")),
            Prefetch("annual_plans", plans),
            Prefetch("superseded_by", plans),
        ),
        pk=pk,
    )
    register = Register.load()
    inheritance = Inheritance.on(timezone.localdate(), register, _real_plans(request))
    named = plans.in_bulk([key for key in (found.frame_id, found.supersedes_id) if key])
    context = {
        "plan": found,
        "frame": named.get(found.frame_id),
        "supersedes": named.get(found.supersedes_id),
        "issuer": register.units[found.province_id],
        "heirs": inheritance.heirs(found),
        "states": states_on(found, inheritance),
    }
    return render(request, "provinces/plan.html", context)


@require_safe
def plan_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    seen = get_object_or_404(ProvincialPlan.objects.visible_to(request.user), pk=pk)
    held = get_object_or_404(seen.files.select_related("file"), pk=file_pk)
    return send_file(held.file)


def _visible_plans(request: HttpRequest) -> PlanQuerySet:
    return ProvincialPlan.objects.visible_to(request.user).select_related("province")


def _real_plans(request: HttpRequest) -> PlanQuerySet:
    return _visible_plans(request).real()
