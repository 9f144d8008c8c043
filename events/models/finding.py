"""Which events are meant: by date, by who may see them, by the seats that are left."""

from datetime import date
from typing import Self

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Substr

from foundation.models import PublishableQuerySet

from .series import EventSeries

NO_YEAR = "XXXX"


class EventQuerySet(PublishableQuerySet):
    def dated(self) -> Self:
        """With ``year`` (XXXX when the source gives none, empty when undated) and ``last``."""
        return self.annotate(
            year=Substr("starts", 1, 4, output_field=CharField()),
            last=Case(When(ends="", then=F("starts")), default=F("ends"), output_field=CharField()),
        )

    def upcoming(self, today: date) -> Self:
        """Not over by ``today``; a date known to the month or year ends with it."""
        iso = today.isoformat()
        running = Q(last__gte=iso) | Q(last__in=[iso[:4], iso[:7]]) | Q(last="", stated_status="")
        ahead = ["", self.model.Stated.PLANNED]
        return self.dated().filter(running, stated_status__in=ahead).exclude(year=NO_YEAR)

    def past(self, today: date) -> Self:
        return self.dated().exclude(pk__in=self.upcoming(today).values("pk"))

    def of_series(self, series: EventSeries) -> Self:
        """Those of the series and of its parts."""
        return self.filter(Q(series=series) | Q(series__part_of=series))

    def of_family(self, series: EventSeries) -> Self:
        """Those of the series, of the wider one it is part of, and of that one's other parts."""
        family = series.part_of_id or series.pk
        return self.filter(Q(series=family) | Q(series__part_of=family))

    def oldest_first(self) -> Self:
        """In the order of time; those without a year come last, wherever time runs."""
        return self.dated().order_by(_year_unknown(), "starts", "pk")

    def newest_first(self) -> Self:
        return self.dated().order_by(_year_unknown(), "-starts", "-pk")

    def with_seats(self) -> Self:
        """Carry ``seats_taken`` and ``waiting``, counted in the same query."""
        return self.annotate(
            seats_taken=Count("registrations", filter=Q(registrations__state="confirmed")),
            waiting=Count("registrations", filter=Q(registrations__state="waiting")),
        )


def _year_unknown() -> Case:
    return Case(When(Q(year=NO_YEAR) | Q(year=""), then=Value(1)), default=Value(0))
