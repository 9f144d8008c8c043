"""The life of a status report, whole, on one page: states, steps, who may take them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Post

if TYPE_CHECKING:
    from accounts.models import User

    from .models import StatusReport

Role = Post.Role
PROVINCE = frozenset({Role.PROVINCE_EDITOR, Role.PROVINCE_SIGNATORY})
CONTRIBUTOR = frozenset({Role.PROVINCE_CONTRIBUTOR})
IN_SECTIONS = CONTRIBUTOR | {Role.PROVINCE_EDITOR}  # posts that a section can be handed to
EXPERT = frozenset({Role.PROVINCE_EDITOR})
HEAD = frozenset({Role.PROVINCE_HEAD})
SIGNATORY = frozenset({Role.PROVINCE_SIGNATORY})
REVIEW = frozenset({Role.MINISTRY_REVIEWER, Role.MINISTRY_APPROVER})
APPROVER = frozenset({Role.MINISTRY_APPROVER})


class State(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned by the ministry")
    PROPOSED = "proposed", _("proposed for approval")
    APPROVED = "approved", _("approved")


WITH_PROVINCE = frozenset({State.DRAFT, State.RETURNED})
WITH_MINISTRY = frozenset({State.SUBMITTED, State.PROPOSED})


@dataclass(frozen=True)
class Step:
    """One deed: from which states, to which (``None``: the state stays), and by which posts."""

    name: str
    label: Any
    sources: frozenset[State]
    target: State | None
    roles: frozenset[str]
    own_unit: bool = False
    in_sections: frozenset[str] = frozenset()  # may take it too, in the sections handed to their post

    def open_to(self, by: "User", report: "StatusReport") -> bool:
        return report.state in self.sources and self.post_of(by, report) is not None

    def post_of(self, by: "User", report: "StatusReport", section: str = "") -> Post | None:
        """The post in which this person may take the step; ``None`` when none of theirs allows it."""
        return self.whole_post_of(by, report) or self.posts_by_section(by, report).get(section)

    def whole_post_of(self, by: "User", report: "StatusReport") -> Post | None:
        """As ``post_of``, of posts that may take it anywhere in the report."""
        for post in by.posts_today:
            if post.role in self.roles and (not self.own_unit or report.answers_to(post)):
                return post
        return None

    def posts_by_section(self, by: "User", report: "StatusReport") -> dict[str, Post]:
        """By section, the person's post that it is handed to; ``""`` stands for any of them."""
        own = {post.pk: post for post in by.posts_today if post.role in self.in_sections}
        if not own:
            return {}
        found = {key: own[post] for key, post in report.handed_out().items() if post in own}
        return {**found, "": next(iter(found.values()))} if found else {}


STEPS = {
    step.name: step
    for step in (
        Step("save", _("Save"), WITH_PROVINCE, None, PROVINCE, own_unit=True, in_sections=CONTRIBUTOR),
        Step(
            "answer",
            _("Answer a remark"),
            frozenset({State.RETURNED}),
            None,
            PROVINCE,
            own_unit=True,
            in_sections=CONTRIBUTOR,
        ),
        Step("delegate", _("Hand out a section"), WITH_PROVINCE, None, PROVINCE, own_unit=True),
        Step("take_back", _("Take a section back"), WITH_PROVINCE, None, PROVINCE, own_unit=True),
        Step("hand_back", _("Hand a section back"), WITH_PROVINCE, None, IN_SECTIONS, own_unit=True),
        Step("accept", _("Accept a section"), WITH_PROVINCE, None, PROVINCE, own_unit=True),
        Step("declare", _("Declare ready"), WITH_PROVINCE, None, EXPERT, own_unit=True),
        Step("clear", _("Clear for signature"), WITH_PROVINCE, None, HEAD, own_unit=True),
        Step(
            "decline",
            _("Send back inside the province"),
            WITH_PROVINCE,
            None,
            HEAD | SIGNATORY,
            own_unit=True,
        ),
        Step("submit", _("Submit"), frozenset({State.DRAFT}), State.SUBMITTED, SIGNATORY, own_unit=True),
        Step(
            "resubmit", _("Resubmit"), frozenset({State.RETURNED}), State.SUBMITTED, SIGNATORY, own_unit=True
        ),
        Step("remark", _("Remark on a field"), WITH_MINISTRY | {State.APPROVED}, None, REVIEW),
        Step("resolve", _("Resolve a thread"), WITH_MINISTRY, None, REVIEW),
        Step("unresolve", _("Open a thread again"), WITH_MINISTRY, None, REVIEW),
        Step("mark_items", _("Judge single fields"), WITH_MINISTRY, None, REVIEW),
        Step("take_up", _("Take up for review"), WITH_MINISTRY, None, REVIEW),
        Step("hand_over", _("Hand the review to somebody"), WITH_MINISTRY, None, REVIEW),
        Step("let_go", _("Let go of the review"), WITH_MINISTRY, None, REVIEW),
        Step(
            "follow_up",
            _("Ask for a follow-up action"),
            WITH_MINISTRY | {State.RETURNED, State.APPROVED},
            None,
            REVIEW,
        ),
        Step("return", _("Return to the province"), WITH_MINISTRY, State.RETURNED, REVIEW),
        Step("propose", _("Propose for approval"), frozenset({State.SUBMITTED}), State.PROPOSED, REVIEW),
        Step("approve", _("Approve"), WITH_MINISTRY, State.APPROVED, APPROVER),
        Step("reopen", _("Reopen for correction"), frozenset({State.APPROVED}), State.RETURNED, APPROVER),
    )
}

# The province's own chain, lowest first: each step and the role that takes it. A unit without a post of
# that role has no such step. Where nobody holds one, the next higher post takes it; ``chains`` knows who.
CHAIN: dict[str, str] = {
    "declare": Role.PROVINCE_EDITOR,
    "clear": Role.PROVINCE_HEAD,
    "submit": Role.PROVINCE_SIGNATORY,
}


def fields_open_to(by: "User", report: "StatusReport") -> frozenset[str]:
    """The open fields this person may change: all of them, or those of the sections handed to their post."""
    fields = report.open_addresses()
    save = STEPS["save"]
    if not fields or save.whole_post_of(by, report):
        return fields
    sections = save.posts_by_section(by, report)
    return frozenset(address for address in fields if address.partition(".")[0] in sections)
