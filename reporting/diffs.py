"""What changed between two submissions: values, words and files. Pure: two snapshots in, changes out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .questions import Question, questions_of
from .words import Line, lines

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed (“same”), went (“gone”) or came (“new”)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    question: Question
    lines: list[tuple[str, list[Piece]]]  # label of the part, its pieces
    files: list[Piece]


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Every field of ``after`` whose answer or files are not those of ``before``."""
    found = []
    for address, question in questions_of(after["form"]["definition"]).items():
        found_parts = parts(question, before["answers"].get(address), after["answers"][address])
        files = _files(before["evidence"].get(address, []), after["evidence"].get(address, []))
        if found_parts or any(piece.kind != "same" for piece in files):
            found.append(Change(question, found_parts, files))
    return found


def parts(question: Question, old: Any, new: Any) -> list[tuple[str, list[Piece]]]:
    """One answer before and after, part by part; none where both are the same."""
    if old == new:
        return []
    before = {line.label: line for line in lines(question, old)} if old else {}
    after = {line.label: line for line in lines(question, new)}
    labels = list(dict.fromkeys([*before, *after]))
    return [(label, pieces(_text(before, label), _text(after, label))) for label in labels]


def _text(said: Mapping[str, Line], label: str) -> str:
    return said[label].text if label in said else ""


def pieces(old: str, new: str) -> list[Piece]:
    """The two texts as one, word by word."""
    ours, theirs = (re.findall(r"\S+\s*", text) for text in (old, new))
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(ours[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(ours[a:b]).strip()))
        if d > c:
            found.append(Piece("new", "".join(theirs[c:d]).strip()))
    return found


def _files(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Piece]:
    before, after = ({file["sha256"]: file["name"] for file in files} for files in (old, new))
    return [
        *(Piece("new", name) for digest, name in after.items() if digest not in before),
        *(Piece("gone", name) for digest, name in before.items() if digest not in after),
        *(Piece("same", name) for digest, name in after.items() if digest in before),
    ]
