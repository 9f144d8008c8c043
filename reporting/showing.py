"""Progress as pages print it: words, shapes, rulers and charts, made of the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.charts import Aim, Bar, Chart, NewMap, Outlook, Point, by_group, over_years
from foundation.rulers import Mark as RulerMark
from foundation.text import Text

from .documents.numbers import NO_VALUE
from .figures import Figure
from .measure_words import (
    coverage_words,
    figure_words,
    newest_words,
    pace_sentence,
    part_words,
    star_words,
    sum_words,
)
from .pace import SHAPES, plain
from .progress import Measure, Place, Progress

Places = Mapping[int, Place]


@dataclass(frozen=True)
class TargetRow:
    """One line of the table of targets, and of the rulers on the home page."""

    name: Text
    url: str
    newest: str
    mark_2025: str
    mark_2030: str
    shape: str
    standing: str
    coverage: str
    sentence: str
    value: Decimal | None
    top: Decimal
    marks: tuple[RulerMark, ...]
    is_numeric: bool


def target_rows(progress: Progress) -> list[TargetRow]:
    return [target_row(progress, measure) for measure in progress.measures]


def target_row(progress: Progress, measure: Measure) -> TargetRow:
    indicator, newest = measure.indicator, measure.newest
    number = measure.compared[1] if measure.compared else None
    return TargetRow(
        name=indicator.name,
        url=target_url(progress, measure),
        newest=newest_words(measure) if indicator.is_numeric else _("qualitative mark"),
        mark_2025=_mark_words(measure, 2025),
        mark_2030=_mark_words(measure, 2030),
        shape=SHAPES[measure.pace.standing],
        standing=str(measure.pace.standing.label),
        coverage=coverage_of(newest) if newest else NO_VALUE,
        sentence=pace_sentence(measure),
        value=number,
        top=_top(measure, number),
        marks=tuple(_ruler_mark(mark.year, mark.low, mark.high) for mark in measure.marks),
        is_numeric=indicator.is_numeric,
    )


def target_url(progress: Progress, measure: Measure) -> str:
    lens = progress.lens
    address = reverse("reporting:target", args=[measure.indicator.slug])
    return f"{address}?{lens.query}"


def _mark_words(measure: Measure, year: int) -> str:
    target = measure.target(year)
    return target.words() if target else _("not in the source")


def _ruler_mark(year: int, low: Decimal, high: Decimal) -> RulerMark:
    words = plain(low) if low == high else f"{plain(low)}–{plain(high)}"
    return RulerMark(str(year), float(low), float(high), words)


def _top(measure: Measure, number: Decimal | None) -> Decimal:
    highest = max([*(mark.high for mark in measure.marks), number or Decimal(0), Decimal(1)])
    return Decimal(100) if is_out_of_hundred(measure) else highest * Decimal("1.25")


def is_out_of_hundred(measure: Measure) -> bool:
    """Percentages whose marks reach high, so that fixed classes say something."""
    return measure.is_percent and bool(measure.marks) and measure.marks[-1].high > 25


# --- One target opened ------------------------------------------------------------------


def years_chart(progress: Progress, measure: Measure) -> Chart:
    """The years as a line; the sentence lists every number. What is added up is drawn so."""
    drawn = dict(measure.sums) if measure.is_added_up else {one.year: one.number for one in measure.figures}
    points = [
        Point(
            figure.year,
            None if (number := drawn[figure.year]) is None else float(number),
            figure.is_complete,
            coverage_of(figure),
            measure.is_least_by(figure.year) if measure.is_added_up else measure.is_least(figure),
        )
        for figure in measure.figures
    ]
    ahead = measure.pace.forecast
    return over_years(
        points,
        sentence="; ".join(
            f"{figure.year}: {_drawn_words(measure, figure, drawn[figure.year])}"
            for figure in measure.figures
        ),
        aims=[Aim(mark.year, float(mark.low), float(mark.high)) for mark in measure.marks],
        outlook=Outlook(ahead.year, float(ahead.number), float(ahead.low), float(ahead.high))
        if ahead
        else None,
        is_percent=measure.is_percent,
        new_map=_new_map(progress, measure),
        settled=measure.newest.year if measure.newest else None,
    )


def _drawn_words(measure: Measure, figure: Figure, number: Decimal | None) -> str:
    return sum_words(measure, figure.year, number) if measure.is_added_up else figure_words(measure, figure)


def _new_map(progress: Progress, measure: Measure) -> NewMap | None:
    """The first year whose figures come from another number of units than the year before."""
    owed = {
        year: len(progress.register.lineage.units_in_force(day)) for year, day in progress.last_days.items()
    }
    years = [figure.year for figure in measure.figures]
    changes = ((year, owed[earlier], owed[year]) for earlier, year in pairwise(years))
    return next((NewMap(*change) for change in changes if change[1] != change[2]), None)


def regions_chart(progress: Progress, measure: Measure, figure: Figure) -> Chart:
    rows = progress.regions(measure, figure)
    bars = [
        Bar(name, None if total.number is None else float(total.number), f"{counted}/{expected}")
        for name, total, counted, expected in rows
    ]
    words = "; ".join(
        f"{name}: {part_words(measure, total, counted, expected)} ({counted}/{expected})"
        for name, total, counted, expected in rows
    )
    mark = measure.marks[0] if measure.is_percent and measure.marks else None
    return by_group(
        bars, sentence=words, aim=float(mark.low) if mark else None, is_percent=measure.is_percent
    )


def provenance(progress: Progress, measure: Measure, figure: Figure) -> list[tuple[str, str]]:
    """Where a number comes from: formula, parts, whose values are in it, whose are missing."""
    indicator, places = measure.indicator, progress.places_in(figure.year)
    rows = [(_("Formula"), _formula(measure))]
    total = figure.total
    if total.numerator is not None and total.denominator is not None:
        rows.append((_("Numerator ÷ denominator"), f"{plain(total.numerator)} ÷ {plain(total.denominator)}"))
    rows.append(
        (
            _("Included"),
            _("%(counted)s of %(expected)s units") % {"counted": figure.counted, "expected": figure.expected},
        )
    )
    rows.append((_("Missing"), names(places, figure.missing) or _("none")))
    if figure.lacking:
        rows.append((_("Missing from merged units"), names(places, figure.lacking)))
    if figure.left_out:
        rows.append((_("In the total only"), names(places, figure.left_out)))
    inherited = [cell.unit for cell in figure.cells if cell.is_inherited]
    if inherited:
        rows.append((_("Inherited"), names(places, inherited)))
    if indicator.is_share:
        rows.append((_("Units that do"), names(places, figure.doing) or _("none")))
        rows.append((_("Units that do not"), names(places, figure.not_doing) or _("none")))
    return rows


def names(places: Places, units: Iterable[int]) -> str:
    return ", ".join(str(places[unit].name) for unit in units)


def _formula(measure: Measure) -> str:
    indicator = measure.indicator
    if indicator.is_ratio:
        return _(
            "%(numerator)s ÷ %(denominator)s; numerators and denominators are added up, "
            "percentages are never averaged"
        ) % {"numerator": indicator.numerator, "denominator": indicator.denominator}
    if indicator.is_share:
        return _("units that do ÷ units in force on the map's day")
    return str(indicator.get_carry_over_display())


def years_rows(measure: Measure) -> list[list[str]]:
    """The table beside the line; of what is added up, the sum so far as well."""
    sums = dict(measure.sums)
    return [
        [
            str(figure.year),
            figure_words(measure, figure),
            *([sum_words(measure, figure.year, sums[figure.year])] if measure.is_added_up else []),
            coverage_of(figure),
        ]
        for figure in measure.figures
    ]


def coverage_of(figure: Figure) -> str:
    return coverage_words(figure.counted, figure.expected, lacks=bool(figure.lacking))


def years_star(progress: Progress, measure: Measure) -> str:
    """What the star beside a year's coverage says, where there is one."""
    return star_words(
        [
            (figure.year, names(progress.places_in(figure.year), figure.lacking))
            for figure in measure.figures
            if figure.lacking
        ]
    )


def years_head(measure: Measure) -> list[str]:
    return [_("Year"), _("Value"), *([_("Added up")] if measure.is_added_up else []), _("Units")]


def regions_rows(progress: Progress, measure: Measure, figure: Figure) -> list[list[str]]:
    return [
        [name, part_words(measure, total, counted, expected), f"{counted}/{expected}"]
        for name, total, counted, expected in progress.regions(measure, figure)
    ]
