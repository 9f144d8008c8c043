#!/usr/bin/env python3
"""``make run``: from a fresh clone to the running portal, in one command, until Ctrl-C.

A second run starts in seconds and keeps the data. PORT says where to listen on 127.0.0.1.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import prepare
from tools.prepare import PYTHON, ROOT, say, stop

QUIET = "ignore:You're running the worker"  # Celery minds root; on one's own machine that is no news
PATIENCE = 60  # seconds until the first page must answer


def main() -> None:
    port = wanted_port()
    prepare.environment()
    prepare.pdf_packages()
    prepare.dot_env()
    prepare.database()
    sys.exit(serve(port))


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        stop(f"PORT is “{text}”. Write a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            stop(f"Port {text} is in use or not allowed. Type: make run PORT={min(int(text) + 1, 65535)}")
    return int(text)


def serve(port: int) -> int:
    """Start web, worker and beat; stay in front of them; leave none behind."""
    honcho = [str(PYTHON), *f"-m honcho start --env {os.devnull} --port {port}".split()]
    surroundings = prepare.with_venv(
        PORT=str(port), HOST="127.0.0.1", PYTHONWARNINGS=QUIET, REMAP_SIGTERM="SIGQUIT"
    )
    surroundings.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{port}")
    # A session of its own: the terminal's Ctrl-C reaches this process alone, which then stops it.
    processes = subprocess.Popen(
        [*prepare.bound_to_us(), *honcho], cwd=ROOT, env=surroundings, start_new_session=True
    )
    asked: list[int] = []

    def end(signum: int, _frame: FrameType | None) -> None:
        asked.append(signum)
        processes.send_signal(signal.SIGTERM)

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, end)
    if answers(port, processes):
        welcome(port)
    code = processes.wait()
    say("Stopped." if asked else "A process ended by itself; the lines above say why.")
    return 0 if asked else code or 1


def answers(port: int, processes: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while processes.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def welcome(port: int) -> None:
    say(f"\n  The portal is at http://127.0.0.1:{port}/  (English: http://127.0.0.1:{port}/en/)")
    prepare.run([PYTHON, "manage.py", "sign_ins"], env=prepare.with_venv())
    say("  Stop it with Ctrl-C; the data stay in var/.\n")


if __name__ == "__main__":
    main()
