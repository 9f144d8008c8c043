#!/usr/bin/env python3
"""``make test``: the whole suite on private servers and a real browser, a part again on SQLite.

    python3 tools/test.py                     everything
    python3 tools/test.py tests/training -q   a selection, with the same servers
    python3 tools/test.py --script FILE.py    a script instead, with the same servers

The servers are started for the run and stopped after it, also after a failure or Ctrl-C.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import prepare, servers, verapdf
from tools.prepare import PYTHON, ROOT, say

WORKERS = os.environ.get("TEST_WORKERS") or "2"
# The tables on SQLite, made while PostgreSQL's are: neither keeps two cores busy alone.
LAY_OUT_SQLITE = (
    "from tests import environment; environment.prepare();from tests.tables import sqlite_copy; sqlite_copy()"
)
GRACE = 15  # seconds that tests get to end after Ctrl-C


def main() -> None:
    # Any of these ends the run as an exception, so that every clean-up happens.
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _interrupt)
    prepare.environment()
    started = time.monotonic()
    try:
        with servers.private_servers() as surroundings:
            code = suite(sys.argv[1:], surroundings)
    except KeyboardInterrupt:
        say("\nStopped; the private servers are gone.")
        sys.exit(130)
    say(f"Took {time.monotonic() - started:.0f} seconds.")
    sys.exit(code)


def suite(selection: list[str], surroundings: dict[str, str]) -> int:
    """With a selection, that; without, everything on PostgreSQL and the smaller part on SQLite."""
    if selection[:1] == ["--script"]:
        return run([PYTHON, *selection[1:]], surroundings)
    if selection:
        return pytest(selection, surroundings)
    embedded = {key: value for key, value in surroundings.items() if not key.startswith("TEST_")}
    say("\nOn PostgreSQL, Redis and Chromium:")
    together = ["--numprocesses", WORKERS, "--dist", "worksteal", "-m", "not alone"]
    with started([PYTHON, "-c", LAY_OUT_SQLITE], {**embedded, "PYTEST_XDIST_WORKER": "gw9"}):
        on_servers = pytest(together, surroundings)
    say("\nThe smaller part again, on SQLite and the filesystem queue; beside it what kills real workers:")
    on_sqlite_too = ["--numprocesses", WORKERS, "-m", "sqlite_too and not alone"]
    with (
        tempfile.TemporaryFile() as told,
        started([PYTHON, "-m", "pytest", "-m", "alone"], surroundings, told) as beside,
    ):
        on_sqlite = pytest(on_sqlite_too, embedded)
        killed = beside.wait()
        told.seek(0)
        say(told.read().decode(errors="replace"))
    return on_servers or on_sqlite or killed


def pytest(arguments: list[str], surroundings: dict[str, str]) -> int:
    return run([PYTHON, "-m", "pytest", *arguments], {**surroundings, "VERAPDF": str(verapdf.bring())})


def run(command: list[str | Path], surroundings: dict[str, str]) -> int:
    with started(command, surroundings) as process:
        return process.wait()


@contextmanager
def started(
    command: list[str | Path], surroundings: dict[str, str], output: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run it as a group of its own, so that nothing it started outlives it."""
    ours = {key: value for key, value in prepare.with_venv().items() if not key.startswith("TEST_")}
    process = subprocess.Popen(
        [*prepare.bound_to_us(), *command],
        cwd=ROOT,
        env={**ours, **surroundings},
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    try:
        yield process
    except KeyboardInterrupt:
        _signal_group(process, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(GRACE)
        raise
    finally:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], signum: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signum)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
