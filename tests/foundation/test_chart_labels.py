"""The words of a line chart keep out of each other's way."""

import re
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from foundation.chart_labels import NAME_OVER, NAME_UNDER, OVER, UNDER, Area, Box, Places
from foundation.charts import Aim, NewMap, Outlook, Point, over_years

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


def placed(svg, at=(0.0, 0.0)):
    """Each part of the picture with the point it is drawn from."""
    for part in svg:
        moved = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", part.get("transform", ""))
        x, y = (float(moved[1]) + at[0], float(moved[2]) + at[1]) if moved else at
        yield part, x, y
        yield from placed(part, (x, y))


def covered(svg):
    """What words and the thick lines of marks cover; letters are taken as thin and low as they can be."""
    for part, x, y in placed(svg):
        if part.tag.endswith("text") and not part.get("stroke"):
            size = float(part.get("font-size").removesuffix("px"))
            wide = len(part.text) * size * 0.45
            left = x - wide * {"middle": 0.5, "end": 1}.get(part.get("text-anchor"), 0)
            yield part.text, Box(left, left + wide, y - size * 0.7, y)
        elif part.tag.endswith("line") and part.get("stroke-width") == "3":
            left, right = sorted((x, x + float(part.get("x2"))))
            yield "line", Box(left, right, y - 1.5, y + 1.5)


def overlapping(chart):
    found = list(covered(ElementTree.fromstring(chart.paper)))  # noqa: S314 -- ours
    assert [name for name, _box in found].count("line") == 1
    return [(a, b) for (a, one), (b, other) in combinations(found, 2) if one.meets(other)]


def test_a_forecast_beyond_the_mark_of_the_same_year_is_not_written_over_it():
    points = [Point(2021 + place, value) for place, value in enumerate((28.6, 55.6, 65.1, 77.8))]

    chart = over_years(
        points, sentence="", aims=[Aim(2030, 90, 90)], outlook=Outlook(2030, 100, 100, 100), is_percent=True
    )

    assert overlapping(chart) == []


def test_the_numbers_of_units_make_room_for_the_name_of_a_mark():
    points = [Point(2021 + place, value) for place, value in enumerate((49.5, 56.1, 63.9, 70.4, 81, 88))]

    chart = over_years(
        points, sentence="", aims=[Aim(2025, 90, 90)], is_percent=True, new_map=NewMap(2025, 63, 34)
    )

    assert overlapping(chart) == []


@given(
    values=st.lists(st.floats(0, 100), min_size=1, max_size=8),
    aims=st.lists(st.floats(0, 100), max_size=2),
    ahead=st.floats(0, 100),
)
def test_no_word_meets_another_whatever_the_numbers(values, aims, ahead):
    places = Places(
        points=[point(2021 + place, round(value, 1)) for place, value in enumerate(values)],
        aims=[{"year": year, "low": aim, "high": aim, "text": f"mark {aim:.1f}%"}
              for year, aim in zip((2025, 2030), aims, strict=False)],
        outlook={"year": 2030, "value": ahead, "low": ahead, "high": ahead, "text": f"forecast {ahead:.1f}%"},
        area=AREA, reach=0.35, border=[Box(200, 220, 0, 17), Box(230, 290, 0, 17)],
    )  # fmt: skip

    assert len(places.words) == len(values) + len(aims) + 3
    assert not [pair for pair in combinations(places.words, 2) if pair[0].meets(pair[1])]
