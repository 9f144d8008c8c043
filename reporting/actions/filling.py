"""A province fills in its report: answers, evidence, replies. Two people never overwrite each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import portal_numbers
from ..answers import Seen, Value, before_version, blank, completed, new_row, rows_of
from ..checks import Fault, faults
from ..models import Answer, AnswerChange, Remark, StatusReport
from ..questions import Question
from ..workflow import fields_open_to
from .chain_steps import void
from .door import locked, province_post, write_down
from .same_words import goes_on, note_rewording

if TYPE_CHECKING:
    from accounts.models import Post, User


@dataclass(frozen=True)
class Conflict:
    """Somebody changed the field since the page was loaded. Both values are kept for the person to choose."""

    mine: Value
    theirs: Value
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Sides:
    """One answer three times: on the page as it was loaded, as it was typed, as it stands."""

    base: Value
    mine: Value
    theirs: Value


@dataclass
class Saved:
    version: int
    changed: list[str] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    locked: dict[str, str] = field(default_factory=dict)  # by address, why it cannot be changed
    moved: frozenset[str] = frozenset()  # others changed them after what the page shows

    @property
    def is_whole(self) -> bool:
        return not self.conflicts and not self.faults


@transaction.atomic
def save_draft(
    report_id: int,
    *,
    answers: Mapping[str, Mapping[str, Any]],
    seen: int | Seen,
    pass_over_locked: bool = False,
    by: "User",
    at: datetime,
) -> Saved:
    """Take every answer that can be taken; say which cannot and why. ``seen``: the version on the page.

    A field that cannot be changed refuses them all, or is passed over and named.
    """
    report = locked(report_id, for_typing=True)
    post = province_post("save", by, report, at=at)
    rows = rows_of(report, [address for address in answers if address in report.questions])
    open_fields = fields_open_to(by, report)
    stood = before_version(report, seen)
    saved = Saved(version=report.version, moved=frozenset(stood))
    accepted: dict[str, tuple[Value, Value]] = {}
    for question, sides in _touched(report, rows, answers, stood):
        if question.address not in open_fields:
            _pass_over(report, question, saved, is_meant=pass_over_locked)
        elif (together := _fits(report, question, sides, saved, at=at)) is not None:
            accepted[question.address] = (sides.theirs, together)
    if accepted:
        _accept(report, rows, accepted, by=by, post=post, at=at)
    saved.version, saved.changed = report.version, list(accepted)
    return saved


def _pass_over(report: StatusReport, question: Question, saved: Saved, *, is_meant: bool) -> None:
    """A field that this person cannot change is named, or refuses everything."""
    if not is_meant:
        raise _out_of_reach(report, question)
    saved.locked[question.address] = str(_out_of_reach(report, question))


def _touched(
    report: StatusReport,
    rows: Mapping[str, Answer],
    answers: Mapping[str, Mapping[str, Any]],
    stood: Mapping[str, Value | None],
) -> Iterator[tuple[Question, Sides]]:
    """Where nothing was typed, what others wrote meanwhile stays."""
    for address, given in answers.items():
        question = question_at(report, address)
        current = rows[address].as_json() if address in rows else blank(question.kind)
        wanted = _completed(question, given)
        base = (stood[address] or blank(question.kind)) if address in stood else current
        if wanted not in (current, base):
            yield question, Sides(base, wanted, current)


def _fits(
    report: StatusReport, question: Question, sides: Sides, saved: Saved, *, at: datetime
) -> Value | None:
    """Both people's answer where it can stand; where not, ``saved`` says why."""
    together = merged(question, base=sides.base, mine=sides.mine, theirs=sides.theirs)
    if together is None:
        saved.conflicts[question.address] = _conflict(report, question.address, sides)
        return None
    if found := faults(question, together, report.period.last_day, today=timezone.localdate(at)):
        saved.faults[question.address] = found
        return None
    return together


def question_at(report: StatusReport, address: str) -> Question:
    try:
        return report.questions[address]
    except KeyError:
        raise ActionRefused(_("The form does not ask this. Load the page again.")) from None


def _completed(question: Question, given: Mapping[str, Any]) -> Value:
    try:
        return completed(question.kind, given)
    except (ValidationError, ValueError):
        raise ActionRefused(
            _("“%(field)s” holds something that is not a number or a date.") % {"field": question.label}
        ) from None


