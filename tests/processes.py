"""Real processes of the portal beside a test, on the test's own database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process that shares the test's database."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    return {**os.environ, "DATABASE_URL": url, **more}


@contextmanager
def running(*arguments: str, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """``python -m …`` in a session of its own, which is gone afterwards."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=settings.BASE_DIR,
            env=surroundings(**more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes], signum: signal.Signals = signal.SIGKILL) -> None:
    """Signal the process and its children; wait for the end when it is one."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signum)
    if signum == signal.SIGKILL:
        process.wait()


def eventually(true: Callable[[], bool], *, seconds: float = 60, log: Path | None = None) -> None:
    """Wait until it is so, or fail with what the process said."""
    until = time.monotonic() + seconds
    while not true():
        said = log.read_text(errors="replace") if log else ""
        assert time.monotonic() < until, f"not within {seconds} seconds\n{said}"
        time.sleep(0.05)
