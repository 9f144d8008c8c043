"""The training room for staff. Certificates are made and revoked through their door alone."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ExportMixin

from foundation.actions import ActionRefused
from foundation.admin import ReadOnlyAdmin, RecordAdmin

from . import actions, resources
from .forms import MaterialForm, RevokeForm
from .models import (
    Certificate,
    Course,
    Curriculum,
    CurriculumLevel,
    Expert,
    ExpertConsent,
    Level,
    Material,
    Module,
    Participant,
    ReportedCount,
    Topic,
)


class CurriculumLevelInline(admin.StackedInline):
    model = CurriculumLevel
    extra = 0


@admin.register(Curriculum)
class CurriculumAdmin(RecordAdmin):
    resource_classes = [resources.CurriculumResource]
    list_display = ["title_vi", "version", "year", "published_at", "is_demo"]
    list_filter = ["year", "is_demo"]
    search_fields = ["title_vi", "title_en", "version"]
    autocomplete_fields = ["assignment", "author", "predecessor"]
    prepopulated_fields = {"slug": ["title_vi"]}
    filter_horizontal = ["topics"]
    inlines = [CurriculumLevelInline]


@admin.register(Module)
class ModuleAdmin(RecordAdmin):
    resource_classes = [resources.ModuleResource]
    list_display = ["title_vi", "curriculum", "level", "topic", "position", "hours"]
    list_filter = ["curriculum", "level", "topic"]
    list_select_related = ["curriculum", "level", "topic"]
    search_fields = ["title_vi", "title_en"]
    autocomplete_fields = ["curriculum"]
    prepopulated_fields = {"slug": ["title_vi"]}


@admin.register(Material)
class MaterialAdmin(RecordAdmin):
    form = MaterialForm
    resource_classes = [resources.MaterialResource]
    list_display = ["title_vi", "kind", "language", "version", "curriculum", "file", "published_at"]
    list_filter = ["kind", "language", "is_demo"]
    list_select_related = ["curriculum", "file"]
    search_fields = ["title_vi", "title_en", "authors"]
    autocomplete_fields = ["curriculum", "module"]
    prepopulated_fields = {"slug": ["title_vi"]}

    def save_model(self, request: HttpRequest, obj: Material, form: MaterialForm, change: bool) -> None:
        form.keep_upload(by=request.user)
        super().save_model(request, obj, form, change)


class ReportedCountInline(admin.TabularInline):
    model = ReportedCount
    extra = 0


@admin.register(Course)
class CourseAdmin(RecordAdmin):
    resource_classes = [resources.CourseResource]
    list_display = ["title_vi", "begins_on", "province", "level", "status", "people", "published_at"]
    list_filter = ["status", "level", "topics", "is_demo"]
    list_select_related = ["province", "level"]
    search_fields = ["title_vi", "title_en", "place_vi", "province__name_vi", "province__name_en"]
    autocomplete_fields = ["curriculum", "province", "organiser", "trainers"]
    prepopulated_fields = {"slug": ["title_vi"]}
    filter_horizontal = ["topics"]
    inlines = [ReportedCountInline]
    actions = ["issue_certificates"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        return super().get_queryset(request).annotate(people_count=Count("participants"))

    @admin.display(description=_("participants"))
    def people(self, course: Course) -> str:
        """The length of the list, which is a link to it."""
        address = reverse("admin:training_participant_changelist") + f"?course__id__exact={course.pk}"
        return format_html('<a href="{}">{}</a>', address, course.people_count)

    def has_issue_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("training.add_certificate")

    @admin.action(description=_("Issue certificates to those who attended"), permissions=["issue"])
    def issue_certificates(self, request: HttpRequest, courses: QuerySet[Course]) -> None:
        for course in courses.order_by():
            try:
                issued = actions.issue_certificates(course.pk, by=request.user, at=timezone.now())
            except ActionRefused as refusal:
                self.message_user(request, f"{course}: {refusal}", messages.ERROR)
            else:
                told = ngettext(
                    "%(course)s: %(count)d certificate issued. Its PDF is being made.",
                    "%(course)s: %(count)d certificates issued. Their PDFs are being made.",
                    len(issued),
                ) % {"course": course, "count": len(issued)}
                self.message_user(request, told, messages.SUCCESS)


@admin.register(Participant)
class ParticipantAdmin(RecordAdmin):
    resource_classes = [resources.ParticipantResource]
    list_display = ["name", "course", "list_number", "sex", "organisation_kind", "has_attended"]
    list_filter = ["has_attended", "sex", "organisation_kind", ("course", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["course"]
    search_fields = ["name", "course__title_vi"]
    autocomplete_fields = ["course"]


class ConsentInline(admin.TabularInline):
    model = ExpertConsent
    extra = 0


@admin.register(Expert)
class ExpertAdmin(RecordAdmin):
    resource_classes = [resources.ExpertResource]
    list_display = ["name", "level", "province", "availability", "confirmed_on", "published_at"]
    list_filter = ["level", "topics", "availability", "is_demo"]
    list_select_related = ["level", "province"]
    search_fields = ["name", "employer_vi", "employer_en", "province__name_vi"]
    autocomplete_fields = ["person", "province"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["topics"]
    inlines = [ConsentInline]


@admin.register(Certificate)
class CertificateAdmin(ExportMixin, ReadOnlyAdmin):
    list_display = ["number", "holder", "course_title_vi", "issued_on", "state", "paper"]
    list_filter = ["issued_on", ("revoked_at", admin.EmptyFieldListFilter), "is_demo"]
    list_select_related = ["document"]
    search_fields = ["number", "holder", "course_title_vi", "code"]
    date_hierarchy = "issued_on"
    actions = ["revoke", "issue_again", "make_documents"]

    @admin.display(description=_("state"))
    def state(self, certificate: Certificate) -> Any:
        return _("valid") if certificate.is_valid else _("revoked")

    @admin.display(description="PDF")
    def paper(self, certificate: Certificate) -> Any:
        if certificate.document is None:
            return _("not made yet")
        address = reverse("training:certificate_document", args=[certificate.code])
        return format_html('<a href="{}">PDF</a>', address)

    def has_issue_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("training.add_certificate")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("training.change_certificate")

    @admin.action(description=_("Revoke, with a reason"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, certificates: QuerySet[Certificate]) -> HttpResponse | None:
        form = RevokeForm(request.POST if "because_vi" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Revoke certificates"),
                "certificates": certificates,
                "form": form,
            }
            return TemplateResponse(request, "training/admin_revoke.html", context)
        for certificate in certificates:
            self._told(request, certificate, lambda one: actions.revoke_certificate(
                one.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            ), _("%(number)s is revoked."))  # fmt: skip
        return None

    @admin.action(description=_("Issue anew in place of a revoked one"), permissions=["issue"])
    def issue_again(self, request: HttpRequest, certificates: QuerySet[Certificate]) -> None:
        for certificate in certificates:
            self._told(request, certificate, lambda one: actions.reissue_certificate(
                one.pk, by=request.user, at=timezone.now()
            ), _("%(number)s is issued."))  # fmt: skip

    @admin.action(description=_("Make the PDFs that are missing"), permissions=["issue"])
    def make_documents(self, request: HttpRequest, certificates: QuerySet[Certificate]) -> None:
        job = actions.print_certificates(list(certificates), by=request.user, at=timezone.now())
        told = _("The PDFs are being made.") if job else _("Every chosen certificate has its PDF.")
        self.message_user(request, told)

    def _told(self, request: HttpRequest, certificate: Certificate, deed: Any, sentence: Any) -> None:
        """Do the deed; say what came of it."""
        try:
            done = deed(certificate)
        except ActionRefused as refusal:
            self.message_user(request, f"{certificate}: {refusal}", messages.ERROR)
        else:
            self.message_user(request, sentence % {"number": done.number}, messages.SUCCESS)


@admin.register(Level, Topic)
class WordAdmin(admin.ModelAdmin):
    """The words of the vocabulary may be mended; their addresses stay."""

    list_display = ["position", "name_vi", "name_en"]
    list_display_links = ["name_vi"]
    search_fields = ["name_vi", "name_en"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["is_demo", "slug"] if obj else ["is_demo"]
