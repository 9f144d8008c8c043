"""What a province sees of its own work: who holds a section, how far the chain is, why not and who can."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from foundation.dates import day_words

from . import actions
from .chains import Chain
from .diffs import Change, Piece, parts
from .models import AnswerChange, Evidence, SectionTask, SignOff, StatusReport
from .questions import Question, Section
from .rights import holders_of
from .workflow import CHAIN, STEPS

if TYPE_CHECKING:
    from accounts.models import Post, User

    from .pages import Frame


def body_of(post: "Post") -> str:
    """Whose post it is, as people call it: the body where it names one, else its title."""
    return str(post.organisation.name) if post.organisation else str(post.title)


def hand_words(task: SectionTask | None) -> str:
    """Who holds a section, for the list of sections; nothing when it is with those who fill in the report."""
    if task is None:
        return ""
    who = {"post": body_of(task.post), "day": day_words(task.due_on)}
    if task.is_handed_back:
        return _("%(post)s, handed back") % who
    return _("%(post)s, until %(day)s") % who


# --- The chain on the page that signs ---------------------------------------------------


@dataclass(frozen=True)
class ChainLine:
    """One step of the chain: taken by whom, or whom it waits for."""

    label: str
    icon: str
    words: str
    at: datetime | None = None
    comment: str = ""


class SignOffPage:
    """How far a report has come inside its province, and what this reader can do about it."""

    def __init__(self, frame: "Frame") -> None:
        self.report, self.user = frame.report, frame.user
        self.chain = Chain(self.report, on=timezone.localdate(frame.now))
        self.seen = actions.stand_of(self.report)

    @property
    def lines(self) -> list[ChainLine]:
        return [self._line(step) for step in (*self.chain.steps, "submit")]

    def _line(self, step: str) -> ChainLine:
        label = str(STEPS[step].label)
        done = self.chain.taken.get(step)
        if done:
            said = clearance_words(done.as_json())
            return ChainLine(label, "done", said, done.at, done.comment)
        if self.chain.is_held(step):
            is_next = step == self.chain.next_step
            return ChainLine(label, "pace" if is_next else "none", self.chain.who(step))
        if step == "submit" or self.chain.level(step) == step:
            return ChainLine(
                label, "failed", _("Nobody holds the post. Ask the ministry to enter its holder.")
            )
        said = _("Nobody holds the post; the next higher one may take the step: %(who)s") % {
            "who": self.chain.who(step)
        }
        return ChainLine(label, "late", said)

    @cached_property
    def deed(self) -> str:
        """What this person can do now: the furthest step of the chain that is theirs."""
        return self.chain.furthest(self.user)

    @property
    def also_taken(self) -> list[str]:
        """The steps that go with the deed, in words."""
        steps = self.chain.pending
        before = steps[: steps.index(self.deed)] if self.deed in steps else steps
        return [str(STEPS[step].label) for step in before] if self.deed else []

    @property
    def may_decline(self) -> bool:
        return self.report.sign_off is not None and STEPS["decline"].open_to(self.user, self.report)

    @cached_property
    def handed_out(self) -> list[SectionTask]:
        """The sections that somebody has in hand: they hold the report."""
        return list(SectionTask.objects.filter(report=self.report).open().select_related("post", "report"))

    @property
    def why_not(self) -> list[str]:
        """Why this reader cannot submit now, whom it is up to, and the way there."""
        found = []
        if not self.deed:
            step = self.chain.next_step
            found.append(
                _("“%(step)s” comes next. It is up to: %(who)s.")
                % {"step": STEPS[step].label, "who": self.chain.who(step)}
            )
        if not STEPS["submit"].whole_post_of(self.user, self.report):
            found.append(_("Submitting is up to: %(who)s.") % {"who": self.chain.who("submit")})
        return found

    @cached_property
    def earlier(self) -> list[SignOff]:
        """Runs of this round that came to nothing, newest first."""
        runs = self.report.sign_offs.filter(round=self.report.round + 1, ended_at__isnull=False)
        return list(runs.prefetch_related("clearances").order_by("-begun_at", "-pk"))


def clearance_words(one: Mapping[str, Any]) -> str:
    """Who took a step, in which post; both names of a deputy; and whether the step's own post was vacant."""
    said = f"{one['by']}, {one['post']}"
    if one["acting_for"]:
        said = _("%(person)s, acting for %(absent)s") % {"person": said, "absent": one["acting_for"]}
    return _("%(who)s (post vacant)") % {"who": said} if one["for_vacant"] else said


