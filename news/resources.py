"""Articles and highlights as CSV and XLSX; links are written as addresses (slugs)."""

from typing import Any

from import_export.fields import Field
from import_export.widgets import CharWidget

from events.models import Event
from foundation.prose import clean_prose
from foundation.resources import RecordResource, all_by_slug, by_slug
from library.models import Entry
from programmes.models import Assignment, LifeCycleStage, Organisation, Programme, Task
from training.models import Curriculum

from .models import Article, Highlight, Section


class ProseWidget(CharWidget):
    """Cleans before comparing, so that an equal text counts as unchanged."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return clean_prose(super().clean(value, row, **kwargs) or "")


class ArticleResource(RecordResource):
    """Pictures and withdrawals have doors of their own and are not imported."""

    section = by_slug("section", Section)
    body_vi = Field(attribute="body_vi", column_name="body_vi", widget=ProseWidget())
    body_en = Field(attribute="body_en", column_name="body_en", widget=ProseWidget())
    programmes = all_by_slug("programmes", Programme)
    tasks = all_by_slug("tasks", Task)
    assignments = all_by_slug("assignments", Assignment)
    events = all_by_slug("events", Event)
    entries = all_by_slug("entries", Entry)
    curricula = all_by_slug("curricula", Curriculum)
    organisations = all_by_slug("organisations", Organisation)
    stages = all_by_slug("stages", LifeCycleStage)

    class Meta(RecordResource.Meta):
        model = Article
        exclude = (
            *RecordResource.Meta.exclude, "provinces", "picture", "withdrawn_at",
            "withdrawal_reason_vi", "withdrawal_reason_en",
        )  # fmt: skip


class HighlightResource(RecordResource):
    article = by_slug("article", Article)
    entry = by_slug("entry", Entry)

    class Meta(RecordResource.Meta):
        model = Highlight
        exclude = (*RecordResource.Meta.exclude, "plan")
        import_id_fields = ("headline_vi",)
