"""Inside a province: the report is declared ready, cleared or sent back, before the ministry sees it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import emails
from ..answers import values_of
from ..chains import Chain
from ..models import SignOff, StatusReport
from ..rights import holders, units_answering
from ..workflow import CHAIN, STEPS
from .chain_steps import end, refuse_handed_out, refuse_stale, take_up_to
from .checking import checked
from .door import Incomplete, locked, province_post, refuse_closed, refuse_state, write_down
from .submitting import gaps

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def declare_ready(
    report_id: int, *, note: str = "", seen: str | None = None, by: "User", at: datetime
) -> SignOff:
    """The expert says that the report is whole; from now on it waits for those above."""
    return _take("declare", report_id, note=note, seen=seen, by=by, at=at)


@transaction.atomic
def clear(report_id: int, *, note: str = "", seen: str | None = None, by: "User", at: datetime) -> SignOff:
    """The head checked it: the signatory may sign."""
    return _take("clear", report_id, note=note, seen=seen, by=by, at=at)


def _take(step: str, report_id: int, *, note: str, seen: str | None, by: "User", at: datetime) -> SignOff:
    report = locked(report_id)
    refuse_closed(report.obligation, at=at)
    refuse_state(step, report)
    chain = Chain(report, on=timezone.localdate(at))
    if chain.taking(step, by) is None:
        raise ActionRefused(
            _("“%(step)s” is up to: %(who)s.") % {"step": STEPS[step].label, "who": chain.who(step)}
        )
    refuse_stale(report, seen)
    if step in chain.taken:
        done = chain.taken[step]
        raise ActionRefused(_("%(name)s has done this already.") % {"name": done.by_name})
    if step not in chain.steps:
        raise ActionRefused(_("Your unit has no post for this step, so it is left out."))
    refuse_handed_out(report)
    values = values_of(report)
    if found := gaps(report, checked(report, on=timezone.localdate(at), values=values), values=values):
        raise Incomplete(found)
    take_up_to(step, chain, note=note, by=by, at=at)
    assert report.sign_off is not None
    emails.goes_on(report, chain, by=by, at=at)
    return report.sign_off


@transaction.atomic
def decline(report_id: int, *, why: str, seen: str | None = None, by: "User", at: datetime) -> StatusReport:
    """Send the report back inside the province, with a word to those who declared and cleared it."""
    report = locked(report_id)
    post = province_post("decline", by, report, at=at)
    if report.sign_off is None:
        raise ActionRefused(_("The report is not declared ready, so there is nothing to send back."))
    if not why.strip():
        raise ActionRefused(_("Write what should be mended before the report comes back to you."))
    refuse_stale(report, seen)
    chain = Chain(report, on=timezone.localdate(at))
    took = {one.by_id for one in chain.taken.values()}
    still_here = holders(CHAIN.values(), on=timezone.localdate(at), units=units_answering(report.obligation))
    readers = [one for one in still_here if one.pk in took] + chain.takers("declare")
    readers = [one for one in readers if one != by]
    end(report, SignOff.End.DECLINED, why=why.strip(), by_name=str(by), at=at)
    write_down(report, "decline", by=by, post=post, at=at, comment=why.strip())
    emails.declined(report, readers, why=why.strip(), by=by, at=at)
    return report
