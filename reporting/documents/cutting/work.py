"""What the approved reports say of the plans' activities, of money, and in the provinces' own words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from provinces.models import ActivityBudget

from ...models import (
    ActivityAnswer,
    ApprovedActivity,
    ApprovedMoney,
    ApprovedText,
    ApprovedValue,
    Period,
    Regime,
)
from ...number_parts import AMOUNTS, SPENT
from ...outline import Stretch
from ..spans import Span
from .plain_json import columns, day_text, label, labels, number_text

SOURCES = {column.removeprefix("spent_"): column for column in SPENT}
# Where the provinces' words stand in the report, by section or address; no others are printed.
CHAPTERS = {"general.summary": "results", "difficulties": "difficulties"}


def told_by(period: Period, stretch: Stretch) -> Period | None:
    """The period whose reports speak: for half a year the half-yearly one, where there is one."""
    if stretch.half is None:
        return period
    halves = Period.objects.filter(
        regime__kind=Regime.Kind.PERIODIC, regime__months=6, year=period.year, number=stretch.half
    )
    return halves.select_related("regime").order_by("regime").first()


def days_of(period: Period, stretch: Stretch) -> tuple[date, date]:
    """The first and the last day of what is told: of half a year its own, not the year's."""
    if stretch.half is None and stretch.first_year is None:
        return period.first_day, period.last_day
    told = told_by(period, stretch)
    span = Span.of(
        {
            "period": {
                "year": period.year,
                "first_day": period.first_day.isoformat(),
                "last_day": period.last_day.isoformat(),
                "half": stretch.half,
                "first_year": stretch.first_year,
            },
            "windows": windows(told),
        }
    )
    return span.first_day, span.last_day


def is_told_by_halves(told: Period | None) -> bool:
    """Whether the half-year's own reports gave values of the targets."""
    return told is not None and ApprovedValue.objects.current().filter(period=told).exists()


def year_told(period: Period, stretch: Stretch) -> int:
    """The last year whose figures a document may show: for half a year told by years, one that had ended."""
    if stretch.half is None or is_told_by_halves(told_by(period, stretch)):
        return period.year
    return period.year if period.last_day <= days_of(period, stretch)[1] else period.year - 1


def _current(model: Any, told: Period | None) -> Any:
    """The rows of the period and of those before it under the same regime: others tell the same again."""
    if told is None:
        return model.objects.none()
    return model.objects.current().filter(period__regime=told.regime_id, period__last_day__lte=told.last_day)


def windows(told: Period | None) -> list[dict[str, Any]]:
    """The periods of the regime so far, oldest first."""
    if told is None:
        return []
    found = Period.objects.filter(regime=told.regime_id, last_day__lte=told.last_day)
    return [
        {
            "year": one.year,
            "number": one.number,
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
        }
        for one in found.order_by("first_day")
    ]


def choices() -> dict[str, Any]:
    """The names of the codes used below."""
    return {"progress": labels(ActivityAnswer.Progress), "sources": labels(ActivityBudget.Source)}


def activities(told: Period | None) -> list[dict[str, Any]]:
    """How many activities stand where, in the period alone."""
    counted = (
        _current(ApprovedActivity, told)
        .filter(period=told)
        .values_list("progress")
        .annotate(count=Count("pk"))
        .order_by("progress")
    )
    return [
        {"code": state, **label(ActivityAnswer.Progress(state)), "count": count}
        for state, count in counted
        if state
    ]


def activity_rows(told: Period | None) -> list[dict[str, Any]]:
    """The last approved word on each activity, and in which year it was said."""
    rows = _current(ApprovedActivity, told).select_related("activity", "period")
    newest: dict[int, ApprovedActivity] = {}
    for row in rows.order_by("period__last_day", "pk"):
        newest[row.activity_id] = row
    ordered = sorted(newest.values(), key=lambda row: (row.province_id, row.activity.position, row.pk))
    return [_activity(row) for row in ordered]


