"""One part of an answer as a cell shows it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from ..forms import FORMS
from ..questions import Question
from .layout import DAYS, TEXTS, WORDS

FIRST_DAY = date(1900, 3, 1)  # Excel counts wrongly before it
MOST_TEXT = 16_000  # letters; a cell holds 32,767 halves of them
_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML has no such signs


def choices_of(question: Question, part: str) -> dict[str, str]:
    """The words of a drop-down in the language that is read now, by what is stored."""
    field: Any = FORMS[question.kind](question).fields[part]
    return {str(value): str(label) for value, label in field.choices}


def shown(question: Question, part: str, stored: Any) -> Any:
    """A stored part as its cell holds it: text, a number, a date, or ``None``."""
    if stored is None or stored == "":
        return None
    if part in WORDS:
        return choices_of(question, part).get(stored, stored)
    if part in DAYS:
        day = date.fromisoformat(stored)
        return day if day >= FIRST_DAY else f"{day:%d/%m/%Y}"
    if part in TEXTS:
        return plain(stored)[:MOST_TEXT] or None
    return Decimal(str(stored))


def is_cut(part: str, stored: Any) -> bool:
    """Whether the text is too long for a cell, which is locked then."""
    return part in TEXTS and len(plain(stored)) > MOST_TEXT


def plain(text: Any) -> str:
    """A text without what a workbook cannot carry, so that the same words are the same after a journey."""
    said = _UNHEARD.sub("", str(text or "").replace("x005F_", ""))  # Excel's sign for an underline
    return unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", said)).strip()
