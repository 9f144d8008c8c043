"""Brings veraPDF, which judges whether a PDF keeps to PDF/A-3a and PDF/UA-1, into ``.deps/verapdf``.

The registry of Python packages has it inside another one, and a Java to run it. Only tests use these, so
they have a lock of their own (``make lock`` writes it) and stand in no image.
"""

import hashlib
import shutil
from pathlib import Path

from tools import prepare
from tools.prepare import PYTHON, ROOT, say, stop

FOLDER = ROOT / ".deps" / "verapdf"
LOCK = ROOT / "tools" / "verapdf.lock"
STAMP = FOLDER / "installed-from"


def bring() -> Path:
    """The folder to put on Python's path; installed unless that was done from the same lock."""
    wanted = hashlib.sha256(LOCK.read_bytes() + str(PYTHON.resolve()).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return FOLDER
    say("Installing veraPDF into .deps …")
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
    ]
    whole: list[str | Path] = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--target", FOLDER]
    if prepare.run([*pip, *whole, "--requirement", LOCK]) != 0:
        stop("veraPDF could not be installed; the lines above say why. Mend it and start again.")
    STAMP.write_text(wanted)
    return FOLDER
