from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.dates import PartialDate, PartialDateFormField, day_words, range_words, short_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("24/12/2022", "2022-12-24"),
        ("4/2/2022", "2022-02-04"),
        ("12/2022", "2022-12"),
        ("2022", "2022"),
        ("27/9", "XXXX-09-27"),
        ("2022-12-24", "2022-12-24"),
        ("XXXX-09-27", "XXXX-09-27"),
        (" 29/2 ", "XXXX-02-29"),
    ],
)
def test_dates_are_read_as_people_type_them(typed, stored):
    assert str(PartialDate.parse(typed)) == stored


@pytest.mark.parametrize(
    "typed",
    ["31/2/2022", "13/2022", "2022-00", "00/2022", "0000", "XXXX-09", "XXXX", "hôm qua", "", "1/1/22"],
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError):
        PartialDate.parse(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_survives_being_stored(day):
    stored = str(PartialDate.of(day))

    assert PartialDate.parse(stored).exact == day


def test_known_parts_tell_the_first_day():
    assert PartialDate(2022, 12).first_day == date(2022, 12, 1)
    assert PartialDate(2022).first_day == date(2022, 1, 1)
    assert PartialDate(None, 9, 27).first_day is None
    assert PartialDate(2022, 12).exact is None


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2025, 7, 1), "01/7/2025", "1 July 2025"),
        (date(2020, 2, 3), "03/02/2020", "3 February 2020"),
        (PartialDate(2022, 12), "12/2022", "December 2022"),
        (PartialDate(2022), "2022", "2022"),
        (datetime(2026, 11, 20, 18, 0, tzinfo=UTC), "21/11/2026", "21 November 2026"),  # already the 21st
        (None, "", ""),
    ],
)
def test_days_are_written_as_each_language_writes_them(day, vietnamese, english):
    with translation.override("vi"):
        assert day_words(day) == vietnamese
    with translation.override("en"):
        assert day_words(day) == english


@pytest.mark.parametrize(
    ("start", "end", "vietnamese", "english"),
    [
        (date(2019, 11, 21), date(2019, 11, 22), "21–22/11/2019", "21–22 November 2019"),
        (date(2026, 9, 12), date(2026, 10, 2), "12/9–02/10/2026", "12 September–2 October 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30/12/2025–02/01/2026", "30 December 2025–2 January 2026"),
        (date(2024, 9, 19), date(2024, 9, 19), "19/9/2024", "19 September 2024"),
        (date(2024, 9, 19), None, "19/9/2024", "19 September 2024"),
    ],
)
def test_two_days_are_written_as_one_stretch(start, end, vietnamese, english):
    with translation.override("vi"):
        assert range_words(start, end) == vietnamese
    with translation.override("en"):
        assert range_words(start, end) == english


def test_a_day_without_its_year_says_so():
    with translation.override("en"):
        assert PartialDate(None, 9, 27).words() == "27 September, year not in the source"


def test_the_form_says_what_it_takes():
    with pytest.raises(ValidationError) as refusal:
        PartialDateFormField().clean("tháng Chạp")

    with translation.override("en"):
        assert refusal.value.messages == [
            "Write the date as 24/12/2022, 12/2022, 2022, or 27/9 when the year is unknown."
        ]


def test_a_slip_in_the_year_is_shown_with_four_digits():
    with translation.override("vi"):
        assert day_words(date(1, 2, 1)) == "01/02/0001"
    with translation.override("en"):
        assert day_words(date(1, 2, 1)) == "1 February 0001"


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (PartialDate(2026, 11, 17), "17/11/2026", "17 Nov 2026"),
        (PartialDate(2025, 5), "5/2025", "May 2025"),
        (PartialDate(2022), "2022", "2022"),
    ],
)
def test_a_narrow_column_has_short_names_of_months(day, vietnamese, english):
    with translation.override("en"):
        assert short_words(day) == english

    assert short_words(day) == vietnamese
