"""The plan register as the ministry keeps it: plans with their targets, activities, files and deeds."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.actions import ActionRefused
from foundation.admin import RecordAdmin
from foundation.files import store_upload

from . import actions
from .forms import PlanFileForm, SupersedeForm
from .lineage import load
from .models import ActivityBudget, PlanActivity, PlanFile, PlanTarget, ProvincialPlan
from .part_resources import ActivityResource, TargetResource
from .resources import PlanResource
from .workflow import AT_FIRST, STEPS, steps_open_to


class TargetInline(admin.StackedInline):
    model = PlanTarget
    extra = 0
    fields = [
        ("position", "indicator"),
        ("statement_vi", "statement_en"),
        ("low", "high", "qualifier"),
        ("unit_vi", "unit_en"),
        ("denominator_vi", "denominator_en"),
    ]


class ActivityInline(admin.StackedInline):
    model = PlanActivity
    extra = 0
    show_change_link = True
    autocomplete_fields = ["task"]
    fields = [
        ("position", "task"),
        ("title_vi", "title_en"),
        ("lead", "coordinators"),
        ("begins_on", "ends_on"),
    ]


class FileInline(admin.TabularInline):
    model = PlanFile
    form = PlanFileForm
    extra = 0
    readonly_fields = ["file"]
    fields = ["file", "upload", "label_vi", "label_en"]


LEAD = ["lead", ("lead_text_vi", "lead_text_en")]
PUBLICATION = [("published_at", "withdrawn_at"), "is_demo"]


class StateSide:
    """The state of a plan is shown, and changed by its deeds; only a new plan says where it begins."""

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "status":
            kwargs["choices"] = [choice for choice in db_field.choices if choice[0] in AT_FIRST]
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["status", "deeds_link"] if obj else ["deeds_link"]
        if obj and obj.is_out:
            fixed += ["supersedes", "supersession"]
        return [*super().get_readonly_fields(request, obj), *fixed]  # type: ignore[misc]

    @admin.display(description=_("change of state"))
    def deeds_link(self, plan: ProvincialPlan) -> str:
        if not plan.pk:
            return str(_("After saving: steps, and “Amend or replace”."))
        address = reverse("admin:provinces_provincialplan_deeds", args=[plan.pk])
        return format_html('<a href="{}">{}</a>', address, _("Change the state; amend or replace"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A plan that changed another one's state stays, or that state would have no reason."""
        may: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may and not (obj and obj.supersedes_id)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        actions.enter_plan(obj, by=request.user, at=timezone.now())

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What only the lock could see, such as a colleague's frame plan of this minute, is said in words."""
        try:
            response: HttpResponse = super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        return response

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.deeds)  # type: ignore[attr-defined]
        own = path("<int:pk>/deeds/", view, name="provinces_provincialplan_deeds")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def deeds(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page for the steps of a plan and for saying that it amends or replaces another."""
        plan = get_object_or_404(ProvincialPlan.objects.select_related("province", "supersedes"), pk=pk)
        if not self.has_change_permission(request, plan):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = SupersedeForm(request.POST if "how" in request.POST else None, among=earlier_plans(plan))
        if request.method == "POST" and self._do(request, plan, form):
            return redirect("admin:provinces_provincialplan_change", pk)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "plan": plan,
            "form": form,
            "steps": steps_open_to(plan),
            "opts": ProvincialPlan._meta,
        }
        return render(request, "provinces/admin/plan_deeds.html", context)

    def _do(self, request: HttpRequest, plan: ProvincialPlan, form: SupersedeForm) -> bool:
        who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        try:
            if request.POST.get("step") in STEPS:
                actions.take_step(plan.pk, request.POST["step"], **who)
            elif form.is_valid():
                said = form.cleaned_data
                actions.supersede(
                    plan.pk,
                    said["earlier"].pk,
                    how=said["how"],
                    reason=said["reason"],
                    reason_en=said["reason_en"],
                    **who,
                )
            else:
                return False
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return False
        messages.success(request, _("The plan is changed; the audit says who did it."))
        return True


def earlier_plans(plan: ProvincialPlan) -> Any:
    """What it may amend or replace: documents that are out, its unit's own or a predecessor's."""
    family = load().roots(plan.province_id)
    return (
        ProvincialPlan.objects.issued()
        .filter(province__in=family)
        .exclude(pk=plan.pk)
        .select_related("province")
    )


@admin.register(ProvincialPlan)
class ProvincialPlanAdmin(StateSide, RecordAdmin):
    resource_classes = [PlanResource]
    list_display = ["__str__", "unit", "kind", "period_words", "issued_on", "status", "is_demo"]
    list_filter = [
        "kind",
        "status",
        "is_demo",
        ("province__valid_to", admin.EmptyFieldListFilter),
        "first_year",
        "province__memberships__region",
    ]
    list_select_related = ["province"]
    search_fields = [
        "number",
        "title_vi",
        "title_en",
        "province__name_vi",
        "province__name_en",
        "province__code",
    ]
    autocomplete_fields = ["province", "lead", "frame", "supersedes"]
    inlines = [TargetInline, ActivityInline, FileInline]
    fieldsets = [
        (
            None,
            {"fields": ["province", ("kind", "status"), "deeds_link", "number", ("title_vi", "title_en")]},
        ),
        (
            _("Days and signature"),
            {"fields": [("issued_on", "reported_on"), "signer", ("signer_post_vi", "signer_post_en")]},
        ),
        (_("Period and scope"), {"fields": [("first_year", "last_year"), ("scope_vi", "scope_en"), *LEAD]}),
        (_("Other plans"), {"fields": ["frame", ("supersedes", "supersession"), ("reason_vi", "reason_en")]}),
        (_("When it is public"), {"fields": ["note_vi", "note_en", "source", *PUBLICATION]}),
    ]

    @admin.display(description=_("issued by"), ordering="province__name_vi")
    def unit(self, plan: ProvincialPlan) -> str:
        return str(plan.province)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Store uploaded documents through the one door before their rows are saved."""
        for row in formset.forms:
            upload = row.cleaned_data.get("upload") if hasattr(row, "cleaned_data") else None
            if upload:
                row.instance.file = store_upload(upload, by=request.user, at=timezone.now(), is_public=True)
        super().save_formset(request, form, formset, change)


class BudgetInline(admin.TabularInline):
    model = ActivityBudget
    extra = 0


@admin.register(PlanTarget)
class PlanTargetAdmin(RecordAdmin):
    resource_classes = [TargetResource]
    list_display = ["statement_vi", "plan", "unit", "words", "denominator_vi", "indicator", "is_demo"]
    list_filter = ["indicator", "plan__kind", "is_demo"]
    list_select_related = ["plan__province", "indicator"]
    search_fields = ["statement_vi", "statement_en", "plan__number", "plan__province__name_vi"]
    autocomplete_fields = ["plan", "indicator"]

    @admin.display(description=_("issued by"))
    def unit(self, target: PlanTarget) -> str:
        return str(target.plan.province)


@admin.register(PlanActivity)
class PlanActivityAdmin(RecordAdmin):
    resource_classes = [ActivityResource]
    list_display = ["title_vi", "plan", "unit", "task", "lead", "is_demo"]
    list_filter = ["is_demo", "task"]
    list_select_related = ["plan__province", "task"]
    search_fields = ["title_vi", "title_en", "lead", "plan__province__name_vi"]
    autocomplete_fields = ["plan", "task"]
    inlines = [BudgetInline]

    @admin.display(description=_("issued by"))
    def unit(self, activity: PlanActivity) -> str:
        return str(activity.plan.province)
