"""Several people at one moment: real threads, each on its own connection."""

import threading
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
