"""Regimes, periods and forms are kept here; reports and what was approved are only looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.admin import ReadOnlyAdmin, RecordAdmin

from . import form_admin, resources, rule_admin
from .kind_form import KindForm
from .models import (
    ApprovedActivity,
    ApprovedCount,
    ApprovedMoney,
    ApprovedText,
    ApprovedValue,
    CodeList,
    CompiledReport,
    DataCut,
    EditedWords,
    FollowUp,
    FollowUpStep,
    FormVersion,
    Holiday,
    ItemMark,
    Obligation,
    Period,
    Receipt,
    Regime,
    Remark,
    Reminder,
    ReportEvent,
    ReportFile,
    ReportKind,
    StatusReport,
    Submission,
)

admin.site.register(FormVersion, form_admin.FormVersionAdmin)
admin.site.register(CodeList, form_admin.CodeListAdmin)
__all__ = ["rule_admin"]  # imported for the models it registers


BY_YEAR: Any = ["period__year", "is_demo"]
BY_UNIT: Any = ["province__name_vi", "province__code"]
WITH_UNIT: Any = ["province", "period__regime"]


class Looked(ReadOnlyAdmin):
    """Rows the doors in ``actions`` write."""

    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.fields]


@admin.register(Regime)
class RegimeAdmin(RecordAdmin):
    resource_classes = [resources.RegimeResource]
    list_display = ["name_vi", "kind", "months", "is_active"]
    list_filter = ["kind", "months", "is_active"]
    search_fields = ["code", "name_vi", "name_en"]


@admin.register(Period)
class PeriodAdmin(RecordAdmin):
    resource_classes = [resources.PeriodResource]
    list_display = ["words", "regime", "first_day", "last_day", "due_on", "government_due_on"]
    list_filter = ["regime", "year"]
    search_fields = ["year", "regime__name_vi"]
    list_select_related = ["regime"]


@admin.register(ReportKind)
class ReportKindAdmin(RecordAdmin):
    """A new kind of document is a row here and, where it looks different, a template."""

    form = KindForm
    list_display = ["name_vi", "code", "span", "reach", "is_scheduled", "is_active"]
    list_filter = ["span", "reach", "is_active"]
    search_fields = ["code", "name_vi", "name_en"]


@admin.register(DataCut)
class DataCutAdmin(Looked):
    """The figures themselves are read in documents; here is which cuts there are."""

    list_display = ["number", "period", "span", "half", "cut_at", "lens", "counted", "expected", "is_demo"]
    list_filter = ["span", *BY_YEAR]
    search_fields = ["number", "sha256"]
    list_select_related = ["period__regime"]
    exclude = ["content"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name not in self.exclude]


@admin.register(CompiledReport)
class CompiledReportAdmin(Looked):
    list_display = ["title_text", "kind", "language", "cut", "edition", "published_at", "withdrawn_at"]
    list_filter = ["kind", "language", "cut__period__year", "is_demo"]
    search_fields = ["title_text", "check_code", "number", "cut__number"]
    list_select_related = ["kind", "cut"]
    exclude = ["content", "outline"]

    @admin.display(description=_("At the desk"))
    def at_work(self, report: CompiledReport) -> str:
        address = reverse("reporting:compiled", args=[report.pk])
        return format_html('<a href="{}">{}</a>', address, report)

    def get_queryset(self, request: HttpRequest) -> Any:
        return CompiledReport.objects.visible_to(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = super().get_readonly_fields(request, obj)
        return ["at_work", *(name for name in shown if name not in self.exclude)]


@admin.register(ReportFile)
class ReportFileAdmin(Looked):
    list_display = ["file", "report", "edition", "format", "sha256"]
    list_filter = ["format", "report__kind"]
    search_fields = ["file__name", "file__sha256", "report__check_code"]
    list_select_related = ["file", "report"]

    @admin.display(description="SHA-256")
    def sha256(self, file: ReportFile) -> str:
        return file.file.sha256


@admin.register(EditedWords)
class EditedWordsAdmin(Looked):
    list_display = ["report", "key", "text", "by", "at"]
    list_filter = ["report__kind"]
    search_fields = ["key", "text", "report__check_code", "report__title_text"]
    list_select_related = ["report", "by"]
    date_hierarchy = "at"


@admin.register(Holiday)
class HolidayAdmin(RecordAdmin):
    """The ministry enters the days off of each year; a reminder goes out on the worked day before."""

    resource_classes = [resources.HolidayResource]
    list_display = ["day", "name_vi", "is_worked"]
    list_filter = ["is_worked"]
    search_fields = ["name_vi", "name_en"]
    date_hierarchy = "day"


@admin.register(Obligation)
class ObligationAdmin(Looked):
    list_display = ["province", "period", "due_on", "extended_to", "closed_on", "is_demo"]
    list_filter = ["period__year", "is_demo"]
    search_fields = ["province__name_vi", "province__code", "period__year"]
    list_select_related = ["province", "period__regime"]


@admin.register(StatusReport)
class StatusReportAdmin(Looked):
    list_display = ["__str__", "state", "round", "state_since", "is_demo"]
    list_filter = ["state", "obligation__period__year", "is_demo"]
    search_fields = ["obligation__province__name_vi", "obligation__province__code"]
    list_select_related = ["obligation__province", "obligation__period__regime"]

    @admin.display(description=_("Review reports"))
    def at_work(self, report: StatusReport) -> str:
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), report)

    def get_queryset(self, request: HttpRequest) -> Any:
        """What the reader may see anywhere: a draft is its province's own."""
        return StatusReport.objects.visible_to(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """How far the province's own sign-off is stays inside it."""
        shown = super().get_readonly_fields(request, obj)
        return ["at_work", *(name for name in shown if name != "sign_off")]


@admin.register(Submission)
class SubmissionAdmin(Looked):
    list_display = ["number", "report", "round", "received_at", "by_name", "signer"]
    list_filter = ["period__year", "is_demo"]
    search_fields = ["report__obligation__province__name_vi", "sha256", "by_name", "signer"]
    list_select_related = ["report__obligation__province", "report__obligation__period__regime"]
    date_hierarchy = "received_at"


@admin.register(Receipt)
class ReceiptAdmin(Looked):
    list_display = ["check_code", "submission", "language", "file"]
    search_fields = ["check_code", "submission__report__obligation__province__name_vi"]
    list_select_related = [
        "submission__report__obligation__province", "submission__report__obligation__period__regime", "file",
    ]  # fmt: skip


@admin.register(ReportEvent)
class ReportEventAdmin(Looked):
    list_display = ["at", "words", "report", "by_name", "post_title", "acting_for", "round"]
    list_filter = ["step"]
    search_fields = ["by_name", "report__obligation__province__name_vi"]
    list_select_related = ["report__obligation__province", "report__obligation__period__regime"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> Any:
        return ReportEvent.objects.seen_by(request.user)


@admin.register(Remark)
class RemarkAdmin(Looked):
    list_display = [
        "report",
        "round",
        "address",
        "by_name",
        "written_at",
        "sent_at",
        "answer",
        "resolved_name",
    ]
    list_filter = ["round"]
    search_fields = ["text", "report__obligation__province__name_vi"]
    list_select_related = ["report__obligation__province", "report__obligation__period__regime"]
    exclude = [
        "reply",
        "reply_text",
        "replied_by",
        "replied_name",
        "replied_post",
        "replied_post_en",
        "replied_at",
    ]

    @admin.display(description=_("answer"))
    def answer(self, remark: Remark) -> str:
        """The province's own until it resubmits."""
        return "" if remark.is_being_answered else str(remark.get_reply_display())

    @admin.display(description=_("answer in words"))
    def answer_text(self, remark: Remark) -> str:
        return "" if remark.is_being_answered else remark.reply_text

    @admin.display(description=_("answered by"))
    def answered_by(self, remark: Remark) -> str:
        return "" if remark.is_being_answered else remark.replied_name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = [name for name in super().get_readonly_fields(request, obj) if name not in self.exclude]
        return [*shown, "answer", "answer_text", "answered_by"]


@admin.register(FollowUp)
class FollowUpAdmin(Looked):
    list_display = ["text", "report", "post", "due_on", "state", "made_by_name", "is_demo"]
    list_filter = ["state", "is_demo"]
    search_fields = ["text", "report__obligation__province__name_vi", "post__title_vi"]
    list_select_related = [
        "report__obligation__province", "report__obligation__period__regime", "post__province",
    ]  # fmt: skip
    date_hierarchy = "due_on"


@admin.register(FollowUpStep)
class FollowUpStepAdmin(Looked):
    list_display = ["at", "follow_up", "kind", "by_name", "post_title", "word", "file"]
    list_filter = ["kind"]
    search_fields = ["word", "by_name", "follow_up__text"]
    list_select_related = ["follow_up", "file"]
    date_hierarchy = "at"


@admin.register(ItemMark)
class ItemMarkAdmin(Looked):
    list_display = ["at", "report", "address", "kind", "by_name", "post_title", "written_at"]
    list_filter = ["kind"]
    search_fields = ["address", "by_name", "report__obligation__province__name_vi"]
    list_select_related = ["report__obligation__province", "report__obligation__period__regime"]
    date_hierarchy = "at"


@admin.register(Reminder)
class ReminderAdmin(Looked):
    list_display = ["day", "obligation", "kind", "sent_at", "dropped_because"]
    list_filter = ["kind", "dropped_because"]
    search_fields = ["obligation__province__name_vi", "obligation__province__code"]
    list_select_related = ["obligation__province", "obligation__period__regime"]
    date_hierarchy = "day"


@admin.register(ApprovedValue)
class ApprovedValueAdmin(Looked):
    search_fields = BY_UNIT
    list_display = [
        "province", "period", "indicator", "emptiness", "value", "numerator", "denominator", "version",
        "superseded_at",
    ]  # fmt: skip
    list_filter = ["indicator__code", "emptiness", *BY_YEAR]
    list_select_related = [*WITH_UNIT, "indicator"]


@admin.register(ApprovedActivity)
class ApprovedActivityAdmin(Looked):
    list_filter = BY_YEAR
    search_fields = BY_UNIT
    list_display = ["province", "period", "activity", "progress", "percent", "version", "superseded_at"]
    list_select_related = [*WITH_UNIT, "activity"]


@admin.register(ApprovedMoney)
class ApprovedMoneyAdmin(Looked):
    list_filter = BY_YEAR
    search_fields = BY_UNIT
    list_select_related = WITH_UNIT
    list_display = ["province", "period", "money_source", "planned", "received", "spent", "version"]


@admin.register(ApprovedCount)
class ApprovedCountAdmin(Looked):
    list_filter = ["emptiness", *BY_YEAR]
    search_fields = [*BY_UNIT, "address"]
    list_select_related = WITH_UNIT
    list_display = ["province", "period", "address", "value", "parts", "version", "superseded_at"]


@admin.register(ApprovedText)
class ApprovedTextAdmin(Looked):
    list_filter = BY_YEAR
    list_select_related = WITH_UNIT
    list_display = ["province", "period", "address", "text", "version", "superseded_at"]
    search_fields = [*BY_UNIT, "text"]
