"""Several people at one moment: real threads, each on its own connection."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from foundation.actions import ActionRefused


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Start the deeds together; give what each returned, or the refusal it met."""
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        barrier.wait(timeout=20)
        try:
            return deed()
        except ActionRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def until_somebody_waits(seconds: float = 20) -> None:
    """Until another connection waits for a row that this one holds."""
    waits = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else its first answer stays
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise TimeoutError("Nobody waits for what is held here.")
