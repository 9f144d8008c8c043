"""Units are read and annotated, never made or deleted here. Plans and boundary maps have their own files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.admin import ReadOnlyAdmin, RecordAdmin
from foundation.dates import day_words

from . import boundary_admin, plan_admin, resources
from .models import (
    BoundaryEvent,
    OrganisationSeat,
    Province,
    ProvinceAlias,
    ProvinceName,
    ProvinceSupport,
    Region,
    RegionMembership,
    Succession,
)

__all__ = ["boundary_admin", "plan_admin"]  # imported for the models they register


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


@admin.register(ProvinceSupport)
class ProvinceSupportAdmin(RecordAdmin):
    resource_classes = [resources.SupportResource]
    list_display = ["title_vi", "province", "kind", "year", "provider", "status"]
    list_filter = ["kind", "status", "year", ("province__valid_to", admin.EmptyFieldListFilter), "is_demo"]
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
