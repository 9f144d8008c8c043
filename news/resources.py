"""Articles and highlights as CSV and XLSX; links are written as addresses (slugs)."""

from typing import Any

from import_export.fields import Field
from import_export.widgets import CharWidget, ForeignKeyWidget, ManyToManyWidget

from events.models import Event
from foundation.prose import clean_prose
from foundation.resources import RecordResource
from library.models import Entry
from programmes.models import Assignment, LifeCycleStage, Organisation, Programme, Task
from training.models import Curriculum

from .models import Article, Highlight, Section


def by_slugs(name: str, model: Any) -> Field:
    """A column of addresses, with blanks between."""
    return Field(
        attribute=name, column_name=name, widget=ManyToManyWidget(model, separator=" ", field="slug")
    )


class ProseWidget(CharWidget):
    """Cleans before comparing, so that an equal text counts as unchanged."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return clean_prose(super().clean(value, row, **kwargs) or "")


class ArticleResource(RecordResource):
    """Pictures and withdrawals have doors of their own and are not imported."""

    section = Field(attribute="section", column_name="section", widget=ForeignKeyWidget(Section, "slug"))
    body_vi = Field(attribute="body_vi", column_name="body_vi", widget=ProseWidget())
    body_en = Field(attribute="body_en", column_name="body_en", widget=ProseWidget())
    programmes = by_slugs("programmes", Programme)
    tasks = by_slugs("tasks", Task)
    assignments = by_slugs("assignments", Assignment)
    events = by_slugs("events", Event)
    entries = by_slugs("entries", Entry)
    curricula = by_slugs("curricula", Curriculum)
    organisations = by_slugs("organisations", Organisation)
    stages = by_slugs("stages", LifeCycleStage)

    class Meta(RecordResource.Meta):
        model = Article
        exclude = (
            *RecordResource.Meta.exclude, "provinces", "picture", "withdrawn_at",
            "withdrawal_reason_vi", "withdrawal_reason_en",
        )  # fmt: skip


class HighlightResource(RecordResource):
    article = Field(attribute="article", column_name="article", widget=ForeignKeyWidget(Article, "slug"))

    entry = Field(attribute="entry", column_name="entry", widget=ForeignKeyWidget(Entry, "slug"))

    class Meta(RecordResource.Meta):
        model = Highlight
        exclude = (*RecordResource.Meta.exclude, "plan")
        import_id_fields = ("headline_vi",)
