"""The form to register, which people pass and machines do not."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .actions import Applicant

SALT = "events.form"
QUICKEST = timedelta(seconds=2)
FORM_LASTS = timedelta(hours=12)


class RegistrationForm(forms.Form):
    full_name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A link to confirm is sent here. No account is needed."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    may_be_named = forms.BooleanField(
        label=_("My name and organisation may stand in the published list of participants."),
        required=False,
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = _shown_now

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("Leave this field empty, so that we know a person is writing."))
        return ""

    def clean(self) -> dict[str, Any]:
        """Whoever fills in a form faster than it can be read is asked to send it again."""
        shown = self.cleaned_data.get("shown", "")
        try:
            signing.loads(shown, salt=SALT, max_age=FORM_LASTS)
        except signing.BadSignature:
            raise ValidationError(
                _("The page was open for too long. Check the form and send it again.")
            ) from None
        if _is_younger(shown, QUICKEST):
            raise ValidationError(_("The form came back too fast. Check it and send it again."))
        return self.cleaned_data

    def renewed(self) -> "RegistrationForm":
        """The same answers and errors with a fresh stamp, so that sending again can succeed."""
        self.data = (
            {**self.data.dict(), "shown": _shown_now()} if isinstance(self.data, QueryDict) else self.data
        )
        return self

    def applicant(self) -> Applicant:
        wanted = ("full_name", "email", "organisation", "may_be_named")
        return Applicant(
            **{name: self.cleaned_data[name] for name in wanted}, language=(get_language() or "vi")[:2]
        )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("reason of cancelling"), max_length=300, help_text=_("The mail and the page say it.")
    )


def _shown_now() -> str:
    return signing.dumps("form", salt=SALT)


def _is_younger(stamp: str, age: timedelta) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
