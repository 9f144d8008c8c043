"""Forms of the progress pages and of the national report's desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.actions import ActionRefused
from foundation.dates import day_words
from provinces.register import Register

from .documents.asking import (
    SCOPES,
    Signing,
    Wanted,
    default_lens,
    faults,
    no_period_words,
    of_kind,
    subject_choices,
    subject_of,
)
from .forms import PlainTextField
from .lenses import Lens, LensKind
from .map_days import MapDays
from .models import CompiledReport, Period, Receipt, ReportKind, Span
from .models.kinds import LONGEST_POSITION
from .printed_field import PrintedField


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
    refusal = _outside_the_register(lens.day, today) if typed else ""
    return ChosenLens(replace(lens, day=today), refusal) if refusal else ChosenLens(lens)


def _outside_the_register(day: date, today: date) -> str:
    """Why there is no map of the day; a period that runs on is known to its end, as documents know it."""
    register = Register.load()
    if not register.units:
        return ""
    known = MapDays.public(register, day, today=today)
    if day < known.first:
        words = gettext(
            "The register begins on %(day)s. Earlier units are not recorded; today's map is shown."
        )
        return words % {"day": day_words(known.first)}
    if day > known.last:
        words = gettext("No map is known after %(day)s; today's map is shown.")
        return words % {"day": day_words(known.last)}
    return ""


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
    """What a kind of document needs to be known: which time, about what, how the figures are seen, who signs.

    A kind's form has the boxes it needs alone; what cannot be is said at its box.
    """

    period = forms.ModelChoiceField(
        label=_("Reporting period"), queryset=Period.objects.none(), empty_label=None
    )
    half = forms.TypedChoiceField(
        label=_("Half of the year"), choices=[("1", _("first half")), ("2", _("second half"))], coerce=int
    )
    subject = forms.ChoiceField(label=pgettext_lazy("documents", "About"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    lens = forms.ChoiceField(label=_("See the figures by"), choices=LensKind.choices)
    map_day = forms.DateField(
        label=_("Map of"),
        required=False,
        help_text=_("Empty: the last day of the time it covers."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    authority = PrintedField(
        label=_("Authority"), max_length=60, required=False, help_text=_("As it is printed: KT. BỘ TRƯỞNG.")
    )
    position = PrintedField(label=_("Position of the signatory"), max_length=LONGEST_POSITION, required=False)
    signatory = PrintedField(label=_("Signatory"), max_length=80, required=False)

    def __init__(self, kind: ReportKind, data: Any = None) -> None:
        self.kind = kind
        named = {"authority": kind.authority, "position": kind.position_of_signatory}
        initial = {"lens": kind.lens, "signatory": kind.signatory, **named}
        super().__init__(data, initial=initial)
        self.closed = self._offer_periods()
        self._choices("language", [one for one in settings.LANGUAGES if one[0] in kind.languages])
        if kind.span != Span.HALF:
            del self.fields["half"]
        if kind.reach in SCOPES:
            self._choices("subject", subject_choices(kind.reach))
        else:
            del self.fields["subject"]

    def _offer_periods(self) -> str:
        """Returns why there is none to choose, or nothing."""
        years = of_kind(self.kind).select_related("regime")
        field = self.fields["period"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = years
        if self.kind.first_year:
            years_named = {"first": self.kind.first_year, "last": self.kind.last_year}
            field.help_text = _("The document covers %(first)s–%(last)s.") % years_named
        return "" if years.exists() else no_period_words(self.kind)

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_subject(self) -> Any:
        """The region, province or task group itself."""
        try:
            return subject_of(self.cleaned_data["subject"])
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            for field, sentence in faults(self.wanted(given), today=timezone.localdate()):
                self.add_error(field if field in self.fields else None, sentence)
        return given

    def wanted(self, given: dict[str, Any]) -> Wanted:
        period = given["period"]
        half = given.get("half")
        day = given["map_day"] or default_lens(self.kind, period, half).day
        lens = Lens(LensKind(given["lens"]), day)
        return Wanted(self.kind, period, given["language"], lens, half=half, subject=given.get("subject"))

    def deed(self) -> dict[str, Any]:
        """The arguments of ``compile_report``."""
        given = self.cleaned_data
        names = {name: given[name] for name in ("authority", "position", "signatory")}
        return {"wanted": self.wanted(given), "signing": Signing(**names)}


class EnvelopeForm(forms.Form):
    """What is printed round the words. The values shown go along, so that nothing is written over unseen."""

    number = PrintedField(
        label=_("Official number"),
        max_length=40,
        required=False,
        help_text=_("The number alone, such as 215. Empty: left blank to be filled in by hand."),
        show_hidden_initial=True,
    )
    place = PrintedField(label=_("Place"), max_length=60, show_hidden_initial=True)
    issued_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: left blank to be filled in by hand."),
        show_hidden_initial=True,
    )
    authority = PrintedField(
        label=_("Authority"),
        max_length=60,
        required=False,
        help_text=_("As it is printed: KT. BỘ TRƯỞNG."),
        show_hidden_initial=True,
    )
    position = PrintedField(
        label=_("Position of the signatory"),
        max_length=LONGEST_POSITION,
        required=False,
        show_hidden_initial=True,
    )
    signatory = PrintedField(label=_("Signatory"), max_length=80, required=False, show_hidden_initial=True)

    @classmethod
    def of(cls, report: CompiledReport, data: Any = None) -> Self:
        return cls(data, initial={name: getattr(report, name) for name in cls.base_fields})

    def deed(self) -> dict[str, Any]:
        """The arguments of ``put_in_envelope``: what was typed, and what the page had shown."""
        return {"given": self.cleaned_data, "shown": {name: self._shown(name) for name in self.fields}}

    def _shown(self, name: str) -> Any:
        """As it came back; what cannot be read was made up, and counts as what is kept."""
        box = self[name]
        typed = self.data.get(box.html_initial_name, "")
        try:
            return box.field.to_python(typed)
        except forms.ValidationError:
            return self.initial[name]


class PublishForm(forms.Form):
    """The reason is asked for where the words contradict the data."""

    reason = PlainTextField(
        label=_("Why these numbers stand"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithdrawForm(forms.Form):
    reason = PlainTextField(
        label=_("Why is it withdrawn"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
