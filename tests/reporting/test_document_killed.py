"""A real worker is killed in the middle of a document's build: another finishes it, once."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.utils import timezone

from foundation.models import Job, JobStep, OutboxMail, StoredFile
from foundation.tasks import resume_jobs
from reporting.documents import actions, asking
from reporting.documents.building import rebuilt
from reporting.models import CompiledReport, ReportFile
from scp_portal.celery import app
from tests.processes import eventually, kill, running
from tests.reporting.approved import approve, national, t3, year_of

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
        app.amqp.queues["celery"](connection.default_channel).declare()


@pytest.fixture
def worker(tmp_path):
    @contextmanager
    def start(name):
        starting = running(
            "celery", "--quiet", "--app", "scp_portal.celery", "worker", "--concurrency=1",
            f"--hostname={name}",
            log=tmp_path / name, JOB_LEASE_SECONDS="2", LOG_LEVEL="INFO",
            MEDIA_ROOT=str(settings.MEDIA_ROOT),
        )  # fmt: skip
        with starting as process:
            process.log = tmp_path / name
            yield process

    return start


@pytest.fixture
def report(province, minh):
    approve(province, 2026, t3(), numerator=52, denominator=66)
    period = year_of(2026)
    kind = national()
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    return actions.compile_report(wanted, by=minh, at=timezone.now())


def in_the_middle():
    done = JobStep.objects.filter(finished_at__isnull=False).exists()
    return done and JobStep.objects.filter(finished_at=None).exists()


def lease_has_run_out():
    return Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=timezone.now()).exists()


def test_a_killed_workers_document_is_built_by_another_once(worker, report, minh):
    with worker("first") as first:
        eventually(in_the_middle, log=first.log)
        kill(first)
    eventually(lease_has_run_out)
    assert not ReportFile.objects.exists()
    assert not OutboxMail.objects.exists()

    with worker("second") as second:
        resume_jobs.delay()
        eventually(lambda: Job.objects.filter(state=Job.State.DONE).exists(), log=second.log)

    built = CompiledReport.objects.with_parts().get()
    assert (built.job.attempts, built.job.failure) == (2, "")
    assert ReportFile.objects.filter(format="pdf").count() == 1
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 1
    assert OutboxMail.objects.filter(recipient=minh.email).count() == 1
    with built.file.file.open("rb") as kept:
        assert kept.read() == rebuilt(built)
