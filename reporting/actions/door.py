"""What every deed on a report shares: the lock, the refusal, the line in the record."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Occupancy, Post
from foundation.actions import ActionRefused
from foundation.dates import day_words

from ..models import Obligation, ReportEvent, State, StatusReport
from ..workflow import STEPS

if TYPE_CHECKING:
    from accounts.models import User

    from ..checks import Missing


class Incomplete(ActionRefused):
    """The report lacks something; ``gaps`` says what, each with its field."""

    def __init__(self, gaps: "list[Missing]") -> None:
        super().__init__(_("The report cannot be submitted yet: it is not complete."))
        self.gaps = gaps


def locked(report_id: int, *, for_typing: bool = False) -> StatusReport:
    """The report, held until the transaction ends: of two deeds at one moment, the second sees the first.

    ``for_typing``: with its period alone, since a save comes at every stop of typing and names nobody.
    """
    reports = StatusReport.objects
    found = reports.select_related("obligation__period") if for_typing else reports.with_unit()
    return found.select_for_update(of=("self",)).get(pk=report_id)


def post_for(step_name: str, by: "User", report: StatusReport, section: str = "") -> Post:
    """The post in which the step is taken; refuses with the reason when it may not be taken now."""
    step = STEPS[step_name]
    post = step.post_of(by, report, section) or step.post_of(by, report)
    if post is None:
        roles = ", ".join(sorted(str(Post.Role(role).label) for role in step.roles))
        raise ActionRefused(_("“%(step)s” is up to %(roles)s.") % {"step": step.label, "roles": roles})
    refuse_state(step_name, report)
    return post


def refuse_state(step_name: str, report: StatusReport) -> None:
    step = STEPS[step_name]
    if report.state not in step.sources:
        raise ActionRefused(
            _("“%(step)s” is not possible now: the report is in state “%(state)s”. Load the page again.")
            % {"step": step.label, "state": State(report.state).label}
        )


def province_post(
    step_name: str, by: "User", report: StatusReport, *, at: datetime, section: str = ""
) -> Post:
    """As ``post_for``, for what a unit does: nothing more is taken for an obligation that was closed."""
    refuse_closed(report.obligation, at=at)
    return post_for(step_name, by, report, section)


def refuse_closed(obligation: Obligation, *, at: datetime) -> None:
    if obligation.is_closed(timezone.localdate(at)):
        words = {"day": day_words(obligation.closed_on), "reason": obligation.closed_reason}
        raise ActionRefused(_("This report has not been expected since %(day)s: %(reason)s") % words)


def refuse_other_hands(step_name: str, by: "User", report: StatusReport, section: str) -> None:
    """Whoever contributes sections takes the step in those handed to them alone."""
    if STEPS[step_name].post_of(by, report, section) is None:
        raise ActionRefused(
            _(
                "This section is not handed to you: you may read it. "
                "Those who fill in the report, or the post it is handed to, write here."
            )
        )


def move(report: StatusReport, step_name: str, *, at: datetime) -> None:
    target = STEPS[step_name].target
    assert target is not None
    report.state, report.state_since = target, at


def write_down(
    report: StatusReport,
    step: str,
    *,
    by: "User",
    post: Post | None,
    at: datetime,
    comment: str = "",
    detail: dict[str, Any] | None = None,
) -> ReportEvent:
    return report.events.create(
        step=step,
        at=at,
        by=by,
        by_name=str(by),
        post=post,
        post_title=post.title_vi if post else "",
        acting_for=absent_holder(by, post, at) if post else "",
        round=report.round,
        comment=comment,
        detail=detail or {},
    )


def absent_holder(by: "User", post: Post, at: datetime) -> str:
    held = Occupancy.objects.in_force(timezone.localdate(at)).filter(user=by, post=post)
    deputy = held.filter(acting_for__isnull=False).select_related("acting_for").first()
    return str(deputy.acting_for) if deputy else ""


def locked_meanwhile() -> str:
    return _(
        "These fields were locked while you were typing. What you typed stands below; nothing was saved."
    )
