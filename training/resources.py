"""Training as CSV and XLSX: links are addresses (slugs), a province is its code and a day it existed."""

from typing import Any

from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from foundation.resources import PartialDateWidget, RecordResource, all_by_slug, by_slug
from programmes.models import Organisation
from provinces.models import Province
from provinces.unit_codes import unit_of

from .models import Course, Curriculum, Expert, Level, Material, Module, Participant, Topic


class ProvinceOfTheDay(ForeignKeyWidget):
    """The unit that held this code on ``province_date``, or else when the course began."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Province | None:
        if not value:
            return None
        said = (row or {}).get("province_date") or (row or {}).get("begins_on")
        return unit_of(str(value).strip().removesuffix(".0").zfill(2), PartialDateWidget().clean(said))


def province() -> Field:
    return Field(attribute="province", column_name="province_code", widget=ProvinceOfTheDay(Province, "code"))


def province_date() -> Field:
    """Written on export, so that the file can be read back in."""
    return Field(attribute="province__valid_from", column_name="province_date", readonly=True)


class CurriculumResource(RecordResource):
    topics = all_by_slug("topics", Topic)
    author = by_slug("author", Organisation)
    predecessor = by_slug("predecessor", Curriculum)

    class Meta(RecordResource.Meta):
        model = Curriculum
        exclude = (*RecordResource.Meta.exclude, "assignment")


class ModuleResource(RecordResource):
    curriculum = by_slug("curriculum", Curriculum)
    level = by_slug("level", Level)
    topic = by_slug("topic", Topic)

    class Meta(RecordResource.Meta):
        model = Module


class MaterialResource(RecordResource):
    curriculum = by_slug("curriculum", Curriculum)
    module = by_slug("module", Module)

    class Meta(RecordResource.Meta):
        model = Material
        exclude = (*RecordResource.Meta.exclude, "file")


class CourseResource(RecordResource):
    curriculum = by_slug("curriculum", Curriculum)
    level = by_slug("level", Level)
    topics = all_by_slug("topics", Topic)
    province = province()
    province_date = province_date()
    organiser = by_slug("organiser", Organisation)
    trainers = all_by_slug("trainers", Expert)

    class Meta(RecordResource.Meta):
        model = Course


class ParticipantResource(RecordResource):
    course = by_slug("course", Course)

    class Meta(RecordResource.Meta):
        model = Participant
        import_id_fields = ("course", "list_number")


class ExpertResource(RecordResource):
    topics = all_by_slug("topics", Topic)
    level = by_slug("level", Level)
    province = province()
    province_date = province_date()

    class Meta(RecordResource.Meta):
        model = Expert
        exclude = (*RecordResource.Meta.exclude, "person")
