"""How a number of progress is said: with its unit, and whether it can only become more."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .figures import Figure, Total
from .pace import deciding_places, sentences, trimmed
from .progress import Measure


def value_words(measure: Measure, number: Decimal | None) -> str:
    """64% · 23 models · no figure yet."""
    if number is None:
        return _("no figure yet")
    lows = [mark.low for mark in measure.marks]
    places = max((deciding_places([number], low) for low in lows), default=1)
    shown = trimmed(number, places)
    return f"{shown}%" if measure.is_percent else f"{shown} {measure.indicator.unit}"


def figure_words(measure: Measure, figure: Figure) -> str:
    """At least 23.5%, where units that gave no number could only make it more."""
    words = value_words(measure, figure.number)
    return _("at least %(number)s") % {"number": words} if measure.is_least(figure) else words


def newest_words(measure: Measure) -> str:
    """What is held against the marks: 78.8% · 19 models since 2021."""
    compared, newest = measure.compared, measure.newest
    if newest is None or compared is None:
        return value_words(measure, None)
    if not measure.is_added_up:
        return figure_words(measure, newest)
    return _("%(number)s, %(first)s–%(last)s added up") % {
        "number": sum_words(measure, *compared),
        "first": measure.figures[0].year,
        "last": compared[0],
    }


def sum_words(measure: Measure, year: int, number: Decimal | None) -> str:
    """What has been added up by a year; at least that, where one of the years lacks units."""
    words = value_words(measure, number)
    is_least = number is not None and measure.is_least_by(year)
    return _("at least %(number)s") % {"number": words} if is_least else words


def pace_sentence(measure: Measure) -> str:
    if not measure.indicator.is_numeric:
        return str(measure.indicator.carry_over_reason)
    said = sentences(
        measure.pace,
        unit=str(measure.indicator.unit),
        is_percent=measure.is_percent,
        is_least=measure.is_compared_least,
    )
    return " ".join(words for words in (_counting_words(measure), said) if words)


def _counting_words(measure: Measure) -> str:
    """How a number is to be read that is not one year's whole count."""
    newest = measure.newest
    if newest is not None and measure.is_added_up:
        return _(
            "Each year counts what began in it (%(year)s: %(number)s); the sum is held against the mark."
        ) % {
            "year": newest.year,
            "number": figure_words(measure, newest),
        }
    if newest is None or not measure.is_least(newest):
        return ""
    return missing_words(measure.missing_in(newest), is_share=measure.indicator.is_share)


def missing_words(missing: int, *, is_share: bool) -> str:
    """Why a number is the least that it can be; pages and documents say it alike."""
    if not is_share:
        return ngettext(
            "%(n)s unit has no approved figure and adds nothing yet.",
            "%(n)s units have no approved figure and add nothing yet.",
            missing,
        ) % {"n": missing}
    return ngettext(
        "%(n)s unit has no approved figure and is counted as not doing it yet.",
        "%(n)s units have no approved figure and are counted as not doing it yet.",
        missing,
    ) % {"n": missing}


def part_words(measure: Measure, total: Total, counted: int, expected: int) -> str:
    words = value_words(measure, total.number)
    is_least = measure.can_only_grow and total.number is not None and counted < expected
    return _("at least %(number)s") % {"number": words} if is_least else words


def coverage_words(counted: int, expected: int, *, lacks: bool) -> str:
    """33/34, with a star where a unit's number lacks the part of one that it replaced."""
    return f"{counted}/{expected}{'*' if lacks else ''}"


def star_words(years: Sequence[tuple[int, str]]) -> str:
    """What the star says: of each year the units from before a merger whose values are lacking."""
    if not years:
        return ""
    listed = "; ".join(f"{year}: {names}" for year, names in years)
    return _("* The number of a unit lacks the part of one that it replaced: %(units)s.") % {"units": listed}
