"""Events for people's own calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..calendars import calendar_response
from ..models import Event, EventSeries


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry; an event whose days are not known exactly has none."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    if not event.span:
        raise Http404
    return calendar_response([event], name=event.title, filename=event.slug)


@require_safe
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(EventSeries.objects.visible_to(request.user), slug=slug)
    events = Event.objects.visible_to(request.user).of_series(series).oldest_first()
    return calendar_response(events, name=series.title, filename=series.slug)


@require_safe
def upcoming_calendar(request: HttpRequest) -> HttpResponse:
    events = Event.objects.visible_to(request.user).upcoming(timezone.localdate()).oldest_first()
    return calendar_response(events, name=_("Events"), filename="events")
