#!/usr/bin/env python3
"""``make check``: everything that can be said of the code without running it.

``--mend`` writes what the formatters would write, instead of complaining.
"""

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import prepare
from tools.prepare import LOCK, PYTHON, ROOT, say

# As a public place would have it, so that the deploy check speaks of the code alone.
SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "checked with a key of fifty and more letters that no place uses",
    "ALLOWED_HOSTS": "sxtdbv.example",
    "SITE_ADDRESS": "https://sxtdbv.example",
    "DEFAULT_FROM_EMAIL": "cong-thong-tin@sxtdbv.example",
    "DEMO": "0",
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "",
}
FLOORS = "import sys; from importlinter.cli import lint_imports_command as lint; sys.argv[1:] = []; lint()"


def main() -> None:
    prepare.environment()
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    if "--mend" in sys.argv:
        _run("ruff", "-m", "ruff", "check", "--fix", "--quiet", ".")
        _run("ruff format", "-m", "ruff", "format", "--quiet", ".")
        djade(templates)
        return
    outcomes = {
        "style": _run("style", "-m", "ruff", "check", "--quiet", "."),
        "format": _run("format", "-m", "ruff", "format", "--quiet", "--check", "."),
        "templates": djade(templates, "--check"),
        "types": _run("types", "-m", "mypy", "--no-error-summary", "."),
        "floors": _run("floors", "-c", FLOORS),
        "deploy": _run("deploy", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        "migrations": _run("migrations", "manage.py", "makemigrations", "--check", "--dry-run"),
        "catalogues": _run("catalogues", "tools/catalogues.py", "check"),
        "lock": lock_names_no_index(),
    }
    bad = [name for name, good in outcomes.items() if not good]
    say(f"\nTo mend: {', '.join(bad)}." if bad else "\nAll checks passed.")
    sys.exit(1 if bad else 0)


def _run(name: str, *arguments: str) -> bool:
    return _report(name, [str(PYTHON), *arguments])


def djade(templates: list[str], *options: str) -> bool:
    if not templates:
        return True
    command = [str(PYTHON.parent / "djade"), "--target-version", "5.2", *options, *templates]
    return _report("templates", command)


def _report(name: str, command: list[str]) -> bool:
    """Run one check; show what it says only if it complains."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**prepare.with_venv(), **SAFE},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    say(f"{'ok  ' if good else 'FAIL'} {name}")
    if not good:
        say(done.stdout.rstrip())
    return good


def lock_names_no_index() -> bool:
    """A lock that names a host works on the machine it was made on."""
    telling = re.compile(r"https?://|file:|--(?:extra-)?index-url|--find-links")
    named = [line for line in LOCK.read_text().splitlines() if telling.search(line)]
    say(f"{'FAIL' if named else 'ok  '} lock")
    if named:
        say("\n".join(named[:5]))
    return not named


if __name__ == "__main__":
    main()
