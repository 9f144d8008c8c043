"""What was pasted as plain text: readable, and the same signs for the same words."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _

KEPT = frozenset("\n\r\t")
BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # how Word and web pages end a line


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # refused by Word and Excel


def printable(value: Any) -> Any:
    """Plain JSON of which every text can stand in an office file; the rest is as it was."""
    if isinstance(value, str):
        return UNPRINTABLE.sub(" ", value)
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    return [printable(inner) for inner in value] if isinstance(value, list) else value


def plain_text(text: str) -> str:
    """Tags stay letters. What nobody can see goes: control signs, marks of width nought or of direction."""
    broken = BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", "".join(_sign(letter) for letter in broken))


def _sign(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Zs":  # the hard blanks of Word, which part no words in a search
        return " "
    is_unseen = category in ("Cc", "Cf", "Cn", "Co", "Cs")
    return letter if letter in KEPT or not is_unseen else ""


class Longest(MaxLengthValidator):
    """Django’s own sentence spells one word otherwise than the portal and groups no digits."""

    def __call__(self, value: Any) -> None:
        most, there = int(self.limit_value), self.clean(value)
        if there > most:
            numbers = {"most": number_format(most, force_grouping=True)}
            numbers["n"] = number_format(there, force_grouping=True)
            told = _("At most %(most)s letters; here are %(n)s.") % numbers
            raise ValidationError(told, code="max_length", params={"value": value})


class PlainTextField(forms.CharField):
    """Words, however they were pasted."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.validators = [
            Longest(one.limit_value) if isinstance(one, MaxLengthValidator) else one
            for one in self.validators
        ]

    def to_python(self, value: Any) -> Any:
        return plain_text(super().to_python(value) or "")
