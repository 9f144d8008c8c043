"""Ruler, strip, ring, slats: the geometry is right and the words say the same as the picture."""

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from foundation.rulers import NARROW, VALUE_LETTER, Mark, as_mark, ruler, spread
from foundation.woven import ring, stage_strip, strip_path


def draw(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_the_strip_falls_from_the_outer_to_the_inner_circle():
    path = strip_path(0, outer=138, inner=104, thick=29, overlap=17)

    x, y = (float(number) for number in re.findall(r"-?[\d.]+", path)[:2])

    assert (x**2 + y**2) ** 0.5 == pytest.approx(138 + 14.5, abs=0.1)


def test_the_ring_names_nine_stages_and_only_outlines_the_ninth():
    picture = ring([(f"giai đoạn {n}", f"/{n}") for n in range(1, 10)], centre=("Vòng đời",), note="")

    assert picture.count("<a href=") == 9
    assert picture.count('class="waste"') == 1


def test_the_stage_strip_says_its_stages():
    picture = draw("{% stage_strip stages %}", stages=[9, 2])

    assert "Giai đoạn vòng đời: thiết kế, thải bỏ" in picture
    assert [picture.count(f'class="{kind}"') for kind in ("on", "waste", "off")] == [1, 1, 7]


def test_a_strip_without_stages_says_so():
    assert "không có" in draw("{% stage_strip stages %}", stages=[])
    assert stage_strip([], "x").count('class="off"') == 9


def test_the_figure_of_a_ruler_stays_within_its_track_at_the_ends():
    def place_of(value, words):
        picture = ruler(value=value, top=100, marks=[], value_words=words, words="x")
        return float(re.search(r'class="value" x="([\d.]+)%"', picture)[1])

    half = len("ít nhất 91,2%") * VALUE_LETTER / NARROW * 100 / 2
    assert place_of(91.2, "ít nhất 91,2%") == pytest.approx(100 - half, abs=0.01)
    assert place_of(1, "ít nhất 91,2%") == pytest.approx(half, abs=0.01)
    assert place_of(50, "50%") == 50


def test_a_ruler_shows_value_and_marks_and_says_them():
    picture = draw("{% ruler 64 100 marks '64%' %}", marks=[("2025", 70, "70"), ("2030", 100, "100")])

    assert 'aria-label="64%, 2025: 70, 2030: 100"' in picture
    assert 'width="64.00%"' in picture
    assert picture.count('class="at"') == 2


def test_a_range_is_hatched_and_a_missing_value_draws_no_bar():
    picture = ruler(value=None, top=12, marks=[as_mark(("2025", (5, 8), "5–8"))], value_words="", words="x")

    assert "url(#hatch-2025)" in picture
    assert 'class="bar"' not in picture


def test_a_mark_that_is_one_already_stays_as_it_is():
    mark = Mark("2025", 5, 8, "5–8")

    assert as_mark(mark) is mark


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(5, 25)), min_size=1, max_size=3))
def test_labels_never_run_into_each_other(labels):
    places = spread(sorted(labels))

    pairs = zip(places, places[1:], sorted(labels), sorted(labels)[1:], strict=False)
    assert all(right - left >= (a[1] + b[1]) / 2 for left, right, a, b in pairs)


def test_slats_count_the_work():
    picture = draw("{% slats 21 34 True %}")

    assert [picture.count(f'class="{kind}"') for kind in ("done", "working", "")] == [21, 1, 12]
    assert 'aria-valuenow="21"' in picture
    assert "21 trên 34" in picture


def test_slats_of_no_work_are_empty():
    assert "<span" not in draw("{% slats 0 0 %}")


def test_a_share_bar_is_silent():
    picture = draw("{% share_bar 64 100 70 %}")

    assert 'aria-hidden="true"' in picture
    assert 'class="bar"' not in draw("{% share_bar None %}")
