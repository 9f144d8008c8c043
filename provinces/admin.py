"""Units are read and annotated, never made or deleted here; the plan register is kept."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.admin import ReadOnlyAdmin, RecordAdmin
from foundation.dates import day_words
from foundation.files import store_upload

from . import resources
from .forms import PlanFileForm
from .models import (
    ActivityBudget,
    BoundaryEvent,
    OrganisationSeat,
    PlanActivity,
    PlanFile,
    PlanTarget,
    Province,
    ProvinceAlias,
    ProvinceName,
    ProvinceSupport,
    ProvincialPlan,
    Region,
    RegionMembership,
    Succession,
)


class LookedAt(admin.TabularInline):
    """Rows that a boundary event writes, shown beside their unit."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NameInline(LookedAt):
    model = ProvinceName


class MembershipInline(LookedAt):
    model = RegionMembership
    fields = ["region", "valid_from", "valid_to", "note_vi"]


class AliasInline(admin.TabularInline):
    model = ProvinceAlias
    extra = 0


class StandsStill:
    """What only a boundary event makes or ends: no adding, no deleting, no importing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Province)
class ProvinceAdmin(StandsStill, RecordAdmin):
    resource_classes = [resources.ProvinceResource]
    list_display = ["name_vi", "code", "valid_from", "valid_to", "slug"]
    list_filter = [("valid_to", admin.EmptyFieldListFilter), "names__kind", "memberships__region"]
    search_fields = ["name_vi", "name_en", "code", "slug", "names__name_vi", "aliases__name"]
    readonly_fields = ["code", "valid_from", "valid_to", "name_vi", "name_en", "slug"]
    inlines = [NameInline, MembershipInline, AliasInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, _repeats = super().get_search_results(request, queryset, search_term)
        return found, True


class SuccessionInline(LookedAt):
    model = Succession
    fields = ["predecessor", "heir", "note_vi"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("predecessor", "heir")


@admin.register(BoundaryEvent)
class BoundaryEventAdmin(StandsStill, RecordAdmin):
    list_display = ["slug", "kind", "effective_on", "unit", "instrument_number"]
    list_filter = ["kind", "effective_on"]
    list_select_related = ["unit"]
    search_fields = [
        "slug",
        "instrument_number",
        "unit__name_vi",
        "successions__heir__name_vi",
        "successions__predecessor__name_vi",
    ]
    readonly_fields = ["slug", "kind", "effective_on", "unit"]
    inlines = [SuccessionInline]


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ["name_vi", "name_en", "valid_from", "valid_to", "basis"]
    search_fields = ["name_vi", "name_en"]


class TargetInline(admin.StackedInline):
    model = PlanTarget
    extra = 0
    fields = [
        ("position", "indicator"),
        ("statement_vi", "statement_en"),
        ("low", "high", "qualifier"),
        ("unit_vi", "unit_en"),
        ("denominator_vi", "denominator_en"),
    ]


class ActivityInline(admin.StackedInline):
    model = PlanActivity
    extra = 0
    show_change_link = True
    autocomplete_fields = ["task"]
    fields = [
        ("position", "task"),
        ("title_vi", "title_en"),
        ("lead", "coordinators"),
        ("begins_on", "ends_on"),
    ]


class FileInline(admin.TabularInline):
    model = PlanFile
    form = PlanFileForm
    extra = 0
    readonly_fields = ["file"]
    fields = ["file", "upload", "label_vi", "label_en"]


LEAD = ["lead", ("lead_text_vi", "lead_text_en")]
PUBLICATION = [("published_at", "withdrawn_at"), "is_demo"]


@admin.register(ProvincialPlan)
class ProvincialPlanAdmin(RecordAdmin):
    resource_classes = [resources.PlanResource]
    list_display = ["__str__", "unit", "kind", "period_words", "issued_on", "status", "is_demo"]
    list_filter = [
        "kind",
        "status",
        "is_demo",
        ("province__valid_to", admin.EmptyFieldListFilter),
        "first_year",
        "province__memberships__region",
    ]
    list_select_related = ["province"]
    search_fields = [
        "number",
        "title_vi",
        "title_en",
        "province__name_vi",
        "province__name_en",
        "province__code",
    ]
    autocomplete_fields = ["province", "lead", "frame", "supersedes"]
    inlines = [TargetInline, ActivityInline, FileInline]
    fieldsets = [
        (None, {"fields": ["province", ("kind", "status"), "number", ("title_vi", "title_en")]}),
        (
            _("Days and signature"),
            {"fields": [("issued_on", "reported_on"), "signer", ("signer_post_vi", "signer_post_en")]},
        ),
        (_("Period and scope"), {"fields": [("first_year", "last_year"), ("scope_vi", "scope_en"), *LEAD]}),
        (_("Other plans"), {"fields": ["frame", "supersedes", ("reason_vi", "reason_en")]}),
        (_("When it is public"), {"fields": ["note_vi", "note_en", "source", *PUBLICATION]}),
    ]

    @admin.display(description=_("issued by"), ordering="province__name_vi")
    def unit(self, plan: ProvincialPlan) -> str:
        return str(plan.province)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Store uploaded documents through the one door before their rows are saved."""
        for row in formset.forms:
            upload = row.cleaned_data.get("upload") if hasattr(row, "cleaned_data") else None
            if upload:
                row.instance.file = store_upload(upload, by=request.user, at=timezone.now(), is_public=True)
        super().save_formset(request, form, formset, change)


class BudgetInline(admin.TabularInline):
    model = ActivityBudget
    extra = 0


@admin.register(PlanActivity)
class PlanActivityAdmin(RecordAdmin):
    resource_classes = [resources.ActivityResource]
    list_display = ["title_vi", "plan", "unit", "task", "lead", "is_demo"]
    list_filter = ["is_demo", "task"]
    list_select_related = ["plan__province", "task"]
    search_fields = ["title_vi", "title_en", "lead", "plan__province__name_vi"]
    autocomplete_fields = ["plan", "task"]
    inlines = [BudgetInline]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("issued by"))
    def unit(self, activity: PlanActivity) -> str:
        return str(activity.plan.province)


@admin.register(ProvinceSupport)
class ProvinceSupportAdmin(RecordAdmin):
    resource_classes = [resources.SupportResource]
    list_display = ["title_vi", "province", "kind", "year", "provider", "status"]
    list_filter = ["kind", "status", "year"]
    list_select_related = ["province", "provider"]
    search_fields = ["title_vi", "title_en", "province__name_vi"]
    autocomplete_fields = ["province", "provider"]


@admin.register(OrganisationSeat)
class OrganisationSeatAdmin(RecordAdmin):
    resource_classes = [resources.SeatResource]
    list_display = ["organisation", "province", "since", "valid_to"]
    list_select_related = ["organisation", "province"]
    search_fields = ["organisation__name_vi", "province__name_vi"]
    autocomplete_fields = ["organisation", "province"]

    @admin.display(description=_("from"), ordering="valid_from")
    def since(self, seat: OrganisationSeat) -> str:
        return day_words(seat.valid_from) or str(_("not known"))
