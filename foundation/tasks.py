"""Tasks decide nothing: they take ids and make one call."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import KombuError

from . import editions, jobs, mail

log = structlog.get_logger(__name__)


@shared_task
def _run_job(*, job_id: int) -> None:
    jobs.run(job_id)


class run_job:  # noqa: N801 -- reads as a verb where it is used
    """Send a job to the queue. A dead broker loses nothing: ``resume_jobs`` sends it again."""

    @staticmethod
    def send(job_id: int) -> None:
        try:
            _run_job.delay(job_id=job_id)
        except (KombuError, OSError):
            log.warning("queue.unreachable", job=job_id)


@shared_task
def resume_jobs() -> None:
    for job_id in jobs.waiting(timezone.now()):
        jobs.run(job_id)


@shared_task
def send_mail_queue() -> None:
    mail.send_waiting(at=timezone.now())


@shared_task
def fold_up_changes() -> None:
    editions.fold_up()
