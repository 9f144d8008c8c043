"""The figures of single years, kept in the process; an approval makes anew only the years it touched.

Each row of added-up values carries a stamp that is another one whenever it is written. The sum of a year's
stamps tells in one query for all years whether what was made of its values still holds.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Sum

from foundation.editions import Kept
from programmes.models import CarryOver, Indicator
from provinces.lineage import Lineage
from provinces.register import Register

from .figures import Figure, Reported, figure
from .lenses import Lens
from .models import Period, YearValue

READS = (Period, YearValue)
HIGHEST = (CarryOver.MAXIMUM, CarryOver.SHARE_OF_UNITS)
COLUMNS = ("province_id", "year", "indicator_id", "emptiness", "answers", *YearValue.NUMBERS, "reason",
           "is_demo")  # fmt: skip
LENSES_KEPT = 32
Subject = tuple[int, int]  # indicator, year


class MadeFrom(NamedTuple):
    """What a figure would be another one for."""

    stamp: int
    rule: str
    is_numeric: bool
    last_day: date


class YearFigure(NamedTuple):
    """One indicator in one year; an indicator in words has values and no figure."""

    year: int
    figure: Figure | None
    values: tuple[Reported, ...]
    is_demo: bool
    made_from: MadeFrom


class YearFigures(NamedTuple):
    by_indicator: Mapping[int, Sequence[YearFigure]]  # oldest year first
    last_days: dict[int, date]
    is_demo: bool


class Values(NamedTuple):
    """What the approved values of some indicators and years say, as read."""

    by_subject: Mapping[Subject, Sequence[Reported]]
    demo: frozenset[Subject]


# By lens: the lineage they were made on, and the years.
_kept: "OrderedDict[Lens, tuple[Lineage, dict[Subject, YearFigure]]]" = OrderedDict()


def read(
    lens: Lens, indicators: Sequence[Indicator], units: Register, *, last_year: int | None = None
) -> YearFigures:
    """The years of these indicators under a lens, up to ``last_year``, which is among them in any case.

    One query, and one more for those that are not kept or no longer hold.
    """
    stamps = year_stamps(indicators, last_year)
    years = {year for _indicator, year in stamps} | ({last_year} if last_year else set())
    known = last_days()
    ends = {year: known[year] for year in sorted(years) if year in known}
    wanted = {
        (one.pk, year): MadeFrom(stamps.get((one.pk, year), 0), str(one.carry_over), one.is_numeric, last_day)
        for one in indicators
        for year, last_day in ends.items()
    }
    lineage, held = _shelf(lens, units.lineage)
    # What other threads put on the shelf meanwhile may be older or newer: only what was asked for is used.
    at_hand = {subject: held[subject] for subject in wanted if subject in held}
    stale = {
        subject
        for subject, made_from in wanted.items()
        if subject not in at_hand or at_hand[subject].made_from != made_from
    }
    if stale:
        values = year_values({one.pk: one for one in indicators}, stale)
        at_hand |= {subject: _make(subject, values, wanted[subject], lens, lineage) for subject in stale}
        held.update(at_hand)
    found = {one.pk: [at_hand[one.pk, year] for year in ends] for one in indicators}
    return YearFigures(found, ends, any(year.is_demo for years in found.values() for year in years))


def year_stamps(indicators: Sequence[Indicator], last_year: int | None = None) -> dict[Subject, int]:
    """(indicator, year) → a number that is another one as soon as a value of that year is; one query."""
    rows = YearValue.objects.filter(indicator__in=[one.pk for one in indicators])
    if last_year:
        rows = rows.filter(year__lte=last_year)
    summed = rows.order_by().values_list("indicator_id", "year").annotate(sum=Sum("stamp"))
    return {(indicator, year): int(stamp) for indicator, year, stamp in summed}


def year_values(indicators: Mapping[int, Indicator], subjects: set[Subject]) -> Values:
    """The values of these indicators in these years; one query."""
    rows = YearValue.objects.filter(
        indicator__in={indicator for indicator, _year in subjects},
        year__in={year for _indicator, year in subjects},
    )
    found: dict[Subject, list[Reported]] = {subject: [] for subject in subjects}
    demo = set()
    for row in rows.order_by().values_list(*COLUMNS):
        unit, year, indicator, emptiness, answers, total, highest, latest, over, under, reason, is_demo = row
        subject = (indicator, year)
        if subject not in found:
            continue
        rule = indicators[indicator].carry_over
        value = highest if rule in HIGHEST else total if rule == CarryOver.SUM else latest
        found[subject].append(
            Reported(unit, year, indicator, emptiness, answers > 0, value, over, under, reason)
        )
        if is_demo:
            demo.add(subject)
    return Values(found, frozenset(demo))


def forget() -> None:
    """Begin like a new process: for measuring."""
    _kept.clear()


def _read_last_days() -> dict[int, date]:
    """The last day of each year's last period."""
    return dict(Period.objects.periodic().values_list("year").annotate(last=Max("last_day")).order_by("year"))


last_days = Kept(_read_last_days, (Period,))


def _shelf(lens: Lens, lineage: Lineage) -> tuple[Lineage, dict[Subject, YearFigure]]:
    """What is kept under a lens; nothing any more once the map has changed."""
    shelf = _kept.get(lens)
    if shelf is None or shelf[0] is not lineage:
        shelf = _kept[lens] = (lineage, {})
        while len(_kept) > LENSES_KEPT:
            _kept.popitem(last=False)
    return shelf


def _make(subject: Subject, values: Values, made_from: MadeFrom, lens: Lens, lineage: Lineage) -> YearFigure:
    rows, year = values.by_subject[subject], subject[1]
    shown = (
        figure(made_from.rule, year, rows, lens=lens, last_day=made_from.last_day, lineage=lineage)
        if made_from.is_numeric
        else None
    )
    return YearFigure(year, shown, tuple(rows), subject in values.demo, made_from)
