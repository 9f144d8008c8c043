"""Days that nobody meant: a slip in the year is told at once, wherever a day is asked for."""

from datetime import date

from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.dates import day_words

EARLIEST_YEAR, YEARS_AHEAD = 2000, 10


def is_far(day: date, near: date) -> bool:
    """Whether the year cannot be meant, seen from ``near``: the period, or today."""
    return not EARLIEST_YEAR <= day.year <= near.year + YEARS_AHEAD


def far_words(day: date) -> str:
    return _("%(day)s is too far from today. Check the year.") % {"day": day_words(day)}


def refuse_far(*days: date, today: date) -> None:
    for day in days:
        if is_far(day, today):
            raise ActionRefused(far_words(day))
