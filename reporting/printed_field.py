"""Words that a document prints: too many of them, or letters that its font lacks, are told and never cut."""

from typing import Any

from django import forms

from .documents.letters import letters_sentence, unprinted_in
from .forms import PlainTextField


class PrintedField(PlainTextField):
    """The browser is not told the limit: it would cut what is pasted without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if letters := unprinted_in(words):
            raise forms.ValidationError(letters_sentence(letters), code="unprinted")
        return words
