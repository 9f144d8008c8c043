"""Follow-up actions: asked for, reported as done with proof, verified by another person, or cancelled."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Post
from foundation.actions import ActionRefused
from foundation.files import checked, store_upload
from foundation.models import StoredFile

from .. import emails_of_followups as emails
from ..far_days import refuse_far
from ..followups import owner_posts, post_to_carry_out, post_to_judge
from ..models import FollowUp, FollowUpStep
from .door import locked, post_for, write_down

if TYPE_CHECKING:
    from accounts.models import User

Kind, State = FollowUpStep.Kind, FollowUp.State


@transaction.atomic
def ask_follow_up(
    report_id: int, *, text: str, post: Post | None, due_on: date, address: str = "", by: "User", at: datetime
) -> FollowUp:
    """Turn a conclusion of the review into an action; its owner gets a mail at once."""
    report = locked(report_id)
    own = post_for("follow_up", by, report)
    if address and address not in report.questions:
        raise ActionRefused(_("The form does not ask this. Load the page again."))
    if not text.strip():
        raise ActionRefused(_("Write what is to be done."))
    if post is None or not owner_posts(report).filter(pk=post.pk).exists():
        raise ActionRefused(_("Choose a post of this unit or of the ministry."))
    if due_on < timezone.localdate(at):
        raise ActionRefused(_("The day by which it is due has passed already."))
    refuse_far(due_on, today=timezone.localdate(at))
    made = FollowUp.objects.create(
        report=report, address=address, text=text.strip(), post=post, due_on=due_on, is_demo=report.is_demo,
        made_at=at, made_by=by, made_by_name=str(by), made_post_title=own.title_vi,
        made_post_title_en=own.title_en,
    )  # fmt: skip
    detail = {"follow_up": made.pk, "address": address, "owner": post.title_vi, "due_on": due_on.isoformat()}
    write_down(report, "follow_up", by=by, post=own, at=at, comment=made.text, detail=detail)
    emails.follow_up_given(made, by=by, at=at)
    return made


@transaction.atomic
def report_done(
    follow_up_id: int, *, word: str, upload: UploadedFile | None = None, by: "User", at: datetime
) -> FollowUp:
    """The owner says what was done, with a file that proves it where there is one."""
    found = _held(follow_up_id)
    post = post_to_carry_out(by, found)
    if post is None:
        raise ActionRefused(_("This is up to: %(post)s.") % {"post": found.post})
    _refuse_unless(found, State.OPEN)
    _refuse_silence(word)
    file = _stored(upload, by, at)
    found.state, found.done_by, found.done_at = State.DONE, by, at
    step = _step(found, Kind.DONE, by=by, post=post, at=at, word=word, file=file)
    emails.follow_up_done(found, step, by=by, at=at)
    return found


@transaction.atomic
def verify_follow_up(follow_up_id: int, *, word: str = "", by: "User", at: datetime) -> FollowUp:
    """Another person of the ministry confirms that it was done."""
    found = _held(follow_up_id)
    post = _judge(found, by)
    found.state, found.verified_by, found.verified_at = State.VERIFIED, by, at
    _step(found, Kind.VERIFIED, by=by, post=post, at=at, word=word)
    return found


@transaction.atomic
def refuse_follow_up(follow_up_id: int, *, word: str, by: "User", at: datetime) -> FollowUp:
    """It was not done yet, or not proven: it goes back to its owner with the reason."""
    found = _held(follow_up_id)
    post = _judge(found, by)
    _refuse_silence(word)
    found.state, found.done_by, found.done_at = State.OPEN, None, None
    step = _step(found, Kind.REFUSED, by=by, post=post, at=at, word=word)
    emails.follow_up_refused(found, step, by=by, at=at)
    return found


@transaction.atomic
def cancel_follow_up(follow_up_id: int, *, word: str, by: "User", at: datetime) -> FollowUp:
    """It is not asked for any more, for a reason that stays."""
    found = _held(follow_up_id)
    post = post_to_judge(by)
    if post is None:
        raise ActionRefused(_("Only the ministry’s reviewers cancel an action."))
    _refuse_unless(found, *FollowUp.UNSETTLED)
    _refuse_silence(word)
    found.state, found.cancelled_at, found.cancelled_reason = State.CANCELLED, at, word.strip()
    step = _step(found, Kind.CANCELLED, by=by, post=post, at=at, word=word)
    emails.follow_up_cancelled(found, step, by=by, at=at)
    return found


def _held(follow_up_id: int) -> FollowUp:
    """The report's row first, as every deed to a report takes it, then the action's."""
    named = FollowUp.objects.get(pk=follow_up_id)
    report = locked(named.report_id)
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("post__province").get(pk=named.pk)
    found.report = report
    return found


def _judge(found: FollowUp, by: "User") -> Post:
    post = post_to_judge(by)
    if post is None:
        raise ActionRefused(_("Only the ministry’s reviewers verify an action."))
    _refuse_unless(found, State.DONE)
    if found.done_by_id == by.pk:
        raise ActionRefused(_("You did it yourself. Another person verifies it."))
    return post


def _refuse_unless(found: FollowUp, *states: str) -> None:
    if found.state not in states:
        raise ActionRefused(
            _("This is not possible now: the action is in state “%(state)s”. Load the page again.")
            % {"state": found.get_state_display()}
        )


def _refuse_silence(word: str) -> None:
    if not word.strip():
        raise ActionRefused(_("Write a word with it."))


def _stored(upload: UploadedFile | None, by: "User", at: datetime) -> StoredFile | None:
    if upload is None:
        return None
    try:
        checked(upload)
        return store_upload(upload, by=by, at=at, is_public=False)
    except ValidationError as fault:
        raise ActionRefused(" ".join(fault.messages)) from None


def _step(
    found: FollowUp,
    kind: str,
    *,
    by: "User",
    post: Post,
    at: datetime,
    word: str,
    file: StoredFile | None = None,
) -> FollowUpStep:
    found.save()
    step = found.steps.create(
        kind=kind, by=by, by_name=str(by), post_title=post.title_vi, post_title_en=post.title_en, at=at,
        word=word.strip(), file=file,
    )  # fmt: skip
    detail: dict[str, Any] = {"follow_up": found.pk}
    if file:
        detail |= {"name": file.name, "sha256": file.sha256}
    write_down(found.report, f"follow_up_{kind}", by=by, post=post, at=at, comment=step.word, detail=detail)
    return step
