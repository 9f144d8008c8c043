"""A section changes hands inside a province: handed out, handed back, accepted or taken back."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Occupancy, Post
from foundation.actions import ActionRefused
from foundation.dates import day_words

from .. import emails
from ..far_days import refuse_far
from ..models import SectionTask, StatusReport
from ..workflow import IN_SECTIONS
from .chain_steps import void
from .door import locked, province_post, write_down

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_NOTE = 2000


@transaction.atomic
def delegate(
    report_id: int, *, section: str, post: Post, due_on: date, note: str = "", by: "User", at: datetime
) -> SectionTask:
    """Hand a section to another post of the unit. A vacant post is refused: nobody would know of it."""
    report = locked(report_id)
    own = province_post("delegate", by, report, at=at)
    _refuse_stranger(report, section, post, own)
    _refuse_vacant(post, at)
    if due_on < timezone.localdate(at):
        raise ActionRefused(_("The day by which the section is due has passed. Choose a later one."))
    refuse_far(due_on, today=timezone.localdate(at))
    if len(note) > LONGEST_NOTE:
        raise ActionRefused(_("The note is too long: at most %(most)s letters.") % {"most": LONGEST_NOTE})
    if held := SectionTask.objects.filter(report=report, section=section).open().first():
        raise ActionRefused(
            _("This section is handed out already, to: %(post)s.") % {"post": held.post.title}
        )
    task = SectionTask.objects.create(
        report=report, section=section, post=post, given_at=at, given_by=by, given_by_name=str(by),
        due_on=due_on, note=note.strip(), version=report.version,
    )  # fmt: skip
    detail = {**_what(task), "due_on": due_on.isoformat()}
    write_down(report, "delegate", by=by, post=own, at=at, comment=task.note, detail=detail)
    void(report, [task.title], by=by, post=own, at=at)
    emails.section_given(task, by=by, at=at)
    return task


def _refuse_stranger(report: StatusReport, section: str, post: Post, own: Post) -> None:
    if section not in {one.key for one in report.sections}:
        raise ActionRefused(_("The form has no such section. Load the page again."))
    if post.role not in IN_SECTIONS or not report.answers_to(post):
        raise ActionRefused(_("Choose a post of your unit that fills in or contributes sections."))
    if post == own:
        raise ActionRefused(_("The section is yours already. Choose another post."))


def _refuse_vacant(post: Post, at: datetime) -> None:
    if (
        not Occupancy.objects.in_force(timezone.localdate(at))
        .filter(post=post, user__is_active=True)
        .exists()
    ):
        raise ActionRefused(
            _("Nobody holds the post “%(post)s” now. Choose another one, or ask the ministry to enter its "
              "holder.")
            % {"post": post.title}
        )  # fmt: skip


@transaction.atomic
def hand_back(task_id: int, *, word: str = "", by: "User", at: datetime) -> SectionTask:
    """“My part is ready”: from now on the section is read only for its post again."""
    task, report = _held(task_id)
    province_post("hand_back", by, report, at=at)
    post = next((post for post in by.posts_today if post.pk == task.post_id), None)
    if post is None:
        raise ActionRefused(_("This section is handed to: %(post)s.") % {"post": task.post.title})
    if not task.is_open:
        raise ActionRefused(_("This section is not in your hands any more: it was accepted or taken back."))
    if task.is_handed_back:
        return task  # a second press of the button
    task.handed_back_at, task.handed_back_by, task.handed_back_by_name = at, by, str(by)
    task.word = word.strip()
    task.save(update_fields=["handed_back_at", "handed_back_by", "handed_back_by_name", "word"])
    write_down(report, "hand_back", by=by, post=post, at=at, comment=task.word, detail=_what(task))
    emails.section_handed_back(task, by=by, at=at)
    return task


@transaction.atomic
def accept(task_id: int, *, by: "User", at: datetime) -> SectionTask:
    """The focal point takes what was written into the report. It has been there all along."""
    task, report = _held(task_id)
    own = province_post("accept", by, report, at=at)
    if task.is_open and not task.is_handed_back:
        raise ActionRefused(
            _("%(post)s has not handed this section back yet. Take it back if it cannot wait.")
            % {"post": task.post.title}
        )
    return _close(task, SectionTask.Outcome.ACCEPTED, "accept", own=own, by=by, at=at)


@transaction.atomic
def take_back(task_id: int, *, why: str = "", by: "User", at: datetime) -> SectionTask:
    """The section is the focal point's again, finished or not; what was written stays."""
    task, report = _held(task_id)
    own = province_post("take_back", by, report, at=at)
    closed = _close(task, SectionTask.Outcome.TAKEN_BACK, "take_back", own=own, by=by, at=at, why=why.strip())
    if not task.is_handed_back:
        emails.section_taken_back(task, by=by, at=at)
    return closed


def _held(task_id: int) -> tuple[SectionTask, StatusReport]:
    """The task, read once its report is locked: of two deeds the second sees the first."""
    report = locked(SectionTask.objects.values_list("report", flat=True).get(pk=task_id))
    task = SectionTask.objects.select_related("post").get(pk=task_id)
    task.report = report
    return task, report


def _close(
    task: SectionTask, outcome: SectionTask.Outcome, step: str, *, own: Post, by: "User", at: datetime,
    why: str = "",
) -> SectionTask:  # fmt: skip
    if not task.is_open:
        if task.outcome == outcome:
            return task  # a second press of the button
        raise ActionRefused(
            _("This section was closed on %(day)s: %(outcome)s.")
            % {"day": day_words(timezone.localdate(task.closed_at)), "outcome": task.get_outcome_display()}
        )
    task.closed_at, task.closed_by_name, task.outcome, task.why = at, str(by), outcome, why[:300]
    task.save(update_fields=["closed_at", "closed_by_name", "outcome", "why"])
    write_down(task.report, step, by=by, post=own, at=at, comment=why, detail=_what(task))
    return task


def _what(task: SectionTask) -> dict[str, Any]:
    """For the record: the section by its Vietnamese title, as posts stand there by theirs."""
    with override("vi"):
        return {"section": task.section, "name": str(task.title), "post": task.post.title_vi}
