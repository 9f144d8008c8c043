"""What editors fill in: the article with its picture, and the reason of a withdrawal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.files import checked, sniff

from .models import Article


class ArticleForm(forms.ModelForm):
    """The article, and a new picture for it."""

    new_picture = forms.FileField(
        label=_("new picture"), required=False, help_text=_("JPG, PNG or WEBP; it replaces the present one.")
    )
    drop_picture = forms.BooleanField(label=_("take the picture away"), required=False)

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()  # the admin says which

    def clean_new_picture(self) -> Any:
        upload = self.cleaned_data["new_picture"]
        if upload and not sniff(checked(upload), upload.name).startswith("image/"):
            raise ValidationError(_("Send a picture: JPG, PNG or WEBP."))
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_picture"):
            for name in ("picture_alt_vi", "picture_credit"):
                if not data.get(name):
                    self.add_error(name, _("A picture needs its alternative text and its credit."))
        return data


class WithdrawalForm(forms.Form):
    reason_vi = forms.CharField(
        label=_("Reason (Vietnamese)"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Readers will see it at the article's address."),
    )
    reason_en = forms.CharField(
        label=_("Reason (English)"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
