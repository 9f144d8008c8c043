"""The same person still at the same words: one record, until the report is declared, cleared or sent."""

from typing import TYPE_CHECKING

from django.utils import timezone

from ..models import StatusReport
from ..workflow import CHAIN

if TYPE_CHECKING:
    from accounts.models import User


def goes_on(report: StatusReport, step: str, *, by: "User", **place: object) -> bool:
    """Whether this person wrote here last in this round, and nobody has cleared the report on it since."""
    here = {f"detail__{name}": value for name, value in place.items()}
    lines = report.events.order_by("-pk")
    last = lines.filter(step=step, round=report.round, **here).values_list("pk", "by").first()
    if last is None or last[1] != by.pk:
        return False
    return not lines.filter(pk__gt=last[0], step__in=CHAIN).exists()


def note_rewording(report: StatusReport) -> None:
    """Whoever looked at the report before looks again: ``stand_of`` sees it."""
    StatusReport.objects.filter(pk=report.pk).update(updated_at=timezone.now())
