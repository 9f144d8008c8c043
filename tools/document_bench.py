#!/usr/bin/env python3
"""The third part of ``make bench``: laying out the national report, as ratios within one run.

The report over the demo data is composed from one data cut; its annexes are repeated until it has about 160
pages. The portal (its parts apart, by two processes), WeasyPrint alone and Chromium lay out the same HTML in
turns, each in a process of its own, its start included. Memory is the sum of what the side's processes hold
alone and share in part (PSS), looked at every twentieth of a second. Ratios only; ``docs/performance.md``
keeps the table and says how to read it.
"""

import os
import pickle
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import bench  # noqa: E402 -- found by the line above

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 3)
PAGES = 160
BY_US = (
    "import sys, pathlib, pickle, datetime; from foundation.pdf.rendering import Described, render_parts; "
    "parts, running = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()); "
    "described = Described('Bench', 'vi', datetime.datetime(2026, 12, 18, tzinfo=datetime.UTC)); "
    "pathlib.Path(sys.argv[2]).write_bytes(render_parts(parts, described, running=running))"
)
BY_WEASYPRINT = (
    "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/a-3a')"
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
    short = Paper(folder / "short", document)
    long = Paper(folder / "long", lengthened(document, short, folder))
    bench.say(f"{short.pages()} and {long.pages()} pages, {ROUNDS} rounds.\n")
    spent: dict[str, list[Spent]] = defaultdict(list)
    for turn in range(ROUNDS):
        spent["short"].append(short.first_time())
        spent["first"].append(long.first_time())
        spent["again"].append(long.again())
        spent["annex"].append(long.with_a_change_in(-1, turn))
        spent["body"].append(long.with_a_change_in(0, turn))
        spent["plain"].append(run([sys.executable, "-c", BY_WEASYPRINT, long.plain, long.pdf]))
        spent["chromium"].append(run(long.by_chromium))
    ratios = Ratios(spent)
    tell("parts kept: the long report over Chromium's print", 1.0, ratios.of_time("again", "chromium"))
    tell("  its memory, over Chromium's", 0.4, ratios.of_memory("again", "chromium"))
    tell("first time: the long report over Chromium's print", 1.0, ratios.of_time("first", "chromium"))
    tell("  its memory, over Chromium's", 0.4, ratios.of_memory("first", "chromium"))
    tell("  over WeasyPrint alone, in one piece", 0.6, ratios.of_time("first", "plain"))
    tell("one annex changed, over the first time", 0.1, ratios.of_time("annex", "first"))
    tell("the body changed, over the first time", 0.1, ratios.of_time("body", "first"))
    tell("time, long over short", 4.0, ratios.of_time("first", "short"))
    tell("memory, long over short", 1.3, ratios.of_memory("first", "short"))
    tell("cutting and composing, of the whole", 0.1, share_of_composing(spent["short"]))


@dataclass(frozen=True)
class Ratios:
    spent: dict[str, list[Spent]]

    def of_time(self, ours: str, theirs: str) -> list[float]:
        return [a.seconds / b.seconds for a, b in zip(self.spent[ours], self.spent[theirs], strict=True)]

    def of_memory(self, ours: str, theirs: str) -> list[float]:
        return [a.megabytes / b.megabytes for a, b in zip(self.spent[ours], self.spent[theirs], strict=True)]


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


def lengthened(document: Any, short: "Paper", folder: Path) -> Any:
    """The annexes again and again, each time under new numbers, to about the pages wanted."""
    once_more = Paper(folder / "twice", with_annexes_again(document, 1)).pages() - short.pages()
    return with_annexes_again(document, max(round((PAGES - short.pages()) / once_more), 1))


def with_annexes_again(document: Any, times: int) -> Any:
    again = [
        replace(annex, number=f"{annex.number}-{turn}") for turn in range(times) for annex in document.annexes
    ]
    return replace(document, annexes=(*document.annexes, *again))


class Paper:
    """One document, and the commands that make a PDF of it."""

    def __init__(self, at: Path, document: Any) -> None:
        from reporting.documents.rendering import page_of, parts_of, running_lines  # noqa: PLC0415 -- as above

        self.parts = parts_of(document, check_url="http://testserver/")
        self.running = running_lines(document)
        self.written, self.pdf, self.kept = (at.with_suffix(end) for end in (".parts", ".pdf", ".kept"))
        self.plain = at.with_suffix(".html")  # with its styles inside, as others read no addresses of ours
        styles = (ROOT / "static/css/documents/decree30.css").read_text()
        page = page_of(document, check_url="http://testserver/")
        self.plain.write_text(re.sub(r"<link\b[^>]*>", lambda _link: f"<style>{styles}</style>", page))

    def first_time(self) -> Spent:
        """Nothing of it is kept from before."""
        shutil.rmtree(self.kept, ignore_errors=True)
        return self.again()

    def again(self) -> Spent:
        return self._laid_out(self.parts)

    def with_a_change_in(self, place: int, turn: int) -> Spent:
        """Other words in one part, different ones each turn."""
        parts = list(self.parts)
        changed = parts[place].html.replace("</h1>", f" ({turn})</h1>", 1)
        parts[place] = replace(parts[place], html=changed)
        return self._laid_out(parts)

    def _laid_out(self, parts: Sequence[Any]) -> Spent:
        self.written.write_bytes(pickle.dumps((parts, self.running)))
        return run([sys.executable, "-c", BY_US, self.written, self.pdf], DATA_DIR=str(self.kept))

    def pages(self) -> int:
        import pikepdf  # noqa: PLC0415 -- installed by then

        if not self.pdf.exists():
            self.first_time()
        with pikepdf.open(self.pdf) as opened:
            return len(opened.pages)

    @property
    def by_chromium(self) -> Sequence[str]:
        out = self.pdf.with_suffix(".chromium.pdf")
        return [os.environ["CHROMIUM"], *CHROMIUM, f"--print-to-pdf={out}", self.plain.as_uri()]


def run(command: Sequence[str | Path], **surroundings: str) -> Spent:
    """Seconds and the most memory of a command with all its processes."""
    began = time.perf_counter()
    most = [0.0]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **surroundings},
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
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
