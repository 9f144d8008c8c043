"""The list, an event, a series, and the files of an event."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.facets import in_use, narrow, offered
from foundation.files import send_file
from foundation.models import PublishableQuerySet

from ..facets import event_facets
from ..forms import RegistrationForm
from ..models import (
    Event,
    EventOrganiser,
    EventQuerySet,
    EventSeries,
    Paper,
    Photo,
    Session,
    Speaker,
    Statement,
)

PER_PAGE = 20


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    visible = Event.objects.visible_to(request.user)
    facets = event_facets()
    found = narrow(visible.dated(), facets, request.GET).select_related("province")
    today = timezone.localdate()
    printed = offered(visible.dated().select_related("series", "province"), facets, request.GET)
    context = {
        "facets": printed,
        "active": in_use(printed, request.GET),
        "upcoming": list(found.upcoming(today).oldest_first().with_seats()),
        "page": Paginator(found.past(today).newest_first(), PER_PAGE).get_page(request.GET.get("page")),
        "series_list": _counted(EventSeries.objects.visible_to(request.user), visible),
    }
    return render(request, "events/event_list.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    return event_page(request, whole_event(request, slug))


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    kept = get_object_or_404(
        EventSeries.objects.visible_to(request.user).select_related("part_of"), slug=slug
    )
    visible = Event.objects.visible_to(request.user).select_related("province", "series")
    own = visible.of_series(kept).newest_first()
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/series.html", {"series": kept, "page": page})


@require_safe
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    visible = Event.objects.visible_to(request.user)
    paper = get_object_or_404(Paper.objects.select_related("file").filter(event__in=visible), pk=pk)
    if paper.file is None or not (paper.file.is_public or request.user.has_perm("events.change_paper")):
        raise Http404
    return send_file(paper.file)


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    visible = Event.objects.visible_to(request.user)
    kept = get_object_or_404(Photo.objects.select_related("file").filter(event__in=visible), pk=pk)
    return send_file(kept.file, inline=True)


def whole_event(request: HttpRequest, slug: str) -> Event:
    """The event with all its parts, in as many queries for one part as for a hundred."""
    visible = Event.objects.visible_to(request.user).dated().with_seats()
    parts = (
        "outcomes",
        "themes",
        Prefetch("organisers", EventOrganiser.objects.select_related("organisation")),
        Prefetch("photos", Photo.objects.select_related("file")),
        Prefetch("statements", Statement.objects.select_related("speaker__person")),
        Prefetch("sessions", Session.objects.select_related("chair", "chair_person")),
        Prefetch("speakers", Speaker.objects.select_related("person")),
        Prefetch("papers", Paper.objects.select_related("organisation", "speaker__person", "file")),
        "papers__themes",
    )
    return get_object_or_404(visible.select_related("province", "series").prefetch_related(*parts), slug=slug)


def event_page(
    request: HttpRequest, shown: Event, form: RegistrationForm | None = None, status: int = 200
) -> HttpResponse:
    is_open = shown.takes_registrations(timezone.now())
    context: dict[str, Any] = {
        "event": shown,
        "form": form or (RegistrationForm() if is_open else None),
        "is_open": is_open,
        "family": _family(request, shown),
        "participants": list(shown.registrations.to_be_named()) if shown.shows_participants else [],
    }
    return render(request, "events/event.html", context, status=status)


def _counted(kept: PublishableQuerySet, visible: EventQuerySet) -> PublishableQuerySet:
    """Each with ``count``: its events and those of its parts, as many as this person may see."""
    own = Count("events", filter=Q(events__in=visible.values("pk")), distinct=True)
    parts = Count("parts__events", filter=Q(parts__events__in=visible.values("pk")), distinct=True)
    return kept.annotate(count=own + parts)


def _family(request: HttpRequest, shown: Event) -> list[Event]:
    """The meetings of the same series and its family, in the order of time."""
    if shown.series is None:
        return []
    return list(Event.objects.visible_to(request.user).of_family(shown.series).oldest_first())