def clearance_lines(snapshot: Mapping[str, Any]) -> list[ChainLine]:
    """The steps before the signature, as a submission froze them; older ones froze none."""
    return [
        ChainLine(str(STEPS[one["step"]].label), "done", clearance_words(one), parse_datetime(one["at"]))
        for one in snapshot.get("clearances", ())
        if one["step"] in CHAIN
    ]


# --- One section in another hand --------------------------------------------------------


@dataclass
class Written:
    """What became of one field since its section was handed out."""

    change: Change
    names: list[str] = field(default_factory=list)
    at: datetime | None = None


class HandPage:
    """Who fills in one section, and what was written since it was handed out."""

    def __init__(self, frame: "Frame", section: Section) -> None:
        self.frame, self.report, self.section = frame, frame.report, section
        self.task = frame.tasks.get(section.key)

    @property
    def may_delegate(self) -> bool:
        return STEPS["delegate"].open_to(self.frame.user, self.report)

    @property
    def is_mine(self) -> bool:
        """Whether the reader holds the post that has the section now."""
        return self.task is not None and is_in_hands_of(self.frame.user, self.task)

    @property
    def holders(self) -> str:
        """The names behind the post that has the section; nothing when it is vacant."""
        if self.task is None:
            return ""
        return ", ".join(
            str(one) for one in holders_of(self.task.post, on=timezone.localdate(self.frame.now))
        )

    @cached_property
    def earlier(self) -> list[SectionTask]:
        closed = self.report.tasks.filter(section=self.section.key, closed_at__isnull=False)
        return list(closed.select_related("post").order_by("-given_at"))

    @cached_property
    def written(self) -> list[Written]:
        return written_since(self.task, self.section) if self.task else []


def is_in_hands_of(user: "User", task: SectionTask) -> bool:
    """Handed to a post of theirs, and not handed back."""
    return not task.is_handed_back and any(post.pk == task.post_id for post in user.posts_today)


def written_since(task: SectionTask, section: Section) -> list[Written]:
    """Fields changed since the hand-over, from what stood then to what stands now, and their new files."""
    changes = AnswerChange.objects.filter(
        report=task.report_id, version__gt=task.version, address__startswith=f"{section.key}."
    )
    files = Evidence.objects.filter(
        report=task.report_id, attached_at__gte=task.given_at, removed_at__isnull=True,
        address__startswith=f"{section.key}.",
    )  # fmt: skip
    by_address: dict[str, list[AnswerChange]] = {}
    for one in changes.order_by("version"):
        by_address.setdefault(one.address, []).append(one)
    proofs: dict[str, list[Piece]] = {}
    for proof in files.select_related("file"):
        proofs.setdefault(proof.address, []).append(Piece("new", proof.file.name))
    told = [_written(question, by_address, proofs) for question in section.questions]
    return [one for one in told if one.change.lines or one.change.files]


def _written(
    question: Question, by_address: Mapping[str, list[AnswerChange]], proofs: Mapping[str, list[Piece]]
) -> Written:
    made = by_address.get(question.address, [])
    lines = parts(question, made[0].before, made[-1].after) if made else []
    names = list(dict.fromkeys(one.by_name for one in made))
    change = Change(question, lines, proofs.get(question.address, []))
    return Written(change, names, made[-1].at if made else None)


def open_tasks(reports: Iterable[StatusReport]) -> dict[int, dict[str, SectionTask]]:
    """By report and section, one query for all."""
    known = {one.pk: one for one in reports}
    found: dict[int, dict[str, SectionTask]] = {}
    tasks = SectionTask.objects.filter(report__in=known).open()
    for task in tasks.select_related("post__organisation").order_by("pk"):
        task.report = known[task.report_id]
        found.setdefault(task.report_id, {})[task.section] = task
    return found
