"""The parts a report can have, each under the name by which a kind of report asks for it.

A section reads the cut, which knows the scope and the span, and gives blocks. It numbers no heading: they are
numbered in the order in which the kind puts its sections.
"""

from collections.abc import Callable
from typing import Any

from ..captions import Captions
from ..reading import Cut
from . import (
    activities,
    deliverables,
    difficulties,
    learning,
    meetings,
    money,
    opening_and_closing,
    plans,
    provinces,
    targets,
    tasks,
)

Section = Callable[[Cut, Captions], list[Any]]

SECTIONS: dict[str, Section] = {
    "opening": opening_and_closing.opening,
    "contents": opening_and_closing.contents,
    "part_results": opening_and_closing.part_results,
    "part_outlook": opening_and_closing.part_outlook,
    "targets": targets.targets,
    "regions": targets.regions,
    "provinces": provinces.compared,
    "results": difficulties.results,
    "tasks": tasks.tasks,
    "plans": plans.plans,
    "deliverables": deliverables.deliverables,
    "training": learning.training,
    "experts": learning.experts,
    "events": meetings.events,
    "event_counts": meetings.counted,
    "activities": activities.activities,
    "activity_list": activities.listed,
    "money": money.money,
    "difficulties": difficulties.difficulties,
    "coverage": provinces.coverage,
    "closing": opening_and_closing.closing,
    "submitting": opening_and_closing.submitting,
}
