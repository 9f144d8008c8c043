"""Which number of edited words stands where the composed words had another one. Pure.

The words round a number say what it tells. Where those are the composed ones still, the number has to tell
what the composed number tells, wherever else in the document it may stand. A clause that was moved as it was
takes its number along.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from .said_numbers import Number

WORD = r"[^\W\d_]+"
PIECE = re.compile(rf"(?P<word>{WORD})|[.,;:!?…](?=\s)|\n")
COUNT, PERCENT, EDGE = "#", "#%", ""


@dataclass(frozen=True)
class _Token:
    text: str
    clause: int  # counted from the first of the text
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
    new = theirs[b].number
    if new is None:
        return
    a = _counterpart(ours, theirs, a, b)
    old = ours[a].number
    before = _text(ours, a - 1) == _text(theirs, b - 1)
    after = _text(ours, a + 1) == _text(theirs, b + 1)
    if old is not None and (before or after):
        yield Replaced(new, old, is_framed=before and after)


def _counterpart(ours: Sequence[_Token], theirs: Sequence[_Token], a: int, b: int) -> int:
    """The composed number whose clause is most like this one's; the one in line with it, where two are."""
    alike = [place for place, one in enumerate(ours) if one.number and one.text == theirs[b].text]
    return max(alike, key=lambda place: (_words_kept(ours, theirs, place, b), place == a))


def _words_kept(ours: Sequence[_Token], theirs: Sequence[_Token], a: int, b: int) -> int:
    """How many words of their clauses stand alike beside two numbers, on both sides."""
    return sum(
        sum(1 for _alike in takewhile(_are_alike, zip(old, new, strict=False)))
        for old, new in zip(_beside(ours, a), _beside(theirs, b), strict=True)
    )


def _are_alike(pair: tuple[_Token, _Token]) -> bool:
    return pair[0].text == pair[1].text


def _beside(tokens: Sequence[_Token], place: int) -> tuple[Iterator[_Token], Iterator[_Token]]:
    """What stands before the place in its clause, the nearest first, and what stands after it."""

    def is_of_clause(one: _Token) -> bool:
        return one.clause == tokens[place].clause

    before, after = reversed(tokens[:place]), iter(tokens[place + 1 :])
    return takewhile(is_of_clause, before), takewhile(is_of_clause, after)


def _text(tokens: Sequence[_Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else EDGE


def _tokens(numbers: Sequence[Number], text: str) -> list[_Token]:
    """Words, and each number as the kind it is."""
    tokens: list[_Token] = []
    at = clause = 0
    for one in (*numbers, None):
        for piece in PIECE.finditer(text, at, one.start if one else len(text)):
            if piece["word"]:
                tokens.append(_Token(piece["word"].casefold(), clause))
            else:
                clause += 1
        if one:
            tokens.append(_Token(PERCENT if one.is_percent else COUNT, clause, one))
            at = one.end
    return tokens
