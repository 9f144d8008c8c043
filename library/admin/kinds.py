"""One admin per kind, alike in all they share."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import now

from foundation.admin import RecordAdmin
from foundation.files import store_upload

from .. import resources
from ..forms import PictureForm
from ..models import (
    CaseStudy,
    ConsumptionNorm,
    CriteriaSet,
    Criterion,
    Document,
    DocumentRelation,
    FundingOpportunity,
    Guideline,
    Material,
    PartnerProject,
    Photo,
    PilotModel,
    Saving,
    Sector,
    SustainableProduct,
)
from .entries import EntryAdmin, EntryFileInline, sheets


class DocumentRelationInline(admin.TabularInline):
    model = DocumentRelation
    fk_name = "document"
    extra = 0
    autocomplete_fields = ["target"]


@admin.register(Document)
class DocumentAdmin(EntryAdmin):
    resource_classes = [resources.DocumentResource]
    list_display = ["number", "type", "title_vi", "issuer", "dated_on", "status", "published_at"]
    list_display_links = ["number", "title_vi"]
    list_filter = ["type", *EntryAdmin.list_filter]
    prepopulated_fields = {"slug": ["number"]}
    filter_horizontal = [*EntryAdmin.filter_horizontal, "boundary_events", "plans"]
    fieldsets = sheets(
        "type", ("effective_on", "expires_on"), ("signer_name", "signer_post"), "boundary_events", "plans"
    )
    inlines = [DocumentRelationInline, EntryFileInline]


class PictureAdmin(EntryAdmin):
    """A kind with one picture of its own, uploaded in the same form."""

    form = PictureForm
    picture_column = ""

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if upload := form.cleaned_data.get("upload"):
            stored = store_upload(upload, by=request.user, at=now(), is_public=True)
            setattr(obj, self.picture_column, stored)
        super().save_model(request, obj, form, change)


@admin.register(Material)
class MaterialAdmin(PictureAdmin):
    resource_classes = [resources.MaterialResource]
    picture_column = "cover"
    list_filter = ["type", *EntryAdmin.list_filter]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "assignment"]
    readonly_fields = ["cover"]
    fieldsets = sheets(
        "type",
        "authors",
        ("topic_vi", "topic_en"),
        ("audience_vi", "audience_en"),
        "version",
        "cover",
        "upload",
        "assignment",
    )


@admin.register(Photo)
class PhotoAdmin(PictureAdmin):
    resource_classes = [resources.PhotoResource]
    picture_column = "picture"
    list_filter = ["is_illustrative", "is_demo"]
    readonly_fields = ["picture"]
    fieldsets = sheets(("alt_vi", "alt_en"), "credit", "is_illustrative", "picture", "upload")


@admin.register(Guideline)
class GuidelineAdmin(EntryAdmin):
    resource_classes = [resources.GuidelineResource]
    fieldsets = sheets("authors", "count")


class CriterionInline(admin.TabularInline):
    model = Criterion
    extra = 0
    fields = ["position", "code", "name_vi", "name_en", "weight", "parent"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        own = Criterion.objects.filter(criteria_set=obj)
        formset.form.base_fields["parent"].queryset = own  # type: ignore[attr-defined]
        return formset


@admin.register(CriteriaSet)
class CriteriaSetAdmin(EntryAdmin):
    resource_classes = [resources.CriteriaSetResource]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "act"]
    fieldsets = sheets(("object_vi", "object_en"), "version", "threshold", "act")
    inlines = [CriterionInline, EntryFileInline]


@admin.register(ConsumptionNorm)
class ConsumptionNormAdmin(EntryAdmin):
    resource_classes = [resources.ConsumptionNormResource]
    list_display = ["title_vi", "product_vi", "unit", "lowest", "highest", "published_at"]
    fieldsets = sheets(
        ("product_vi", "product_en"),
        ("input_vi", "input_en"),
        ("unit", "lowest", "highest"),
        "baseline_year",
        ("method_vi", "method_en"),
        ("valid_from", "valid_to"),
    )


class SavingInline(admin.TabularInline):
    model = Saving
    extra = 0


@admin.register(CaseStudy)
class CaseStudyAdmin(EntryAdmin):
    resource_classes = [resources.CaseStudyResource]
    list_display = ["title_vi", "facility", "sector", "saved_number", "published_at", "is_demo"]
    list_filter = ["sector", "is_demo"]
    list_select_related = ["facility", "sector"]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "facility", "province"]
    fieldsets = sheets(
        "facility",
        "province",
        ("measure_vi", "measure_en"),
        ("saved_number", "saved_qualifier", "saved_currency"),
        ("investment_number", "investment_qualifier", "investment_currency"),
        ("payback_months", "co2_tonnes"),
        "verified_by",
    )
    inlines = [SavingInline, EntryFileInline]


@admin.register(PilotModel)
class PilotModelAdmin(EntryAdmin):
    resource_classes = [resources.PilotModelResource]
    list_display = ["title_vi", "type", "status", "counts_toward_target", "published_at", "is_demo"]
    list_filter = ["type", "status", "counts_toward_target", "is_demo"]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "host", "provinces", "partners", "parent"]
    fieldsets = sheets(
        "type",
        "host",
        "provinces",
        ("technology_vi", "technology_en"),
        ("scale_vi", "scale_en"),
        "parent",
        "partners",
        ("cost_number", "cost_qualifier", "cost_currency"),
        ("results_vi", "results_en"),
        "counts_toward_target",
    )


class SustainableProductInline(admin.TabularInline):
    model = SustainableProduct
    extra = 0
    fields = ["name_vi", "name_en", "slug", "category", "maker", "label"]


@admin.register(PartnerProject)
class PartnerProjectAdmin(EntryAdmin):
    resource_classes = [resources.PartnerProjectResource]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "partners"]
    fieldsets = sheets(
        "donor_text",
        "partners",
        ("begins_on", "ends_on"),
        ("budget_number", "budget_qualifier", "budget_currency"),
        ("countries_vi", "countries_en"),
        ("results_vi", "results_en"),
        ("afterwards_vi", "afterwards_en"),
    )
    inlines = [SustainableProductInline, EntryFileInline]


@admin.register(SustainableProduct)
class SustainableProductAdmin(RecordAdmin):
    resource_classes = [resources.SustainableProductResource]
    list_display = ["name_vi", "category", "project", "maker", "label", "is_demo"]
    list_filter = ["category", "is_demo"]
    list_select_related = ["project"]
    search_fields = ["name_vi", "name_en", "maker"]
    prepopulated_fields = {"slug": ["name_vi"]}
    autocomplete_fields = ["project"]


@admin.register(FundingOpportunity)
class FundingOpportunityAdmin(EntryAdmin):
    resource_classes = [resources.FundingOpportunityResource]
    list_display = ["title_vi", "donor_text", "opens_on", "closes_on", "published_at", "is_demo"]
    fieldsets = sheets(
        "donor_text",
        ("region_vi", "region_en"),
        ("priorities_vi", "priorities_en"),
        ("eligibility_vi", "eligibility_en"),
        ("opens_on", "closes_on"),
        "website",
    )


@admin.register(Sector)
class SectorAdmin(admin.ModelAdmin):
    list_display = ["name_vi", "name_en", "slug"]
    search_fields = ["name_vi", "name_en"]
    prepopulated_fields = {"slug": ["name_vi"]}
