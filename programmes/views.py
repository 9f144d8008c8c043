"""The framework as the public reads it. All of it is public; there is nothing to hide here."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from .models import Assignment, Indicator, Organisation, Programme, Target, Task, TaskBody, TaskGroup
from .querysets import the_programme


@require_safe
def programme_now(request: HttpRequest) -> HttpResponse:
    """The programme this portal is about."""
    return redirect(the_programme())


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    programmes = Programme.objects.select_related("issuer", "predecessor", "commitment")
    return render(request, "programmes/programme_list.html", {"programmes": programmes})


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Programme.objects.select_related("issuer", "lead", "predecessor", "commitment").prefetch_related(
            "stages",
            "phases",
            Prefetch("task_groups", TaskGroup.objects.prefetch_related(_tasks())),
            Prefetch(
                "tasks",
                Task.objects.filter(group=None).prefetch_related(_bodies()),
                to_attr="ungrouped_tasks",
            ),
            Prefetch("indicators", Indicator.objects.prefetch_related(_targets())),
            "deliverables",
            "planned_activities",
            Prefetch("assignments", Assignment.objects.select_related("contractor")),
            "successors",
        ),
        slug=slug,
    )
    return render(request, "programmes/programme.html", {"programme": found})


@require_safe
def task(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Task.objects.select_related("programme", "group").prefetch_related(
            _bodies(), "indicators", "stages", "deliverables", "assignments"
        ),
        slug=slug,
    )
    return render(request, "programmes/task.html", {"task": found})


@require_safe
def assignment(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Assignment.objects.select_related(
            "programme", "task", "assigner__successor", "contractor"
        ).prefetch_related("reviews"),
        slug=slug,
    )
    return render(request, "programmes/assignment.html", {"assignment": found})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Organisation.objects.select_related("parent", "successor").prefetch_related(
            "aliases",
            "predecessors",
            "units",
            Prefetch("task_parts", TaskBody.objects.select_related("task")),
            "assignments_given",
            "assignments_taken",
            "people__person",
        ),
        slug=slug,
    )
    return render(request, "programmes/organisation.html", {"organisation": found})


def _bodies() -> Prefetch:
    return Prefetch("bodies", TaskBody.objects.select_related("organisation"))


def _tasks() -> Prefetch:
    return Prefetch("tasks", Task.objects.prefetch_related(_bodies()))


def _targets() -> Prefetch:
    return Prefetch("targets", Target.objects.select_related("phase", "indicator"))
