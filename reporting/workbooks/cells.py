"""One part of an answer as a cell shows it, and one cell as the form's box would be given it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import words
from ..answers import TABLES
from ..counting import TOO_MANY
from ..forms import FORMS
from ..questions import Question
from .layout import DAYS, TEXTS, WORDS

FIRST_DAY = date(1900, 3, 1)  # Excel counts wrongly before it
MOST_TEXT = 16_000  # letters; a cell holds 32,767 halves of them
_UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML has no such signs


class CellRefused(ValueError):
    """What stands in a cell cannot be read; the text is a sentence for people."""


@dataclass(frozen=True)
class Cell:
    """A cell as the file has it: its place (“D7”), its value, and the letter the file gives its type."""

    place: str
    value: Any
    kind: str = "n"

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


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


def is_untouched(cell: Cell, was: Any) -> bool:
    """Whether the cell still holds what the portal wrote into it."""
    now = cell.value
    if cell.kind == "f":
        return False
    if isinstance(was, Decimal):
        return is_number(now) and abs(now) < TOO_MANY and float(now) == float(was)
    if isinstance(was, date):
        return isinstance(now, datetime) and now.date() == was
    return (now is None or isinstance(now, str)) and plain(now) == plain(was)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def typed(question: Question, part: str, cell: Cell, language: str) -> str:
    """What the cell says, as the form's box would be given it in that language.

    A formula, an error or yes-and-no of the spreadsheet, a word that is not in the list and a date that
    is none raise ``CellRefused``.
    """
    if cell.is_empty:
        return ""
    if cell.kind == "f":
        raise CellRefused(_("The cell holds a formula. Write what it gives, as a plain value."))
    if cell.kind in ("e", "b"):
        raise CellRefused(_("The spreadsheet has no value here. Write the answer anew."))
    if part in WORDS:
        return _word(question, part, cell.value)
    if part in DAYS:
        return _day(cell.value, language)
    if part in TEXTS:
        return _text(cell.value)
    return _number(cell.value, language)


def _word(question: Question, part: str, value: Any) -> str:
    for language, _name in settings.LANGUAGES:
        with override(language):
            known = {plain(label).casefold(): key for key, label in choices_of(question, part).items()}
        if (key := known.get(plain(value).casefold())) is not None:
            return key
    listed = ", ".join(f"“{label}”" for label in choices_of(question, part).values())
    raise CellRefused(
        _("“%(word)s” is not in the list. Choose one of: %(words)s.")
        % {"word": plain(value)[:60], "words": listed}
    )


def _day(value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = plain(value)
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    parts = found.groups() if found else ()
    if (
        not parts
        and language == "vi"
        and (found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text))
    ):
        parts = found.groups()[::-1]
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (TypeError, ValueError):
        raise CellRefused(_("This is not a date. Write it as 2026-03-31.")) from None


def _text(value: Any) -> str:
    if is_number(value):
        return f"{Decimal(repr(value)):f}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else plain(value)


def _number(value: Any, language: str) -> str:
    """A real number is written in the language's signs; a text is left for the form to read."""
    if isinstance(value, str):
        return plain(value)
    if not is_number(value):
        raise CellRefused(_("This is not a number. Write one, such as 52 or 4,2."))
    number = Decimal(repr(value))
    if not number.is_finite() or abs(number) >= TOO_MANY:
        raise CellRefused(_("This number is too large. Check the unit."))
    with override(language):
        return words.number(number)


def read_parts(
    question: Question, cells: Mapping[str, Cell], language: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """The cells of one question by part, read as the page reads its boxes: values and faults."""
    data, faults = {}, {}
    for part, cell in cells.items():
        try:
            data[part] = typed(question, part, cell, language)
        except CellRefused as refusal:
            faults[part] = str(refusal)
    form = FORMS[question.kind](question)
    with override(language):  # the signs of a number are those of the workbook
        form = FORMS[question.kind](question, {f"{form.prefix}-{part}": text for part, text in data.items()})
        form.is_valid()
    faults |= {part: " ".join(str(one) for one in found) for part, found in form.errors.items()}
    values = {part: form.cleaned_data[part] for part in data if part not in faults}
    return {part: _rounded(question, part, value) for part, value in values.items()}, faults


def _rounded(question: Question, part: str, value: Any) -> Any:
    """As many places as are stored: a spreadsheet has 0.30000000000000004 for 0.1 + 0.2."""
    if question.kind == "count":  # what is not whole is said, not rounded away
        return value
    places = getattr(TABLES[question.kind]._meta.get_field(part), "decimal_places", None)
    if places is None or not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
