"""Pace: the gap to the mark, the yearly gain, what is needed, and the sentence that says so."""

from decimal import Decimal

import pytest
from django.utils import translation

from reporting.pace import Mark, Standing, amount, pace, sentences

MARKS = (Mark(2025, Decimal(70), Decimal(70)), Mark(2030, Decimal(100), Decimal(100)))
FULL = Decimal(1)


def points(*numbers, first=2021):
    return [(first + place, None if n is None else Decimal(n)) for place, n in enumerate(numbers)]


def found(*numbers, marks=MARKS, coverage=FULL, top=Decimal(100)):
    return pace(points(*numbers), marks, coverage=coverage, top=top)


def test_behind_when_the_gain_does_not_reach_the_goal():
    behind = found(31, 38, 47, 55, 61, 64)

    assert behind.standing == Standing.MISSED_BEHIND
    assert behind.gap == -6
    assert round(behind.gain, 2) == Decimal("5.67")
    assert behind.needed == 9


def test_the_sentence_says_gap_gain_and_need():
    with translation.override("en"):
        words = sentences(found(31, 38, 47, 55, 61, 64), unit="%", is_percent=True)

    assert words == (
        "The 2025 mark was missed by 6 percentage points. The last years gained 5.7 percentage points "
        "a year on average; reaching 100% by 2030 takes 9 percentage points a year."
    )


def test_a_falling_series_is_said_to_lose():
    with translation.override("en"):
        words = sentences(found(60, 55, 50), unit="%", is_percent=True)

    assert "The last years lost 5 percentage points a year on average" in words


@pytest.mark.parametrize(
    ("numbers", "standing"),
    [
        ((50, 60, 69), Standing.ON_PACE),
        ((50, 60, 71), Standing.MET),
        ((80, 90, 100), Standing.FINAL),
        ((None, None), Standing.UNKNOWN),
        ((50,), Standing.UNKNOWN),
    ],
)
def test_standings(numbers, standing):
    assert found(*numbers).standing == standing


@pytest.mark.parametrize(
    ("numbers", "standing"),
    [
        ((51, 58, 64, 69, 69.6), Standing.MISSED_BEHIND),
        ((40, 48, 54, 61, 69), Standing.MISSED_ON_PACE),
        ((None, None, None, None, 69), Standing.MISSED),
        ((40, 48, 54, 61, 70), Standing.MET),
        ((40, 48, 54, 61, 64, 67, 69), Standing.MISSED_BEHIND),
    ],
)
def test_a_mark_that_was_missed_is_said_beside_the_pace_to_the_next(numbers, standing):
    state = found(*numbers)

    words = {}
    for language in ("vi", "en"):
        with translation.override(language):
            words[language] = sentences(state, unit="%", is_percent=True)
    assert state.standing == standing
    assert ("The 2025 mark was missed by" in words["en"]) == (standing != Standing.MET)
    assert ("Không đạt mốc 2025" in words["vi"]) == (standing != Standing.MET)


@pytest.mark.parametrize(
    ("number", "words"),
    [("1", "1 percentage point"), ("1.2", "1.2 percentage points"), ("0.4", "0.4 percentage points")],
)
def test_only_one_is_a_single_point(number, words):
    with translation.override("en"):
        assert amount(Decimal(number), "%", points=True) == words


def test_too_few_units_state_no_pace():
    assert found(50, 60, 71, coverage=Decimal("0.49")).standing == Standing.UNKNOWN


def test_a_range_is_met_from_its_lower_end():
    marks = (Mark(2025, Decimal(20), Decimal(30)),)

    reached = found(10, 15, 23, marks=marks, top=None)

    assert reached.standing == Standing.MET
    with translation.override("en"):
        assert sentences(reached, unit="models", is_percent=False) == (
            "Within or above the range of 20–30 set for 2025."
        )


def test_the_forecast_has_a_fan_and_stops_at_the_top():
    ahead = found(31, 38, 47, 55, 61, 64).forecast

    assert (ahead.year, round(ahead.number), ahead.low, ahead.high) == (2030, 87, 76, 96)
    assert found(60, 80, 90).forecast.high == 100


def test_missing_years_are_spread_over_the_gap():
    assert found(30, None, 40).gain == 5


def test_a_small_gap_never_reads_as_nothing():
    assert amount(Decimal("0.04"), "", points=True) == "0,04 điểm phần trăm"
    assert amount(Decimal(0), "mô hình", points=False) == "0 mô hình"
