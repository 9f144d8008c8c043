"""Which letters the documents' font can print: told as words are typed, before a build would have to fail."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FACE = "LiberationSerif"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
MOST = 5  # letters that a sentence names


def unprinted_in(text: str) -> list[str]:
    """The letters that no style of the font has, each once. Where the font is not at hand the build tells."""
    known = _coverage()
    return [letter for letter in dict.fromkeys(text) if known and ord(letter) not in known and letter > " "]


@cache
def _coverage() -> frozenset[int]:
    """Reads four files of 400 kB once in a process; what only some styles have would print as a box."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import

    files = [file for folder in FONT_FOLDERS for file in folder.rglob(f"{FACE}-*.ttf")]
    known = []
    for file in files:
        with TTFont(file, lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*known) if known else frozenset()


def letters_sentence(letters: list[str]) -> str:
    named = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in letters[:MOST])
    words = ngettext(
        "The font of documents has no letter %(letters)s. Write it in another way.",
        "The font of documents has none of the letters %(letters)s. Write them in another way.",
        len(letters),
    )
    return words % {"letters": named}


def refused_in(text: str, *, instead_of: str) -> str:
    """The sentence for a paragraph of many, which names it; nothing where all can be printed."""
    letters = unprinted_in(text)
    if not letters:
        return ""
    start = " ".join(instead_of.split()[:8])
    return _("In the paragraph “%(start)s…”: %(sentence)s") % {
        "start": start,
        "sentence": letters_sentence(letters),
    }
