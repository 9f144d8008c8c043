"""The boxes of follow-up actions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from foundation.plain_text import PlainTextField


class FollowUpForm(forms.Form):
    address = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    text = PlainTextField(
        label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    post = forms.ModelChoiceField(
        label=_("Owner post"),
        queryset=Post.objects.none(),
        help_text=_("Whoever holds it gets a mail."),
    )
    due_on = forms.DateField(
        label=_("Due on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.queryset = posts


class WordForm(forms.Form):
    """Of a verification: the word may be left out."""

    word = PlainTextField(
        label=_("In words"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000, required=False
    )


class WhyForm(forms.Form):
    """Of sending back and cancelling."""

    word = PlainTextField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)


class DoneForm(forms.Form):
    word = PlainTextField(label=_("What you did"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    upload = forms.FileField(
        label=_("File that proves it"),
        required=False,
        help_text=_("PDF, DOCX, XLSX, ODT, CSV, JPG, PNG or WEBP; at most 20 MB."),
    )
