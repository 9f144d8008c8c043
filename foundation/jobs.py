"""The one door to long work: queue, claim, report progress, finish, fail, cancel.

A worker proves it is alive by renewing a short lease. A job whose lease has run out is claimed
by another worker; whoever lost the lease can no longer write, so nothing is done twice.
"""

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Job, JobStep, StoredFile

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
Runner = Callable[["Worker"], StoredFile | None]
_RUNNERS: dict[str, Runner] = {}
_AFTER: dict[str, Callable[[Job], None]] = {}


class JobFailed(Exception):
    """The work cannot be done; the text is a sentence for people that says what to mend."""


class LeaseLost(Exception):
    """Another worker has the job now, or it was cancelled: stop without writing."""


@dataclass(frozen=True)
class Step:
    """A step as announced when the job is queued."""

    name_vi: str
    name_en: str
    total: int = 1


def runs(kind: str) -> Callable[[Runner], Runner]:
    """Register the function that does jobs of this kind. It may run more than once: same result."""

    def register(runner: Runner) -> Runner:
        _RUNNERS[kind] = runner
        return runner

    return register


def after(kind: str) -> Callable[[Callable[[Job], None]], Callable[[Job], None]]:
    """Register what is told of a job's end, done or failed, in the transaction that ends it: once."""

    def register(told: Callable[[Job], None]) -> Callable[[Job], None]:
        _AFTER[kind] = told
        return told

    return register


def _tell(job: Job) -> None:
    """A fault in the telling undoes no work: it is logged, and the job has ended all the same."""
    if told := _AFTER.get(job.kind):
        job.refresh_from_db()
        try:
            with transaction.atomic():
                told(job)
        except Exception:
            log.exception("job.not_told", job=job.pk)


def queue_job(
    kind: str, *, key: str, arguments: dict[str, Any], steps: list[Step], by: Any, at: datetime
) -> Job:
    """Put a job in the queue, or give back the open one with the same key."""
    from .tasks import run_job  # noqa: PLC0415 -- tasks import this module

    wanted = {"kind": kind, "key": key, "arguments": arguments, "by": by, "queued_at": at}
    try:
        job = _create(wanted, steps)
    except IntegrityError:
        if open_job := Job.objects.open().filter(kind=kind, key=key).first():
            return open_job
        job = _create(wanted, steps)  # the open one ended just now
    transaction.on_commit(lambda: run_job.send(job.pk))
    return job


@transaction.atomic
def _create(fields: dict[str, Any], steps: list[Step]) -> Job:
    job = Job.objects.create(**fields)
    JobStep.objects.bulk_create(
        JobStep(job=job, position=place, name_vi=step.name_vi, name_en=step.name_en, total=step.total)
        for place, step in enumerate(steps, 1)
    )
    return job


def retry(job: Job, *, by: Any, at: datetime) -> Job:
    """Queue the same work again as a new row; the old row keeps its reason of failure."""
    steps = [Step(step.name_vi, step.name_en, step.total) for step in job.steps.all()]
    return queue_job(job.kind, key=job.key, arguments=job.arguments, steps=steps, by=by, at=at)


def cancel(job: Job, *, at: datetime) -> bool:
    """Stop an open job; its worker notices at the next step. False when it had already ended."""
    changed = Job.objects.open().filter(pk=job.pk)
    return bool(changed.update(state=Job.State.CANCELLED, finished_at=at, lease=""))


STEP_SLATS = 8  # each step has as many, whatever it turns out to hold


@dataclass(frozen=True)
class Done:
    """How far a job has come. Each step is an equal share, so the whole is known from the first moment."""

    finished: int
    steps: int
    share: Fraction

    @property
    def percent(self) -> int:
        return int(self.share * 100)

    @property
    def slats(self) -> int:
        return int(self.share * self.all_slats)

    @property
    def all_slats(self) -> int:
        return self.steps * STEP_SLATS


def done_of(steps: Iterable[JobStep]) -> Done:
    shares = [_share(step) for step in steps]
    whole = sum(shares, Fraction(0)) / max(len(shares), 1)
    return Done(sum(share == 1 for share in shares), len(shares), whole)


def _share(step: JobStep) -> Fraction:
    """A step that turned out to hold nothing is done once it is ended."""
    if step.finished_at:
        return Fraction(1)
    return Fraction(step.done, step.total) if step.total else Fraction(0)