def merged(question: Question, *, base: Value, mine: Value, theirs: Value) -> Value | None:
    """Both people's changes together; ``None`` where both changed the same.

    A claim is one thing, number and reason together; the boxes of an activity are merged one by one.
    """
    if theirs in (base, mine):
        return mine
    if question.kind != "activity":
        return None
    together = {}
    for part in base:
        if mine[part] == base[part] or mine[part] == theirs[part]:
            together[part] = theirs[part]
        elif theirs[part] == base[part]:
            together[part] = mine[part]
        else:
            return None
    return together


def _conflict(report: StatusReport, address: str, sides: Sides) -> Conflict:
    last = AnswerChange.objects.filter(report=report, address=address).latest("version")
    return Conflict(mine=sides.mine, theirs=sides.theirs, by_name=last.by_name, at=last.at)


def _accept(
    report: StatusReport,
    rows: dict[str, Answer],
    accepted: dict[str, tuple[Value, Value]],
    *,
    by: "User",
    post: "Post",
    at: datetime,
) -> None:
    report.version += 1
    changed: dict[type[Answer], list[Answer]] = {}
    for address, (_before, after) in accepted.items():
        row = rows.get(address) or new_row(report, report.questions[address])
        row.take(after)
        row.version = report.version
        changed.setdefault(type(row), []).append(row)
    for table, taken in changed.items():
        table.keep(taken)
    portal_numbers.stamp(report, accepted, at=at)
    AnswerChange.objects.bulk_create(
        AnswerChange(
            report=report, address=address, version=report.version, before=before, after=after,
            at=at, by=by, by_name=str(by), post_title=post.title_vi,
        )
        for address, (before, after) in accepted.items()
    )  # fmt: skip
    report.save(update_fields=["version", "updated_at"])
    void(report, labels(report, accepted), by=by, post=post, at=at)


def refuse_locked(report: StatusReport, address: str, by: "User") -> None:
    question = question_at(report, address)
    if address not in fields_open_to(by, report):
        raise _out_of_reach(report, question)


def labels(report: StatusReport, addresses: Iterable[str]) -> Iterator[object]:
    return (report.questions[address].label for address in addresses)


def _out_of_reach(report: StatusReport, question: Question) -> ActionRefused:
    """Locked for everybody, or open, but in a section that is not in this person's hands."""
    if question.address not in report.open_addresses():
        return ActionRefused(_("“%(field)s” is locked and cannot be changed.") % {"field": question.label})
    return ActionRefused(
        _("“%(field)s” is in a section that is not handed to you, so you may read it only.")
        % {"field": question.label}
    )


REPLIED = [
    "reply", "reply_text", "replied_by", "replied_at", "replied_name", "replied_post", "replied_post_en",
]  # fmt: skip


@transaction.atomic
def reply(remark_id: int, *, reply: str, text: str, by: "User", at: datetime) -> Remark:
    """Answer a remark: fixed, or kept because. It may be reworded until the report is resubmitted."""
    remark = Remark.objects.get(pk=remark_id)
    report = locked(remark.report_id)
    post = province_post("answer", by, report, at=at, section=remark.address.partition(".")[0])
    if remark.round != report.round or remark.sent_at is None:
        raise ActionRefused(_("This remark belongs to an earlier round and cannot be answered any more."))
    refuse_locked(report, remark.address, by)
    if reply not in Remark.Reply.values:
        raise ActionRefused(_("Choose “fixed” or “kept, because”."))
    if reply == Remark.Reply.KEPT and not text.strip():
        raise ActionRefused(_("Say why the value is kept."))
    if (remark.reply, remark.reply_text) != (reply, text.strip()):
        remark.reply, remark.reply_text = reply, text.strip()
        remark.replied_by, remark.replied_at = by, at
        remark.replied_name = str(by)
        remark.replied_post, remark.replied_post_en = post.title_vi, post.title_en
        remark.save(update_fields=REPLIED)
        _note_reply(report, remark, by=by, post=post, at=at)
    return remark


def _note_reply(report: StatusReport, remark: Remark, *, by: "User", post: "Post", at: datetime) -> None:
    """One line for all the wordings of one person; the words are the remark's own."""
    if goes_on(report, "answer", by=by, remark=remark.pk):
        note_rewording(report)
        return
    detail = {"remark": remark.pk, "address": remark.address}
    write_down(report, "answer", by=by, post=post, at=at, detail=detail)
    void(report, labels(report, [remark.address]), by=by, post=post, at=at)