def _activity(row: ApprovedActivity) -> dict[str, Any]:
    return {
        "unit": row.province_id,
        "year": row.period.year,
        "number": row.period.number,
        "task": row.activity.task_id,
        "lead": row.activity.lead,
        **columns(row.activity, "title"),
        "progress": row.progress,
        "percent": row.percent,
        "started_on": day_text(row.started_on),
        "finished_on": day_text(row.finished_on),
        "spent": number_text(_spent(row)),
        "result": row.result,
        "difficulty": row.difficulty,
    }


def _spent(row: ApprovedActivity) -> Any:
    known = [getattr(row, column) for column in SOURCES.values() if getattr(row, column) is not None]
    return sum(known) if known else None


def task_money(told: Period | None) -> list[dict[str, Any]]:
    """What the activities of each unit spent for each task, period by period."""
    sums = (
        _current(ApprovedActivity, told)
        .values("period__year", "period__number", "province", "activity__task")
        .annotate(**{f"sum_{name}": Sum(column) for name, column in SOURCES.items()})
        .order_by("period__year", "period__number", "province", "activity__task")
    )
    return [
        {
            "year": row["period__year"],
            "number": row["period__number"],
            "unit": row["province"],
            "task": row["activity__task"],
            **{name: number_text(row[f"sum_{name}"]) for name in SOURCES},
        }
        for row in sums
        if any(row[f"sum_{name}"] is not None for name in SOURCES)
    ]


def money(told: Period | None) -> list[dict[str, Any]]:
    """Sums by source, in the period alone."""
    sums = (
        _current(ApprovedMoney, told)
        .filter(period=told)
        .values("money_source")
        .annotate(**{f"{column}_sum": Sum(column) for column in AMOUNTS})
        .order_by("money_source")
    )
    return [
        {
            "source": row["money_source"],
            **label(ActivityBudget.Source(row["money_source"])),
            **{column: number_text(row[f"{column}_sum"]) for column in AMOUNTS},
        }
        for row in sums
    ]


def money_rows(told: Period | None) -> list[dict[str, Any]]:
    """Each unit's money by source, period by period; why there is none where there is none."""
    rows = _current(ApprovedMoney, told).select_related("period")
    return [
        {
            "year": row.period.year,
            "number": row.period.number,
            "unit": row.province_id,
            "source": row.money_source,
            "emptiness": row.emptiness,
            **{column: number_text(getattr(row, column)) for column in AMOUNTS},
        }
        for row in rows.order_by("period__last_day", "province", "money_source")
    ]


def texts(told: Period | None) -> list[dict[str, Any]]:
    """The provinces' own words as approved, question by question in the order of the form."""
    groups: dict[str, dict[str, Any]] = {}
    order: dict[str, int] = {}
    for row, position, question in _asked(_current(ApprovedText, told).filter(period=told).exclude(text="")):
        order.setdefault(row.address, position)
        group = groups.setdefault(
            row.address,
            {
                "chapter": chapter_of(row.address),
                "address": row.address,
                "name_vi": question.get("label_vi", ""),
                "name_en": question.get("label_en", ""),
                "lines": [],
            },
        )
        group["lines"].append({"unit": row.province_id, "text": row.text})
    return [groups[address] for address in sorted(groups, key=lambda address: order[address])]


def _asked(rows: "QuerySet[ApprovedText]") -> Iterator[tuple[ApprovedText, int, dict[str, Any]]]:
    """Each passage that a chapter prints, with its question and where that stands in the form."""
    for row in rows.select_related("submission__report").order_by("province__code", "address"):
        questions = row.submission.report.questions
        if (question := questions.get(row.address)) is not None and chapter_of(row.address):
            yield row, list(questions).index(row.address), question.raw


def chapter_of(address: str) -> str:
    return CHAPTERS.get(address) or CHAPTERS.get(address.partition(".")[0], "")
