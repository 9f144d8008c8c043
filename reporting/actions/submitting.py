"""A province sends its report: the gate, the snapshot, the running number, the mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import emails, followups, portal_numbers, snapshots
from ..answers import values_of
from ..approval_chains import ApprovalChain
from ..chains import Chain
from ..checks import Missing, missing
from ..documents import receipts
from ..models import Evidence, Period, SignOff, State, StatusReport, Submission
from ..signatures import Signature
from .chain_steps import end, refuse_handed_out, refuse_stale, take_up_to
from .checking import Checked, blockers, checked, contradictions, frozen_findings
from .door import Incomplete, absent_holder, locked, move, province_post, write_down

if TYPE_CHECKING:
    from accounts.models import Post, User


def gaps(
    report: StatusReport,
    found: Sequence[Checked] = (),
    *,
    values: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Missing]:
    """All that stops submission, each with its place: unanswered fields, remarks, blockers ``found``."""
    proven = frozenset(evidence_of(report).values_list("address", flat=True))
    values = values_of(report) if values is None else values
    all_ = [*missing(report.questions, values, proven), *_unanswered(report), *blockers(report, found)]
    all_ += [*contradictions(report, values), *portal_numbers.unexplained(report, values)]
    order = {address: place for place, address in enumerate(report.questions)}
    return sorted(all_, key=lambda gap: order[gap.address])


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
def submit(
    report_id: int,
    *,
    signer: str,
    capacity: str = "",
    authority: str = "",
    basis: str = "",
    seen: str | None = None,
    by: "User",
    at: datetime,
) -> Submission:
    """Freeze the report and hand it to the ministry; the first time or again after a return.

    The steps of the chain before it must have been taken; those that are up to this very person are, with it.
    """
    report = locked(report_id)
    step = "resubmit" if report.state == State.RETURNED else "submit"
    post = province_post(step, by, report, at=at)
    signature = Signature(
        signer.strip(), capacity, authority.strip(), basis.strip(), absent_holder(by, post, at)
    )
    signature.refuse_faulty()
    refuse_stale(report, seen)
    found = _checked_whole(report, at=at)
    refuse_handed_out(report)
    chain = Chain(report, on=timezone.localdate(at))
    take_up_to("submit", chain, by=by, at=at)
    submission = _freeze(report, found, chain, signature, by=by, at=at)
    _hand_over(report, submission, step, by=by, post=post, at=at)
    return submission


def _checked_whole(report: StatusReport, *, at: datetime) -> list[Checked]:
    """What the rules find; refuses where something is lacking."""
    values = values_of(report)
    found = checked(report, on=timezone.localdate(at), values=values)
    if lacking := gaps(report, found, values=values):
        raise Incomplete(lacking)
    return found


def _hand_over(
    report: StatusReport, submission: Submission, step: str, *, by: "User", post: "Post", at: datetime
) -> None:
    """From here on it is the ministry's: state, receipt, line of the record, mail."""
    if report.sign_off:
        end(report, SignOff.End.SENT, by_name=str(by), at=at)
    move(report, step, at=at)
    report.round = submission.round
    report.save(update_fields=["state", "state_since", "round", "updated_at"])
    receipt = receipts.issue(submission, by=by, at=at)
    detail = {"number": submission.number, "sha256": submission.sha256, "code": receipt.check_code}
    write_down(report, step, by=by, post=post, at=at, detail=detail)
    emails.submitted(report, submission, by=by, at=at)


def _snapshot(
    report: StatusReport, found: Sequence[Checked], chain: Chain, signed: Mapping[str, str]
) -> dict[str, Any]:
    snapshot = snapshots.build(
        report,
        round_number=report.round + 1,
        values=values_of(report),
        proposed=portal_numbers.stamps_of(report),
        evidence=evidence_of(report),
        remarks=report.remarks.sent().filter(round=report.round),
        signature=signed,
        clearances=[one.as_json() for one in chain.taken.values()],
        findings=frozen_findings(found),
    )
    snapshot["follow_ups"] = followups.frozen(report)
    return snapshot


def _next_in_turn(report: StatusReport) -> Period:
    """The period's row is the queue for numbers: two provinces at one moment get two numbers."""
    rows = Period.objects.select_for_update(of=("self",)).select_related("regime")
    return rows.get(pk=report.obligation.period_id)


def _freeze(
    report: StatusReport,
    found: Sequence[Checked],
    chain: Chain,
    signature: Signature,
    *,
    by: "User",
    at: datetime,
) -> Submission:
    signed = {**signature.as_json(), "submitted_by": str(by)}
    snapshot = _snapshot(report, found, chain, signed)
    period = _next_in_turn(report)
    last = period.submissions.aggregate(last=Max("number"))["last"] or 0
    return Submission.objects.create(
        report=report,
        period=period,
        round=report.round + 1,
        number=last + 1,
        snapshot=snapshot,
        sha256=snapshots.digest(snapshot),
        received_at=at,
        by=by,
        by_name=str(by),
        **signature.as_json(),
        chain=ApprovalChain.of(period.regime).as_json(),
        is_demo=report.is_demo,
    )
