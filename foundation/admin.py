"""What staff may look up of files, jobs, mail and the audit. Nothing here is typed by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import AuditEntry, Job, OutboxMail, StoredFile


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
