"""Events as CSV and XLSX: links are addresses (slugs), a province is its code and a day it existed."""

from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.dates import PartialDate, day_words
from foundation.resources import RecordResource
from programmes.models import Organisation, Person
from provinces.models import Province

from .models import Event, EventSeries, Paper, Registration, Speaker


class ProvinceOfTheDay(ForeignKeyWidget):
    """Finds the unit by its code on the event's first day, or on ``province_date`` where that is vague."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Province | None:
        if not value:
            return None
        day = _day_of(row)
        found = Province.objects.in_force(day).filter(code=str(value).zfill(2)).first() if day else None
        if found is None:
            words = {"code": value, "day": day_words(day)}
            raise ValueError(
                _("No province had the code %(code)s on %(day)s.") % words
                if day
                else _("Give province_date: without a day the code %(code)s does not say which province.")
                % words
            )
        return found

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return value.code if value else ""


class SeriesResource(RecordResource):
    part_of = Field(attribute="part_of", column_name="part_of", widget=ForeignKeyWidget(EventSeries, "slug"))

    class Meta(RecordResource.Meta):
        model = EventSeries


class EventResource(RecordResource):
    series = Field(attribute="series", column_name="series", widget=ForeignKeyWidget(EventSeries, "slug"))
    province = Field(
        attribute="province", column_name="province_code", widget=ProvinceOfTheDay(Province, "code")
    )
    province_date = Field(attribute="province__valid_from", column_name="province_date", readonly=True)

    class Meta(RecordResource.Meta):
        model = Event
        exclude = (*RecordResource.Meta.exclude, "cancelled_at", "cancel_reason")


class SpeakerResource(RecordResource):
    event = Field(attribute="event", column_name="event", widget=ForeignKeyWidget(Event, "slug"))
    person = Field(attribute="person", column_name="person", widget=ForeignKeyWidget(Person, "slug"))

    class Meta(RecordResource.Meta):
        model = Speaker
        import_id_fields = ("event", "person")


class PaperResource(RecordResource):
    event = Field(attribute="event", column_name="event", widget=ForeignKeyWidget(Event, "slug"))
    organisation = Field(
        attribute="organisation", column_name="organisation", widget=ForeignKeyWidget(Organisation, "slug")
    )

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


def _day_of(row: Any) -> Any:
    row = row or {}
    for text in (row.get("province_date"), row.get("starts")):
        day = PartialDate.parse(str(text)[:10]).first_day if text else None
        if day:
            return day
    return None
