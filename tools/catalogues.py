#!/usr/bin/env python
"""The translation catalogues: one per room, so that a room's words live and move with the room.

    python tools/catalogues.py extract [ROOM …]   bring the .po files up to what the code says
    python tools/catalogues.py compile            make the .mo files that Django reads
    python tools/catalogues.py check              complain of what is missing, stale, fuzzy or doubled

``ROOM/locale/`` holds the strings of ``ROOM/**/*.py`` and ``templates/ROOM/**``; ``locale/`` holds
those of ``scp_portal`` and of the shared templates. Strings of installed packages that speak no
Vietnamese are kept by hand in ``locale/packages/``: they are compiled and checked, never rewritten;
those of packages' scripts in the catalogue ``djangojs`` beside it.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("foundation", "programmes", "provinces", "accounts", "training", "events", "library", "reporting",
         "news")  # fmt: skip
MOST = 40  # complaints shown at once
SHARED, PACKAGES, SCRIPTS = "shared", "packages", "scripts"
BY_HAND = (PACKAGES, SCRIPTS)
TEMPLATE_KINDS = {".html", ".txt", ".xml", ".svg", ".ics"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = r"""msgid ""
msgstr ""
"Language: vi\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(
    rf"(?<!\w)(_|n?p?gettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)\s*(?:,\s*count)?\s*\)", re.DOTALL
)
_LITERAL = re.compile(_STRING, re.DOTALL)


class Key(NamedTuple):
    """What a translation is found by: its context (or nothing), its singular, its plural (or nothing)."""

    context: str
    singular: str
    plural: str

    @property
    def shown(self) -> str:
        return f"{self.context}|{self.singular}" if self.context else self.singular


def main() -> int:
    command, *names = sys.argv[1:] or ["help"]
    if command == "extract":
        for name in names or [*ROOMS, SHARED]:
            update(name)
        return 0
    if command == "compile":
        compile_all()
        return 0
    if command == "check":
        complaints = list(complain(names or [*ROOMS, SHARED, *BY_HAND]))
        print("\n".join(complaints[:MOST]) or "Every string is translated.")
        if len(complaints) > MOST:
            print(f"… and {len(complaints) - MOST} more")
        return 1 if complaints else 0
    print(__doc__)
    return 2


def path_of(name: str) -> Path:
    """The catalogue of a room, of what is shared, of the packages, or of their scripts."""
    packages = ROOT / "locale" / "packages"
    folder = {SHARED: ROOT / "locale", PACKAGES: packages, SCRIPTS: packages}.get(
        name, ROOT / name / "locale"
    )
    return folder / "vi" / "LC_MESSAGES" / ("djangojs.po" if name == SCRIPTS else "django.po")


def sources(name: str) -> Iterator[Path]:
    """The files whose strings the catalogue holds."""
    if name == SHARED:
        yield from (ROOT / "scp_portal").rglob("*.py")
        top = ROOT / "templates"
        yield from (path for path in _templates(top) if path.relative_to(top).parts[0] not in ROOMS)
    else:
        yield from (path for path in (ROOT / name).rglob("*.py") if "migrations" not in path.parts)
        yield from _templates(ROOT / "templates" / name)


def _templates(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix in TEMPLATE_KINDS and path.is_file())


def strings(path: Path) -> Iterator[Key]:
    if path.suffix == ".py":
        with path.open("rb") as file:
            for _line, found, _comments, context in extract("python", file, KEYWORDS):
                singular, plural = found if isinstance(found, tuple) else (found, "")
                yield Key(context or "", singular, plural)
    else:
        yield from _template_strings(templatize(path.read_text(encoding="utf-8"), str(path)))


def _template_strings(code: str) -> Iterator[Key]:
    """``templatize`` blanks out everything but calls of gettext, which are read here."""
    for name, arguments in _CALL.findall(code):
        texts = [_unquote(text) for text in _LITERAL.findall(arguments)]
        context = texts.pop(0) if name.startswith(("p", "np")) else ""
        yield Key(context, texts[0], texts[1] if len(texts) > 1 else "")


