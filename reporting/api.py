"""Reporting's part of the open data: an indicator's approved values by unit, under a lens."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.api import Endpoint, Field, Parameter, Refused
from programmes.models import CarryOver, Indicator
from programmes.querysets import OURS
from provinces.api import LENS, Row, map_asked, named, short_row
from provinces.models import Province
from provinces.register import Register

from .figures import Blank, Cell, Figure, Reported, Total
from .lenses import Lens, LensKind
from .map_days import MapDays
from .models import ApprovedValue
from .progress import Measure, Progress, framework, load_measure
from .years import PERIODIC

Stamps = dict[tuple[int, int], tuple[Any, bool]]  # (unit, year) → approved at, is demo


def values(given: Mapping[str, str]) -> Row:
    begins = Province.objects.order_by("valid_from").values_list("valid_from", flat=True).first()
    choice = map_asked(given, begins or date.min)
    _refuse_unknown_map(choice.day)
    year = _year(given.get("year"))
    progress = load_measure(_named(given["code"]), Lens(LensKind(choice.kind), choice.day))
    (measure,) = progress.measures
    figures = [one for one in measure.figures if year in (None, one.year) and (year or one.counted)]
    if year and not any(one.year == year and measure.values.get(year) for one in figures):
        raise Refused(_no_year(measure, year), 404)
    stamps = _stamps(measure, year)
    return {
        "indicator": _indicator(measure),
        "lens": str(choice),
        "lens_words": progress.lens.words(),
        "data": "approved",
        "approved_until": max((at for at, _demo in stamps.values()), default=None),
        "is_demo": any(is_demo for _at, is_demo in stamps.values()),
        "compared": _compared(measure),
        "years": [_YearRows(progress, measure, figure, stamps).row() for figure in figures],
    }


def _refuse_unknown_map(day: date) -> None:
    """As the pages refuse it: no map is known after the register and the newest period end."""
    today = timezone.localdate()
    if day <= today:
        return
    known = MapDays.public(Register.load(), day, today=today)
    if day > known.last:
        words = _("No map is known after %(day)s. Choose that day or an earlier one.")
        raise Refused(words % {"day": known.last.isoformat()})


def _compared(measure: Measure) -> Row | None:
    """What pages and documents hold against the marks: the newest year's value, or the years added up."""
    if measure.compared is None:
        return None
    year, number = measure.compared
    return {
        "value": round(number, 6),
        "first_year": measure.figures[0].year if measure.is_added_up else year,
        "last_year": year,
        "is_at_least": measure.is_compared_least,
    }


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if not (len(text) == 4 and text.isascii() and text.isdecimal()):
        raise Refused(_("“%(typed)s” is not a year. Write four digits, such as 2025.") % {"typed": text[:40]})
    return int(text)


def _named(code: str) -> Indicator:
    known = framework()
    for indicator in known:
        if indicator.code.casefold() == code.casefold():
            return indicator
    raise Refused(
        _("There is no indicator “%(code)s”. Known: %(known)s.")
        % {"code": code[:40], "known": ", ".join(one.code for one in known) or "–"},
        404,
    )


def _no_year(measure: Measure, year: int) -> str:
    if not measure.indicator.is_numeric:
        return _("%(code)s has no number: it is followed in words.") % {"code": measure.indicator.code}
    known = ", ".join(str(one) for one in sorted(measure.values)) or "–"
    return _("No value of %(code)s is approved for %(year)s. Years with values: %(known)s.") % {
        "code": measure.indicator.code,
        "year": str(year),
        "known": known,
    }


def _stamps(measure: Measure, year: int | None) -> Stamps:
    rows = ApprovedValue.objects.current().filter(PERIODIC, indicator=measure.indicator.pk)
    if year:
        rows = rows.filter(period__year=year)
    newest = (
        rows.order_by()
        .values_list("province_id", "period__year")
        .annotate(newest=Max("approved_at"), demos=Count("pk", filter=Q(is_demo=True)))
    )
    return {(unit, year): (approved_at, demos > 0) for unit, year, approved_at, demos in newest}


def _indicator(measure: Measure) -> Row:
    one = measure.indicator
    names = (
        "code",
        "name_vi",
        "name_en",
        "unit_vi",
        "unit_en",
        "carry_over",
        "numerator_vi",
        "denominator_vi",
    )
    return {"programme": OURS, **{name: getattr(one, name) for name in names}}


