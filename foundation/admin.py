"""How rooms offer their records to staff; and what staff may look up of files, jobs, mail, the audit."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString
from import_export.admin import ImportExportModelAdmin
from simple_history.admin import SimpleHistoryAdmin

from .models import AuditEntry, Job, OutboxMail, PageRating, StoredFile


class WellSpoken:
    """Sentences of the admin begin with a capital, though the kind of a row is written small."""

    def message_user(self, request: HttpRequest, message: Any, *given: Any, **more: Any) -> None:
        sentence = str(message)
        began = sentence[:1].upper() + sentence[1:]
        kept = SafeString(began) if isinstance(message, SafeString) else began
        super().message_user(request, kept, *given, **more)  # type: ignore[misc]


class RecordAdmin(WellSpoken, ImportExportModelAdmin, SimpleHistoryAdmin):
    """A room's records: import with preview, export, history. Give it ``resource_classes``."""

    readonly_fields: Any = ["is_demo"]
    list_per_page = 50
    formfield_overrides: Any = {models.URLField: {"assume_scheme": "https"}}
    show_facets = admin.ShowFacets.ALLOW

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        own = list(super().get_readonly_fields(request, obj))
        return own if "is_demo" in own else [*own, "is_demo"]


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only their own door writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "by_name", "verb", "subject_type", "subject_text"]
    list_filter = ["verb", "subject_type"]
    search_fields = ["by_name", "subject_text", "subject_id"]
    date_hierarchy = "at"


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "state", "queued_at", "finished_at", "attempts", "by"]
    list_filter = ["state", "kind"]
    search_fields = ["key", "failure"]
    list_select_related = ["by"]


@admin.register(OutboxMail)
class OutboxMailAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "queued_at", "sent_at", "attempts", "failure"]
    search_fields = ["recipient", "subject"]


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "media_type", "size", "is_public", "stored_at", "by"]
    list_filter = ["media_type", "is_public"]
    search_fields = ["name", "sha256"]
    list_select_related = ["by"]


@admin.register(PageRating)
class PageRatingAdmin(ReadOnlyAdmin):
    list_display = ["path", "is_useful", "comment", "at"]
    list_filter = ["is_useful"]
    search_fields = ["path", "comment"]
    date_hierarchy = "at"
