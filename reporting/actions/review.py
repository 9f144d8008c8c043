"""The ministry decides: return, proposal, approval, reopening."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import approval, emails
from ..approval_chains import ApprovalChain
from ..items import Items
from ..models import ItemMark, StatusReport, Submission
from .door import locked, move, post_for, write_down
from .threads import resolve_answered

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def send_back(report_id: int, *, by: "User", at: datetime, seen: int | None = None) -> StatusReport:
    """Return the report with the remarks written; only the fields they name unlock.

    What is marked as approved and does not go back is approved at the same time.
    """
    return _send_back(locked(report_id), "return", by=by, at=at, seen=seen)


@transaction.atomic
def reopen(report_id: int, *, by: "User", at: datetime, seen: int | None = None) -> StatusReport:
    """Ask for a correction of an approved report; its approved values stay until the next approval."""
    return _send_back(locked(report_id), "reopen", by=by, at=at, seen=seen)


def _send_back(
    report: StatusReport, step: str, *, by: "User", at: datetime, seen: int | None
) -> StatusReport:
    post = post_for(step, by, report)
    refuse_unseen(report, seen)
    remarks = list(report.remarks.filter(round=report.round, sent_at__isnull=True))
    if not remarks:
        raise ActionRefused(_("Write at least one remark on a field before returning the report."))
    kept = _approve_marked(report, at=at) if step == "return" else []
    report.remarks.filter(pk__in=[one.pk for one in remarks]).update(sent_at=at)
    move(report, step, at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    obligation = report.obligation
    obligation.return_due_on = timezone.localdate(at) + timedelta(days=report.period.regime.return_days)
    obligation.save(update_fields=["return_due_on", "updated_at"])
    detail = {"remarks": [one.pk for one in remarks], "fields": sorted({one.address for one in remarks})}
    if kept:
        detail["approved"] = kept
    write_down(report, step, by=by, post=post, at=at, detail=detail)
    emails.returned(report, remarks, approved=kept, at=at)
    return report


def _approve_marked(report: StatusReport, *, at: datetime) -> list[str]:
    """Write the marked fields as approved; the others keep what was approved of them before."""
    addresses = sorted(Items.load(report).to_approve)
    if addresses:
        submission = report.submissions.get(round=report.round)
        approval.keep(submission, report, at=at, only=addresses)
        _written(submission, addresses, at=at)
    return addresses


def _written(submission: Submission, addresses: Sequence[str] | None, *, at: datetime) -> None:
    """The marks took effect: those of these fields, or all of the submission."""
    marks = submission.item_marks.filter(kind=ItemMark.Kind.APPROVED, written_at__isnull=True)
    if addresses is not None:
        marks = marks.filter(address__in=addresses)
    marks.update(written_at=at)


@transaction.atomic
def propose(report_id: int, *, by: "User", at: datetime, seen: int | None = None) -> StatusReport:
    """Accept technically: say that the report is in order, for those who approve."""
    report = locked(report_id)
    post = post_for("propose", by, report)
    refuse_unseen(report, seen)
    _refuse_unsent(report)
    move(report, "propose", at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    write_down(report, "propose", by=by, post=post, at=at)
    emails.proposed(report, by=by, at=at)
    return report


@transaction.atomic
def approve(report_id: int, *, by: "User", at: datetime, seen: int | None = None) -> StatusReport:
    """Approve the newest submission and write its values as the ones the public may read.

    Threads still open are resolved by it, in the name of whoever approves.
    """
    report = locked(report_id)
    post = post_for("approve", by, report)
    refuse_unseen(report, seen)
    _refuse_unsent(report)
    submission = report.submissions.get(round=report.round)
    if reason := why_not_approve(report, submission, by):
        raise ActionRefused(reason)
    written = approval.keep(submission, report, at=at)
    _written(submission, None, at=at)
    resolved = resolve_answered(report, by=by, at=at)
    move(report, "approve", at=at)
    report.save(update_fields=["state", "state_since", "updated_at"])
    detail = {"submission": submission.number, "rows": written, "resolved": resolved}
    write_down(report, "approve", by=by, post=post, at=at, detail=detail)
    emails.approved(report, at=at)
    return report


def why_not_approve(report: StatusReport, submission: Submission, by: "User") -> str:
    """What the chain kept with the submission says against this person's approval; empty: nothing."""
    chain = ApprovalChain.kept(submission)
    accepted = report.events.filter(step="propose", round=report.round).last()
    return chain.why_not(
        is_accepted=accepted is not None, accepted_by=accepted.by_id if accepted else None, by=by.pk
    )


def refuse_unseen(report: StatusReport, seen: int | None) -> None:
    """``seen`` is the round on the page of whoever decides."""
    if seen is not None and seen != report.round:
        raise ActionRefused(_("The province has sent another round since you looked. Look at it first."))


def _refuse_unsent(report: StatusReport) -> None:
    if report.remarks.filter(sent_at__isnull=True).exists():
        raise ActionRefused(_("Remarks have been written but not sent. Return the report or take them back."))
