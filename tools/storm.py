#!/usr/bin/env python3
"""The deadline storm: 170 people of 34 units save at once, against the same statements sent by pgbench.

Both run on one private PostgreSQL whose commits are durable, in turns, for the same time; both have both
cores. Ours is the portal as ``make run`` starts it, asked by keep-alive clients that keep typing; pgbench
sends, from as many connections, what one such request was seen to send. Ratios only. Nothing counts unless
every answer was an accepted one and the database holds exactly as many changes as answers were accepted.
"""

import asyncio
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import debian, servers  # noqa: E402 -- found by the line above

PEOPLE = 170
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
SECONDS = int(os.environ.get("BENCH_SECONDS") or 8)
RATE, PATIENCE = 0.25, 2.0  # goals: our rate over pgbench's, our p99 over pgbench's
SETTINGS = {
    "DEBUG": "0",
    "SECRET_KEY": "known to everybody, used by the bench alone",
    "ALLOWED_HOSTS": "127.0.0.1,testserver",
    "SITE_ADDRESS": "http://127.0.0.1",
    "BEHIND_TLS": "0",
    "DEFAULT_FROM_EMAIL": "bench@sxtdbv.example",
    "LOG_LEVEL": "ERROR",
    "SECOND_FACTOR_REQUIRED": "0",
    "REDIS_URL": "",
    "HOST": "127.0.0.1",
    "DJANGO_SETTINGS_MODULE": "scp_portal.settings",
}


@dataclass
class Blow:
    """What one side did in its time."""

    seconds: float
    waits: list[float] = field(default_factory=list)  # seconds of each answer
    accepted: int = 0
    others: list[str] = field(default_factory=list)  # answers that were none

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.waits, n=100)[98] if len(self.waits) > 1 else float("inf")


def main() -> None:
    binaries = debian.programs()["initdb"].parent
    with tempfile.TemporaryDirectory(prefix="sxtdbv-storm-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        libraries = debian.libraries()
        with servers.postgresql(binaries, folder / "pg", libraries, durable=True) as address:
            prepare(address, folder)
            from tools import storm_cases  # noqa: PLC0415 -- needs Django and the database

            people = storm_cases.people(PEOPLE)
            script = folder / "save.sql"
            script.write_text(storm_cases.script())
            with portal(folder) as port:
                failed = alternate(binaries, folder, port, people)
    sys.exit(1 if failed else 0)


def prepare(address: str, folder: Path) -> None:
    import psycopg  # noqa: PLC0415 -- installed by then

    with psycopg.connect(host=str(folder / "pg"), user="portal", dbname="postgres", autocommit=True) as owner:
        owner.execute("CREATE DATABASE portal")
    os.environ.update(SETTINGS, DATABASE_URL=address, DATA_DIR=str(folder / "data"))
    for command in ("migrate --verbosity 0", "load_provinces", "collectstatic --no-input --verbosity 0"):
        subprocess.run([sys.executable, "manage.py", *command.split()], cwd=ROOT, check=True)
    import django  # noqa: PLC0415 -- reads the environment set above

    django.setup()


@contextmanager
def portal(folder: Path) -> Iterator[int]:
    """The web process as it runs everywhere, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scp_portal.start", "web"],
            cwd=ROOT, env={**os.environ, "PORT": str(port)}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _await(port, process, folder / "web.log")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    sys.exit(f"The portal did not start:\n{log.read_text(errors='replace')}")


def alternate(binaries: Path, folder: Path, port: int, people: list[Any]) -> bool:
    """Rounds of both, after one that does not count; prints ratios; true when a goal is missed."""
    from tools import storm_cases  # noqa: PLC0415 -- needs Django and the database

    rates, waits = [], []
    for turn in range(ROUNDS + 1):
        before = storm_cases.changes()
        ours = asyncio.run(storm(port, people, seconds=SECONDS if turn else 2))
        stored = storm_cases.changes() - before
        theirs = pgbench(binaries, folder, seconds=SECONDS if turn else 2)
        if ours.others:
            say(f"{len(ours.others)} answers were no acceptance; the first: {ours.others[0][:300]}")
            return True
        if stored != ours.accepted:
            say(f"{ours.accepted} answers accepted, but {stored} changes in the database.")
            return True
        if turn:
            rates.append(ours.rate / theirs.rate)
            waits.append(ours.p99 / theirs.p99)
            say(
                f"round {turn}: {ours.rate:.0f} saves/s, p99 {ours.p99 * 1000:.0f} ms; "
                f"pgbench {theirs.rate:.0f}/s, p99 {theirs.p99 * 1000:.0f} ms"
            )
    missed = verdict("saves per second, over pgbench with the same statements", rates, f"≥ {RATE}", RATE)
    return verdict("p99 of a save, over pgbench's", waits, f"≤ {PATIENCE}", PATIENCE, most=True) or missed


def verdict(title: str, ratios: list[float], goal: str, limit: float, *, most: bool = False) -> bool:
    """As in ``make bench``: judged by the median, missed when the whole range is on the wrong side."""
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    reached = middle <= limit if most else middle >= limit
    missed = low > limit if most else high < limit
    word = "reached" if reached else "MISSED" if missed else "open"
    say(f"{title:62} {low:6.2f} / {middle:6.2f} / {high:6.2f}   goal {goal:7} {word}")
    return missed


# --- Our side: people who go on typing -----------------------------------------------------------


async def storm(port: int, people: list[Any], *, seconds: int) -> Blow:
    """Everybody saves again as soon as the last answer is there, until the time is over."""
    blow = Blow(seconds)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(typist(port, person, until, blow) for person in people))
    return blow


async def typist(port: int, person: Any, until: float, blow: Blow) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (began := time.perf_counter()) < until:
        writer.write(person.request())
        status, body = await _answer(reader)
        blow.waits.append(time.perf_counter() - began)
        if person.take(status, body):
            blow.accepted += 1
        else:
            blow.others.append(f"{status} {body.decode(errors='replace')}")
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    body = await reader.readexactly(int(length[1])) if length else b""
    return int(head.split(b" ", 2)[1]), body


# --- Their side ----------------------------------------------------------------------------------


def pgbench(binaries: Path, folder: Path, *, seconds: int) -> Blow:
    """As many connections as people; the latency of each transaction from its log."""
    logs = folder / f"pgbench-{time.monotonic_ns()}"
    logs.mkdir()
    command = [
        str(binaries / "pgbench"), "--no-vacuum", "--client", str(PEOPLE), "--jobs", "2",
        "--time", str(seconds), "--file", str(folder / "save.sql"), "--log",
        "--define", f"turn={time.time_ns() // 1_000_000_000 * 1_000_000 % 2_000_000_000}",
        "--host", str(folder / "pg"), "--username", "portal", "portal",
    ]  # fmt: skip
    told = subprocess.run(command, cwd=logs, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        sys.exit(f"pgbench failed: {told.stderr[-2000:]}")
    lines = [line.split() for log in logs.glob("pgbench_log*") for line in log.read_text().splitlines()]
    return Blow(seconds, waits=[int(parts[2]) / 1_000_000 for parts in lines])


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
