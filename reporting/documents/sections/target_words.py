"""What is said of one target: its figure and how whole it is, its pace, its forecast."""

from django.utils.translation import gettext as _

from ...measure_words import missing_words
from ...pace import Forecast, Standing, plain, sentences
from ..measured import Measured, YearNumber


def result_words(one: Measured) -> str:
    newest, compared = one.newest, one.compared
    if newest is None or compared is None or compared.number is None:
        return _no_figure_words(one)
    if one.is_yes_or_no:
        doing = _("%(place)s reported in %(year)s that it does this.")
        not_doing = _("%(place)s reported in %(year)s that it does not do this yet.")
        return (doing if newest.number else not_doing) % {"place": one.cut.place, "year": newest.year}
    sentence = _no_figure_words(one) if newest.number is None else _figure_words(one, newest)
    if not one.marks:
        return sentence
    pieces = [
        sentence,
        _added_words(one),
        sentences(one.pace, unit=one.unit, is_percent=one.is_percent, is_least=_is_compared_least(one)),
        _forecast_words(one),
    ]
    return " ".join(piece for piece in pieces if piece)


def _no_figure_words(one: Measured) -> str:
    return _("No approved figure is available for %(year)s.") % {"year": one.cut.year}


def _is_compared_least(one: Measured) -> bool:
    return one.compared is not None and one.compared.is_least


def _added_words(one: Measured) -> str:
    """Of what each year counts anew: which sum is held against the mark, and how whole it is."""
    compared = one.compared
    if not one.is_counted_anew or compared is None:
        return ""
    values = {"first": one.sums[0].year, "last": compared.year, "sum": one.told(compared)}
    words = _(
        "Each year counts what began in it; added up from %(first)s to %(last)s it is %(sum)s, and this sum "
        "is held against the mark."
    )
    if not compared.is_least:
        return words % values
    more = _("Not every unit has an approved figure in each of these years.")
    return f"{words % values} {more}"


def _figure_words(one: Measured, newest: YearNumber) -> str:
    values = {
        "value": one.told(newest),
        "counted": newest.counted,
        "expected": newest.expected,
        "year": newest.year,
    }
    parts = ""
    if newest.numerator is not None and newest.denominator is not None:
        parts = _("%(numerator)s out of %(denominator)s") % {
            "numerator": plain(newest.numerator),
            "denominator": plain(newest.denominator),
        }
    if one.cut.is_of_one:
        form = (
            _("The figure of %(year)s is %(value)s (%(parts)s).")
            if parts
            else _("The figure of %(year)s is %(value)s.")
        )
        return form % {**values, "parts": parts}
    form = (
        _("The figure of %(year)s is %(value)s (%(parts)s), from %(counted)s of %(expected)s units.")
        if parts
        else _("The figure of %(year)s is %(value)s, from %(counted)s of %(expected)s units.")
    )
    return f"{form % {**values, 'parts': parts}} {_missing_words(one, newest)}".strip()


def _missing_words(one: Measured, newest: YearNumber) -> str:
    if not newest.is_least:
        return ""
    return missing_words(newest.missing, is_share=one.is_share)


def _forecast_words(one: Measured) -> str:
    found = forecast_of(one)
    if found is None:
        return ""
    form = _(
        "If the trend of the last years goes on, %(year)s ends at %(value)s (between %(low)s and %(high)s)."
    )
    if found.low == found.high:
        form = _("If the trend of the last years goes on, %(year)s ends at %(value)s.")
    return form % {
        "year": found.year,
        "value": one.words(found.number),
        "low": one.words(found.low),
        "high": one.words(found.high),
    }


def forecast_of(one: Measured) -> Forecast | None:
    """None where too few units stand behind the newest year to state a pace."""
    if not one.marks or one.pace.standing == Standing.UNKNOWN:
        return None
    return one.pace.forecast
