"""The framework's records as CSV and XLSX; links are written as addresses (slugs)."""

from typing import Any

from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget

from foundation.resources import RecordResource

from .models import (
    Assignment,
    Deliverable,
    Indicator,
    LifeCycleStage,
    Organisation,
    PlannedActivity,
    Programme,
    Task,
    TaskGroup,
)


def by_slug(name: str, model: Any) -> Field:
    """A column that holds the address of the row it links to."""
    return Field(attribute=name, column_name=name, widget=ForeignKeyWidget(model, "slug"))


class OrganisationResource(RecordResource):
    parent = by_slug("parent", Organisation)
    successor = by_slug("successor", Organisation)

    class Meta(RecordResource.Meta):
        model = Organisation


class ProgrammeResource(RecordResource):
    issuer = by_slug("issuer", Organisation)
    lead = by_slug("lead", Organisation)
    predecessor = by_slug("predecessor", Programme)
    stages = Field(attribute="stages", widget=ManyToManyWidget(LifeCycleStage, separator=" ", field="slug"))

    class Meta(RecordResource.Meta):
        model = Programme
        exclude = (*RecordResource.Meta.exclude, "commitment")


class IndicatorResource(RecordResource):
    programme = by_slug("programme", Programme)

    class Meta(RecordResource.Meta):
        model = Indicator


class TaskGroupResource(RecordResource):
    programme = by_slug("programme", Programme)

    class Meta(RecordResource.Meta):
        model = TaskGroup


class TaskResource(RecordResource):
    programme = by_slug("programme", Programme)
    group = by_slug("group", TaskGroup)
    indicators = Field(
        attribute="indicators", widget=ManyToManyWidget(Indicator, separator=" ", field="slug")
    )
    stages = Field(attribute="stages", widget=ManyToManyWidget(LifeCycleStage, separator=" ", field="slug"))

    class Meta(RecordResource.Meta):
        model = Task


class DeliverableResource(RecordResource):
    programme = by_slug("programme", Programme)
    task = by_slug("task", Task)

    class Meta(RecordResource.Meta):
        model = Deliverable


class AssignmentResource(RecordResource):
    programme = by_slug("programme", Programme)
    task = by_slug("task", Task)
    assigner = by_slug("assigner", Organisation)
    contractor = by_slug("contractor", Organisation)

    class Meta(RecordResource.Meta):
        model = Assignment


class PlannedActivityResource(RecordResource):
    programme = by_slug("programme", Programme)
    task = by_slug("task", Task)

    class Meta(RecordResource.Meta):
        model = PlannedActivity
