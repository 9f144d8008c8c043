"""The ministry reviews: remarks on fields, return, proposal, approval, reopening."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import approval, emails
from ..models import Remark, StatusReport
from .door import locked, move, post_for, write_down

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def remark(report_id: int, *, address: str, text: str, by: "User", at: datetime) -> Remark:
    """Write a remark on a field. The province reads it when the report is returned, not before."""
    report = locked(report_id)
    post_for("remark", by, report)
    if address not in report.questions:
        raise ActionRefused(_("Choose the field the remark is about."))
    if not text.strip():
        raise ActionRefused(_("Write what the province should mend or explain."))
    return Remark.objects.create(
        report=report, round=report.round, address=address, text=text.strip(),
        by=by, by_name=str(by), written_at=at,
    )  # fmt: skip


@transaction.atomic
def drop_remark(remark_id: int, *, by: "User") -> None:
    """Take back a remark that has not been sent."""
    found = Remark.objects.get(pk=remark_id)
    report = locked(found.report_id)
    post_for("remark", by, report)
    if Remark.objects.filter(pk=remark_id, sent_at__isnull=False).exists():
        raise ActionRefused(_("This remark was sent to the province and stays."))
    found.delete()


@transaction.atomic
def send_back(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Return the report with the remarks written; only the fields they name unlock."""
    return _send_back(locked(report_id), "return", by=by, at=at)


@transaction.atomic
def reopen(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Ask for a correction of an approved report; its approved values stay until the next approval."""
    return _send_back(locked(report_id), "reopen", by=by, at=at)


def _send_back(report: StatusReport, step: str, *, by: "User", at: datetime) -> StatusReport:
    post = post_for(step, by, report)
    remarks = list(report.remarks.filter(round=report.round, sent_at__isnull=True))
    if not remarks:
        raise ActionRefused(_("Write at least one remark on a field before returning the report."))
    _resolve_answered(report, at=at)
    report.remarks.filter(pk__in=[one.pk for one in remarks]).update(sent_at=at)
    move(report, step, at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    obligation = report.obligation
    obligation.return_due_on = timezone.localdate(at) + timedelta(days=report.period.regime.return_days)
    obligation.save(update_fields=["return_due_on", "updated_at"])
    detail = {"remarks": [one.pk for one in remarks], "fields": sorted({one.address for one in remarks})}
    write_down(report, step, by=by, post=post, at=at, detail=detail)
    emails.returned(report, remarks, at=at)
    return report


def _resolve_answered(report: StatusReport, *, at: datetime) -> None:
    report.remarks.exclude(reply="").filter(resolved_at__isnull=True).update(resolved_at=at)


@transaction.atomic
def propose(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Say that the report is technically in order, for those who approve."""
    report = locked(report_id)
    post = post_for("propose", by, report)
    _refuse_unsent(report)
    move(report, "propose", at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    write_down(report, "propose", by=by, post=post, at=at)
    emails.proposed(report, by=by, at=at)
    return report


@transaction.atomic
def approve(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Approve the newest submission and write its values as the ones the public may read."""
    report = locked(report_id)
    post = post_for("approve", by, report)
    _refuse_unsent(report)
    submission = report.submissions.get(round=report.round)
    written = approval.keep(submission, report, at=at)
    _resolve_answered(report, at=at)
    move(report, "approve", at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    detail = {"submission": submission.number, "rows": written}
    write_down(report, "approve", by=by, post=post, at=at, detail=detail)
    emails.approved(report, at=at)
    return report


def _refuse_unsent(report: StatusReport) -> None:
    if report.remarks.filter(sent_at__isnull=True).exists():
        raise ActionRefused(_("Remarks have been written but not sent. Return the report or take them back."))
