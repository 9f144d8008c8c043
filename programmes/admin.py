"""The programme's records."""

from django.contrib import admin
from django.http import HttpRequest

from foundation.admin import RecordAdmin

from . import resources
from .models import (
    AcceptanceReview,
    Assignment,
    Commitment,
    Deliverable,
    Indicator,
    LifeCycleStage,
    Organisation,
    OrganisationAlias,
    Person,
    PersonRole,
    Phase,
    PlannedActivity,
    Programme,
    Target,
    Task,
    TaskBody,
    TaskGroup,
)


class PhaseInline(admin.TabularInline):
    model = Phase
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    resource_classes = [resources.ProgrammeResource]
    list_display = ["name_vi", "number", "issued_on", "first_year", "last_year", "status"]
    list_filter = ["status", "kind"]
    search_fields = ["name_vi", "name_en", "number"]
    autocomplete_fields = ["issuer", "lead", "predecessor"]
    prepopulated_fields = {"slug": ["name_vi"]}
    inlines = [PhaseInline]


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    fields = ["phase", "low", "high", "statement_vi", "statement_en"]


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin):
    resource_classes = [resources.IndicatorResource]
    list_display = ["code", "name_vi", "carry_over", "is_numeric", "programme"]
    list_display_links = ["code", "name_vi"]
    list_filter = ["programme", "carry_over", "is_numeric"]
    list_select_related = ["programme"]
    search_fields = ["code", "name_vi", "name_en"]
    inlines = [TargetInline]


@admin.register(TaskGroup)
class TaskGroupAdmin(RecordAdmin):
    resource_classes = [resources.TaskGroupResource]
    list_display = ["name_vi", "number", "position", "programme"]
    list_filter = ["programme"]
    list_select_related = ["programme"]
    search_fields = ["name_vi", "name_en"]


class TaskBodyInline(admin.TabularInline):
    model = TaskBody
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(Task)
class TaskAdmin(RecordAdmin):
    resource_classes = [resources.TaskResource]
    list_display = ["title_vi", "group", "programme"]
    list_filter = ["programme", "group"]
    list_select_related = ["group", "programme"]
    search_fields = ["title_vi", "title_en", "statement_vi"]
    prepopulated_fields = {"slug": ["title_vi"]}
    inlines = [TaskBodyInline]


@admin.register(Deliverable)
class DeliverableAdmin(RecordAdmin):
    resource_classes = [resources.DeliverableResource]
    list_display = ["title_vi", "kind", "status", "count", "first_year", "last_year"]
    list_filter = ["kind", "status"]
    search_fields = ["title_vi", "title_en"]
    prepopulated_fields = {"slug": ["title_vi"]}


class ReviewInline(admin.StackedInline):
    model = AcceptanceReview
    extra = 0
    fields = [
        ("held_on", "score"),
        ("held_on_note_vi", "held_on_note_en"),
        ("place_vi", "place_en"),
        ("reviewers_vi", "reviewers_en"),
        ("verdict_vi", "verdict_en"),
        ("follow_up_vi", "follow_up_en"),
    ]


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    resource_classes = [resources.AssignmentResource]
    list_display = ["title_vi", "year", "assigner", "contractor"]
    list_filter = ["year"]
    list_select_related = ["assigner", "contractor"]
    search_fields = ["title_vi", "title_en"]
    autocomplete_fields = ["assigner", "contractor", "task"]
    inlines = [ReviewInline]


@admin.register(PlannedActivity)
class PlannedActivityAdmin(RecordAdmin):
    resource_classes = [resources.PlannedActivityResource]
    list_display = ["title_vi", "announced_on", "status"]
    list_filter = ["status"]
    search_fields = ["title_vi", "title_en"]


class AliasInline(admin.TabularInline):
    model = OrganisationAlias
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    resource_classes = [resources.OrganisationResource]
    list_display = ["name_vi", "short_name", "kind", "parent", "successor"]
    list_filter = ["kind"]
    list_select_related = ["parent", "successor"]
    search_fields = ["name_vi", "name_en", "short_name", "aliases__name"]
    autocomplete_fields = ["parent", "successor"]
    prepopulated_fields = {"slug": ["name_vi"]}
    inlines = [AliasInline]


class RoleInline(admin.TabularInline):
    model = PersonRole
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["name", "printed_as"]
    search_fields = ["name", "printed_as"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RoleInline]


@admin.register(Commitment)
class CommitmentAdmin(admin.ModelAdmin):
    list_display = ["name_vi", "forum_vi", "announced_on", "target_year"]
    search_fields = ["name_vi", "name_en"]


@admin.register(LifeCycleStage)
class LifeCycleStageAdmin(admin.ModelAdmin):
    """The nine stages are fixed; only their names may be mended."""

    list_display = ["position", "name_vi", "name_en"]
    readonly_fields = ["position", "slug"]
    search_fields = ["name_vi", "name_en"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
