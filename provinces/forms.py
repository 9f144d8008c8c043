"""What staff type in: a plan's file is looked into before it is believed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.dates import day_words
from foundation.files import DOCX, ODT, PDF, checked, sniff

from .maps import AS_REPORTED, CONSTANT, ON
from .models import PlanFile, ProvincialPlan

DOCUMENTS = (PDF, DOCX, ODT)


class PlanFileForm(forms.ModelForm):
    """A document as upload; ``admin`` stores it through the one door for files."""

    upload = forms.FileField(label=_("Document (PDF, DOCX or ODT)"), required=False)

    class Meta:
        model = PlanFile
        fields = ["label_vi", "label_en"]

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            if not self.instance.pk:
                raise ValidationError(_("Choose the file."))
            return None
        if sniff(checked(upload), upload.name) not in DOCUMENTS:
            raise ValidationError(_("A plan is a PDF, DOCX or ODT file."))
        return upload


class IssuersForm(forms.Form):
    """By when, and on which map; a plain GET. Whatever is left out has its default."""

    by = forms.DateField(
        label=_("Issued by the day"), required=False, widget=forms.DateInput({"type": "date"})
    )
    lens = forms.ChoiceField(
        label=_("Units"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (AS_REPORTED, _("as they were on that day")),
            (ON, _("of the map of another day")),
        ],
    )
    on = forms.DateField(label=_("Map in force on"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: Any, *, begins: date, today: date) -> None:
        self.begins, self.today = begins, today
        given = {"by": today.isoformat(), "lens": ON, "on": today.isoformat(), **data.dict()}
        if given["lens"] == CONSTANT:
            given["lens"] = ON  # one map for all years is, for one day, the map of that day
        super().__init__(given)

    def clean_by(self) -> date:
        return self._in_register("by")

    def clean_on(self) -> date:
        return self._in_register("on")

    def _in_register(self, name: str) -> date:
        day: date = self.cleaned_data[name] or self.today
        if day < self.begins:
            raise ValidationError(_("The register begins on %(day)s.") % {"day": day_words(self.begins)})
        return day

    def days(self) -> tuple[date, date]:
        """By when, and the day of the map; today where the reader's words do not do."""
        self.is_valid()
        by = self.cleaned_data.get("by") or self.today
        if self.cleaned_data.get("lens") == AS_REPORTED:
            return by, by
        return by, self.cleaned_data.get("on") or self.today


class SupersedeForm(forms.Form):
    """What the later plan does to the earlier one, and why."""

    earlier = forms.ModelChoiceField(label=_("Earlier plan"), queryset=ProvincialPlan.objects.none())
    how = forms.ChoiceField(
        label=_("What happens to it"), choices=ProvincialPlan.Supersession, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason (Vietnamese)"), widget=forms.Textarea({"rows": 3}))
    reason_en = forms.CharField(
        label=_("Reason (English)"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = among


class BoundaryFileForm(forms.Form):
    """The file of the ministry's own boundaries. Whether it can be drawn is the door's to say."""

    units_of = forms.DateField(
        label=_("Draws the units of the day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Any day on which exactly these units were in force."),
    )
    source_vi = forms.CharField(
        label=_("Source (Vietnamese)"),
        max_length=300,
        help_text=_("Publisher, number and date of the document; printed under every map."),
    )
    source_en = forms.CharField(label=_("Source (English)"), max_length=300, required=False)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "GeoJSON in WGS 84, at most 20 MB: one feature for each unit, with the two digits of its code in "
            "the property “code”."
        ),
        widget=forms.FileInput({"accept": ".geojson,.json,application/geo+json,application/json"}),
    )
