"""How a report is approved under its regime, and what holds for a submission: the chain frozen with it."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ApprovalChain:
    """Whether approval waits for technical acceptance, and whether two people have to take the two steps."""

    needs_acceptance: bool = False
    two_persons: bool = False

    @classmethod
    def of(cls, regime: Any) -> Self:
        return cls(regime.needs_acceptance, regime.two_persons)

    @classmethod
    def kept(cls, submission: Any) -> Self:
        """As it was when the report came in. Submissions from before there were chains asked for neither."""
        return cls(**submission.chain)

    def as_json(self) -> dict[str, bool]:
        return asdict(self)

    def why_not(self, *, is_accepted: bool, accepted_by: int | None, by: int) -> str:
        """Why this person may not approve now; empty: nothing stands against it."""
        if self.needs_acceptance and not is_accepted:
            return _("Technical acceptance comes first: the report has to be proposed for approval.")
        if self.two_persons and accepted_by == by:
            return _("You accepted it yourself. Another person has to approve it.")
        return ""
