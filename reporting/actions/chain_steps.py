"""The chain before the signature, step by step: taken in order, void at a change, ended with a reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from ..chains import INNER, Chain, Taking
from ..models import Clearance, SectionTask, SignOff, StatusReport
from ..workflow import CHAIN
from .door import write_down

if TYPE_CHECKING:
    from accounts.models import Post, User


def stand_of(report: StatusReport) -> str:
    """What a person looked at: the version of the answers, the newest line of the record, the last word."""
    newest = report.events.order_by("-pk").values_list("pk", "report__updated_at").first()
    return f"{report.version}-{newest[0]}-{newest[1]:%H%M%S%f}" if newest else f"{report.version}-0"


def refuse_stale(report: StatusReport, seen: str | None) -> None:
    """What is cleared or signed is what was seen. ``None``: nobody looked at a page."""
    if seen is not None and seen != stand_of(report):
        raise ActionRefused(
            _("The report changed after you opened this page. Look at it again, then press once more.")
        )


def take_up_to(last: str, chain: Chain, *, by: "User", at: datetime, note: str = "") -> None:
    """Every step up to this one that is not taken yet and is up to this person; refused at one that is not.

    Whoever holds several posts takes their steps with one press, and each stands in the record.
    """
    order = list(CHAIN)
    for step in chain.pending:
        if order.index(step) > order.index(last):
            break
        taking = chain.taking(step, by)
        if taking is None:
            raise ActionRefused(chain.waiting(step))
        _clear_step(step, taking, chain, note=note if step == last else "", by=by, at=at)


def _clear_step(step: str, taking: Taking, chain: Chain, *, note: str, by: "User", at: datetime) -> None:
    report = chain.report
    sign_off = report.sign_off or _begin(chain, at=at)
    detail = {"version": report.version, "for_vacant": taking.for_vacant}
    # Its word is for those above in the province: the clearance keeps it, the record that the ministry reads
    # does not.
    event = write_down(report, step, by=by, post=taking.post, at=at, detail=detail)
    chain.taken[step] = Clearance.objects.create(
        sign_off=sign_off, step=step, version=report.version, at=at, by=by, by_name=str(by), post=taking.post,
        post_title=taking.post.title_vi, acting_for=event.acting_for, for_vacant=taking.for_vacant,
        comment=note.strip(),
    )  # fmt: skip


def _begin(chain: Chain, *, at: datetime) -> SignOff:
    report = chain.report
    posts = {name: [seat.post.pk for seat in chain.seats[name]] for name in INNER}
    report.sign_off = SignOff.objects.create(report=report, round=report.round + 1, begun_at=at, posts=posts)
    report.save(update_fields=["sign_off", "updated_at"])
    return report.sign_off


def void(
    report: StatusReport, changed: Iterable[object], *, by: "User", post: "Post | None", at: datetime
) -> None:
    """What was cleared is no longer what stands there: whoever changed it, the chain begins anew."""
    if report.sign_off_id is None:
        return
    names = ", ".join(str(one) for one in changed)
    end(report, SignOff.End.VOID, why=names, by_name=str(by), at=at)
    write_down(report, "void", by=by, post=post, at=at, comment=names)


def end(report: StatusReport, how: SignOff.End, *, by_name: str, at: datetime, why: str = "") -> None:
    sign_off = report.sign_off
    assert sign_off is not None
    sign_off.end, sign_off.ended_at, sign_off.ended_by_name, sign_off.why = how, at, by_name, why
    sign_off.save(update_fields=["end", "ended_at", "ended_by_name", "why"])
    report.sign_off = None
    report.save(update_fields=["sign_off", "updated_at"])


def refuse_handed_out(report: StatusReport) -> None:
    """A section in another hand is not finished."""
    out = list(SectionTask.objects.filter(report=report).open().select_related("post", "report"))
    if out:
        named = "; ".join(f"{one.title} ({one.post.title})" for one in out)
        raise ActionRefused(
            _("These sections are still handed out: %(sections)s. Accept them or take them back first.")
            % {"sections": named}
        )
