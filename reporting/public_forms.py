"""Forms of the progress pages and of the national report's desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.dates import day_words
from provinces.models import Province

from .documents.asking import Signing, Wanted, subject_choices, subject_of
from .lenses import Lens, LensKind
from .models import CompiledReport, Period, Receipt, ReportKind


class LensForm(forms.Form):
    """How the reader wants to look at the figures; a plain GET."""

    lens = forms.ChoiceField(
        label=_("See the figures by"), choices=LensKind.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


@dataclass(frozen=True)
class ChosenLens:
    """How the reader asked to see the figures; ``refusal`` says why today's map is shown instead."""

    lens: Lens
    refusal: str = ""


def chosen_lens(asked: Mapping[str, str], *, today: date) -> ChosenLens:
    kind, day = asked.get("lens", ""), asked.get("on", "")
    lens = Lens.parse(kind, day, today=today)
    name, _colon, day_in_kind = kind.partition(":")
    if name and name not in LensKind.values:
        refusal = gettext("“%(typed)s” is no way to see the figures. They are shown on the day's map.")
        return ChosenLens(lens, refusal % {"typed": name[:40]})
    typed = day_in_kind or day
    # A day that was not understood gives way to whatever today is.
    if typed and Lens.parse(kind, day, today=date.min) != Lens.parse(kind, day, today=date.max):
        refusal = gettext("“%(typed)s” is not a date. Today's map is shown.")
        return ChosenLens(lens, refusal % {"typed": typed[:40]})
    begins = Province.objects.aggregate(first=Min("valid_from"))["first"] if typed else None
    if begins and lens.day < begins:
        refusal = gettext(
            "The register begins on %(day)s. Earlier units are not recorded; today's map is shown."
        )
        return ChosenLens(replace(lens, day=today), refusal % {"day": day_words(begins)})
    return ChosenLens(lens)


class CheckForm(forms.Form):
    """The code printed at the foot of every page of a document, or on a receipt."""

    code = forms.CharField(
        label=_("Check code"), max_length=12, help_text=_("Eight characters, such as 7K4M-92QD.")
    )

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"].upper().replace(" ", "").replace("-", "").replace("–", "")
        code = f"{typed[:4]}-{typed[4:]}"
        published = CompiledReport.objects.ever_published().filter(check_code=code)
        if not published.exists() and not Receipt.objects.filter(check_code=code).exists():
            raise forms.ValidationError(
                _("No document bears this code. Compare it with the foot of the page, letter by letter.")
            )
        return code


class HashForm(forms.Form):
    """The fingerprint of a file, reckoned by the page's script or by hand. The file is never asked for."""

    sha256 = forms.RegexField(
        r"^\s*[0-9A-Fa-f]{64}\s*$",
        label=_("SHA-256 of the file"),
        help_text=_("64 characters of 0–9 and a–f, as the commands below print it."),
        error_messages={"invalid": _("A SHA-256 has 64 characters of 0–9 and a–f. Copy it whole.")},
        widget=forms.TextInput(attrs={"class": "hash", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_sha256(self) -> str:
        return str(self.cleaned_data["sha256"]).strip().lower()


class CompileForm(forms.Form):
    """Which document, over which period, about what, how the figures are seen, and who signs."""

    kind = forms.ModelChoiceField(
        label=_("Document"), queryset=ReportKind.objects.none(), to_field_name="code", empty_label=None
    )
    period = forms.ModelChoiceField(
        label=_("Reporting period"), queryset=Period.objects.none(), empty_label=None
    )
    half = forms.TypedChoiceField(
        label=_("Half of the year"),
        choices=[("", _("the whole year")), ("1", _("first half")), ("2", _("second half"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for half-year documents."),
    )
    subject = forms.ChoiceField(
        label=pgettext_lazy("documents", "About"),
        required=False,
        help_text=_("Only for documents about one region, province or task group."),
    )
    lens = forms.ChoiceField(
        label=_("See the figures by"),
        choices=[("", _("as this kind of document does")), *LensKind.choices],
        required=False,
    )
    map_day = forms.DateField(
        label=_("Map of"),
        required=False,
        help_text=_("Empty: the last day of the period."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    authority = forms.CharField(
        label=_("Authority"),
        max_length=60,
        required=False,
        help_text=_("As it is printed: KT. BỘ TRƯỞNG. Empty names: as this kind of document has them."),
    )
    position = forms.CharField(label=_("Position of the signatory"), max_length=60, required=False)
    signatory = forms.CharField(label=_("Signatory"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, period, subject = self.fields["kind"], self.fields["period"], self.fields["subject"]
        assert isinstance(kind, forms.ModelChoiceField)
        assert isinstance(period, forms.ModelChoiceField)
        assert isinstance(subject, forms.ChoiceField)
        kind.queryset = ReportKind.objects.filter(is_active=True)
        period.queryset = Period.objects.yearly().select_related("regime")
        subject.choices = subject_choices()

    def clean_subject(self) -> Any:
        """The region, province or task group itself."""
        return subject_of(self.cleaned_data["subject"])

    def deed(self) -> dict[str, Any]:
        """The arguments of ``compile_report``."""
        given = self.cleaned_data
        kind, period = given["kind"], given["period"]
        lens = Lens(LensKind(given["lens"] or kind.lens), given["map_day"] or period.last_day)
        wanted = Wanted(kind, period, given["language"], lens, half=given["half"], subject=given["subject"])
        names = {name: given[name] for name in ("authority", "position", "signatory")}
        return {"wanted": wanted, "signing": Signing(**names) if any(names.values()) else None}


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why is it withdrawn"), widget=forms.Textarea(attrs={"rows": 2}))
