"""Two clocks: days a report lay with the province, days with the ministry. Pure: events in, days out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from .models import ReportEvent

TO_MINISTRY = frozenset({"submit", "resubmit"})
TO_PROVINCE = frozenset({"start", "return", "reopen"})


@dataclass(frozen=True)
class Clocks:
    """Whole calendar days."""

    province: int
    ministry: int


def clocks(events: Iterable[ReportEvent], *, now: datetime) -> Clocks:
    """Events in order of time; the holder's clock still runs, and approval stops both."""
    spent = {"province": 0, "ministry": 0}
    holder, since = "", now
    for event in events:
        to = _holder_after(event.step, holder)
        if to == holder:
            continue
        if holder:
            spent[holder] += calendar_days(since, event.at)
        holder, since = to, event.at
    if holder:
        spent[holder] += calendar_days(since, now)
    return Clocks(**spent)


def calendar_days(since: datetime, until: datetime) -> int:
    """From the 3rd to the 26th are 23 days, at whatever hours."""
    return (timezone.localdate(until) - timezone.localdate(since)).days


def _holder_after(step: str, holder: str) -> str:
    if step in TO_MINISTRY:
        return "ministry"
    if step in TO_PROVINCE:
        return "province"
    return "" if step == "approve" else holder
