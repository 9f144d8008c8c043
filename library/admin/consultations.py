"""Drafts out for comment, and the comments that came, each moderated and answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from simple_history.admin import SimpleHistoryAdmin

from foundation.actions import ActionRefused

from .. import actions, resources
from ..forms import CommentAnswerForm
from ..models import (
    Comment,
    Consultation,
    DraftArticle,
)
from .entries import EntryAdmin, EntryFileInline, sheets


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
