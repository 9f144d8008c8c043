"""Days off come from the ministry; a day that is not worked gives way to the worked day before it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reporting.ladder import Case, Kind, Ladder, days_of, rungs
from reporting.models import Holiday
from reporting.working_days import Calendar

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (27, 28, 29, 30))

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
calendars = st.builds(
    Calendar, off=st.frozensets(days, max_size=40), exchanged=st.frozensets(days, max_size=10)
)


@pytest.mark.parametrize(
    ("day", "worked"), [(FRIDAY, True), (SATURDAY, False), (SUNDAY, False), (MONDAY, True)]
)
def test_saturdays_and_sundays_are_not_worked(day, worked):
    assert Calendar().is_worked(day) == worked


def test_a_day_off_is_not_worked_and_a_day_in_exchange_is():
    calendar = Calendar.of([(MONDAY, False), (SATURDAY, True)])

    assert (calendar.is_worked(MONDAY), calendar.is_worked(SATURDAY)) == (False, True)
    assert calendar.on_or_before(MONDAY) == SATURDAY


@given(calendars, days)
def test_the_worked_day_before_is_worked_and_none_lies_between(calendar, day):
    found = calendar.on_or_before(day)

    assert calendar.is_worked(found)
    assert found <= day
    assert not any(calendar.is_worked(found + timedelta(n)) for n in range(1, (day - found).days + 1))


@given(calendars, days)
def test_the_worked_day_after_is_the_next_one(calendar, day):
    found = calendar.on_or_after(day)

    assert calendar.is_worked(found)
    assert not any(calendar.is_worked(day + timedelta(n)) for n in range((found - day).days))


@given(calendars, days, st.integers(1, 60))
def test_no_reminder_goes_out_on_a_day_off_or_speaks_of_a_delay_before_it(calendar, deadline, length):
    case = Case(opens_on=deadline - timedelta(length), deadline=deadline)

    found = rungs(case, Ladder(before=(30, 7, 1), overdue=(1, 7)), calendar)

    assert all(calendar.is_worked(rung.day) for rung in found)
    assert all((rung.day > deadline) == (rung.kind == Kind.OVERDUE) for rung in found)


@given(calendars, days)
def test_a_reminder_before_the_deadline_never_comes_late(calendar, deadline):
    case = Case(opens_on=deadline - timedelta(90), deadline=deadline)

    found = rungs(case, Ladder(before=(30, 14, 7, 3, 1)), calendar)

    assert all(rung.day <= rung.about_on + timedelta(days=rung.step) for rung in found)


def test_a_long_holiday_moves_what_falls_into_it_to_the_day_before_it():
    off = [(MONDAY - timedelta(n), False) for n in range(3, 8)]  # the week from Monday the 23rd to the 27th

    found = Calendar.of(off).on_or_before(SUNDAY)

    assert found == date(2026, 11, 20)


def test_a_list_of_days_is_read_as_people_write_it():
    assert days_of(" 30,14 , 7,7,") == (30, 14, 7)
    assert days_of("") == ()


@pytest.mark.parametrize("text", ["x", "-1", "0", "366", "1.5", "7;3", "9" * 5000, "²"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        days_of(text)


@pytest.mark.django_db
@pytest.mark.sqlite_too
def test_the_ministry_enters_a_day_off_in_the_admin(client, minh):
    client.force_login(minh)

    client.post("/admin/reporting/holiday/add/", {"day": "2027-02-05", "name_vi": "Nghỉ Tết"})

    assert str(Holiday.objects.get()) == "05/02/2027, Nghỉ Tết"
