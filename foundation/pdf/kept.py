"""Laid-out sheets kept by their content, so that a document made again costs only what changed in it."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.core.cache import caches

from . import archive, layout, tags
from .layout import LaidOut, Sheet, own_file

STORE = "laid_out"
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "fonttools", "pillow")


def kept(sheet: Sheet) -> LaidOut | None:
    """As it was laid out before, unless a style or picture it was laid out with has changed since."""
    found: LaidOut | None = caches[STORE].get(_key(sheet))
    if found is None or any(_sum(url, sheet) != known for url, known in found.files.items()):
        return None
    return found


def keep(sheet: Sheet, laid_out: LaidOut) -> None:
    if not (laid_out.missing or laid_out.complaints):
        caches[STORE].set(_key(sheet), laid_out)


def _key(sheet: Sheet) -> str:
    """Where files lie is no part of it: what was read from them is compared."""
    told = (_makers(), sheet.name, sheet.language, sheet.title, sheet.moment, sheet.is_tagged, sheet.html)
    return hashlib.sha256(repr(told).encode()).hexdigest()


@cache
def _makers() -> str:
    """What lays out: the libraries by version, our own part by its text."""
    ours = [Path(str(module.__file__)).read_bytes() for module in (archive, layout, tags)]
    libraries = " ".join(f"{name}={version(name)}" for name in LIBRARIES)
    return hashlib.sha256(b"".join([libraries.encode(), *ours])).hexdigest()


def _sum(url: str, sheet: Sheet) -> str:
    try:
        return hashlib.sha256(own_file(url, sheet.folders).read_bytes()).hexdigest()
    except ValueError:
        return ""