def waiting(at: datetime) -> list[int]:
    """Numbers of the jobs nobody works on: message lost, or worker dead."""
    lost = Q(state=Job.State.QUEUED, queued_at__lt=at - timedelta(seconds=10))
    dead = Q(state=Job.State.RUNNING, leased_until__lt=at)
    return list(Job.objects.filter(lost | dead).values_list("pk", flat=True))


def run(job_id: int) -> None:
    """Do one job, if nobody else does. Called by a worker; safe to call any number of times."""
    worker = _claim(job_id, at=timezone.now())
    if worker is None:
        return
    try:
        with worker.kept_alive():
            result = _RUNNERS[worker.job.kind](worker)
            worker.finish(result)
    except LeaseLost:
        log.info("job.left", job=job_id)
    except JobFailed as failure:
        worker.fail(str(failure))
    except Exception:
        log.exception("job.crashed", job=job_id)
        worker.fail(str(_("An unexpected fault stopped the work. It has been logged; try again.")))


def _claim(job_id: int, *, at: datetime) -> "Worker | None":
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, leased_until__lt=at)
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(free, pk=job_id).first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            job.state, job.finished_at, job.lease = Job.State.FAILED, at, ""
            job.failure = str(_("The worker stopped three times in the middle of this job."))
            job.save(update_fields=["state", "finished_at", "lease", "failure"])
            _tell(job)
            return None
        job.state, job.lease = Job.State.RUNNING, uuid.uuid4().hex
        job.leased_until = at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.started_at, job.attempts = job.started_at or at, job.attempts + 1
        job.save(update_fields=["state", "lease", "leased_until", "started_at", "attempts"])
        job.steps.update(done=0, started_at=None, finished_at=None, note_vi="", note_en="")
    return Worker(job)


class Worker:
    """What a running job may do: report steps, ask whether it should stop, finish once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.steps = {step.position: step for step in job.steps.all()}

    def _held(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, lease=self.job.lease, state=Job.State.RUNNING)

    def begin(self, position: int, *, total: int | None = None) -> None:
        """Start step ``position`` (from 1); a total learned late replaces the announced one."""
        self._still_mine()
        changes: dict[str, Any] = {"started_at": timezone.now()}
        if total is not None:
            changes["total"] = total
            self.steps[position].total = total
        JobStep.objects.filter(pk=self.steps[position].pk).update(**changes)

    def advance(self, position: int, done: int, *, note_vi: str = "", note_en: str = "") -> None:
        """``done`` pieces of the step are finished, and what the worker is at now."""
        self._still_mine()
        JobStep.objects.filter(pk=self.steps[position].pk).update(
            done=min(done, self.steps[position].total), note_vi=note_vi[:200], note_en=note_en[:200]
        )

    def end(self, position: int, *, note_vi: str = "", note_en: str = "") -> None:
        self._still_mine()
        JobStep.objects.filter(pk=self.steps[position].pk).update(
            done=self.steps[position].total,
            finished_at=timezone.now(),
            note_vi=note_vi[:200],
            note_en=note_en[:200],
        )

    def _still_mine(self) -> None:
        if not self._held().exists():
            raise LeaseLost

    @contextmanager
    def committing(self) -> Iterator[None]:
        """A transaction in which the lease is locked: what it writes, no other worker writes too."""
        with transaction.atomic():
            if self._held().select_for_update().first() is None:
                raise LeaseLost
            yield

    @transaction.atomic
    def finish(self, result: StoredFile | None) -> None:
        done = self._held().update(
            state=Job.State.DONE, result=result, finished_at=timezone.now(), lease="", failure=""
        )
        if not done:
            raise LeaseLost
        _tell(self.job)

    @transaction.atomic
    def fail(self, reason: str) -> None:
        ended = self._held().update(
            state=Job.State.FAILED, failure=reason, finished_at=timezone.now(), lease=""
        )
        if ended:
            _tell(self.job)

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Renew the lease from a second thread: one long layout must not look like a dead worker."""
        stop = threading.Event()
        thread = threading.Thread(target=self._renew, args=(stop,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _renew(self, stop: threading.Event) -> None:
        try:
            while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
                self._renew_once()
        finally:
            connection.close()

    def _renew_once(self) -> None:
        until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        try:
            self._held().update(leased_until=until)
        except DatabaseError as fault:  # the next turn tries again; a lost lease is noticed at the next step
            log.warning("job.lease_not_renewed", job=self.job.pk, fault=str(fault))
