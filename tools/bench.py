#!/usr/bin/env python3
"""``make bench``: how fast the figures are, as ratios within one run on a private PostgreSQL.

A million generated approved values (ten years of half-years, the units of each, 32 indicators, 28 sectors)
are rolled up by the portal's own code and by one hand-written SQL statement; both must give the same digest
before a ratio counts. Ratios only: absolute times belong to one machine. ``docs/performance.md`` keeps the
table and says how to read it.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
SECTORS = int(os.environ.get("BENCH_SECTORS") or 28)  # at least 2
NAME = "bench"
SETTINGS = {
    "DEBUG": "0",
    "SECRET_KEY": "known to everybody, used by the bench alone",
    "ALLOWED_HOSTS": "testserver",
    "SITE_ADDRESS": "http://testserver",
    "BEHIND_TLS": "0",
    "DEFAULT_FROM_EMAIL": "bench@sxtdbv.example",
    "LOG_LEVEL": "WARNING",
    "SECOND_FACTOR_REQUIRED": "0",
    "REDIS_URL": "",
    "DJANGO_SETTINGS_MODULE": "scp_portal.settings",
}


def main() -> None:
    make_database()
    from tools import bench_cases  # noqa: PLC0415 -- needs Django and the database

    say(f"Making values ({SECTORS} sectors) …")
    submission = bench_cases.prepare()
    few = bench_cases.fill(submission, range(1, SECTORS // 10 + 2))
    spent_on_few = statistics.median(seconds(bench_cases.by_portal) for _round in range(ROUNDS))
    rows = few + bench_cases.fill(submission, range(SECTORS // 10 + 2, SECTORS + 1))
    spent = statistics.median(seconds(bench_cases.by_portal) for _round in range(ROUNDS))
    say(f"{rows:,} approved values.\n")
    say(f"{rows / few:.1f} times the values: {spent / spent_on_few:.2f} times the time of the roll-up\n")
    bench_cases.lay_out_places()
    digests = {name: digest(read()) for name, read in bench_cases.ROLL_UPS.items()}
    for name, found in digests.items():
        say(f"digest {found}  {name}")
    if len(set(digests.values())) != 1:
        sys.exit("The digests differ: no ratio of these figures means anything.")
    failed = False
    for title, limit, ours, theirs in bench_cases.pairs():
        failed |= not compare(title, limit, ours, theirs)
    sys.exit(1 if failed else 0)


def make_database() -> None:
    """An empty database with all tables, on the private server that ``tools/test.py`` started."""
    import psycopg  # noqa: PLC0415 -- installed by then

    base, _slash, _name = os.environ["TEST_DATABASE_URL"].rpartition("/")
    server: dict[str, Any] = {"host": "/" + base.partition("@/")[2].lstrip("/"), "user": "portal"}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {NAME}")
    os.environ.update(SETTINGS, DATABASE_URL=f"{base}/{NAME}")
    for command in ("migrate --verbosity 0", "load_provinces", "collectstatic --no-input --verbosity 0"):
        subprocess.run([sys.executable, "manage.py", *command.split()], cwd=ROOT, check=True)
    import django  # noqa: PLC0415 -- reads the environment set above

    django.setup()


def digest(cells: Any) -> str:
    """Of sorted lines “unit indicator year number”, six decimals."""
    lines = sorted(f"{unit} {indicator} {year} {number:.6f}" for unit, indicator, year, number in cells)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def compare(title: str, limit: float, ours: Callable[[], Any], theirs: Callable[[], Any]) -> bool:
    """Alternate the two; print min, median and max of the ratio; fail when the whole range is over."""
    ours(), theirs()
    ratios = [seconds(ours) / seconds(theirs) for _round in range(ROUNDS)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    reached = "reached" if middle <= limit else "MISSED" if low > limit else "open"
    say(f"{title:62} {low:6.2f} / {middle:6.2f} / {high:6.2f}   goal ≤ {limit:<5} {reached}")
    return low <= limit


def seconds(deed: Callable[[], Any]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
