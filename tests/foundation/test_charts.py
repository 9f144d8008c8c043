"""A chart's upright axis counts in whole numbers, and no label touches it."""

import re

import pytest
from django.utils.translation import override

from foundation.charts import Outlook, Point, over_years


def axis(points, language="vi", **more):
    with override(language):
        svg = over_years(points, sentence="", **more).paper
    return svg, re.findall(r">([\d.,%]+)</text>", svg)


@pytest.mark.parametrize(
    ("highest", "language", "steps"),
    [
        (1, "vi", {"0", "1"}),
        (8, "vi", {"0", "2", "4", "6", "8", "10"}),
        (4000, "vi", {"0", "1.000", "2.000", "3.000", "4.000", "5.000"}),
        (4000, "en", {"0", "1,000", "2,000", "3,000", "4,000", "5,000"}),
    ],
)
def test_counts_stand_on_whole_numbers_in_the_reader_s_way(highest, language, steps):
    _svg, words = axis([Point(2025, 0), Point(2026, highest)], language)

    years = {"2025", "2026"}
    assert steps <= set(words) <= steps | years | {"8"}


def test_the_first_value_stays_clear_of_the_axis():
    svg, _words = axis([Point(year, 41.4 + year - 2021) for year in range(2021, 2031)], is_percent=True)

    labels = [float(x) for x in re.findall(r'transform="translate\(([\d.]+),[\d.]+\)"[^>]*>41,4%<', svg)]
    assert labels
    assert min(labels) >= 20


def test_a_number_that_missing_units_can_only_raise_is_drawn_as_at_least():
    points = [Point(2025, 91.2, is_complete=False, is_at_least=True), Point(2026, 95)]
    svg, _words = axis(points, is_percent=True)

    assert ">≥91,2</text>" in svg
    assert ">95%</text>" in svg


def test_the_line_ends_and_the_forecast_begins_at_the_last_closed_year():
    points = [Point(2024, 80), Point(2025, 91.2), Point(2026, 23.5, is_complete=False)]
    outlook = Outlook(2030, 100, 98, 100)

    def strokes(**more):
        svg = over_years(points, sentence="", outlook=outlook, is_percent=True, **more).paper
        paths = re.findall(r'<path[^>]* d="(M[^"]+)"[^>]*stroke="#0B6B64"', svg)
        return sorted(path.count("L") for path in paths if "L" in path), ">23,5%</text>" in svg

    assert strokes(settled=2025) == ([1, 1], True)  # 2024 to 2025; 2025 to the forecast
    assert strokes() == ([1, 2], True)
