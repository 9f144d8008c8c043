"""The boxes of each kind of question. Forms read what was typed; ``checks`` says what may be said."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.actions import ActionRefused
from foundation.plain_text import PlainTextField
from foundation.text import whole_number

from . import words
from .answers import Seen, flat, folded
from .models import ActivityAnswer, Emptiness, Evidence, Remark
from .questions import Question

BOX = "reporting/work/parts/box.html"


F = TypeVar("F", bound=forms.Field)


def boxed(field: F) -> F:
    """Print it without “(optional)”: what is needed depends on the answer. (Type stubs lag behind here.)"""
    field.template_name = BOX  # type: ignore[attr-defined]
    return field


class Typed(str):
    """What a person wrote into a box; it is shown again letter by letter."""

    __slots__ = ()


class NumberField(forms.Field):
    """Numbers as people write them: 2.140 is two thousand in Vietnamese, 2,140 in English."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "class": "number", "autocomplete": "off", "maxlength": 30}
        )
        super().__init__(widget=widget, required=False, **kwargs)
        boxed(self)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", str(value or ""))
        return None if not text else read_number(text, (get_language() or "vi")[:2])

    def bound_data(self, data: Any, initial: Any) -> Any:
        return Typed(data or "")

    def prepare_value(self, value: Any) -> Any:
        """A stored number in the page's language. “3.350” as typed is not stored: it may be 3350."""
        if value is None or isinstance(value, Typed):
            return value or ""
        return words.number(Decimal(str(value)))


def read_number(text: str, language: str) -> Decimal:
    """Grouping and decimal signs of the language; the other language's where it cannot be misread."""
    group, point = (",", ".") if language == "en" else (".", ",")
    plain = text
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}(\{group}\d{{3}})+(\{point}\d+)?", text):
        plain = text.replace(group, "").replace(point, ".")
    elif re.fullmatch(rf"-?\d+\{point}\d+", text):
        plain = text.replace(point, ".")
    elif not re.fullmatch(r"-?\d+(\.\d+|,\d+)?", text):
        raise ValidationError(_("Write a number, such as 52 or 4,2."), code="invalid")
    else:
        plain = text.replace(",", ".")
    number = Decimal(plain)
    if abs(number) >= Decimal(10) ** 12:
        raise ValidationError(_("This number is too large. Check the unit."), code="invalid")
    return number


def written(data: Mapping[str, Any], box: str, *, longest: int = 8000) -> str:
    """What was written beside a button, made plain; ``ActionRefused`` where it is too long."""
    try:
        return str(PlainTextField(required=False, max_length=longest).clean(data.get(box, "")))
    except ValidationError as fault:
        raise ActionRefused(" ".join(fault.messages)) from None


def text_field(label: Any, *, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return boxed(PlainTextField(label=label, widget=widget, required=False, max_length=8000))


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d")
    return boxed(forms.DateField(label=label, widget=widget, required=False))


def choice_field(label: Any, choices: Any) -> forms.ChoiceField:
    return boxed(forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False))


def seen_box(question: Question) -> str:
    """The name of the hidden box with the version of the report whose value the field's boxes show."""
    return f"seen-{question.address.replace('.', '-')}"


def read_seen(data: Mapping[str, Any], questions: Iterable[Question]) -> Seen:
    """What the page showed; a missing or wrong version counts as the oldest."""
    told = {one.address: data.get(seen_box(one)) for one in questions}
    fields = {address: whole_number(text) or 0 for address, text in told.items() if text is not None}
    return Seen(whole_number(data.get("seen")) or 0, fields)


class AnswerForm(forms.Form):
    """One question's boxes; ``typed()`` is what was typed, by part."""

    use_required_attribute = False

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        self.question = question
        kwargs.setdefault("prefix", question.address.replace(".", "-"))
        super().__init__(*args, **kwargs)

    def shown(self) -> dict[str, str]:
        """What stands in the boxes, by their names on the page."""
        return {box.html_name: "" if box.value() is None else str(box.value()) for box in self}

    def typed(self) -> Mapping[str, Any]:
        return folded({name: part for name, part in self.cleaned_data.items() if part not in (None, "")})


class TextForm(AnswerForm):
    text = text_field("", rows=5)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        self.fields["text"].label = question.label


