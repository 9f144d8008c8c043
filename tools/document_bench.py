#!/usr/bin/env python3
"""The third part of ``make bench``: laying out the national report, as ratios to Chromium's print.

The report over the demo data is composed from one data cut; its annexes are repeated until it has about 160
pages. Each side is a process of its own, its start included, and the two take turns over the same HTML.
Memory is the sum of what the side's processes hold alone and share in part (PSS), looked at every twentieth
of a second. Ratios only; ``docs/performance.md`` keeps the table and says how to read it.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import bench  # noqa: E402 -- found by the line above

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 3)
PAGES = 160
TYPESET = (
    "import sys, pathlib, datetime, django; django.setup(); from foundation.pdf import render_pdf; "
    "page = pathlib.Path(sys.argv[1]).read_text(); "
    "made = render_pdf(page, title='Bench', language='vi', "
    "created_at=datetime.datetime(2026, 12, 18, tzinfo=datetime.UTC)); "
    "pathlib.Path(sys.argv[2]).write_bytes(made)"
)
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


@dataclass(frozen=True)
class Spent:
    seconds: float
    megabytes: float


def main() -> None:
    bench.SETTINGS["LOG_LEVEL"] = "ERROR"  # there is no queue, and a hundred demo receipts would say so
    bench.make_database()
    for command in ("load_facts", "make_demo"):
        subprocess.run(
            [sys.executable, "manage.py", command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    document, share_of_composing = the_report()
    short = write(folder / "short", document)
    long = write(folder / "long", lengthened(document, pages_of(short.pdf), folder))
    bench.say(f"{pages_of(short.pdf)} and {pages_of(long.pdf)} pages, {ROUNDS} rounds.\n")
    ours: dict[str, list[Spent]] = {"short": [], "long": []}
    theirs: list[Spent] = []
    for _round in range(ROUNDS):
        ours["short"].append(run(short.by_us))
        ours["long"].append(run(long.by_us))
        theirs.append(run(long.by_chromium))
    long_runs = list(zip(ours["long"], theirs, strict=True))
    growth = list(zip(ours["long"], ours["short"], strict=True))
    tell(
        "layout of the long report, over Chromium's print", 1.0, [a.seconds / b.seconds for a, b in long_runs]
    )
    tell("its memory, over Chromium's", 0.4, [a.megabytes / b.megabytes for a, b in long_runs])
    tell("time, long over short", 4.0, [a.seconds / b.seconds for a, b in growth])
    tell("memory, long over short", 1.3, [a.megabytes / b.megabytes for a, b in growth])
    tell("cutting and composing, of the whole", 0.1, share_of_composing(ours["short"]))


def the_report() -> tuple[Any, Any]:
    """The composed document, and how to tell which part of the whole its making took."""
    from django.utils import timezone  # noqa: PLC0415 -- needs Django, which make_database set up

    from reporting.documents.actions import compile_report  # noqa: PLC0415 -- as above
    from reporting.documents.asking import Wanted, default_lens  # noqa: PLC0415 -- as above
    from reporting.documents.building import composed  # noqa: PLC0415 -- as above
    from reporting.models import Period, ReportKind  # noqa: PLC0415 -- as above

    kind = ReportKind.objects.get(code="national")
    period = Period.objects.yearly().filter(obligations__report__state="approved").order_by("-year").first()
    assert period is not None
    wanted = Wanted(kind, period, "vi", default_lens(kind, period))
    began = time.perf_counter()
    document = composed(compile_report(wanted, by=None, at=timezone.now()))
    spent = time.perf_counter() - began
    return document, lambda runs: [spent / (spent + run.seconds) for run in runs]


def lengthened(document: Any, short: int, folder: Path) -> Any:
    """The annexes again and again, each time under new numbers, to about the pages wanted."""
    once_more = pages_of(write(folder / "twice", with_annexes_again(document, 1)).pdf) - short
    return with_annexes_again(document, max(round((PAGES - short) / once_more), 1))


def with_annexes_again(document: Any, times: int) -> Any:
    again = [
        replace(annex, number=f"{annex.number}-{turn}") for turn in range(times) for annex in document.annexes
    ]
    return replace(document, annexes=(*document.annexes, *again))


@dataclass(frozen=True)
class Written:
    """One page of HTML, and the two commands that make a PDF of it."""

    html: Path
    plain: Path  # with its styles inside, as Chromium reads no addresses of ours
    pdf: Path

    @property
    def by_us(self) -> Sequence[str]:
        return [sys.executable, "-c", TYPESET, str(self.html), str(self.pdf)]

    @property
    def by_chromium(self) -> Sequence[str]:
        out = self.pdf.with_suffix(".chromium.pdf")
        return [os.environ["CHROMIUM"], *CHROMIUM, f"--print-to-pdf={out}", self.plain.as_uri()]


def write(at: Path, document: Any) -> Written:
    from reporting.documents.rendering import page_of  # noqa: PLC0415 -- needs Django

    html = page_of(document, check_url="http://testserver/")
    styles = (ROOT / "static/css/documents/decree30.css").read_text()
    page = Written(at.with_suffix(".html"), at.with_suffix(".plain.html"), at.with_suffix(".pdf"))
    page.html.write_text(html)
    page.plain.write_text(re.sub(r"<link\b[^>]*>", lambda _link: f"<style>{styles}</style>", html))
    run(page.by_us)
    return page


def pages_of(pdf: Path) -> int:
    import pikepdf  # noqa: PLC0415 -- installed by then

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def run(command: Sequence[str]) -> Spent:
    """Seconds and the most memory of a command with all its processes."""
    began = time.perf_counter()
    most = [0.0]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        watch = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watch.start()
        if process.wait() != 0:
            said.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{said.read().decode(errors='replace')}")
        seconds = time.perf_counter() - began
    watch.join()
    return Spent(seconds, most[0])


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_held_by(pid) for pid in _group(process.pid)))
        time.sleep(0.05)


def _group(leader: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                session = int((entry / "stat").read_text().rpartition(")")[2].split()[3])
            except (OSError, ValueError, IndexError):
                continue  # it has just ended
            if session == leader:
                found.append(int(entry.name))
    return found


def _held_by(pid: int) -> float:
    """Megabytes; shared pages are counted in part."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    kilobytes = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(kilobytes[1]) / 1024 if kilobytes else 0.0


def tell(title: str, limit: float, ratios: list[float]) -> None:
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    reached = "reached" if middle <= limit else "MISSED" if low > limit else "open"
    bench.say(f"{title:62} {low:6.2f} / {middle:6.2f} / {high:6.2f}   goal ≤ {limit:<5} {reached}")


if __name__ == "__main__":
    main()
