"""Finds the programs that tests need, or brings them: PostgreSQL, Redis, a headless Chromium.

Root installs Debian's packages. Anybody else gets the same packages unpacked into ``.deps/``,
which needs no rights and touches nothing outside the project's folder.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tools import prepare
from tools.prepare import ROOT, say, stop

DEPS = ROOT / ".deps"
USR = DEPS / "usr"
PACKAGES = {"initdb": "postgresql", "redis-server": "redis-server", "chromium": "chromium-headless-shell"}
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def programs() -> dict[str, Path]:
    """Where ``initdb``, ``redis-server`` and ``chromium`` are; brings those that are nowhere."""
    missing = [package for name, package in PACKAGES.items() if find(name) is None]
    lacking_pdf = [] if prepare.may_install() else prepare.missing_pdf_packages()
    if prepare.may_install():
        prepare.pdf_packages()
        if missing:
            prepare.install(missing)
    elif missing or (lacking_pdf and not _unpacked(lacking_pdf)):
        unpack([*missing, *lacking_pdf])
    found = {name: find(name) for name in PACKAGES}
    if nowhere := [PACKAGES[name] for name, path in found.items() if path is None]:
        stop(
            f"Tests need {', '.join(nowhere)}, which this system does not offer. "
            "A Chromium or Chrome elsewhere is taken from CHROMIUM=/path/to/it."
        )
    return {name: path for name, path in found.items() if path}


def find(name: str) -> Path | None:
    if name == "initdb":
        places = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *USR.glob("lib/postgresql/*/bin/initdb")]
        return max(places, default=None, key=lambda path: int(path.parts[-3]))
    if name == "chromium":
        return _chromium()
    place = shutil.which(name) or shutil.which(name, path=str(USR / "bin"))
    return Path(place) if place else None


def _chromium() -> Path | None:
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if Path(named).exists() else None
    for name in CHROMIUMS:
        if place := shutil.which(name):
            return Path(place)
    unpacked = USR / "lib" / "chromium" / "chromium-headless-shell"
    return unpacked if unpacked.exists() else None


def libraries() -> dict[str, str]:
    """What unpacked programs need to find their libraries and fonts; nothing if nothing is unpacked."""
    if not USR.exists():
        return {}
    folders = [folder for top in (USR / "lib", DEPS / "lib") for folder in top.glob("*-linux-gnu*")]
    folders += [folder / "pulseaudio" for folder in folders]
    wanted = {"LD_LIBRARY_PATH": os.pathsep.join(map(str, folders))}
    if (USR / "share" / "fonts").exists():
        wanted["FONTCONFIG_FILE"] = str(_font_settings())
    return wanted


def _font_settings() -> Path:
    path = DEPS / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{USR / 'share' / 'fonts'}</dir><cachedir>{DEPS / 'font-cache'}</cachedir></fontconfig>\n"
    )
    return path


def _unpacked(packages: list[str]) -> bool:
    return all((DEPS / "packages" / package).exists() for package in packages)


def unpack(packages: list[str]) -> None:
    """Download packages with what they depend on, as nobody in particular, and unpack them."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        stop(f"Tests need {', '.join(packages)}. Install them and start again.")
    say(f"Unpacking {', '.join(packages)} into .deps …")
    archives = DEPS / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    if not _download(packages, archives, options=[]):
        # The system's lists are empty or old: fetch lists of our own.
        options = _own_lists()
        prepare.run(["apt-get", *options, "update", "-qq"])
        if not _download(packages, archives, options):
            stop(f"These packages could not be downloaded: {', '.join(packages)}. The lines above say why.")
    for archive in archives.glob("*.deb"):
        if prepare.run(["dpkg", "-x", archive, DEPS]) != 0:
            stop(f"{archive.name} could not be unpacked into .deps.")
        archive.unlink()
    (DEPS / "packages").mkdir(exist_ok=True)
    for package in packages:
        (DEPS / "packages" / package).touch()


def _download(packages: list[str], folder: Path, options: list[str]) -> bool:
    """apt itself says what an installation would add to this machine; exactly that is fetched."""
    simulation = ["apt-get", *options, "install", "--simulate", "--no-install-recommends", *packages]
    told = subprocess.run(simulation, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        return False
    names = [line.split()[1] for line in told.stdout.splitlines() if line.startswith("Inst ")]
    if not names:
        return True
    fetching = ["apt-get", *options, "-qq", "download", *names]
    return subprocess.run(fetching, cwd=folder, check=False, capture_output=True).returncode == 0


def _own_lists() -> list[str]:
    lists, cache = DEPS / "apt" / "lists", DEPS / "apt" / "cache"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    (cache / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    settings = {"Dir::State::lists": lists, "Dir::Cache": cache, "Debug::NoLocking": "1"}
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
