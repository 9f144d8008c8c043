"""What staff fill in beside the plain columns."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.files import checked, store_upload

from .models import Material


class MaterialForm(forms.ModelForm):
    """A material's file is chosen here and kept by ``store_upload`` when the row is saved."""

    upload = forms.FileField(label=_("file to upload"), required=False)

    class Meta:
        model = Material
        fields = [
            "curriculum", "module", "title_vi", "title_en", "slug", "kind", "language", "version", "year",
            "authors", "rights_vi", "rights_en", "source", "published_at", "withdrawn_at",
        ]  # fmt: skip

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload:
            checked(upload)
        return upload

    def keep_upload(self, *, by: Any) -> None:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = store_upload(upload, by=by, at=timezone.now(), is_public=True)


class RevokeForm(forms.Form):
    because_vi = forms.CharField(
        label=_("Why, in Vietnamese"), max_length=250, help_text=_("Everybody who checks the code reads it.")
    )
    because_en = forms.CharField(label=_("Why, in English"), max_length=250, required=False)
