"""A province sends its report: the gate, the snapshot, the running number, the mail."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import emails, followups, snapshots
from ..answers import values_of
from ..chains import Chain
from ..checks import Missing, missing
from ..models import Evidence, Period, State, StatusReport, Submission
from .door import Incomplete, locked, move, province_post, write_down

if TYPE_CHECKING:
    from accounts.models import User


def gaps(report: StatusReport) -> list[Missing]:
    """All that stops submission: unanswered fields and unanswered remarks, each with its place."""
    proven = frozenset(evidence_of(report).values_list("address", flat=True))
    found = missing(report.questions, values_of(report), proven) + _unanswered(report)
    order = {address: place for place, address in enumerate(report.questions)}
    return sorted(found, key=lambda gap: order[gap.address])


def evidence_of(report: StatusReport) -> QuerySet[Evidence]:
    return Evidence.objects.filter(report=report, removed_at__isnull=True).select_related("file")


def _unanswered(report: StatusReport) -> list[Missing]:
    if report.state != State.RETURNED:
        return []
    waiting = report.remarks.sent().filter(round=report.round, reply="")
    return [
        Missing(remark.address, str(report.questions[remark.address].label), _("remark not answered"))
        for remark in waiting
    ]


@transaction.atomic
def submit(report_id: int, *, signer: str, capacity: str = "", by: "User", at: datetime) -> Submission:
    """Freeze the report and hand it to the ministry; the first time or again after a return."""
    report = locked(report_id)
    step = "resubmit" if report.state == State.RETURNED else "submit"
    post = province_post(step, by, report, at=at)
    if capacity not in Submission.Capacity.values:
        raise ActionRefused(_("Choose how the signatory signs."))
    if not signer.strip():
        raise ActionRefused(_("Write the name of the signatory."))
    if found := gaps(report):
        raise Incomplete(found)
    submission = _freeze(report, signer=signer.strip(), capacity=capacity, by=by, at=at)
    move(report, step, at=at)
    report.round = submission.round
    report.save(update_fields=["state", "state_since", "round", "updated_at"])
    detail = {"number": submission.number, "sha256": submission.sha256}
    write_down(report, step, by=by, post=post, at=at, detail=detail)
    emails.submitted(report, submission, by=by, at=at)
    return submission


def _freeze(report: StatusReport, *, signer: str, capacity: str, by: "User", at: datetime) -> Submission:
    round_number = report.round + 1
    snapshot = snapshots.build(
        report,
        round_number=round_number,
        values=values_of(report),
        evidence=evidence_of(report),
        remarks=report.remarks.sent().filter(round=report.round),
        signature={"signer": signer, "capacity": capacity, "submitted_by": str(by)},
    )
    snapshot["follow_ups"] = followups.frozen(report)
    # The period's row is the queue for numbers: two provinces at one moment get two numbers.
    period = (
        Period.objects.select_for_update(of=("self",))
        .select_related("regime")
        .get(pk=report.obligation.period_id)
    )
    last = period.submissions.aggregate(last=Max("number"))["last"] or 0
    return Submission.objects.create(
        report=report,
        period=period,
        round=round_number,
        number=last + 1,
        snapshot=snapshot,
        sha256=snapshots.digest(snapshot),
        received_at=at,
        by=by,
        by_name=str(by),
        signer=signer,
        capacity=capacity,
        chain=Chain.of(period.regime).as_json(),
        is_demo=report.is_demo,
    )
