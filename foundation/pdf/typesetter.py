"""A process that lays out sheets one after another: pickled sheets come in, pickled results go out.

Started by ``sheets``, which alone writes to it. It ends when its input ends, so none is left over when the
worker that started it is killed.
"""

import os
import pickle
import sys
from typing import BinaryIO

from .layout import lay_out


def serve(given: BinaryIO, told: BinaryIO) -> None:
    while True:
        try:
            sheet = pickle.load(given)  # noqa: S301 -- written by the process that started this one
        except EOFError:
            return
        pickle.dump(lay_out(sheet), told)
        told.flush()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints is no answer
    serve(sys.stdin.buffer, answers)
