"""The framework: programmes, indicators, targets, tasks; organisations and persons."""

from .framework import Commitment, LifeCycleStage, Phase, Programme
from .indicators import CarryOver, Indicator, Target
from .organisations import Organisation, OrganisationAlias, Person, PersonRole
from .tasks import (
    AcceptanceReview,
    Assignment,
    Deliverable,
    PlannedActivity,
    Task,
    TaskBody,
    TaskGroup,
)

__all__ = [
    "AcceptanceReview",
    "Assignment",
    "CarryOver",
    "Commitment",
    "Deliverable",
    "Indicator",
    "LifeCycleStage",
    "Organisation",
    "OrganisationAlias",
    "Person",
    "PersonRole",
    "Phase",
    "PlannedActivity",
    "Programme",
    "Target",
    "Task",
    "TaskBody",
    "TaskGroup",
]
