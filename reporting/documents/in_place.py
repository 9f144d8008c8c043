"""Which number of edited words stands where the composed words had another one. Pure.

The words round a number say what it tells. Where those are the composed ones still, the number has to tell
what the composed number tells, wherever else in the document it may stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .said_numbers import Number

WORD = re.compile(r"[^\W\d_]+")
COUNT, PERCENT, EDGE = "#", "#%", ""


@dataclass(frozen=True)
class _Token:
    text: str
    number: Number | None = None


@dataclass(frozen=True)
class Replaced:
    """``composed`` was in the place of ``said``: the words on both sides are kept, or on one side alone."""

    said: Number
    composed: Number
    is_framed: bool


def in_place(
    composed: Sequence[Number], composed_text: str, said: Sequence[Number], text: str
) -> list[Replaced]:
    """Every number of the text that stands in the words of a composed one, the same or another."""
    ours, theirs = _tokens(composed, composed_text), _tokens(said, text)
    matcher = SequenceMatcher(None, [one.text for one in ours], [one.text for one in theirs], autojunk=False)
    return [
        found
        for first, second, size in matcher.get_matching_blocks()
        for at in range(size)
        for found in _replaced(ours, theirs, first + at, second + at)
    ]


def _replaced(ours: Sequence[_Token], theirs: Sequence[_Token], a: int, b: int) -> Iterator[Replaced]:
    old, new = ours[a].number, theirs[b].number
    if old is None or new is None:
        return
    before = _text(ours, a - 1) == _text(theirs, b - 1)
    after = _text(ours, a + 1) == _text(theirs, b + 1)
    if before or after:
        yield Replaced(new, old, is_framed=before and after)


def _text(tokens: Sequence[_Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else EDGE


def _tokens(numbers: Sequence[Number], text: str) -> list[_Token]:
    """Words, and each number as the kind it is."""
    tokens, at = [], 0
    for one in numbers:
        tokens += [_Token(word) for word in _words(text[at : one.start])]
        tokens.append(_Token(PERCENT if one.is_percent else COUNT, one))
        at = one.end
    return tokens + [_Token(word) for word in _words(text[at:])]


def _words(text: str) -> list[str]:
    return [found.group().casefold() for found in WORD.finditer(text)]
