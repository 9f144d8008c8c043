"""The programme itself in a cut: its phases, its tasks with their bodies, what it has brought forth."""

from typing import Any

from library.models import ConsumptionNorm, CriteriaSet, Entry, Guideline, PilotModel
from library.models.entry import Kind
from programmes.models import Deliverable, Organisation, Programme, Task
from programmes.querysets import OURS

from .plain_json import columns, day_text, in_both


def programme() -> dict[str, Any] | None:
    found = Programme.objects.filter(slug=OURS).prefetch_related("phases", "task_groups").first()
    if found is None:
        return None
    return {
        **columns(found, "name"),
        "number": found.number,
        "issued_on": day_text(found.issued_on),
        "first_year": found.first_year,
        "last_year": found.last_year,
        "phases": [[phase.first_year, phase.last_year] for phase in found.phases.all()],
        "task_groups": [
            {"id": group.pk, "number": group.number, **columns(group, "name")}
            for group in found.task_groups.all()
        ],
    }


def tasks() -> list[dict[str, Any]]:
    """Every task with those who lead it and those who take part, in the decision's order."""
    rows = Task.objects.filter(programme__slug=OURS).select_related("group")
    ordered = rows.prefetch_related("bodies__organisation", "indicators").order_by(
        "group__position", "title_vi"
    )
    return [
        {
            "id": task.pk,
            "group": task.group_id,
            **columns(task, "title"),
            "bodies": [{"part": body.part, **_named(body.organisation)} for body in task.bodies.all()],
            "indicators": [indicator.code for indicator in task.indicators.all()],
        }
        for task in ordered
    ]


def _named(body: Organisation) -> dict[str, str]:
    return columns(body, "name")


def deliverables(*, demo: bool) -> list[dict[str, Any]]:
    """What the programme counts as brought forth or to come, as its own list has it."""
    rows = Deliverable.objects.filter(programme__slug=OURS)
    return [
        {
            "kind": one.kind,
            **in_both("kind", one.get_kind_display),
            "status": one.status,
            **in_both("status", one.get_status_display),
            **columns(one, "title", "note"),
            "task": one.task_id,
            "count": one.count,
            "first_year": one.first_year,
            "last_year": one.last_year,
        }
        for one in (rows if demo else rows.filter(is_demo=False)).order_by("kind", "title_vi", "pk")
    ]


def library(*, demo: bool) -> list[dict[str, Any]]:
    """The published guidelines, criteria sets, norms and pilot models, oldest first within each kind."""
    found = [
        *_entries(Guideline, demo=demo),
        *_entries(CriteriaSet, demo=demo),
        *_entries(ConsumptionNorm, demo=demo),
        *_entries(PilotModel, demo=demo),
    ]
    return [_entry(one) for one in found]


def _entries(model: Any, *, demo: bool) -> list[Any]:
    rows = model.objects.published().select_related("issuer").prefetch_related("tasks")
    rows = rows if demo else rows.filter(is_demo=False)
    if model is PilotModel:
        rows = rows.select_related("issuer", "parent").prefetch_related("tasks", "provinces")
    return list(rows.order_by("dated_on", "title_vi", "pk"))


def _entry(one: Any) -> dict[str, Any]:
    issuer = columns(one.issuer, "name", called="issuer") if one.issuer else _as_printed(one)
    row = {
        "kind": one.kind,
        **in_both("kind", one.get_kind_display),
        **columns(one, "title"),
        "number": one.number,
        **issuer,
        "dated_on": day_text(one.dated_on),
        "status": one.status,
        **in_both("status", one.get_status_display),
        "tasks": sorted(task.pk for task in one.tasks.all()),
    }
    return {**row, **(_model(one) if one.kind == Kind.MODEL else {})}


def _as_printed(one: Entry) -> dict[str, str]:
    return {"issuer_vi": one.issuer_text, "issuer_en": one.issuer_text}


def _model(one: PilotModel) -> dict[str, Any]:
    return {
        **in_both("type", one.get_type_display),
        "units": sorted(unit.pk for unit in one.provinces.all()),
        **(columns(one.parent, "title", called="replicates") if one.parent else {}),
        "counts": one.counts_toward_target,
    }
