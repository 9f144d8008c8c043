"""The desk for what is asked: versions of a form, and the lists its counts are divided by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from .models import Code


class FormVersionAdmin(SimpleHistoryAdmin):
    """A change here reaches the reports begun after it; those begun keep the form they were asked."""

    list_display = ["regime", "number", "in_force_from"]
    list_filter = ["regime"]
    search_fields = ["regime__name_vi", "changes_vi"]
    list_select_related = ["regime"]
    readonly_fields = ["is_demo"]


class CodeInline(admin.TabularInline):
    """A code is ended by a date, never deleted: reports speak of it."""

    model = Code
    fields = ["key", "name_vi", "name_en", "position", "ended_on"]
    extra = 0
    can_delete = False


class CodeListAdmin(SimpleHistoryAdmin):
    list_display = ["name_vi", "key", "is_complete"]
    search_fields = ["key", "name_vi", "name_en"]
    readonly_fields = ["is_demo"]
    inlines = [CodeInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
