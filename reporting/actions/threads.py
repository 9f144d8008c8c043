"""The ministry writes on fields: a remark, the question asked again, a thread resolved or opened again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from ..models import Remark, StatusReport
from ..threads import threads_of
from .door import locked, post_for, write_down

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def remark(report_id: int, *, address: str, text: str, by: "User", at: datetime) -> Remark:
    """Write a remark on a field. The province reads it when the report is returned, not before."""
    report = locked(report_id)
    post = post_for("remark", by, report)
    if address not in report.questions:
        raise ActionRefused(_("Choose the field the remark is about."))
    if not text.strip():
        raise ActionRefused(_("Write what the province should mend or explain."))
    return Remark.objects.create(
        report=report, round=report.round, address=address, text=text.strip(),
        by=by, by_name=str(by), post_title=post.title_vi,
        post_title_en=post.title_en, written_at=at,
    )  # fmt: skip


@transaction.atomic
def ask_again(remark_id: int, *, text: str = "", by: "User", at: datetime) -> Remark:
    """Put the question of a thread once more, in other words or the same; its field is flagged again."""
    head, report = _head(remark_id)
    post = post_for("remark", by, report)
    newest = head.later.last() or head
    if newest.sent_at is None:
        raise ActionRefused(_("The question was not sent yet. Return the report, or take the remark back."))
    if head.resolved_at is not None:
        _open(head)
    return Remark.objects.create(
        report=report, thread=head, round=report.round, address=head.address,
        text=text.strip() or newest.text, by=by, by_name=str(by), post_title=post.title_vi,
        post_title_en=post.title_en, written_at=at,
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
def resolve(remark_id: int, *, by: "User", at: datetime) -> Remark:
    """Say that a thread is settled."""
    head, report = _head(remark_id)
    post = post_for("resolve", by, report)
    if head.resolved_at is not None:
        raise ActionRefused(_("%(name)s has resolved this thread already.") % {"name": head.resolved_name})
    if (head.later.last() or head).sent_at is None:
        raise ActionRefused(_("The question was not sent yet. Return the report, or take the remark back."))
    _settle(head, by=by, at=at)
    detail = {"remark": head.pk, "address": head.address}
    write_down(report, "resolve", by=by, post=post, at=at, detail=detail)
    return head


@transaction.atomic
def unresolve(remark_id: int, *, by: "User", at: datetime) -> Remark:
    """Open a resolved thread again, so that it can be asked once more."""
    head, report = _head(remark_id)
    post = post_for("unresolve", by, report)
    if head.resolved_at is None:
        raise ActionRefused(_("This thread is open."))
    _open(head)
    detail = {"remark": head.pk, "address": head.address}
    write_down(report, "unresolve", by=by, post=post, at=at, detail=detail)
    return head


def resolve_answered(report: StatusReport, *, by: "User", at: datetime) -> int:
    """Settle every thread still open, in the name of whoever decides; returns how many."""
    open_ = [one.head for one in threads_of(report.remarks.all()) if not one.is_resolved]
    for head in open_:
        _settle(head, by=by, at=at)
    return len(open_)


def _head(remark_id: int) -> tuple[Remark, StatusReport]:
    """The first remark of the thread, read again under the lock of its report."""
    named = Remark.objects.get(pk=remark_id)
    report = locked(named.report_id)
    return Remark.objects.get(pk=named.head_id), report


RESOLVED = ["resolved_at", "resolved_by", "resolved_name"]


def _settle(head: Remark, *, by: "User", at: datetime) -> None:
    head.resolved_at, head.resolved_by, head.resolved_name = at, by, str(by)
    head.save(update_fields=RESOLVED)


def _open(head: Remark) -> None:
    head.resolved_at, head.resolved_by, head.resolved_name = None, None, ""
    head.save(update_fields=RESOLVED)
