"""The library's records as CSV and XLSX: rows by address; links are written as addresses."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget

from foundation.resources import RecordResource, all_by_slug, by_slug
from programmes.models import Assignment, Deliverable, LifeCycleStage, Organisation, Task
from provinces.models import BoundaryEvent, Province, ProvincialPlan

from .models import (
    CaseStudy,
    Comment,
    Consultation,
    ConsumptionNorm,
    CriteriaSet,
    Document,
    FundingOpportunity,
    Guideline,
    Material,
    PartnerProject,
    Photo,
    PilotModel,
    Sector,
    SustainableProduct,
)


def unit_of(text: str) -> Province:
    """The unit written as “48@2025-07-01”: its code and its first day."""
    code, _at, day = text.partition("@")
    try:
        return Province.objects.get(code=code, valid_from=date.fromisoformat(day))
    except (ValueError, Province.DoesNotExist):
        sentence = _("“%(text)s” is no unit. Write code and first day, for example 48@2025-07-01.")
        raise ValueError(sentence % {"text": text}) from None


def text_of(unit: Province) -> str:
    return f"{unit.code}@{unit.valid_from:%Y-%m-%d}"


class UnitWidget(ForeignKeyWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Province | None:
        return unit_of(str(value).strip()) if value else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return text_of(value) if value else ""


class UnitsWidget(ManyToManyWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return Province.objects.filter(pk__in=[unit_of(text).pk for text in str(value or "").split()])

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " ".join(text_of(unit) for unit in value.all()) if value else ""


class EntryResource(RecordResource):
    """What all kinds share."""

    issuer = by_slug("issuer", Organisation)
    sector = by_slug("sector", Sector)
    stages = all_by_slug("stages", LifeCycleStage)
    tasks = all_by_slug("tasks", Task)
    deliverables = all_by_slug("deliverables", Deliverable)

    class Meta(RecordResource.Meta):
        abstract = True
        exclude = (*RecordResource.Meta.exclude, "entry_ptr", "kind", "folded")


class DocumentResource(EntryResource):
    boundary_events = all_by_slug("boundary_events", BoundaryEvent)
    plans = all_by_slug("plans", ProvincialPlan)

    class Meta(EntryResource.Meta):
        model = Document


class MaterialResource(EntryResource):
    assignment = by_slug("assignment", Assignment)

    class Meta(EntryResource.Meta):
        model = Material
        exclude = (*EntryResource.Meta.exclude, "cover")


class GuidelineResource(EntryResource):
    class Meta(EntryResource.Meta):
        model = Guideline


class CriteriaSetResource(EntryResource):
    act = by_slug("act", Document)

    class Meta(EntryResource.Meta):
        model = CriteriaSet


class ConsumptionNormResource(EntryResource):
    class Meta(EntryResource.Meta):
        model = ConsumptionNorm


class CaseStudyResource(EntryResource):
    facility = by_slug("facility", Organisation)
    province = Field(attribute="province", column_name="province", widget=UnitWidget(Province))

    class Meta(EntryResource.Meta):
        model = CaseStudy


class PilotModelResource(EntryResource):
    host = by_slug("host", Organisation)
    parent = by_slug("parent", PilotModel)
    partners = all_by_slug("partners", Organisation)
    provinces = Field(attribute="provinces", column_name="provinces", widget=UnitsWidget(Province))

    class Meta(EntryResource.Meta):
        model = PilotModel


class PartnerProjectResource(EntryResource):
    partners = all_by_slug("partners", Organisation)

    class Meta(EntryResource.Meta):
        model = PartnerProject


class SustainableProductResource(RecordResource):
    project = by_slug("project", PartnerProject)

    class Meta(RecordResource.Meta):
        model = SustainableProduct


class ConsultationResource(EntryResource):
    invited = all_by_slug("invited", Organisation)
    outcome = by_slug("outcome", Document)

    class Meta(EntryResource.Meta):
        model = Consultation


class FundingOpportunityResource(EntryResource):
    class Meta(EntryResource.Meta):
        model = FundingOpportunity


class PhotoResource(EntryResource):
    class Meta(EntryResource.Meta):
        model = Photo
        exclude = (*EntryResource.Meta.exclude, "picture")


class CommentResource(RecordResource):
    """The table of comments and answers, for export alone: answers go through their door."""

    consultation = by_slug("consultation", Consultation)
    article = Field(attribute="article__heading", column_name="article", readonly=True)

    class Meta(RecordResource.Meta):
        model = Comment
        import_id_fields = ("consultation", "number")
        fields = ("consultation", "number", "article", "body", "on_behalf_of", "submitted_at", "state",
                  "moderation_reason", "disposition", "answer_vi", "answer_en", "answered_at")  # fmt: skip
        export_order = fields