class _YearRows:
    """One year of an indicator as the answer prints it."""

    def __init__(self, progress: Progress, measure: Measure, figure: Figure, stamps: Stamps) -> None:
        self.progress, self.measure, self.figure, self.stamps = progress, measure, figure, stamps
        self.last_day = progress.last_days[figure.year]
        self.map_on: date = progress.map_day(figure.year)
        self.reported = {row.unit: row for row in measure.values.get(figure.year, ())}

    def row(self) -> Row:
        figure = self.figure
        return {
            "year": figure.year,
            "period_ends_on": self.last_day,
            "map_on": self.map_on,
            "total": _number(figure.total),
            "is_at_least": self.measure.is_least(figure),
            "added_up": self._added_up(),
            "coverage": self._coverage(figure.counted, figure.expected, figure.missing, self.map_on),
            "lacking": self._named(figure.lacking, self.last_day),
            "in_the_total_only": self._named(figure.left_out, self.last_day),
            "units": [self._cell(cell) for cell in sorted(figure.cells, key=self._code)],
        }

    def _added_up(self) -> Row | None:
        """The sum of the years so far, of what each year counts anew."""
        year = self.figure.year
        if (number := self.measure.sum_by(year)) is None:
            return None
        return {
            "value": round(number, 6),
            "first_year": self.measure.figures[0].year,
            "is_at_least": self.measure.is_least_by(year),
        }

    def _code(self, cell: Cell) -> str:
        return self.progress.register.units[cell.unit].code

    def _cell(self, cell: Cell) -> Row:
        emptiness, reason = self._emptiness(cell)
        heard = cell.parts + cell.unused
        return {
            **short_row(self.progress.register.units[cell.unit], self.map_on),
            **_number(cell.total),
            "emptiness": emptiness,
            "reason": reason,
            "coverage": self._coverage(
                len(heard), len(heard) + len(cell.lacking), cell.lacking, self.last_day
            ),
            "parts": [self._part(key) for key in heard],
        }

    def _emptiness(self, cell: Cell) -> tuple[str, str]:
        """Why there is no value: the reporter's own reason, or ours."""
        if cell.blank == Blank.EMPTY:
            return cell.emptiness, cell.reason
        return cell.blank, self._sentence(cell.blank)

    def _sentence(self, blank: str) -> str:
        own = str(self.measure.indicator.carry_over_reason)
        sentences = {
            "": "",
            Blank.NOT_REPORTED: _("No value of it is approved for this year."),
            Blank.TORN: _("What was reported for its area cannot be split, so it is given to no unit."),
            Blank.NOT_ADDITIVE: own or _("The values of its predecessors cannot be made into one."),
            Blank.INCOMPLETE: str(Blank.INCOMPLETE.label),
        }
        return sentences[blank]

    def _part(self, key: int) -> Row:
        row = self.reported[key]
        approved_at, is_demo = self.stamps.get((key, row.year), (None, False))
        unit = short_row(self.progress.register.units[key], self.last_day)
        return {**unit, **_as_reported(row, self.measure), "approved_at": approved_at, "is_demo": is_demo}

    def _coverage(self, counted: int, expected: int, missing: Iterable[int], day: date) -> Row:
        return {"counted": counted, "expected": expected, "missing": self._named(missing, day)}

    def _named(self, keys: Iterable[int], day: date) -> list[Row]:
        return [short_row(self.progress.register.units[key], day) for key in keys]


def _number(total: Total) -> Row:
    value = None if total.number is None else round(total.number, 6)
    return {"value": value, "numerator": total.numerator, "denominator": total.denominator}


def _as_reported(row: Reported, measure: Measure) -> Row:
    share = measure.indicator.carry_over == CarryOver.RATIO
    value = row.value
    if share and row.numerator is not None and row.denominator:
        value = round(row.numerator / row.denominator * Decimal(100), 6)
    elif row.emptiness == "zero":
        value = Decimal(0)
    return {"value": value, "numerator": row.numerator, "denominator": row.denominator}


def flat_values(found: Row) -> list[Row]:
    """One unit in one year a row; the lens, the map's day and the coverage stand in each."""
    rows = []
    for year in found["years"]:
        whole = year["coverage"]
        for unit in year["units"]:
            own = {name: value for name, value in unit.items() if name not in ("coverage", "parts")}
            rows.append(
                {
                    "indicator": found["indicator"]["code"],
                    "year": year["year"],
                    **own,
                    "counted": unit["coverage"]["counted"],
                    "expected": unit["coverage"]["expected"],
                    "missing": "; ".join(named(one) for one in unit["coverage"]["missing"]),
                    "parts": "; ".join(named(one) for one in unit["parts"]),
                    "units_counted": whole["counted"],
                    "units_expected": whole["expected"],
                    "lens": found["lens"],
                    "map_on": year["map_on"],
                    "is_demo": any(part["is_demo"] for part in unit["parts"]),
                    "total": year["total"]["value"],
                    "added_up": year["added_up"]["value"] if year["added_up"] else None,
                }
            )
    return rows


YEAR = Parameter(
    "year", gettext_lazy("four digits; all years with values by default"), "2025", pattern="^[0-9]{4}$"
)
INDICATOR = Parameter("code", gettext_lazy("the portal's code of an indicator"), "T3", True)
VALUE_FIELDS = (
    Field("indicator", "object", gettext_lazy("code, names, unit, and how values of units become one")),
    Field("lens", "string", gettext_lazy("the lens of this answer, and in lens_words what it means")),
    Field("data", "string", gettext_lazy("always “approved”: drafts and unapproved reports are never here")),
    Field("approved_until", "string", gettext_lazy("when the newest of the values was approved")),
    Field("is_demo", "boolean", gettext_lazy("true: invented values of the demonstration are in it")),
    Field(
        "years",
        "array",
        gettext_lazy(
            "for each year: total and whether it is_at_least that, coverage (counted, expected, missing by "
            "name), added_up (the total of the years so far, where each year counts anew; else null), "
            "in_the_total_only (units whose value stands in no unit of the map) and units, each with value, "
            "numerator, denominator, emptiness and reason, coverage and parts as reported; in CSV, total "
            "and added_up stand in every row of the year"
        ),
    ),
    Field(
        "compared",
        "object",
        gettext_lazy(
            "what pages and documents hold against the marks, whatever year is asked for: value, first_year "
            "to last_year (the same, unless years are added up), is_at_least; null while there is no value"
        ),
    ),
)

ENDPOINTS = (
    Endpoint(
        "values",
        "indicators/{code}/values",
        gettext_lazy("Values of an indicator"),
        gettext_lazy(
            "Approved values by unit and year, added up by the indicator's own rule under the lens."
        ),
        (INDICATOR, LENS, YEAR),
        VALUE_FIELDS,
        values,
        "indicators/T3/values?lens=as_reported",
        is_list=False,
        flat=flat_values,
    ),
)
