"""What is typed for a deed beside the answers: signing, handing out, extending, remarking."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from foundation.plain_text import PlainTextField

from .chains import words_of
from .forms import boxed, choice_field
from .models import Submission
from .models.obligations import LONGEST_REASON
from .signatures import Signature


class SignForm(forms.Form):
    """Who signs, how, for whom and on what basis, as Decree 30/2020 has it on the line above the name."""

    signer = PlainTextField(label=_("Name of the signatory"), max_length=200)
    capacity = choice_field(_("Signs as"), Submission.Capacity.choices)
    authority = boxed(
        PlainTextField(
            label=_("Signs for"),
            help_text=_("What follows TM., KT., TL. or TUQ. on the signature line, such as ỦY BAN NHÂN DÂN."),
            max_length=200,
            required=False,
        )
    )
    basis = boxed(
        PlainTextField(
            label=_("Basis of the authorisation"),
            help_text=_("For TL. and TUQ.: number, date and issuer of the paper."),
            max_length=300,
            required=False,
        )
    )

    def clean(self) -> None:
        given = {name: self.cleaned_data.get(name, "").strip() for name in self.fields}
        for box, sentence in Signature(**given).faults().items():
            if box not in self.errors:
                self.add_error(box, sentence)


class PostField(forms.ModelChoiceField):
    """The posts a section can be handed to, each with its body and whoever holds it today."""

    def label_from_instance(self, post: Any) -> str:
        held = ", ".join(words_of(one) for one in post.occupancies.all()) or gettext("vacant")
        body = f", {post.organisation.name}" if post.organisation else ""
        return f"{post.title}{body} ({held})"


class DelegateForm(forms.Form):
    """To whom a section is handed, by when, and a word with it."""

    post = PostField(queryset=Post.objects.none(), label=_("Post"), empty_label=_("Choose a post"))
    due_on = forms.DateField(
        label=_("Due on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d"),
    )
    note = PlainTextField(
        label=_("Note"),
        help_text=_("What to fill in, where the numbers come from. The holder of the post gets it by mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.queryset = posts


class ExtendForm(forms.Form):
    """More time for a unit: the new day and why."""

    until = forms.DateField(
        label=_("New deadline"),
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d"),
    )
    reason = PlainTextField(
        label=_("Reason"),
        help_text=_("The province reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
    )


class RemarkForm(forms.Form):
    address = forms.CharField(widget=forms.HiddenInput)
    text = PlainTextField(
        label=_("New remark"),
        help_text=_("The province reads it when the report is returned."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