def _unquote(literal: str) -> str:
    return str(ast.literal_eval(literal))


def wanted(name: str) -> set[Key]:
    """Every string the code of a room shows; a string used alone and with a plural is one entry."""
    keys = {key for path in sources(name) for key in strings(path) if key.singular}
    with_plural = {(key.context, key.singular) for key in keys if key.plural}
    return {key for key in keys if key.plural or (key.context, key.singular) not in with_plural}


def kept(name: str) -> dict[Key, Message]:
    """What the catalogue holds now."""
    if not path_of(name).exists():
        return {}
    with path_of(name).open("rb") as file:
        catalogue = read_po(file, locale="vi")
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
    return Key(str(message.context or ""), str(singular), str(plural))


def translation(message: Message | None) -> str:
    """Vietnamese has one form for all numbers."""
    if message is None:
        return ""
    text = message.string[0] if isinstance(message.string, tuple | list) else message.string
    return str(text or "")


def update(name: str) -> None:
    """Add what is new, drop what nobody shows any more, keep every translation there is."""
    have, want = kept(name), sorted(wanted(name))
    by_singular = {(key.context, key.singular): message for key, message in have.items()}
    entries = [HEADER]
    for key in want:
        message = have.get(key) or by_singular.get((key.context, key.singular))
        entries.append(_entry(key, "" if message and message.fuzzy else translation(message)))
    path = path_of(name)
    if want or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(entries), encoding="utf-8")
    missing = sum(1 for entry in entries if entry.endswith(('msgstr ""\n', 'msgstr[0] ""\n')))
    print(f"{name}: {len(want)} strings, {missing} without Vietnamese")


def _entry(key: Key, text: str) -> str:
    lines = []
    if "%(" in key.singular:
        lines.append("#, python-format")
    if key.context:
        lines.append(f"msgctxt {normalize(key.context, width=100)}")
    lines.append(f"msgid {normalize(key.singular, width=100)}")
    if key.plural:
        lines.append(f"msgid_plural {normalize(key.plural, width=100)}")
    lines.append(f"{'msgstr[0]' if key.plural else 'msgstr'} {normalize(text, width=100)}")
    return "\n".join(lines) + "\n"


def compile_all() -> None:
    """Make each .mo that is older than its .po; safe while another process reads them."""
    for name in (*ROOMS, SHARED, *BY_HAND):
        source = path_of(name)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with source.open("rb") as file:
            catalogue: Catalog = read_po(file, locale="vi")
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)


def complain(names: list[str]) -> Iterator[str]:
    """One line for each thing to mend."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for name in names:
        have = kept(name)
        if name not in BY_HAND:
            yield from _differences(name, have)
        for key, message in have.items():
            text = translation(message)
            yield from _faults(name, key, message, text)
            if name in BY_HAND or not text:
                continue
            other, there = seen.setdefault((key.context, key.singular), (text, name))
            if other != text:
                yield f"{name}: “{key.shown}” is “{text}” here and “{other}” in {there}: give one a context"


def _differences(name: str, have: dict[Key, Message]) -> Iterator[str]:
    want = wanted(name)
    again = f"run python tools/catalogues.py extract {name}"
    yield from (f"{name}: “{key.shown}” is not in the catalogue: {again}" for key in sorted(want - set(have)))
    yield from (f"{name}: “{key.shown}” is shown nowhere: {again}" for key in sorted(set(have) - want))


def _faults(name: str, key: Key, message: Message, text: str) -> Iterator[str]:
    if not text:
        yield f"{name}: “{key.shown}” has no Vietnamese"
    if message.fuzzy:
        yield f"{name}: “{key.shown}” is marked fuzzy"
    named = re.compile(r"%\((\w+)\)s")
    allowed = set(named.findall(key.singular)) | set(named.findall(key.plural))
    if unknown := set(named.findall(text)) - allowed:
        strange = ", ".join(sorted(unknown))
        yield f"{name}: the Vietnamese of “{key.shown}” names {strange}, which the English does not"


if __name__ == "__main__":
    sys.exit(main())
