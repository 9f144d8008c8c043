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
            _("Units counted"), _("Units expected"), _("Lens"), _("Demo data")]  # fmt: skip
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
                _("yes") if progress.is_demo else _("no"),
            ]
        )
    return rows


def by_unit(progress: Progress, measure: Measure) -> Rows:
    head = [_("Year"), _("Code"), _("Province"), _("Region"), _("Value"), _("Numerator"), _("Denominator"),
            _("Unit"), _("Why there is no value"), _("Values from"), _("Missing from it"),
            _("Coverage of the year"), _("Lens"), _("Demo data")]  # fmt: skip
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
                    _("yes") if progress.is_demo else _("no"),
                ]
            )
    return rows


def about(progress: Progress, measures: Sequence[Measure]) -> Rows:
    """What has to be known of the numbers: the lens in words, and the coverage of every year."""
    told: list[list[Any]] = [
        [_("Numbers seen as"), progress.lens.words()],
        [_("Lens"), str(progress.lens)],
        [_("Read at"), f"{timezone.localtime():%Y-%m-%d %H:%M}"],
        [_("Demo data"), _("yes") if progress.is_demo else _("no")],
        [],
        [
            _("Target"),
            _("Year"),
            _("Units counted"),
            _("Units"),
            _("Missing"),
            _("Missing from a merged unit"),
            _("In the total only"),
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
                ]
            )
    return told


def answer(kind: str, name: str, rows: Rows, told: Rows = ()) -> HttpResponse:
    """The rows as a download; a workbook has a second sheet about the numbers."""
    more = {_("About the numbers"): told} if told else {}
    return sheets.answer(kind, name, rows, title=_("Numbers"), more=more)


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(number, 2)
