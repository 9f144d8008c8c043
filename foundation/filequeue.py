"""The queue in files for trials on one's own machine: kombu's, with whole messages only.

kombu makes a message's file first and fills it then, so a worker that looks in between takes an empty one
and dies of it. Here a message is written aside and appears at its place in one step. In the same way it
makes the list of an exchange's queues before it fills it; here one process at a time writes that list.
And it remembers per process, before it has written anything, that a queue is on that list: another thread
trusts this and its message goes nowhere. Here each connection sees to it for itself.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kombu.transport import filesystem, virtual
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

TRIES = 20


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        draft = folder / f"{name}.draft"
        draft.write_bytes(str_to_bytes(dumps(payload)))
        draft.replace(folder / f"{name}.{queue}.msg")

    def get_table(self, exchange: str) -> Any:
        """Which queues an exchange feeds; asked again while another process is just writing it down."""
        for left in reversed(range(TRIES)):
            try:
                return super().get_table(exchange)
            except ValueError:  # an empty file is no JSON
                if not left:
                    raise
                time.sleep(0.01)
        return []

    def _queue_bind(self, *names: Any) -> None:
        with self._alone():
            super()._queue_bind(*names)

    def _delete(self, *names: Any, **options: Any) -> None:
        with self._alone():
            super()._delete(*names, **options)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Whoever writes the list of queues waits here for the others, of this process or another."""
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "writing.lock").open("w") as gate:
            filesystem.lock(gate, filesystem.LOCK_EX)
            try:
                yield
            finally:
                filesystem.unlock(gate)


class Transport(filesystem.Transport):
    Channel = Channel

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        self.state = virtual.BrokerState()
