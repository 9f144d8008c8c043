"""What every tool needs first: Python, Debian's packages, the environment, the packages of the lock.

Only the standard library is used here, as nothing else may be there yet.
"""

import ctypes
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"

Command = Sequence[str | Path]

# Debian's package, and what must be found for it to count as there.
PDF_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
FONTS = "fonts-liberation2"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


def stop(sentence: str) -> NoReturn:
    """End with one sentence for people, and nothing half done."""
    sys.exit(f"\n{sentence}")


def say(sentence: str) -> None:
    print(sentence, flush=True)


def environment() -> None:
    """Make ``.venv`` and install the lock into it, unless that was done from the same lock."""
    if not PYTHON.exists():
        _make_venv()
    wanted = hashlib.sha256(LOCK.read_bytes() + str(PYTHON.resolve()).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Installing the packages of requirements.lock into .venv (half a minute to a few minutes) …")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    # The lock is whole, so pip must not resolve anew: asked for `coverage[toml]`, it would look at releases
    # newer than the lock's and refuse them for having no hash here.
    whole = ["--no-deps", "--require-hashes", "--only-binary=:all:"]
    if run([*pip, *whole, "--requirement", LOCK]) != 0:
        stop("The packages could not be installed; the lines above say why. Mend it and start again.")
    STAMP.write_text(wanted)


def _make_venv() -> None:
    say("Making a virtual environment in .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    making: Command = [sys.executable, "-m", "venv", VENV]
    if run(making, quiet=True) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if may_install():
        install(["python3-venv"])
        if run(making) == 0:
            return
    shutil.rmtree(VENV, ignore_errors=True)
    stop("Python cannot make virtual environments here. Type: sudo apt-get install python3-venv")


def dot_env() -> None:
    """Write ``.env`` once: this place's own secrets, and what a trial on one's own machine needs."""
    path = ROOT / ".env"
    if path.exists():
        return
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(
        "# Made once by make run for this machine alone; .env.example explains every variable.\n"
        "DEBUG=1\nDEMO=1\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
    )
    draft.replace(path)
    say("Wrote .env with a secret of its own.")


def database() -> None:
    """Bring the tables up to date; load facts and demo data into a database that has none."""
    (ROOT / "var").mkdir(exist_ok=True)
    _manage("catalogues could not be compiled", PYTHON, "tools/catalogues.py", "compile")
    say("Preparing the database …")
    _manage("database could not be prepared", PYTHON, "manage.py", "migrate", "--verbosity", "0")
    _manage("data could not be loaded", PYTHON, "manage.py", "fill_empty")


def _manage(complaint: str, *command: str | Path) -> None:
    if run(command, env=with_venv()) != 0:
        stop(f"The {complaint}; the lines above say why.")


def pdf_packages() -> None:
    """See to the libraries and fonts that PDFs are made with."""
    missing = missing_pdf_packages()
    if not missing:
        return
    if may_install():
        install(missing)
    elif shutil.which("apt-get"):
        stop(f"PDFs need some system packages. Type: sudo apt-get install {' '.join(missing)}")
    if missing := missing_pdf_packages():
        stop(f"PDFs need libraries that were not found. Debian calls them {', '.join(missing)}.")


def missing_pdf_packages() -> list[str]:
    missing = [package for package, library in PDF_LIBRARIES.items() if not _loads(library)]
    if not any(any(folder.rglob("LiberationSerif-Regular.*")) for folder in FONT_FOLDERS):
        missing.append(FONTS)
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install Debian packages as root, without letting them start services of their own."""
    say(f"Installing {', '.join(packages)} …")
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "install", "--quiet", "--quiet", "--yes", "--no-install-recommends", *packages]
    with no_services():
        if run(apt, env=surroundings, quiet=True) == 0:
            return
        # The lists may be empty or old.
        run(["apt-get", "update", "--quiet", "--quiet"], env=surroundings)
        if run(apt, env=surroundings) != 0:
            stop(f"Debian's packages could not be installed: {' '.join(packages)}. The lines above say why.")


@contextmanager
def no_services() -> Iterator[None]:
    """Deny services the start for the time of an installation, then put things back as they were."""
    policy = Path("/usr/sbin/policy-rc.d")
    before = (policy.read_bytes(), policy.stat().st_mode) if policy.exists() else None
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        if before:
            policy.write_bytes(before[0])
            policy.chmod(before[1])
        else:
            policy.unlink()


def run(
    command: Command, *, env: dict[str, str] | None = None, quiet: bool = False, apart: bool = False
) -> int:
    """Run a program in the project's folder and answer its exit code; ``apart``, Ctrl-C does not reach it."""
    silence = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            check=False,
            stdout=silence,
            stderr=silence,
            start_new_session=apart,
        ).returncode
    except FileNotFoundError:
        return 127


def with_venv(**more: str) -> dict[str, str]:
    """The environment of child processes: ``python`` is the project's."""
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONHOME"}
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**surroundings, "PATH": path, "VIRTUAL_ENV": str(VENV), "PYTHONUNBUFFERED": "1", **more}


def bound_to_us(*rights: str) -> list[str]:
    """A prefix for commands that must end when this process does, even if it is killed."""
    return ["setpriv", "--pdeathsig=TERM", *rights, "--"] if shutil.which("setpriv") else []


if __name__ == "__main__":
    # Everything that ``manage.py`` needs: used by the other targets of the Makefile.
    pdf_packages()
    environment()
    dot_env()
    database()
