"""Events as CSV and XLSX: links are addresses (slugs), a province is its code and a day it existed."""

from typing import Any

from django.utils import timezone
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.resources import PartialDateWidget, RecordResource, by_slug
from programmes.models import Organisation, Person
from provinces.models import Province
from provinces.unit_codes import unit_of

from . import actions
from .models import Event, EventSeries, Paper, Registration, Speaker


class ProvinceOfTheDay(ForeignKeyWidget):
    """The unit that held this code on ``province_date``, or else on the event's first day."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Province | None:
        if not value:
            return None
        said = (row or {}).get("province_date") or (row or {}).get("starts")
        return unit_of(str(value).strip().removesuffix(".0").zfill(2), PartialDateWidget().clean(said))

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return value.code if value else ""


class SeriesResource(RecordResource):
    part_of = by_slug("part_of", EventSeries)

    class Meta(RecordResource.Meta):
        model = EventSeries


class EventResource(RecordResource):
    series = by_slug("series", EventSeries)
    province = Field(
        attribute="province", column_name="province_code", widget=ProvinceOfTheDay(Province, "code")
    )
    province_date = Field(attribute="province__valid_from", column_name="province_date", readonly=True)

    class Meta(RecordResource.Meta):
        model = Event
        exclude = (*RecordResource.Meta.exclude, "cancelled_at", "cancel_reason")

    def after_save_instance(self, instance: Event, row: Any, **kwargs: Any) -> None:
        """More seats go to the waiting list at once, as when they are typed."""
        actions.promote(instance.pk, at=timezone.now(), by=kwargs.get("user"))


class SpeakerResource(RecordResource):
    event = by_slug("event", Event)
    person = by_slug("person", Person)

    class Meta(RecordResource.Meta):
        model = Speaker
        import_id_fields = ("event", "person")


class PaperResource(RecordResource):
    event = by_slug("event", Event)
    organisation = by_slug("organisation", Organisation)

    class Meta(RecordResource.Meta):
        model = Paper
        import_id_fields = ("event", "position")
        fields = (
            "event",
            "position",
            "organisation",
            "country",
            "title_vi",
            "title_en",
            "about_vi",
            "about_en",
        )


class RegistrationResource(RecordResource):
    """Out only, for the list at the door; registrations come in through their one door."""

    class Meta(RecordResource.Meta):
        model = Registration
        fields = ("event__slug", "full_name", "organisation", "email", "state", "confirmed_at", "seated_at")
        exclude = ()
