"""What the public and the editors type into the library."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.files import checked

from . import actions
from .models import Comment, Consultation, DraftArticle, EntryFile


class CommentForm(forms.Form):
    """A comment on a draft. Nobody has to say who they are."""

    article = forms.ModelChoiceField(
        DraftArticle.objects.none(),
        required=False,
        label=_("Article of the draft"),
        empty_label=_("The draft as a whole"),
    )
    body = forms.CharField(
        label=_("Your comment"),
        max_length=actions.MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say what should change and why. It appears here after moderation."),
    )
    on_behalf_of = forms.CharField(
        required=False, max_length=200, label=_("On behalf of"), help_text=_("A body or enterprise, if any.")
    )
    name = forms.CharField(required=False, max_length=120, label=_("Your name"))
    may_publish_name = forms.BooleanField(
        required=False,
        label=_("My name may be published with the comment"),
        help_text=_("Without this tick the name is not kept."),
    )
    website = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = consultation.articles.all()  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there to stop machines."))
        return ""


class CheckedFileField(forms.FileField):
    """Takes only what the portal keeps, found by looking inside."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            checked(upload)
        return upload


class EntryFileForm(forms.ModelForm):
    """A file of a record: a new one is uploaded, an old one stays."""

    upload = CheckedFileField(required=False, label=_("New file"))
    is_public = forms.BooleanField(required=False, initial=True, label=_("The public may download it"))
    rights = forms.CharField(required=False, max_length=200, label=_("Rights"))

    class Meta:
        model = EntryFile
        fields = ("label_vi", "label_en", "language", "version", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["is_public"].initial = self.instance.file.is_public
            self.fields["rights"].initial = self.instance.file.rights

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.instance.pk and not cleaned.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Choose a file."))
        return cleaned


class PictureForm(forms.ModelForm):
    """A record with one picture of its own."""

    upload = CheckedFileField(required=False, label=_("New picture"))

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and upload.name.rpartition(".")[2].lower() not in ("jpg", "jpeg", "png", "webp"):
            raise ValidationError(_("Choose a picture: JPG, PNG or WEBP."))
        return upload


class CommentAnswerForm(forms.ModelForm):
    """Moderation and answer in one form; the deeds themselves are ``library.actions``."""

    class Meta:
        model = Comment
        fields = ("state", "moderation_reason", "disposition", "answer_vi", "answer_en")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state == Comment.State.HELD_BACK and not cleaned.get("moderation_reason", "").strip():
            self.add_error("moderation_reason", _("Say why the comment is held back."))
        answered = bool(cleaned.get("disposition")), bool(cleaned.get("answer_vi", "").strip())
        if any(answered) and not all(answered):
            self.add_error("answer_vi", actions.INCOMPLETE_ANSWER)
        if any(answered) and state != Comment.State.ON_SHOW:
            self.add_error("state", _("Only a comment on show is answered. Show it first."))
        if state == Comment.State.WAITING and self.instance.state != Comment.State.WAITING:
            self.add_error("state", _("A moderated comment does not wait again: show it or hold it back."))
        return cleaned
