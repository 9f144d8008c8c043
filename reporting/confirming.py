"""Before a decision of the ministry is taken: what it will do, line by line."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Post

from . import actions, approval
from .approval_chains import ApprovalChain
from .models import ApprovedCount, ApprovedValue, Remark, State
from .review_page import ReviewPage
from .threads import Thread
from .workflow import STEPS


class ConfirmPage:
    """Reads alone; the button on it posts the decision together with the round that was looked at."""

    def __init__(self, page: ReviewPage, name: str) -> None:
        self.page, self.name, self.report = page, name, page.report
        self.step = STEPS[name]
        self.url = reverse("work:step", args=[self.report.pk, name])
        self.seen = page.latest.round

    @property
    def title(self) -> str:
        return str(self.step.label)

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot take the step now; empty: they can."""
        if self.step.post_of(self.page.frame.user, self.report) is None:
            roles = ", ".join(sorted(str(Post.Role(role).label) for role in self.step.roles))
            return _("“%(step)s” is up to %(roles)s.") % {"step": self.title, "roles": roles}
        if not self.step.open_to(self.page.frame.user, self.report):
            return _(
                "“%(step)s” is not possible now: the report is in state “%(state)s”. Load the page again."
            ) % {
                "step": self.title,
                "state": State(self.report.state).label,
            }
        return ""

    @property
    def is_open(self) -> bool:
        return not self.refusal

    @cached_property
    def obstacle(self) -> str:
        """What has to be done first, in one sentence; the button stays away until then."""
        unsent = bool(self.unsent)
        if self.sends_back:
            return "" if unsent else _("Write at least one remark on a field before returning the report.")
        if unsent:
            return _("Remarks have been written but not sent. Return the report or take them back.")
        if self.name == "approve":
            return actions.why_not_approve(self.report, self.page.latest, self.page.frame.user)
        return ""

    @property
    def sends_back(self) -> bool:
        return self.name in ("return", "reopen")

    @property
    def unsent(self) -> list[Remark]:
        return self.page.unsent

    @property
    def unsent_lines(self) -> list[dict[str, Any]]:
        return self.page.unsent_lines

    @cached_property
    def open_threads(self) -> list[Thread]:
        return [one for one in self.page.frame.threads if one.awaits_judgement]

    @property
    def open_lines(self) -> list[dict[str, Any]]:
        return [{"thread": one, "field": self._label(one.address)} for one in self.open_threads]

    @property
    def edited(self) -> list[Any]:
        """The fields whose approved value this approval replaces."""
        return [self._label(one) for one in self.page.items.edited]

    @property
    def marked(self) -> list[Any]:
        """The fields approved together with this return."""
        return [self._label(one) for one in self.page.items.to_approve] if self.name == "return" else []

    @cached_property
    def writing(self) -> approval.Writing:
        return approval.writing(self.page.latest, self.report, at=self.page.frame.now)

    @cached_property
    def skips_acceptance(self) -> bool:
        """Nobody has accepted this round technically, and its chain lets it be approved all the same."""
        if self.name != "approve" or ApprovalChain.kept(self.page.latest).needs_acceptance:
            return False
        events = self.page.frame.events
        return not any(one.step == "propose" and one.round == self.report.round for one in events)

    @property
    def is_of_request(self) -> bool:
        """Its values and counts stand on the unit’s page beside the years; nothing else of it is public."""
        return self.report.period.is_asked_for

    @property
    def public_count(self) -> int:
        """Values, amounts, activities and passages that the public reads from then on, new or changed."""
        rows = [row for _old, row in self.writing.rows]
        if self.is_of_request:
            rows = [row for row in rows if isinstance(row, ApprovedValue | ApprovedCount)]
        return len(rows)

    @property
    def ended_count(self) -> int:
        return len(self.writing.ended)

    def _label(self, address: str) -> Any:
        return self.report.questions[address].label
