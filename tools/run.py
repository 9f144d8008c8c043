#!/usr/bin/env python3
"""``make run``: from a fresh clone to the running portal, in one command, until Ctrl-C.

A second run starts in seconds and keeps the data. PORT says where to listen on 127.0.0.1.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import prepare
from tools.prepare import PYTHON, ROOT, say, stop

Processes = dict[str, "subprocess.Popen[str]"]

QUIET = "ignore:You're running the worker"  # Celery minds root; on one's own machine that is no news
RESTARTS = 5  # of a worker or scheduler that ended by itself, before that is taken for a fault
FAREWELL = 12  # seconds that the processes get to end by themselves
PATIENCE = 60  # seconds until the first page must answer


def main() -> None:
    port = wanted_port()
    prepare.pdf_packages()
    prepare.environment()
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
    asked, restarts = threading.Event(), 0
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: asked.set())
    processes = start_all(port)
    try:
        if answers(port, processes, asked):
            welcome(port)
        while not asked.wait(0.2):
            fallen = ended(processes)
            if "web" in fallen or restarts + len(fallen) > RESTARTS:
                break
            for name in fallen:
                say(f"{name:6} | ended by itself and is started again; the lines above say why.")
                processes[name] = start_one(name, commands()[name], surroundings(port))
            restarts += len(fallen)
    finally:
        fallen = [] if asked.is_set() else ended(processes)
        say("Stopping …")
        stop_all(processes)
    say("Stopped." if not fallen else f"The {fallen[0]} process ended by itself; the lines above say why.")
    return 1 if fallen else 0


def start_all(port: int) -> Processes:
    """Start what the Procfile names."""
    return {name: start_one(name, command, surroundings(port)) for name, command in commands().items()}


def commands() -> dict[str, str]:
    lines = (line.partition(": ") for line in (ROOT / "Procfile").read_text().splitlines())
    return {name: command for name, _colon, command in lines}


def surroundings(port: int) -> dict[str, str]:
    found = prepare.with_venv(PORT=str(port), HOST="127.0.0.1", PYTHONWARNINGS=QUIET)
    found.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{port}")
    return found


def start_one(name: str, command: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    """In a session of its own that Ctrl-C does not reach."""
    process = subprocess.Popen(
        [*prepare.bound_to_us(), *shlex.split(command)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    threading.Thread(target=relay, args=(name, process), daemon=True).start()
    return process


def relay(name: str, process: "subprocess.Popen[str]") -> None:
    """Print what a process says, each line under its name."""
    for line in process.stdout or ():
        if line.strip():
            say(f"{name:6} | {line.rstrip()}")


def ended(processes: Processes) -> list[str]:
    return [name for name, process in processes.items() if process.poll() is not None]


def stop_all(processes: Processes) -> None:
    """Ask each to end, the worker in the middle of a job too: another run takes the job up again."""
    for process in processes.values():
        process.terminate()
    until = time.monotonic() + FAREWELL
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # and whatever it left behind
        process.wait()


def answers(port: int, processes: Processes, asked: threading.Event) -> bool:
    until = time.monotonic() + PATIENCE
    while not ended(processes) and not asked.is_set() and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            asked.wait(0.1)
    return False


def welcome(port: int) -> None:
    say(f"\n  The portal is at http://127.0.0.1:{port}/  (English: http://127.0.0.1:{port}/en/)")
    # In a session of its own: Ctrl-C ends the portal, not this in the middle of a word.
    prepare.run([PYTHON, "manage.py", "sign_ins"], env=prepare.with_venv(), apart=True)
    say("  Stop it with Ctrl-C; the data stay in var/.\n")


if __name__ == "__main__":
    main()
