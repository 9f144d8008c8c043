"""The desk for what is asked: versions of a form, and the lists its counts are divided by."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from simple_history.admin import SimpleHistoryAdmin

from foundation.admin import WellSpoken

from . import actions
from .form_changes import BROKEN, FormChange, compare
from .form_preview import preview
from .models import Code, FormVersion, State, StatusReport

COPIED = ("regime", "definition")


class DefinitionField(forms.JSONField):
    """Shown line by line, so that a question can be found and changed."""

    def to_python(self, value: Any) -> Any:
        """Where the text stops being JSON, by line and place."""
        if isinstance(value, str) and value not in self.empty_values:
            try:
                json.loads(value)
            except json.JSONDecodeError as fault:
                raise forms.ValidationError(
                    _("Line %(line)s, letter %(column)s: a comma, quotation mark or bracket is missing "
                      "or too many here."),
                    params={"line": fault.lineno, "column": fault.colno},
                ) from None  # fmt: skip
            except RecursionError:
                raise forms.ValidationError(
                    _("The brackets are nested too deeply here. A form needs four levels.")
                ) from None
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, InvalidJSONInput):
            return value
        return json.dumps(value, ensure_ascii=False, indent=1)


class FormVersionAdmin(WellSpoken, SimpleHistoryAdmin):
    """A version that reports use may grow, and open drafts get what is new; all else is a new version."""

    list_display = ["regime", "number", "in_force_from", "report_count"]
    list_filter = ["regime"]
    search_fields = ["regime__name_vi", "changes_vi"]
    list_select_related = ["regime"]
    readonly_fields = ["is_demo", "in_use", "differences", "next_version", "preview"]
    formfield_overrides: ClassVar[Any] = {
        models.JSONField: {
            "form_class": DefinitionField,
            "widget": forms.Textarea(attrs={"rows": 30, "class": "code", "spellcheck": "false"}),
        }
    }
    fields = [
        "regime", "number", "in_force_from", "in_use", "differences", "next_version", "definition",
        "preview",
        "changes_vi", "changes_en", "source", "is_demo",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(report_count=Count("reports"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins as a copy of the one it is made from."""
        initial = super().get_changeform_initial_data(request)
        begun = initial.pop("from", "")
        source = FormVersion.objects.filter(pk=begun).first() if str(begun).isdecimal() else None
        if source is None:
            return initial
        newest = FormVersion.objects.filter(regime=source.regime_id).order_by("-number")[0]
        copied: dict[str, Any] = {name: getattr(source, name) for name in COPIED}
        return {**initial, **copied, "regime": source.regime_id, "number": newest.number + 1}

    def save_model(self, request: HttpRequest, obj: FormVersion, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "definition" in form.changed_data and change:
            grown = actions.spread_form(obj.pk, by=request.user, at=timezone.now())  # type: ignore[arg-type]
            _tell(request, grown)

    @admin.display(description=gettext_lazy("reports"), ordering="report_count")
    def report_count(self, form: Any) -> int:
        return int(form.report_count)

    @admin.display(description=gettext_lazy("reports that use it"))
    def in_use(self, form: FormVersion) -> str:
        rows = StatusReport.objects.filter(form=form.pk).values_list("state").annotate(n=Count("pk"))
        counted = dict(rows.order_by("state"))
        if not counted:
            return _("none; it can be changed as you like")
        return ", ".join(f"{State(state).label}: {number}" for state, number in counted.items())

    @admin.display(description=gettext_lazy("what changed since the version before"))
    def differences(self, form: FormVersion) -> SafeString | str:
        before = form.pk and FormVersion.objects.filter(regime=form.regime_id, number__lt=form.number)
        earlier = before.order_by("-number").first() if before else None
        if earlier is None:
            return _("There is no version before it.")
        changes = compare(earlier.definition, form.definition)
        if not changes:
            return _("Nothing that is asked.")
        return _table(_("Version %(number)s") % {"number": earlier.number}, changes)

    @admin.display(description=gettext_lazy("how it reads"))
    def preview(self, form: FormVersion) -> str:
        return preview(form.definition)

    @admin.display(description=gettext_lazy("another version"))
    def next_version(self, form: FormVersion) -> SafeString | str:
        if not form.pk:
            return "–"
        address = f"{reverse('admin:reporting_formversion_add')}?from={form.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Make a new version from this one"))


def _table(earlier: str, changes: list[FormChange]) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td><code>{}</code></td><td>{}</td><td>{}</td></tr>',
        ((one.label, one.address, one.sentence, _reach(one)) for one in changes),
    )
    heads = [
        _("Field of the report"),
        _("Address"),
        _("Change since “%(form)s”") % {"form": earlier},
        _("Begun reports"),
    ]
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in heads))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, rows)


def _reach(change: FormChange) -> str:
    return _("would break") if change.kind == BROKEN else _("would bear it")


def _tell(request: HttpRequest, grown: int) -> None:
    if grown:
        said = ngettext(
            "%(n)s open draft got what is new; its answers are kept.",
            "%(n)s open drafts got what is new; their answers are kept.",
            grown,
        )
        messages.info(request, said % {"n": grown})


class CodeInline(admin.StackedInline):
    """A code is ended by a date, never deleted: reports speak of it."""

    model = Code
    fields = [("key", "position", "ended_on"), ("name_vi", "name_en")]
    extra = 0
    can_delete = False


class CodeListAdmin(SimpleHistoryAdmin):
    list_display = ["name_vi", "key", "is_complete"]
    search_fields = ["key", "name_vi", "name_en"]
    readonly_fields = ["is_demo"]
    inlines = [CodeInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new code is offered in the drafts that are being filled in."""
        super().save_related(request, form, formsets, change)
        if change:
            key = form.instance.key
            _tell(request, actions.spread_list(key, by=request.user, at=timezone.now()))  # type: ignore[arg-type]
