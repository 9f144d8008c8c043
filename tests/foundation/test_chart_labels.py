"""The words of a line chart keep out of each other's way."""

from foundation.chart_labels import NAME_OVER, NAME_UNDER, OVER, UNDER, Area, Places

AREA = Area(first=2020.8, last=2030.2, top=100, width=580, height=250)
MARK = {"year": 2025, "low": 70, "high": 70, "text": "mark 70%"}


def point(year, value):
    return {"year": year, "value": value, "text": f"{value}%"}


def shifts(*points, aims=(MARK,)):
    places = Places(points=points, aims=aims, area=AREA, reach=0.35)
    return [aim["shift"] for aim in places.aims], [one["shift"] for one in places.points]


def test_words_stand_over_what_they_name():
    assert shifts(point(2022, 38), point(2023, 47)) == ([NAME_OVER], [OVER, OVER])


def test_the_label_of_a_value_just_below_its_mark_goes_under_the_point():
    assert shifts(point(2024, 55), point(2025, 66)) == ([NAME_OVER], [OVER, UNDER])


def test_the_name_of_a_mark_just_passed_goes_under_its_line():
    assert shifts(point(2024, 55), point(2025, 73)) == ([NAME_UNDER], [OVER, OVER])
