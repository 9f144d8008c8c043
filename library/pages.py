"""The page of each kind: its model, what it fetches, and what it may show this person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from provinces.models import BoundaryEvent

from .models import (
    CaseStudy,
    Comment,
    Consultation,
    ConsumptionNorm,
    CriteriaSet,
    Criterion,
    Document,
    DocumentRelation,
    Entry,
    EntryFile,
    FundingOpportunity,
    Guideline,
    Kind,
    Material,
    PartnerProject,
    Photo,
    PilotModel,
)

Extra = Callable[[Any, Any], dict[str, Any]]


def _nothing_more(_entry: Any, _user: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class KindPage:
    """``select`` and ``prefetch`` follow links below the library; ``more`` asks the library itself
    for its neighbours, and so asks what this person may see."""

    model: type[Entry]
    template: str
    select: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    more: Extra = _nothing_more

    def visible_to(self, user: Any) -> QuerySet[Any]:
        files = EntryFile.objects.select_related("file")
        if not user.has_perm("library.change_entry"):
            files = files.filter(file__is_public=True)
        return (
            self.model.objects.visible_to(user)
            .select_related("issuer", "sector", *self.select)
            .prefetch_related("stages", "tasks", "deliverables", Prefetch("files", files), *self.prefetch)
        )


def _document(document: Document, user: Any) -> dict[str, Any]:
    relations = DocumentRelation.objects.visible_to(user)
    return {
        "bearings": [
            *(one.forwards for one in _in_rank(relations.filter(document=document))),
            *(one.backwards for one in _in_rank(relations.filter(target=document))),
        ],
        "changes": [_change(event) for event in document.boundary_events.all()],
        "plans": document.plans.visible_to(user),
        "neighbours": [
            *document.criteria_sets.visible_to(user),
            *document.consultations.visible_to(user),
        ],
    }


def _change(event: BoundaryEvent) -> dict[str, Any]:
    """What happened to which units; an event without heirs keeps its unit."""
    steps = list(event.successions.all())
    before = dict.fromkeys(step.predecessor for step in steps)
    after = dict.fromkeys(step.heir for step in steps) or [event.unit]
    return {"event": event, "before": list(before), "after": list(after)}


def _in_rank(relations: Iterable[DocumentRelation]) -> list[DocumentRelation]:
    """What replaces comes before what guides, and the legal bases come last."""
    return sorted(relations, key=lambda one: DocumentRelation.Kind.values.index(one.kind))


def _criteria_set(criteria_set: CriteriaSet, user: Any) -> dict[str, Any]:
    return {
        "criteria": _as_tree(list(criteria_set.criteria.all())),
        "act": Document.objects.visible_to(user).filter(pk=criteria_set.act_id).first(),
    }


def _as_tree(criteria: list[Criterion]) -> list[tuple[Criterion, list[Criterion]]]:
    """Top criteria, each with the parts under it."""
    parts: dict[int | None, list[Criterion]] = {}
    for criterion in criteria:
        parts.setdefault(criterion.parent_id, []).append(criterion)
    return [(top, _below(top, parts)) for top in parts.get(None, [])]


def _below(top: Criterion, parts: dict[int | None, list[Criterion]]) -> list[Criterion]:
    return [one for part in parts.get(top.pk, []) for one in (part, *_below(part, parts))]


def _model(model: PilotModel, user: Any) -> dict[str, Any]:
    return {
        "parent": PilotModel.objects.visible_to(user).filter(pk=model.parent_id).first(),
        "neighbours": list(model.replications.visible_to(user)),
    }


def _consultation(consultation: Consultation, user: Any) -> dict[str, Any]:
    """Comments on show, filed under the article they speak of."""
    on_show = list(consultation.comments.on_show())
    by_article: dict[int | None, list[Comment]] = {}
    for comment in on_show:
        by_article.setdefault(comment.article_id, []).append(comment)
    return {
        "articles": [(one, by_article.get(one.pk, [])) for one in consultation.articles.all()],
        "general": by_article.get(None, []),
        "comment_count": len(on_show),
        "answered_count": sum(1 for comment in on_show if comment.disposition),
        "outcome": Document.objects.visible_to(user).filter(pk=consultation.outcome_id).first(),
    }


_EVENTS = (
    "boundary_events__unit",
    "boundary_events__successions__predecessor",
    "boundary_events__successions__heir",
)

PAGES: dict[str, KindPage] = {
    Kind.DOCUMENT: KindPage(Document, "library/document.html", prefetch=_EVENTS, more=_document),
    Kind.GUIDELINE: KindPage(Guideline, "library/guideline.html"),
    Kind.CRITERIA: KindPage(CriteriaSet, "library/criteria.html", more=_criteria_set),
    Kind.NORM: KindPage(ConsumptionNorm, "library/norm.html"),
    Kind.MODEL: KindPage(PilotModel, "library/model.html", ("host",), ("provinces", "partners"), _model),
    Kind.CASE: KindPage(CaseStudy, "library/case.html", ("facility", "province"), ("savings",)),
    Kind.MATERIAL: KindPage(Material, "library/material.html", ("assignment", "cover")),
    Kind.PROJECT: KindPage(PartnerProject, "library/project.html", (), ("partners", "products")),
    Kind.CONSULTATION: KindPage(Consultation, "library/consultation.html", (), ("invited",), _consultation),
    Kind.FUNDING: KindPage(FundingOpportunity, "library/funding.html"),
    Kind.PHOTO: KindPage(Photo, "library/photo.html", ("picture",)),
}
