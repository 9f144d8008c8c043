"""What a browser sends arrives whole or not at all: the end of a broken line is not the end of a text.

The server gives what had come when the line broke, and Django would take it: half a word as the answer,
a form without its file as a form that had none.
"""

from typing import Protocol


class Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


class WholeBody:
    """``wsgi.input`` that complains, as a broken file would, when it ends before the announced length."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1, /) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        parts = []
        while wanted:
            part = self._counted(self._stream.read(wanted))
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int = -1, /) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(wanted)) if wanted else b""

    def _counted(self, part: bytes) -> bytes:
        if not part:
            raise OSError("The connection ended before the whole body had come.")
        self._left -= len(part)
        return part
