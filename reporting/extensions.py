"""The extensions of one deadline, newest first, as the audit keeps them."""

from dataclasses import dataclass
from datetime import date, datetime

from foundation.models import AuditEntry

from .models import Obligation

VERB = "extend deadline"


@dataclass(frozen=True)
class Extension:
    """Who gave how much more time and why. ``before`` is the day it was due until then, where it was kept."""

    at: datetime
    by_name: str
    post: str
    before: date | None
    until: date
    reason: str


def extension_of(entry: AuditEntry) -> Extension:
    detail = entry.detail
    return Extension(
        at=entry.at,
        by_name=entry.by_name,
        post=detail.get("post", ""),
        before=date.fromisoformat(detail["before"]) if "before" in detail else None,
        until=date.fromisoformat(detail["until"]),
        reason=detail["reason"],
    )


def first_deadline(obligation: Obligation) -> date:
    """The day before any extension: of the report, or of the answer to its return."""
    if not obligation.is_returned:
        return obligation.due_on
    since = obligation.report.state_since
    given = [one for one in extensions_of(obligation) if one.at >= since]
    return given[-1].before or obligation.last_day_to_submit if given else obligation.last_day_to_submit


def extensions_of(obligation: Obligation) -> list[Extension]:
    kept = AuditEntry.objects.filter(
        verb=VERB, subject_type=Obligation._meta.label_lower, subject_id=str(obligation.pk)
    )
    return [extension_of(entry) for entry in kept]
