"""How many came: counted from the list where there is one, otherwise as the organiser reported."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from foundation.amounts import Amount

from .models import Course, OrganisationKind, Participant, ReportedCount, Sex, Stage

Part = tuple[str, Amount]


@dataclass(frozen=True)
class StageFigures:
    """The people of one stage, and how they divide; parts that are not known are left out."""

    label: str
    people: Amount
    by_sex: list[Part]
    by_kind: list[Part]


@dataclass(frozen=True)
class CourseFigures:
    stages: list[StageFigures]
    is_reported: bool  # as told by the organiser, not counted from a list


def figures_of(course: Course) -> CourseFigures:
    """Reads the prefetched list and counts; two more queries where they are not."""
    people = list(course.participants.all())
    if people:
        return CourseFigures(_counted(people), is_reported=False)
    return CourseFigures(_reported(list(course.reported_counts.all())), is_reported=True)


def _counted(people: Sequence[Participant]) -> list[StageFigures]:
    groups = {
        Stage.REGISTERED: list(people),
        Stage.ATTENDED: [one for one in people if one.has_attended],
        Stage.CERTIFIED: [one for one in people if any(c.is_valid for c in one.certificates.all())],
    }
    return [
        StageFigures(
            label=str(stage.label),
            people=Amount(Decimal(len(group))),
            by_sex=_parts(Sex, Counter(one.sex for one in group)),
            by_kind=_parts(OrganisationKind, Counter(one.organisation_kind for one in group)),
        )
        for stage, group in groups.items()
    ]


def _reported(counts: Sequence[ReportedCount]) -> list[StageFigures]:
    found = []
    for stage in Stage:
        rows = [count for count in counts if count.stage == stage]
        if rows:
            found.append(_reported_stage(stage, rows))
    return found


def _reported_stage(stage: Stage, rows: Sequence[ReportedCount]) -> StageFigures:
    by_sex = [row for row in rows if row.sex and not row.organisation_kind]
    by_kind = [row for row in rows if row.organisation_kind and not row.sex]
    whole = next((row.people for row in rows if not row.sex and not row.organisation_kind), None)
    return StageFigures(
        label=str(stage.label),
        people=whole or _sum(by_sex or by_kind or rows),
        by_sex=[(str(row.get_sex_display()), _amount(row)) for row in by_sex],
        by_kind=[(str(row.get_organisation_kind_display()), _amount(row)) for row in by_kind],
    )


def _sum(rows: Iterable[ReportedCount]) -> Amount:
    """A sum with an uncertain part is itself only about right."""
    rows = list(rows)
    unsure = any(row.people_qualifier for row in rows)
    return Amount(Decimal(sum(row.people_number for row in rows)), "about" if unsure else "")


def _amount(row: ReportedCount) -> Amount:
    assert row.people is not None
    return row.people


def _parts(choices: Any, counts: Counter[str]) -> list[Part]:
    return [
        (str(choice.label), Amount(Decimal(counts[choice.value])))
        for choice in choices
        if counts[choice.value]
    ]
