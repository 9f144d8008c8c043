"""Two workers, or two people who ask, at one moment, on PostgreSQL: the work is done once."""

import time
from datetime import UTC, datetime

import pytest

from foundation import jobs
from foundation.jobs import Step, queue_job, runs
from foundation.models import AuditEntry, Job
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@runs("test.writes")
def writes(worker):
    worker.begin(1)
    time.sleep(0.2)  # long enough for the other to come
    with worker.committing():
        AuditEntry.objects.create(verb="wrote", at=NOON)
    worker.end(1)


def queue():
    return queue_job("test.writes", key="1", arguments={}, steps=[Step("Ghi", "Write")], by=None, at=NOON)


def test_two_workers_that_get_one_job_do_it_once():
    job = queue()

    at_once(lambda: jobs.run(job.pk), lambda: jobs.run(job.pk), lambda: jobs.run(job.pk))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 1)
    assert AuditEntry.objects.filter(verb="wrote").count() == 1


def test_people_who_ask_for_one_thing_together_get_one_job():
    asked = at_once(queue, queue, queue)

    assert len({job.pk for job in asked}) == 1
    assert Job.objects.get().steps.count() == 1


def test_two_who_cancel_together_cancel_once():
    job = queue()

    cancelled = at_once(lambda: jobs.cancel(job, at=NOON), lambda: jobs.cancel(job, at=NOON))

    assert sorted(cancelled) == [False, True]
