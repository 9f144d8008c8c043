"""The rule workshop: staff write a check in columns, rehearse it on past reports, then switch it on."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.admin import RecordAdmin

from . import actions
from .models import CheckRule
from .models.reports import plain
from .rehearsal import Rehearsal, rehearse, years_sent
from .resources import CheckRuleResource
from .rule_fitting import MAY, MUST, PARAMETERS


class RuleForm(forms.ModelForm):
    class Meta:
        model = CheckRule
        fields = ("code", "is_active", "in_force_from", "source", *CheckRule.COLUMNS)
        widgets = {
            "summands": forms.Textarea(attrs={"rows": 3}),
            "aliases": forms.Textarea(attrs={"rows": 3}),
            "instruction_vi": forms.Textarea(attrs={"rows": 2}),
            "instruction_en": forms.Textarea(attrs={"rows": 2}),
        }

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """15, not 15.0000."""
        value = super().get_initial_for_field(field, field_name)
        return plain(value) if isinstance(value, Decimal) else value


@admin.register(CheckRule)
class CheckRuleAdmin(RecordAdmin):
    """Rules are switched off, never deleted: what was submitted names them."""

    form = RuleForm
    resource_classes = [CheckRuleResource]
    change_form_template = "reporting/admin/checkrule_change_form.html"
    view_on_site = False
    list_display = [
        "code",
        "message_vi",
        "test",
        "severity",
        "is_active",
        "in_force_from",
        "version",
        "is_preset",
    ]
    list_filter = ["is_active", "severity", "test", "regime", "is_preset"]
    list_select_related = ["regime"]
    search_fields = ["code", "message_vi", "message_en", "target"]
    readonly_fields = ["version", "is_preset", "is_demo"]
    fieldsets = [
        (None, {"fields": ["code", "regime", ("scope", "target"), ("test", "severity")]}),
        (
            gettext_lazy("Parameters"),
            {
                "description": gettext_lazy("Each kind of check has its own; the others stay empty."),
                "fields": [
                    "part", ("measure", "direction", "threshold"), ("minimum", "maximum"),
                    ("summands", "relation", "tolerance"), ("other", "other_part"), "condition", "aliases",
                ],
            },
        ),
        (
            gettext_lazy("What people are told"),
            {
                "fields": [
                    "message_vi", "message_en", "instruction_vi", "instruction_en", "legal_reference_vi",
                    "legal_reference_en",
                ]
            },
        ),
        (
            gettext_lazy("In force"),
            {"fields": [("is_active", "in_force_from"), "version", "is_preset", "source", "is_demo"]},
        ),
    ]  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A code stays: submissions name the rule by it."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: CheckRule, form: Any, change: bool) -> None:
        obj._history_user = request.user  # type: ignore[attr-defined]
        actions.keep_rule(obj)

    # --- Rehearsing ---------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """“Rehearse” runs what stands in the form over past reports, and stores nothing."""
        if request.method == "POST" and "_rehearse" in request.POST:
            return self._rehearse_typed(request, object_id)
        years = years_sent()
        more = {**(extra_context or {}), "kinds": kinds_told(), "years": years, "chosen_years": years}
        if object_id and "rehearse" in request.GET:
            rule = self.get_object(request, object_id)
            if rule is None or not self.has_view_permission(request, rule):
                raise Http404
            years = chosen(request.GET.getlist("years"))
            more |= {"rehearsal": rehearse(rule, years), "chosen_years": years}
        return super().changeform_view(request, object_id, form_url, more)

    def _rehearse_typed(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        stored = self.get_object(request, object_id) if object_id else None
        may = self.has_change_permission(request, stored) if object_id else self.has_add_permission(request)
        if not may or (object_id and stored is None):
            raise Http404
        form = self.get_form(request, stored, change=stored is not None)(request.POST, instance=stored)
        years = chosen(request.POST.getlist("years"))
        done = rehearse(form.save(commit=False), years) if form.is_valid() else None
        return self._form_again(request, stored, form, years, done)

    def _form_again(
        self,
        request: HttpRequest,
        stored: CheckRule | None,
        form: Any,
        years: list[int],
        done: Rehearsal | None,
    ) -> HttpResponse:
        """The page as it was typed, with what came out beneath."""
        context = {
            **self._context(request, stored, form),
            "kinds": kinds_told(),
            "years": years_sent(),
            "chosen_years": years,
            "rehearsal": done,
        }
        response = self.render_change_form(
            request, context, add=stored is None, change=stored is not None, obj=stored
        )
        response.status_code = 200 if form.is_valid() else 422
        return response

    def _context(self, request: HttpRequest, stored: CheckRule | None, form: Any) -> dict[str, Any]:
        """What the admin's own page of a record is told."""
        shown = helpers.AdminForm(
            form,
            list(self.get_fieldsets(request, stored)),
            {},
            self.get_readonly_fields(request, stored),
            self,
        )
        return {
            **self.admin_site.each_context(request),
            "title": _("Change %s") % self.opts.verbose_name
            if stored
            else _("Add %s") % self.opts.verbose_name,
            "subtitle": str(stored) if stored else None,
            "adminform": shown,
            "object_id": stored.pk if stored else None,
            "original": stored,
            "is_popup": False,
            "to_field": None,
            "media": self.media + shown.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
        }


def kinds_told() -> list[tuple[Any, list[Any], list[Any]]]:
    """Every kind of check with the parameters it must and may have, in words."""
    names = {column: CheckRule._meta.get_field(column).verbose_name for column in PARAMETERS}  # type: ignore[union-attr]
    return [
        (label, [names[one] for one in MUST[kind]], [names[one] for one in MAY[kind]])
        for kind, label in CheckRule.Test.choices
    ]


def chosen(asked: list[str]) -> list[int]:
    """The years that were ticked and have reports; none ticked means all."""
    known = years_sent()
    return [year for year in known if str(year) in asked] or known
