"""Whoever asked for a document hears how its build ended; of what the portal owes, also its publishers."""

from datetime import date, datetime

from django.utils import timezone

from foundation import jobs
from foundation.models import Job

from .. import emails_of_documents as emails
from ..models import CompiledReport
from ..rights import holders
from ..workflow import APPROVER
from .building import KIND


@jobs.after(KIND)
def tell(job: Job) -> None:
    """A stopped build is told to nobody: whoever stopped it knows."""
    report = CompiledReport.objects.with_parts().get(pk=job.arguments["report"])
    assert job.finished_at is not None
    readers = [job.by] if job.by else []  # a command says it itself
    if report.scheduled_on:  # also where the schedule found the build of somebody under way
        approvers = holders(APPROVER, on=timezone.localdate(job.finished_at))
        readers += [one for one in approvers if one not in readers]
    if job.state == Job.State.DONE:
        emails.document_built(report, job, readers, at=job.finished_at)
    elif job.state == Job.State.FAILED:
        emails.document_not_built(report, job, readers, at=job.finished_at)


def tell_what_ended_before(report: CompiledReport, job: Job, *, on: date, at: datetime) -> None:
    """To the publishers: a build that ended before the schedule took it over was told to its asker alone."""
    approvers = holders(APPROVER, on=on)
    if job.state == Job.State.DONE and not report.published_at:
        emails.document_waits(report, approvers, at=at)
    elif job.state == Job.State.FAILED:
        emails.document_not_built(report, job, [one for one in approvers if one != job.by], at=at)
