"""The admin's form of a kind of document: lists are ticked, and sections are those the composer knows."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .documents.annexes import ANNEXES
from .documents.sections import SECTIONS
from .models import Format, ReportKind

PRINTED = {"title_vi", "title_en", "authority", "position_of_signatory", "signatory"}


class Ordered(forms.CharField):
    """Names in their order, one on each line; only known ones."""

    widget = forms.Textarea

    def __init__(self, known: Any, **kwargs: Any) -> None:
        self.known = known
        super().__init__(**kwargs)
        self.help_text = _("One on each line, in the order of the document. Known: %(known)s.") % {
            "known": ", ".join(known)
        }

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if unknown := [name for name in names if name not in self.known]:
            raise forms.ValidationError(
                _("No such section: %(names)s.") % {"names": ", ".join(unknown)}, code="unknown"
            )
        if len(set(names)) < len(names):
            raise forms.ValidationError(_("A section stands in a document once."), code="twice")
        return names


class KindForm(forms.ModelForm):
    sections = Ordered(SECTIONS, label=pgettext_lazy("documents", "Sections"))
    annexes = Ordered(ANNEXES, label=_("Annexes"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=Format.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PRINTED & set(self.fields):  # too much is told; a browser would cut it unsaid
            self.fields[name].widget.attrs.pop("maxlength", None)

    class Meta:
        model = ReportKind
        fields = "__all__"  # noqa: DJ007 -- the admin's own list of fields decides
