"""One kind of job, slow enough that its worker can be killed in the middle."""

import time

from django.utils import timezone

from foundation.jobs import Worker, runs
from foundation.models import AuditEntry

PIECES = 20


@runs("test.slow")
def slow(worker: Worker) -> None:
    worker.begin(1)
    for piece in range(1, PIECES + 1):
        time.sleep(0.1)
        worker.advance(1, piece)
    worker.end(1)
    with worker.committing():
        AuditEntry.objects.create(verb="slow work done", at=timezone.now())