KINDS_OF_ANSWER = [
    (Emptiness.NUMBER, _("there is a number")),
    (Emptiness.ZERO, _("zero")),
    (Emptiness.NOT_APPLICABLE, _("not applicable")),
    (Emptiness.NOT_YET, _("no number yet")),
    (Emptiness.WITHHELD, _("not published")),
]


class ClaimForm(AnswerForm):
    emptiness = choice_field(_("Kind of answer"), KINDS_OF_ANSWER)
    reason = text_field(_("Why there is no number"))
    expected_on = day_field(_("When it is expected"))
    note = text_field(_("Note to the ministry"))


class RatioForm(ClaimForm):
    numerator = NumberField(label=_("Number"))
    denominator = NumberField(label=_("Total"))

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        self.fields["numerator"].label = question.numerator or _("Number")
        self.fields["denominator"].label = question.denominator or _("Total")


class NumberForm(ClaimForm):
    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        self.fields["value"] = NumberField(label=str(question.unit).capitalize() or _("Number"))


class CountForm(NumberForm):
    """A whole number, and a box for each code of its list."""

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("initial"):
            kwargs["initial"] = flat(kwargs["initial"], question)
        super().__init__(question, *args, **kwargs)
        self.parts: list[str] = []
        if breakdown := question.breakdown:
            for code, name in breakdown.codes.items():
                self.parts.append(breakdown.part(code))
                self.fields[breakdown.part(code)] = NumberField(label=str(name))

    @property
    def part_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.parts]


class YesNoForm(ClaimForm):
    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        field: Any = self.fields["emptiness"]
        field.choices = [(Emptiness.NUMBER, _("yes")), (Emptiness.ZERO, _("no")), *KINDS_OF_ANSWER[2:]]
        field.label = _("Answer")


class MoneyForm(AnswerForm):
    emptiness = choice_field(_("Kind of answer"), KINDS_OF_ANSWER)
    planned = NumberField(label=_("Money planned"))
    received = NumberField(label=_("Money received"))
    spent = NumberField(label=_("Money spent"))
    reason = text_field(_("Why there is no number"))
    note = text_field(_("Note to the ministry"))


class ActivityForm(AnswerForm):
    progress = choice_field(_("State"), ActivityAnswer.Progress.choices)
    percent = NumberField(label=_("Per cent done"))
    started_on = day_field(_("Begun on"))
    finished_on = day_field(_("Finished on"))
    spent_central = NumberField(label=_("Central budget"))
    spent_local = NumberField(label=_("Local budget"))
    spent_enterprise = NumberField(label=_("Enterprises"))
    spent_international = NumberField(label=_("International partners"))
    spent_other = NumberField(label=_("Other lawful sources"))
    result = text_field(_("Result"))
    difficulty = text_field(_("Difficulty"))

    def clean_percent(self) -> int | None:
        percent = self.cleaned_data["percent"]
        if percent is not None and (percent != percent.to_integral() or not 0 <= percent <= 100):
            raise ValidationError(_("Write a whole number between 0 and 100."))
        return None if percent is None else int(percent)


FORMS: dict[str, type[AnswerForm]] = {
    "text": TextForm,
    "ratio": RatioForm,
    "number": NumberForm,
    "count": CountForm,
    "yes_no": YesNoForm,
    "money": MoneyForm,
    "activity": ActivityForm,
}


class EvidenceForm(forms.Form):
    """What the files that are added to one field are."""

    use_required_attribute = False

    kind = boxed(
        forms.ChoiceField(
            label=_("Kind of file"), choices=Evidence.Kind, initial=Evidence.Kind.OTHER, required=False
        )
    )
    dated_on = day_field(_("Date on the file"))

    def told(self) -> dict[str, Any]:
        """For the door; the kind is “other” where an old page sends none."""
        kind = self.cleaned_data.get("kind") or Evidence.Kind.OTHER
        return {"kind": kind, "dated_on": self.cleaned_data.get("dated_on")}


class ReplyForm(forms.Form):
    """The province's answer to one remark."""

    reply = choice_field(_("Answer to the ministry"), Remark.Reply.choices)
    text = text_field(_("Answer in words"))
