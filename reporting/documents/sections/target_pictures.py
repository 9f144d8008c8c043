"""One target drawn: against its marks, and year by year with the same years as a table."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ...measure_words import star_words
from ..blocks import Picture, Row, Table
from ..captions import Captions
from ..measured import Measured, mark_words
from ..numbers import NO_VALUE, number_words
from .target_words import forecast_of, result_words


def ruler(one: Measured, captions: Captions) -> Picture:
    top = Decimal(100) if one.is_percent and max(m.high for m in one.marks) > 20 else _top(one)
    compared = one.compared
    is_known = compared is not None and compared.number is not None
    data = {
        "value": str(compared.number) if compared and is_known else None,
        "value_words": one.told(compared) if compared and is_known else "",
        "top": str(top),
        "marks": [
            {"when": str(mark.year), "low": str(mark.low), "high": str(mark.high), "words": mark_words(mark)}
            for mark in one.marks
        ],
    }
    caption = captions.figure(_("%(name)s, against the marks") % {"name": one.name})
    return Picture("ruler", data, caption, result_words(one))


def _top(one: Measured) -> Decimal:
    number = one.compared.number if one.compared else None
    highest = max([*(mark.high for mark in one.marks), number or Decimal(0), Decimal(1)])
    return highest * Decimal("1.2")


def line(one: Measured, captions: Captions) -> Picture:
    is_added = one.is_counted_anew and bool(one.marks)
    points = [
        {
            "year": year.year,
            "value": None if year.number is None else float(year.number),
            "counted": year.counted,
            "expected": year.expected,
            "lacks": bool(year.lacking),
            "is_at_least": year.is_least and year.number is not None,
        }
        for year in (one.sums if is_added else one.years)
    ]
    found = forecast_of(one)
    forecast = (
        {
            "year": found.year,
            "value": float(found.number),
            "low": float(found.low),
            "high": float(found.high),
        }
        if found
        else None
    )
    listed = "; ".join(f"{year.year}: {one.marked(year)}" for year in (one.sums if is_added else one.years))
    caption = _("%(name)s, added up year by year") if is_added else _("%(name)s, year by year")
    return Picture(
        "line",
        {
            "points": points,
            "forecast": forecast,
            "marks": [{"year": m.year, "low": float(m.low), "high": float(m.high)} for m in one.marks],
            "unit": one.unit,
        },
        captions.figure(f"{caption % {'name': one.name}}{_open_circle(one)}"),
        listed,
    )


def _open_circle(one: Measured) -> str:
    """What an open circle says, where there is one."""
    open_years = [year for year in one.known if year.counted < year.expected or year.lacking]
    if not open_years or one.cut.is_of_one:
        return ""
    return " (" + _("an open circle: not every unit has an approved figure") + ")"


def years(one: Measured, captions: Captions) -> Table:
    """The same years as the line, in figures."""
    years = one.years
    rows = [Row((_("Value"), *(one.marked(year) for year in years)))]
    if one.is_counted_anew and one.marks:
        sums = {year.year: one.marked(year) for year in one.sums}
        rows.append(Row((_("Added up"), *(sums.get(year.year, NO_VALUE) for year in years))))
    if one.is_ratio:
        rows += [
            Row((_("Numerator"), *(number_words(year.numerator) for year in years))),
            Row((_("Denominator"), *(number_words(year.denominator) for year in years))),
        ]
    lacking = [(year.year, one.cut.names(year.lacking)) for year in years if year.lacking]
    if lacking or not one.cut.is_of_one:
        rows.append(Row((_("Coverage"), *(year.coverage for year in years))))
    each = 80 // len(years)
    return Table(
        head=(_("Year"), *(str(year.year) for year in years)),
        aligned=("start", *("end",) * len(years)),
        widths=(100 - each * len(years), *(each,) * len(years)),
        rows=tuple(rows),
        caption=captions.table(_("%(name)s, year by year") % {"name": one.name}),
        note=star_words(lacking),
    )
