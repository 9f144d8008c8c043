"""Text in two languages, folded for search and sorted as a Vietnamese dictionary sorts it."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, Self, overload

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("vi", "en")  # of columns such as name_vi and name_en
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô",
           ("o", "\u031b"): "ơ", ("u", "\u031b"): "ư"}  # fmt: skip


def fold(text: str) -> str:
    """The text as search compares it: no case, no accents, đ as d, no slashes or dashes.

    PostgreSQL reads “889/QĐ-TTg” as a file path, hence the blanks for “/” and “-”.
    """
    bare = unicodedata.normalize("NFD", text.casefold()).translate(_BARE)
    return _GAPS.sub(" ", bare).strip()


class _Bare(dict[int, str]):
    """What is left of a letter; filled as letters are met, since this is asked for every letter of a load."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = bare = "" if _is_mark(letter) else letter
        return bare


_BARE = _Bare({ord("đ"): "d"})
_GAPS = re.compile(r"[\s/\-–_.,;:()“”\"']+")


def whole_number(text: str | None) -> int | None:
    """The number an address or a hidden field names; ``None`` where it is none, or longer than any here."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else None


@lru_cache(4096)
def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Letters decide first, tones second, as in a Vietnamese dictionary."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if char in _TONES and tones:
            tones[-1] = _TONES[char]
        elif _is_mark(char) and letters:
            letters[-1] = _shaped(letters[-1], char)
        else:
            letters.append(_rank(char))
            tones.append(0)
    return tuple(letters), tuple(tones)


def _rank(char: str) -> int:
    return 1000 + _LETTERS[char] if char in _LETTERS else ord(char) if ord(char) < 1000 else 5000


def _shaped(rank: int, mark: str) -> int:
    base = next((letter for letter, place in _LETTERS.items() if 1000 + place == rank), "")
    return _rank(_SHAPES[base, mark]) if (base, mark) in _SHAPES else rank


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


class Text(str):
    """A string that knows its language: ``lang`` is "vi" or "en"."""

    lang: str

    def __new__(cls, value: str, lang: str) -> Self:
        text = super().__new__(cls, value)
        text.lang = lang
        return text

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.lang


class Bilingual:
    """Reads ``<name>_vi`` and ``<name>_en``, or the columns named: in the page’s language, or Vietnamese."""

    def __init__(self, vietnamese: str = "", english: str = "") -> None:
        self.vietnamese, self.english = vietnamese, english

    def __set_name__(self, owner: type, name: str) -> None:
        self.vietnamese = self.vietnamese or f"{name}_vi"
        self.english = self.english or f"{name}_en"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: models.Model, owner: type) -> Text: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        if (get_language() or "vi").startswith("en"):
            english = getattr(instance, self.english)
            if english:
                return Text(english, "en")
        return Text(getattr(instance, self.vietnamese), "vi")
