"""What the admins of all kinds share: their sheets, their files, keeping what is uploaded."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from foundation.actions import write_down
from foundation.admin import RecordAdmin
from foundation.files import store_upload

from ..forms import EntryFileForm
from ..models import (
    EntryFile,
)
from ..models.entry import STATUSES

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
