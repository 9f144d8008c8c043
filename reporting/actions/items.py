"""The ministry judges single fields of a submission: accepted by who reviews, approved by who approves."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from ..approval_chains import ApprovalChain
from ..items import Items
from ..models import ItemMark, State, StatusReport
from ..workflow import APPROVER
from .door import locked, post_for, write_down
from .review import refuse_unseen

if TYPE_CHECKING:
    from accounts.models import Post, User

Kind = ItemMark.Kind


@transaction.atomic
def mark_items(
    report_id: int, *, addresses: Collection[str], kind: str, seen: int, by: "User", at: datetime
) -> list[ItemMark]:
    """Mark fields of the newest submission; those marked so already stay as they are.

    An approver's mark is written as approved by the next decision, a return of other fields included.
    """
    report = locked(report_id)
    post = _judging(report, kind, by)
    refuse_unseen(report, seen)
    items = Items.load(report)
    chosen = [one for one in _known(report, addresses) if (one, kind) not in items.newest_marks]
    for address in chosen:
        _refuse(items, address, kind, by)
    submission = report.submissions.get(round=report.round)
    made = ItemMark.objects.bulk_create(
        ItemMark(
            report=report, submission=submission, address=address, kind=kind, at=at,
            by=by, by_name=str(by), post_title=post.title_vi,
        )
        for address in chosen
    )  # fmt: skip
    if made:
        detail = {"kind": kind, "fields": chosen}
        write_down(report, "mark_items", by=by, post=post, at=at, detail=detail)
    return made


@transaction.atomic
def unmark_items(report_id: int, *, addresses: Collection[str], seen: int, by: "User", at: datetime) -> int:
    """Take marks back that have not taken effect; an approver's only by one who approves."""
    report = locked(report_id)
    post = post_for("mark_items", by, report)
    refuse_unseen(report, seen)
    marks = ItemMark.objects.filter(report=report, submission__round=report.round, written_at__isnull=True)
    if not any(one.role in APPROVER for one in by.posts_today):
        marks = marks.filter(kind=Kind.ACCEPTED)
    found = list(marks.filter(address__in=_known(report, addresses)))
    if not found:
        raise ActionRefused(_("None of the chosen fields bears a mark that can be taken back."))
    ItemMark.objects.filter(pk__in=[one.pk for one in found]).delete()
    detail = {"fields": sorted({one.address for one in found})}
    write_down(report, "unmark_items", by=by, post=post, at=at, detail=detail)
    return len(found)


def _judging(report: StatusReport, kind: str, by: "User") -> "Post":
    post = post_for("mark_items", by, report)
    if kind not in Kind.values:
        raise ActionRefused(_("Choose “accept” or “approve”."))
    if kind == Kind.ACCEPTED:
        return post
    found = next((one for one in by.posts_today if one.role in APPROVER), None)
    if found is None:
        raise ActionRefused(_("Fields are approved by those who approve reports; you can accept them."))
    return found


def _known(report: StatusReport, addresses: Collection[str]) -> list[str]:
    chosen = [one for one in report.questions if one in addresses]
    if not chosen:
        raise ActionRefused(_("Choose at least one field."))
    return chosen


def _refuse(items: Items, address: str, kind: str, by: "User") -> None:
    """A field that goes back is not found in order; and the chain holds for one field as for all."""
    report = items.report
    label = {"field": report.questions[address].label}
    if address in items.going_back:
        raise ActionRefused(
            _("“%(field)s” goes back: a remark on it, or on a part of it, was written and not sent.") % label
        )
    if kind == Kind.ACCEPTED:
        return
    accepted = items.newest_marks.get((address, Kind.ACCEPTED))
    proposed = report.events.filter(step="propose", round=report.round).last()
    by_whom = accepted.by_id if accepted else proposed.by_id if proposed else None
    chain = ApprovalChain.kept(report.submissions.get(round=report.round))
    is_accepted = accepted is not None or report.state == State.PROPOSED
    if reason := chain.why_not(is_accepted=is_accepted, accepted_by=by_whom, by=by.pk):
        raise ActionRefused(f"{label['field']}: {reason}")
