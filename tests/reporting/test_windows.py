"""Decree 09/2019's windows out of data: month, quarter, half-year and year follow one rule."""

from datetime import date

import pytest

from reporting.windows import DayRule, WindowRule, after, before, newest_open, window

DECREE = {
    "begins": DayRule(-1, 15),
    "ends": DayRule(0, 14),
    "opens": DayRule(-2, 1),
    "due": DayRule(-1, 17),
    "government_due": DayRule(0, 25),
}


@pytest.mark.parametrize(
    ("months", "number", "first", "last"),
    [
        (1, 1, date(2025, 12, 15), date(2026, 1, 14)),
        (1, 3, date(2026, 2, 15), date(2026, 3, 14)),
        (3, 1, date(2025, 12, 15), date(2026, 3, 14)),
        (3, 4, date(2026, 9, 15), date(2026, 12, 14)),
        (6, 1, date(2025, 12, 15), date(2026, 6, 14)),
        (6, 2, date(2026, 6, 15), date(2026, 12, 14)),
        (12, 1, date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_window_is_the_decrees(months, number, first, last):
    found = window(WindowRule(months=months, **DECREE), 2026, number)

    assert (found.first_day, found.last_day) == (first, last)


def test_the_year_is_due_to_the_government_on_25_december():
    found = window(WindowRule(months=12, **DECREE), 2026, 1)

    assert (found.opens_on, found.due_on, found.government_due_on) == (
        date(2026, 10, 1), date(2026, 11, 17), date(2026, 12, 25),
    )  # fmt: skip


def test_a_day_that_a_month_lacks_is_its_last():
    assert DayRule(0, 31).of(2026, 2) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 9, 30), 2025), (date(2026, 10, 1), 2026), (date(2027, 1, 2), 2026)]
)
def test_the_newest_open_period_is_the_one_whose_day_has_come(today, year):
    assert newest_open(WindowRule(months=12, **DECREE), today).year == year


def test_periods_follow_one_another_over_the_turn_of_the_year():
    quarters = WindowRule(months=3, **DECREE)

    assert (after(quarters, 2026, 4), before(quarters, 2026, 1)) == ((2027, 1), (2025, 4))
