"""What changed between two submissions: values, words and files. Pure: two snapshots in, changes out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from foundation.dates import day_words

from .models import Evidence, Remark
from .portal_numbers import told
from .questions import Question, questions_of
from .snapshots import file_key
from .words import Line, lines

Snapshot = Mapping[str, Any]
FileKey = tuple[str, bool, str, str | None]


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
        found_parts += _of_the_portal(question, before, after)
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


def _of_the_portal(question: Question, before: Snapshot, after: Snapshot) -> list[tuple[str, list[Piece]]]:
    """Confirmed in one round and corrected in the other, or against another number."""
    old, new = ({line.label: line for line in _told(question, one)} for one in (before, after))
    labels = [label for label in dict.fromkeys([*old, *new]) if _text(old, label) != _text(new, label)]
    return [(label, pieces(_text(old, label), _text(new, label))) for label in labels]


def _told(question: Question, snapshot: Snapshot) -> list[Line]:
    """Nothing in submissions from before the portal proposed numbers, or the form asked for this one."""
    stamp, value = (
        snapshot.get("proposed", {}).get(question.address),
        snapshot["answers"].get(question.address),
    )
    return told(question, stamp, value) if value else []


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
    """A file that was opened to the public or withdrawn from it, or said to be another, counts as another."""
    before, after = ({file_key(file): str(file["name"]) for file in one} for one in (old, new))
    gone = {key[0]: key for key in before if key not in after}
    come = {key[0]: key for key in after if key not in before}
    return [
        *(Piece("new", _named(after[key], key, gone.get(sha256))) for sha256, key in come.items()),
        *(Piece("gone", _named(before[key], key, come.get(sha256))) for sha256, key in gone.items()),
        *(Piece("same", name) for key, name in after.items() if key in before),
    ]


def _named(name: str, key: FileKey, other: FileKey | None) -> str:
    """With what tells it from the other, where both are the same content."""
    if other is None:
        return name
    _sha256, is_public, kind, day = key
    said = (
        _("public") if is_public else _("not public"),
        str(Evidence.Kind(kind).label),
        day_words(date.fromisoformat(day)) if day else "–",
    )
    telling = [word for word, own, its in zip(said, key[1:], other[1:], strict=True) if own != its]
    return f"{name} ({', '.join(telling)})"


@dataclass(frozen=True)
class Said:
    """A remark and its answer, as a later round froze them."""

    round: int  # that brought the answer
    remark: str
    reply: str
    text: str

    @property
    def reply_words(self) -> str:
        return str(Remark.Reply(self.reply).label)


def said_between(snapshots: Iterable[Snapshot], *, after: int, upto: int) -> dict[str, list[Said]]:
    """By field, the remarks answered after one round and up to another, in order."""
    found: dict[str, list[Said]] = {}
    for snapshot in snapshots:
        if after < snapshot["round"] <= upto:
            for one in snapshot["replies"]:
                said = Said(snapshot["round"], one["remark"], one["reply"], one["text"])
                found.setdefault(one["address"], []).append(said)
    return found
