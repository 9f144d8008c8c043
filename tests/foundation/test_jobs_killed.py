"""A worker dies, or sleeps too long, in the middle of a job: the job is done once all the same."""

import signal
from contextlib import contextmanager

import pytest
from django.utils import timezone

from foundation.jobs import Step, queue_job
from foundation.models import AuditEntry, Job, JobStep
from foundation.tasks import resume_jobs
from scp_portal.celery import app
from tests.foundation.slow_job import PIECES
from tests.processes import eventually, kill, running

pytestmark = [
    pytest.mark.alone,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def empty_queue():
    with app.connection_for_write() as connection:
        connection.default_channel.client.delete("celery", "unacked", "unacked_index")
        # A producer declares the queue once; should the binding be gone since, its messages would be too.
        app.amqp.queues["celery"](connection.default_channel).declare()


@pytest.fixture
def worker(tmp_path):
    @contextmanager
    def start(name):
        arguments = "celery --quiet --app scp_portal.celery worker --include tests.foundation.slow_job"
        starting = running(
            *arguments.split(), "--concurrency=1", f"--hostname={name}",
            log=tmp_path / name, JOB_LEASE_SECONDS="2", LOG_LEVEL="INFO",
        )  # fmt: skip
        with starting as process:
            process.log = tmp_path / name
            yield process

    return start


@pytest.fixture
def job():
    return queue_job(
        "test.slow", key="1", arguments={}, steps=[Step("Chậm", "Slow", PIECES)], by=None, at=timezone.now()
    )


def in_the_middle():
    return JobStep.objects.filter(done__gte=3).exists()


def lease_has_run_out():
    return Job.objects.filter(leased_until__lt=timezone.now()).exists()


def is_done():
    return Job.objects.filter(state=Job.State.DONE).exists()


def test_a_killed_workers_job_is_finished_by_another_and_done_once(worker, job):
    with worker("first") as first:
        eventually(in_the_middle, log=first.log)
        kill(first)
    eventually(lease_has_run_out)
    assert not AuditEntry.objects.exists()

    with worker("second") as second:
        resume_jobs.delay()
        eventually(is_done, log=second.log)

    job.refresh_from_db()
    assert (job.attempts, job.failure) == (2, "")
    assert AuditEntry.objects.filter(verb="slow work done").count() == 1


def test_a_worker_that_wakes_too_late_writes_nothing(worker, job):
    with worker("sleeper") as sleeper:
        eventually(in_the_middle, log=sleeper.log)
        kill(sleeper, signal.SIGSTOP)
        eventually(lease_has_run_out)
        with worker("other") as other:
            resume_jobs.delay()
            eventually(lambda: Job.objects.filter(attempts=2).exists(), log=other.log)
            kill(sleeper, signal.SIGCONT)
            eventually(lambda: "job.left" in sleeper.log.read_text(), log=sleeper.log)
            eventually(is_done, log=other.log)

    assert AuditEntry.objects.filter(verb="slow work done").count() == 1
