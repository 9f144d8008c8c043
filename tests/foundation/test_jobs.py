from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from foundation import jobs
from foundation.jobs import JobFailed, LeaseLost, Step, queue_job, runs
from foundation.models import AuditEntry, Job
from scp_portal.celery import app

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
STEPS = [Step("Tính số liệu", "Computing figures", 4), Step("Dàn trang", "Laying out")]


def queue(kind="test.works", key="2026"):
    return queue_job(kind, key=key, arguments={"year": 2026}, steps=STEPS, by=None, at=NOON)


@runs("test.works")
def works(worker):
    worker.begin(1)
    worker.advance(1, 2, note_vi="Đà Nẵng", note_en="Da Nang")
    worker.end(1)
    worker.begin(2, total=7)
    worker.end(2)


@runs("test.cannot")
def cannot(worker):
    worker.begin(1)
    raise JobFailed("Chưa có số liệu năm 2026.")


@runs("test.crashes")
def crashes(worker):
    raise RuntimeError("secret detail")


@runs("test.is cancelled")
def is_cancelled(worker):
    jobs.cancel(worker.job, at=NOON)
    worker.begin(1)


@runs("test.is overtaken")
def is_overtaken(worker):
    Job.objects.update(leased_until=NOON)
    overtaker = jobs._claim(worker.job.pk, at=timezone.now())
    assert overtaker is not None
    with worker.committing():
        AuditEntry.objects.create(verb="wrote", at=NOON)


def test_a_job_is_done_step_by_step():
    job = queue()

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease, job.failure) == ("done", 1, "", "")
    assert [(step.name_vi, step.done, step.total) for step in job.steps.all()] == [
        ("Tính số liệu", 4, 4),
        ("Dàn trang", 7, 7),
    ]


def test_what_is_shown_of_a_job_never_goes_backwards_where_a_step_turns_out_longer():
    job = queue()
    worker = jobs._claim(job.pk, at=NOON)
    shown = []
    for deed in (
        lambda: worker.begin(1, total=2),
        lambda: worker.advance(1, 1),
        lambda: worker.end(1),
        lambda: worker.begin(2, total=40),
        lambda: worker.advance(2, 10),
        lambda: worker.end(2),
    ):
        deed()
        shown.append(jobs.done_of(job.steps.all()))

    assert [done.percent for done in shown] == [0, 25, 50, 50, 62, 100]
    assert [(done.slats, done.finished) for done in shown[2:]] == [(8, 1), (8, 1), (10, 1), (16, 2)]
    assert {(done.steps, done.all_slats) for done in shown} == {(2, 16)}


def test_a_step_that_holds_nothing_is_done_once_it_is_ended():
    job = queue()
    worker = jobs._claim(job.pk, at=NOON)
    worker.begin(1, total=0)
    begun = jobs.done_of(job.steps.all())

    worker.end(1)

    assert (begun.percent, jobs.done_of(job.steps.all()).percent) == (0, 50)


def test_a_job_done_is_not_done_again():
    job = queue()
    jobs.run(job.pk)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.attempts == 1


def test_asking_twice_gives_the_open_job():
    assert queue().pk == queue().pk
    assert Job.objects.count() == 1


def test_after_it_ended_the_same_work_is_a_new_job():
    first = queue()
    jobs.run(first.pk)

    assert queue().pk != first.pk


def test_work_that_cannot_be_done_says_what_to_mend():
    job = queue("test.cannot")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "Chưa có số liệu năm 2026.")


def test_a_crash_is_logged_and_people_get_a_sentence_without_details(caplog):
    job = queue("test.crashes")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert job.failure
    assert "secret" not in job.failure
    assert "secret detail" in caplog.text


def test_a_kind_nobody_does_fails_with_a_sentence():
    job = queue("test.unheard of")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"


def test_a_cancelled_job_stays_cancelled():
    job = queue("test.is cancelled")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("cancelled", NOON)
    assert not jobs.cancel(job, at=NOON)


def test_who_lost_the_lease_writes_nothing():
    job = queue("test.is overtaken")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("running", 2)
    assert not AuditEntry.objects.exists()


def test_a_second_worker_leaves_a_running_job_alone():
    job = queue()
    first = jobs._claim(job.pk, at=timezone.now())

    assert first is not None
    assert jobs._claim(job.pk, at=timezone.now()) is None


def test_a_lost_lease_cannot_finish_or_fail():
    job = queue()
    first = jobs._claim(job.pk, at=NOON)
    second = jobs._claim(job.pk, at=NOON + timedelta(minutes=5))

    first.fail("too late")
    with pytest.raises(LeaseLost):
        first.finish(None)

    second.finish(None)
    job.refresh_from_db()
    assert (job.state, job.failure) == ("done", "")


def test_waiting_are_lost_messages_and_dead_workers_only():
    now = timezone.now()
    lost, fresh, dead, alive = (queue(key=key) for key in ("lost", "fresh", "dead", "alive"))
    Job.objects.filter(pk=fresh.pk).update(queued_at=now)
    Job.objects.filter(pk=dead.pk).update(state="running", leased_until=now - timedelta(seconds=1))
    Job.objects.filter(pk=alive.pk).update(state="running", leased_until=now + timedelta(seconds=9))

    assert sorted(jobs.waiting(now)) == sorted([lost.pk, dead.pk])


def test_after_three_dead_workers_the_job_fails():
    job = queue()
    Job.objects.update(state="running", attempts=jobs.MAX_ATTEMPTS, leased_until=NOON)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", jobs.MAX_ATTEMPTS)
    assert job.failure


def test_a_failed_job_is_tried_again_as_a_new_row():
    failed = queue("test.cannot")
    jobs.run(failed.pk)

    again = jobs.retry(failed, by=None, at=NOON)

    failed.refresh_from_db()
    assert (failed.state, again.state, again.arguments) == ("failed", "queued", {"year": 2026})
    assert [step.total for step in again.steps.all()] == [4, 1]


@pytest.fixture
def dead_broker(monkeypatch):
    """Nobody listens there; connections made before and after are not shared."""
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:9/0")
    app._pool = app.amqp._producer_pool = None
    yield
    app._pool = app.amqp._producer_pool = None


@pytest.mark.usefixtures("dead_broker")
def test_a_dead_broker_loses_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = queue()

    assert job.state == "queued"
    assert jobs.waiting(timezone.now()) == [job.pk]
