"""Asking for a thematic or ad-hoc report: what, on which days, by when, and of whom."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.plain_text import PlainTextField
from provinces.models import Province, Region
from provinces.register import Register

from .actions import Request
from .forms import boxed
from .models import Regime
from .models.obligations import LONGEST_REASON

ALL, REGION, CHOSEN = "all", "region", "chosen"
WHOM = {
    ALL: _("every unit"),
    REGION: _("a region"),
    CHOSEN: _("units ticked below"),
}


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    day = forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=day)


class UnitsForm(forms.Form):
    """Whom to ask. ``without`` leaves out units that are asked already."""

    whom = forms.ChoiceField(label=_("Whom"), choices=list(WHOM.items()), widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), required=False, empty_label="–"
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Units"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "units"}),
    )

    def __init__(self, *args: Any, today: date, without: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.in_force: list[Province] = [
            unit for unit in Register.load().in_force(today) if unit.pk not in without
        ]
        boxed(self.fields["region"])
        region: Any = self.fields["region"]
        region.queryset = Region.objects.in_force(today).order_by("position")
        units: Any = self.fields["units"]
        units.choices = [(unit.pk, str(unit.name)) for unit in self.in_force]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("whom") == REGION and not found.get("region"):
            self.add_error("region", ValidationError(gettext("Choose the region.")))
        if found.get("whom") == CHOSEN and not found.get("units") and "units" not in self.errors:
            self.add_error("units", ValidationError(gettext("Tick at least one unit.")))
        return found

    def asked_units(self) -> list[Province]:
        """The units meant, in the order of their names."""
        whom, region = self.cleaned_data["whom"], self.cleaned_data["region"]
        if whom == ALL:
            return self.in_force
        if whom == REGION:
            return [unit for unit in self.in_force if unit.region_on(self.today) == region]
        ticked = set(self.cleaned_data["units"])
        return [unit for unit in self.in_force if unit.pk in ticked]


class AskForm(UnitsForm):
    regime = forms.ModelChoiceField(
        label=_("Reporting regime"),
        queryset=Regime.objects.none(),
        empty_label=None,
        help_text=_("Thematic and ad-hoc ones. Its form is what units fill in."),
    )
    title_vi = PlainTextField(label=_("Title (Vietnamese)"), max_length=160)
    title_en = PlainTextField(label=_("Title (English)"), max_length=160, required=False)
    asked_vi = PlainTextField(
        label=_("What is asked, in words (Vietnamese)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
        help_text=_("It stands in the mail and on the unit’s page."),
    )
    asked_en = PlainTextField(
        label=_("What is asked, in words (English)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    first_day = day_field(_("Data from"))
    last_day = day_field(_("Data to (inclusive)"))
    opens_on = day_field(_("Reporting opens on"))
    due_on = day_field(_("Due on"))

    field_order = (
        "regime", "title_vi", "title_en", "asked_vi", "asked_en", "first_day", "last_day", "opens_on",
        "due_on", "whom", "region", "units",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regime: Any = self.fields["regime"]
        regime.queryset = Regime.objects.filter(is_active=True).exclude(kind=Regime.Kind.PERIODIC)

    def request(self) -> Request:
        """What ``actions.ask_units`` takes."""
        given = {name: self.cleaned_data[name] for name in self.field_order[1:9]}
        return Request(regime=self.cleaned_data["regime"].pk, **given)


class WithdrawRequestForm(forms.Form):
    reason = PlainTextField(
        label=_("Why it is withdrawn"),
        help_text=_("The province reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )
