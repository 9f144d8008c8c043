"""The events room for staff: one page per event with all its parts; seats only through their door."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from import_export.admin import ExportMixin

from foundation.actions import ActionRefused
from foundation.admin import ReadOnlyAdmin, RecordAdmin
from foundation.files import checked, sniff, store_upload
from foundation.indexing import reindex

from . import actions, resources
from .forms import CancelForm
from .models import (
    Event,
    EventOrganiser,
    EventSeries,
    Outcome,
    Paper,
    Photo,
    Registration,
    Session,
    Speaker,
    Statement,
    Theme,
)


class WithUpload(forms.ModelForm):
    """A row with a file: it is chosen here and kept by ``store_upload`` when the row is saved."""

    upload = forms.FileField(label=_("file to upload"), required=False)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            checked(upload)
        return upload

    def keep_upload(self, *, by: Any) -> None:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = store_upload(upload, by=by, at=timezone.now(), is_public=True)


class PhotoForm(WithUpload):
    def clean(self) -> dict[str, Any]:
        upload = self.cleaned_data.get("upload")
        if not self.instance.file_id and not upload and "upload" not in self.errors:
            raise ValidationError({"upload": _("Choose the picture.")})
        if upload and not sniff(checked(upload), upload.name or "").startswith("image/"):
            raise ValidationError({"upload": _("Send a picture: JPG, PNG or WEBP.")})
        return self.cleaned_data


class PartInline(admin.StackedInline):
    """Stacked, not tabular: every control keeps its label, on a telephone too."""

    extra = 0


class OfThisEvent(PartInline):
    """Links to other parts offer those of the same event alone."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("session", "speaker"):
            event = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            of_event = db_field.remote_field.model._default_manager.filter(event=event)
            kwargs["queryset"] = of_event.select_related("person") if db_field.name == "speaker" else of_event
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OrganiserInline(PartInline):
    model = EventOrganiser
    fields = [("position", "organisation", "role"), ("printed_name_vi", "printed_name_en")]
    autocomplete_fields = ["organisation"]


class SessionInline(PartInline):
    model = Session
    fields = [
        ("position", "kind", "on", "begins", "ends", "room"),
        ("title_vi", "title_en"),
        ("chair", "chair_person"),
    ]
    autocomplete_fields = ["chair", "chair_person"]


class ThemeInline(OfThisEvent):
    model = Theme
    fields = [("position", "session"), ("title_vi", "title_en")]


class SpeakerInline(PartInline):
    model = Speaker
    fields = [("position", "person", "took"), ("role_vi", "role_en"), "printed_name"]
    autocomplete_fields = ["person"]


class PaperInline(OfThisEvent):
    model = Paper
    form = WithUpload
    fields = [
        ("position", "session", "speaker"),
        ("organisation", "country"),
        ("title_vi", "title_en"),
        ("about_vi", "about_en"),
        ("file", "upload"),
    ]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["file"]


class StatementInline(OfThisEvent):
    model = Statement
    fields = [("position", "speaker"), ("summary_vi", "summary_en")]


class OutcomeInline(PartInline):
    model = Outcome
    fields = ["position", ("text_vi", "text_en")]


class PhotoInline(PartInline):
    model = Photo
    form = PhotoForm
    fields = [
        ("position", "file", "upload"),
        ("caption_vi", "caption_en"),
        ("alt_vi", "alt_en"),
        ("credit", "rights", "is_illustration"),
    ]
    readonly_fields = ["file"]


@admin.register(EventSeries)
class EventSeriesAdmin(RecordAdmin):
    resource_classes = [resources.SeriesResource]
    list_display = ["title_vi", "part_of", "published_at", "is_demo"]
    list_filter = ["is_demo"]
    list_select_related = ["part_of"]
    search_fields = ["title_vi", "title_en"]
    prepopulated_fields = {"slug": ["title_vi"]}


