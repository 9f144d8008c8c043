"""Sheets laid out: those kept from before at once, the others side by side by processes of their own."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue
from typing import Any

from django.conf import settings

from .kept import keep, kept
from .layout import LaidOut, Sheet, lay_out

WORTH_A_PROCESS = 50_000  # letters of HTML, which take about as long as a process takes to start
Typesetter = subprocess.Popen[bytes]


class TypesetterDied(Exception):
    """A process was killed from outside, as by a machine short of memory; the work may be tried again."""


def laid_out(sheets: Sequence[Sheet], *, told: Callable[[int], None] = lambda _done: None) -> list[LaidOut]:
    """In the order given. ``told`` hears how many are done; what it raises stops the processes."""
    results = {sheet: found for sheet in sheets if (found := kept(sheet))}
    if results:
        told(len(results))
    for sheet, made in _made([sheet for sheet in sheets if sheet not in results]):
        keep(sheet, made)
        results[sheet] = made
        told(len(results))
    return [results[sheet] for sheet in sheets]


def _made(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, LaidOut]]:
    processes = min(settings.TYPESETTING_PROCESSES, len(sheets))
    if processes > 1 and sum(len(sheet.html) for sheet in sheets) > WORTH_A_PROCESS:
        yield from _side_by_side(sheets, processes)
    else:
        for sheet in sheets:
            yield sheet, lay_out(sheet)


def _side_by_side(sheets: Sequence[Sheet], count: int) -> Iterator[tuple[Sheet, LaidOut]]:
    """The longest first, so that no process is left with it at the end."""
    processes = [_started() for _number in range(count)]
    free: SimpleQueue[Typesetter] = SimpleQueue()
    for process in processes:
        free.put(process)
    threads = ThreadPoolExecutor(count)
    try:
        ordered = sorted(sheets, key=lambda sheet: len(sheet.html), reverse=True)
        asked = {threads.submit(_ask, free, sheet): sheet for sheet in ordered}
        for answer in as_completed(asked):
            yield asked[answer], answer.result()
    finally:
        for process in processes:
            process.kill()  # it holds nothing that is not here already
        threads.shutdown(cancel_futures=True)
        for process in processes:
            process.communicate()


def _started() -> Typesetter:
    return subprocess.Popen(
        [sys.executable, "-m", "foundation.pdf.typesetter"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _ask(free: "SimpleQueue[Typesetter]", sheet: Sheet) -> Any:
    process = free.get()
    assert process.stdin
    assert process.stdout
    try:
        pickle.dump(sheet, process.stdin)
        process.stdin.flush()
        return pickle.load(process.stdout)  # noqa: S301 -- written by the process started above
    except (EOFError, BrokenPipeError) as ended:
        raise TypesetterDied(sheet.name) from ended
    finally:
        free.put(process)
