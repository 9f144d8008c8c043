"""The library for its editors: one admin per kind, alike in all they share."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from simple_history.admin import SimpleHistoryAdmin

from foundation.actions import ActionRefused, write_down
from foundation.admin import RecordAdmin
from foundation.files import store_upload

from . import actions, resources
from .forms import CommentAnswerForm, EntryFileForm, PictureForm
from .models import (
    CaseStudy,
    Comment,
    Consultation,
    ConsumptionNorm,
    CriteriaSet,
    Criterion,
    Document,
    DocumentRelation,
    DraftArticle,
    EntryFile,
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
from .models.entry import STATUSES

TITLE: tuple[Any, ...] = ("title_vi", "title_en", "slug")
ABSTRACT: tuple[Any, ...] = ("abstract_vi", "abstract_en")
ISSUE: tuple[Any, ...] = ("number", ("issuer", "issuer_text"), "dated_on", "status", "language")
PLACE: tuple[Any, ...] = ("sector", "stages", "tasks", "deliverables")
RELEASE: tuple[Any, ...] = ("source", "rights", "published_at", "withdrawn_at", "is_demo")


def sheets(*own: Any) -> list[Any]:
    """The form of a kind: what it shares with all, its own columns, when it is on show."""
    return [
        (None, {"fields": [*TITLE, *ABSTRACT]}),
        (_("Issue"), {"fields": ISSUE}),
        *([(_("Of this kind"), {"fields": list(own)})] if own else []),
        (_("Where it belongs"), {"fields": PLACE}),
        (_("Source and release"), {"fields": RELEASE}),
    ]


class EntryFileInline(admin.StackedInline):
    model = EntryFile
    form = EntryFileForm
    extra = 0
    readonly_fields = ["file"]
    fields = [
        ("label_vi", "label_en"),
        ("language", "version", "position"),
        "file",
        "upload",
        ("is_public", "rights"),
    ]


class EntryAdmin(RecordAdmin):
    """What every kind of record shares; a kind adds its columns, links and parts."""

    list_display: Any = ["title_vi", "number", "dated_on", "status", "published_at", "is_demo"]
    list_filter: Any = ["status", "language", "is_demo"]
    list_select_related: Any = ["issuer"]
    search_fields: Any = ["title_vi", "title_en", "number", "folded"]
    prepopulated_fields = {"slug": ["title_vi"]}
    autocomplete_fields: Any = ["issuer", "tasks", "deliverables"]
    filter_horizontal: Any = ["stages"]
    fieldsets: Any = sheets()
    inlines: Any = [EntryFileInline]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A kind offers only the states it may have."""
        if db_field.name == "status":
            own = STATUSES.get(self.model.KIND or "", ())
            kwargs["choices"] = [("", _("not in the source")), *((one.value, one.label) for one in own)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is EntryFile:
            for row in formset.forms:
                _keep_file(row, by=request.user)
        super().save_formset(request, form, formset, change)


def _keep_file(row: Any, *, by: Any) -> None:
    """Store the uploaded file of one row before the row itself is saved; or open and close the old one."""
    if upload := row.cleaned_data.get("upload"):
        row.instance.file = store_upload(upload, by=by, at=now())
    elif not row.instance.pk or not {"is_public", "rights"} & set(row.changed_data):
        return
    stored = row.instance.file
    stored.is_public, stored.rights = row.cleaned_data["is_public"], row.cleaned_data["rights"]
    stored.save(update_fields=["is_public", "rights"])
    write_down("file rights set", stored, by=by, at=now(), detail={"is_public": stored.is_public})


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


class DraftArticleInline(admin.StackedInline):
    model = DraftArticle
    extra = 0


@admin.register(Consultation)
class ConsultationAdmin(EntryAdmin):
    resource_classes = [resources.ConsultationResource]
    list_display = ["title_vi", "opens_at", "closes_at", "published_at", "is_demo"]
    autocomplete_fields = [*EntryAdmin.autocomplete_fields, "invited", "outcome"]
    fieldsets = sheets(
        "draft_version",
        ("drafting_team_vi", "drafting_team_en"),
        ("channel_vi", "channel_en"),
        "invited",
        ("opens_at", "closes_at"),
        "outcome",
        ("outcome_note_vi", "outcome_note_en"),
    )
    inlines = [DraftArticleInline, EntryFileInline]


@admin.register(Comment)
class CommentAdmin(ExportMixin, SimpleHistoryAdmin):
    """Comments come from the public and are moderated and answered here, through the one door."""

    resource_classes = [resources.CommentResource]
    form = CommentAnswerForm
    list_display = ["number", "consultation", "state", "disposition", "submitted_at"]
    list_display_links = ["number", "consultation"]
    list_filter = ["state", "disposition", "consultation"]
    list_select_related = ["consultation"]
    search_fields = ["body", "on_behalf_of", "consultation__title_vi"]
    readonly_fields = ["consultation", "number", "article", "body", "signed", "submitted_at", "is_demo"]
    fieldsets = [
        (
            None,
            {"fields": ["consultation", "number", "article", "body", "signed", "submitted_at", "is_demo"]},
        ),
        (_("Moderation"), {"fields": ["state", "moderation_reason"]}),
        (_("Answer"), {"fields": ["disposition", "answer_vi", "answer_en"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Comment, form: forms.ModelForm, change: bool) -> None:
        """The form is only a wish; the deeds are done by the actions."""
        wished: dict[str, Any] = form.cleaned_data
        deed: dict[str, Any] = {"by": request.user, "at": now()}
        moderated = {"state", "moderation_reason"} & set(form.changed_data)
        try:
            if moderated and wished["state"] != Comment.State.WAITING:
                show = wished["state"] == Comment.State.ON_SHOW
                actions.moderate_comment(obj.pk, show=show, reason=wished["moderation_reason"], **deed)
            if {"disposition", "answer_vi", "answer_en"} & set(form.changed_data):
                answer = {name: wished[name] for name in ("disposition", "answer_vi", "answer_en")}
                actions.answer_comment(obj.pk, **answer, **deed)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))


@admin.register(Sector)
class SectorAdmin(admin.ModelAdmin):
    list_display = ["name_vi", "name_en", "slug"]
    search_fields = ["name_vi", "name_en"]
    prepopulated_fields = {"slug": ["name_vi"]}
