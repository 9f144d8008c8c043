"""Events as calendar entries. Only those whose days are known exactly have one."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from icalendar import Calendar
from icalendar import Event as Entry

from .models import Event


def calendar_of(events: Iterable[Event], *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//SXTDBV 2021-2030//events//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        if event.span:
            calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def calendar_response(events: Iterable[Event], *, name: str, filename: str) -> HttpResponse:
    response = HttpResponse(calendar_of(events, name=name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return response


def _entry(event: Event) -> Entry:
    """Whole days: the end is the day after, and the number stays the same when dates move."""
    assert event.span is not None
    entry = Entry()
    host = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    entry.add("uid", f"event-{event.pk}@{host}")
    entry.add("dtstamp", event.updated_at)
    entry.add("dtstart", event.span[0])
    entry.add("dtend", event.day_after)
    entry.add("summary", str(event.title), parameters={"language": (get_language() or "vi")[:2]})
    if event.place:
        entry.add("location", str(event.place))
    entry.add("url", settings.SITE_ADDRESS + event.get_absolute_url())
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return entry
