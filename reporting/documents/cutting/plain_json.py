"""How rows become plain JSON in both languages, whoever asks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from foundation.dates import PartialDate
from foundation.text import LANGUAGES


def in_both(name: str, say: Callable[[], object]) -> dict[str, str]:
    """``name_vi`` and ``name_en``: what is said in each language."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[f"{name}_{language}"] = str(say())
    return words


def columns(row: Any, *names: str, called: str = "") -> dict[str, str]:
    """The bilingual columns of a row as they are stored, under another name where one is given."""
    return {
        f"{called or name}_{language}": getattr(row, f"{name}_{language}")
        for name in names
        for language in LANGUAGES
    }


def labels(choices: Any) -> list[dict[str, str]]:
    """Every choice of a list with its names, in its own order."""
    return [{"code": str(choice.value), **label(choice)} for choice in choices if choice.value]


def label(choice: Any, name: str = "name") -> dict[str, str]:
    return in_both(name, lambda: choice.label)


def number_text(number: Decimal | int | None) -> str | None:
    return None if number is None else f"{Decimal(number).normalize():f}"


def day_text(day: date | PartialDate | None) -> str:
    """ISO 8601, as exact as it is known; empty when nothing is."""
    if day is None:
        return ""
    return day.isoformat() if isinstance(day, date) else str(day)
