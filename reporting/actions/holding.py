"""Who looks at a report in the ministry: taken up, handed over, let go. It locks nobody out."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import emails
from ..models import StatusReport
from ..rights import holders
from ..workflow import APPROVER, REVIEW
from .door import locked, post_for, write_down

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def take_up(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Say “I am looking at it”. Who held it before is told; anybody may still decide."""
    report = locked(report_id)
    post = post_for("take_up", by, report)
    if report.reviewer_id == by.pk:
        raise ActionRefused(_("You are looking at this report already."))
    before = report.reviewer
    _hold(report, by, at=at)
    detail = {"before": str(before)} if before else {}
    event = write_down(report, "take_up", by=by, post=post, at=at, detail=detail)
    if before in holders(REVIEW, on=timezone.localdate(at)):
        emails.review_taken(report, before, event.pk, by=by, at=at)
    return report


@transaction.atomic
def hand_over(report_id: int, *, to: "User | None", by: "User", at: datetime) -> StatusReport:
    """Give the report to another who reviews; who holds it may, and those who approve."""
    report = locked(report_id)
    post = post_for("hand_over", by, report)
    if report.reviewer_id != by.pk and not any(one.role in APPROVER for one in by.posts_today):
        raise ActionRefused(_("Take the report up first; those who approve may assign any."))
    if to is None or to not in holders(REVIEW, on=timezone.localdate(at)):
        raise ActionRefused(_("Choose somebody who holds a reviewing post today."))
    if report.reviewer_id == to.pk:
        raise ActionRefused(_("%(name)s is looking at this report already.") % {"name": to})
    _hold(report, to, at=at)
    event = write_down(report, "hand_over", by=by, post=post, at=at, detail={"to": str(to)})
    if to != by:
        emails.review_assigned(report, to, event.pk, by=by, at=at)
    return report


@transaction.atomic
def let_go(report_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Nobody looks at the report now: it waits for whoever takes it up."""
    report = locked(report_id)
    post = post_for("let_go", by, report)
    if report.reviewer_id is None:
        raise ActionRefused(_("Nobody is looking at this report."))
    if report.reviewer_id != by.pk and not any(one.role in APPROVER for one in by.posts_today):
        raise ActionRefused(_("Only who looks at the report, or somebody who approves, lets go of it."))
    detail = {"before": str(report.reviewer)}
    _hold(report, None, at=at)
    write_down(report, "let_go", by=by, post=post, at=at, detail=detail)
    return report


def _hold(report: StatusReport, reviewer: "User | None", *, at: datetime) -> None:
    report.reviewer, report.reviewer_since = reviewer, at if reviewer else None
    report.save(update_fields=["reviewer", "reviewer_since", "updated_at"])
