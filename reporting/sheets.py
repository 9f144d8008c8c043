"""Figures as CSV and XLSX: units, lens and coverage in every sheet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import sheets
from foundation.sheets import Rows

from . import showing, showing_units
from .progress import Measure, Progress


def targets(progress: Progress) -> Rows:
    head = [_("Target"), _("Value"), _("Unit"), _("Year"), _("Mark 2025"), _("Mark 2030"), _("State"),
            _("Units counted"), _("Units expected"), _("Lens"), _("Demo data"), _("Value is at least"),
            *_sum_head()]  # fmt: skip
    rows: list[list[Any]] = [head]
    for measure in progress.measures:
        row, newest = showing.target_row(progress, measure), measure.newest
        rows.append(
            [
                str(measure.indicator.name),
                _rounded(newest.number) if newest else None,
                str(measure.indicator.unit),
                newest.year if newest else None,
                row.mark_2025,
                row.mark_2030,
                row.standing,
                newest.counted if newest else None,
                newest.expected if newest else None,
                str(progress.lens),
                _yes_or_no(is_so=progress.is_demo),
                _yes_or_no(is_so=newest is not None and measure.is_least(newest)),
                *_sum_cells(measure),
            ]
        )
    return rows


def _sum_head() -> list[str]:
    return [_("Value added up"), _("Added up from"), _("Added up to"), _("Sum is at least")]


def _sum_cells(measure: Measure) -> list[Any]:
    """Of what each year counts anew: the sum that the page shows and holds against the marks."""
    if not measure.is_added_up or measure.compared is None:
        return [None] * 4
    year, number = measure.compared
    is_least = _yes_or_no(is_so=measure.is_least_added)
    return [_rounded(number), measure.figures[0].year, year, is_least]


def by_unit(progress: Progress, measure: Measure) -> Rows:
    head = [_("Year"), _("Code"), _("Province"), _("Region"), _("Value"), _("Numerator"), _("Denominator"),
            _("Unit"), _("Why there is no value"), _("Values from"), _("Missing from it"),
            _("Coverage of the year"), _("Lens"), _("Demo data"), _("Value of all units"),
            _("All units added up to the year")]  # fmt: skip
    rows: list[list[Any]] = [head]
    for figure in measure.figures:
        places = progress.places_in(figure.year)
        for cell in figure.cells:
            place = places[cell.unit]
            rows.append(
                [
                    figure.year,
                    place.code,
                    str(place.name),
                    place.region_name,
                    _rounded(cell.number),
                    cell.total.numerator,
                    cell.total.denominator,
                    str(measure.indicator.unit),
                    "" if cell.number is not None else showing_units.cell_words(places, measure, cell),
                    showing.names(places, cell.parts + cell.unused),
                    showing.names(places, cell.lacking),
                    f"{figure.counted}/{figure.expected}",
                    str(progress.lens),
                    _yes_or_no(is_so=progress.is_demo),
                    _rounded(figure.number),
                    _rounded(measure.sum_by(figure.year)),
                ]
            )
    return rows


def about(progress: Progress, measures: Sequence[Measure]) -> Rows:
    """What has to be known of the numbers: the lens in words, and the coverage of every year."""
    told: list[list[Any]] = [
        [_("Numbers seen as"), progress.lens.words()],
        [_("Lens"), str(progress.lens)],
        [_("Read at"), f"{timezone.localtime():%Y-%m-%d %H:%M}"],
        [_("Demo data"), _yes_or_no(is_so=progress.is_demo)],
        *_adding_words(measures),
        [],
        [
            _("Target"),
            _("Year"),
            _("Units counted"),
            _("Units"),
            _("Missing"),
            _("Missing from a merged unit"),
            _("In the total only"),
            _("Value of all units"),
            _("All units added up to the year"),
        ],
    ]
    for measure in measures:
        for figure in measure.figures:
            places = progress.places_in(figure.year)
            told.append(
                [
                    str(measure.indicator.name),
                    figure.year,
                    figure.counted,
                    figure.expected,
                    showing.names(places, figure.missing),
                    showing.names(places, figure.lacking),
                    showing.names(places, figure.left_out),
                    _rounded(figure.number),
                    _rounded(measure.sum_by(figure.year)),
                ]
            )
    return told


def _adding_words(measures: Sequence[Measure]) -> list[list[Any]]:
    words = _("Each year counts what began in it; the years added up are held against the marks.")
    return [[str(measure.indicator.name), words] for measure in measures if measure.is_added_up]


def _yes_or_no(*, is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def answer(kind: str, name: str, rows: Rows, told: Rows = ()) -> HttpResponse:
    """The rows as a download; a workbook has a second sheet about the numbers."""
    more = {_("About the numbers"): told} if told else {}
    return sheets.answer(kind, name, rows, title=_("Numbers"), more=more)


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(number, 2)