@admin.register(Event)
class EventAdmin(RecordAdmin):
    resource_classes = [resources.EventResource]
    list_display = ["title_vi", "kind", "starts", "place_vi", "province", "published_at", "is_demo"]
    list_filter = ["kind", "series", "stated_status", "is_demo"]
    list_select_related = ["province", "series"]
    search_fields = ["title_vi", "title_en", "place_vi", "instrument_number"]
    autocomplete_fields = ["province", "series"]
    prepopulated_fields = {"slug": ["title_vi"]}
    readonly_fields = ["is_demo", "cancelled_at", "cancel_reason"]
    actions = ["cancel_events"]
    inlines = [OrganiserInline, SessionInline, ThemeInline, SpeakerInline, PaperInline, StatementInline,
               OutcomeInline, PhotoInline]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["kind", ("series", "ordinal"), ("title_vi", "title_en"), "slug",
                           ("short_title_vi", "short_title_en")]}),
        (_("When and where"), {"fields": [("starts", "ends"), "stated_status", ("place_vi", "place_en"),
                                          "province", ("source_note_vi", "source_note_en")]}),
        (_("Who and what"), {"fields": [
            ("delegates_number", "delegates_qualifier"),
            ("countries_number", "countries_qualifier", "country_codes"), ("message_vi", "message_en"),
            ("content_vi", "content_en"), ("papers_note_vi", "papers_note_en"),
            ("outcomes_note_vi", "outcomes_note_en"), ("sessions_stated", "quotes_stated")]}),
        (_("Instrument"), {"classes": ["collapse"], "fields": [
            ("instrument_number", "instrument_issuer", "instrument_date"), "instrument_url",
            ("instrument_note_vi", "instrument_note_en")]}),
        (pgettext_lazy("event", "Registration"), {"fields": [
            ("registration_opens_at", "registration_closes_at"), "quota", "shows_participants"]}),
        (pgettext_lazy("event", "Publication"), {"fields": [
            ("published_at", "withdrawn_at"), "source", "is_demo", ("cancelled_at", "cancel_reason")]}),
    ]  # fmt: skip

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Cancelling writes to people, so it is a deed of its own and not a choice in a list."""
        if db_field.name == "stated_status":
            kwargs["choices"] = [one for one in Event.Stated.choices if one[0] != Event.Stated.CANCELLED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        own = super().get_readonly_fields(request, obj)
        return [*own, "stated_status"] if obj and obj.is_cancelled else own

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for one in formset.forms:
            if isinstance(one, WithUpload) and one.has_changed() and not formset._should_delete_form(one):
                one.keep_upload(by=request.user)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """More seats go to the waiting list at once; the parts' words become findable."""
        super().save_related(request, form, formsets, change)
        actions.promote(form.instance.pk, at=timezone.now(), by=request.user)
        reindex([form.instance])

    @admin.action(description=_("Cancel, and write to those registered"), permissions=["change"])
    def cancel_events(self, request: HttpRequest, chosen: QuerySet[Event]) -> HttpResponse | None:
        """Ask for the reason first: everybody who is written to will read it."""
        form = CancelForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Cancel events"),
                "events": chosen,
                "form": form,
            }
            return TemplateResponse(request, "events/admin/cancel.html", context)
        cancelled = 0
        for event in chosen:
            try:
                actions.cancel(event.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
                cancelled += 1
            except ActionRefused as refusal:
                messages.error(request, f"{event}: {refusal}")
        told = ngettext("%(count)s event cancelled.", "%(count)s events cancelled.", cancelled)
        messages.info(request, told % {"count": cancelled})
        return None


class PartAdmin(RecordAdmin):
    """A part is demo or fact with its event, and says nothing of its own about it."""

    readonly_fields: list[str] = []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.readonly_fields)


@admin.register(Speaker)
class SpeakerAdmin(PartAdmin):
    resource_classes = [resources.SpeakerResource]
    list_display = ["person", "event", "role_vi", "took"]
    list_filter = ["took"]
    list_select_related = ["person", "event"]
    search_fields = ["person__name", "event__title_vi", "role_vi"]
    autocomplete_fields = ["event", "person"]


@admin.register(Paper)
class PaperAdmin(PartAdmin):
    readonly_fields = ["file"]
    resource_classes = [resources.PaperResource]
    list_display = ["__str__", "event", "organisation", "country", "file"]
    list_select_related = ["event", "organisation", "speaker__person", "file"]
    search_fields = ["title_vi", "title_en", "about_vi", "event__title_vi", "organisation__name_vi"]
    autocomplete_fields = ["event", "organisation"]


@admin.register(Registration)
class RegistrationAdmin(ExportMixin, ReadOnlyAdmin):
    resource_classes = [resources.RegistrationResource]
    list_display = ["full_name", "organisation", "event", "state", "confirmed_at", "seated_at"]
    list_filter = ["state", "event"]
    list_select_related = ["event"]
    search_fields = ["full_name", "email", "organisation", "event__title_vi"]
    actions = ["withdraw_chosen"]

    @admin.action(description=_("Withdraw at the person's wish, and erase"), permissions=["withdraw"])
    def withdraw_chosen(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        for registration in chosen:
            actions.withdraw(registration.pk, at=timezone.now(), by=request.user)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Names and addresses leave the portal only with those who keep the events."""
        return request.user.has_perm("events.change_registration")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_registration")
