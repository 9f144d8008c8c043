"""After an approval only the years it touched are made anew, and nobody is shown what no longer holds."""

from datetime import date

import pytest
from django.db import transaction

from programmes.models import CarryOver
from reporting import year_figures
from reporting.lenses import Lens, LensKind
from reporting.models import Period
from reporting.progress import framework, load_measure
from tests.reporting.approved import approve, t3

pytestmark = pytest.mark.django_db
TODAY = Lens(LensKind.ON, date(2026, 11, 20))


def figures(indicator):
    (measure,) = load_measure(indicator, TODAY).measures
    return {figure.year: figure for figure in measure.figures}


@pytest.fixture
def two_years(province):
    indicator = t3()
    approve(province, 2024, indicator, numerator=1, denominator=2)
    approve(province, 2025, indicator, numerator=3, denominator=4)
    return indicator


def test_only_the_touched_year_is_made_anew(two_years, province, neighbour):
    before = figures(two_years)

    approve(neighbour, 2025, two_years, numerator=0, denominator=4)

    after = figures(two_years)
    assert after[2024] is before[2024]
    assert (before[2025].number, after[2025].number) == (75, 37.5)


def test_one_question_while_nothing_changed_and_three_after_an_approval(
    two_years, neighbour, django_assert_num_queries
):
    (indicator,) = framework()
    figures(indicator)
    with django_assert_num_queries(1):
        figures(indicator)

    approve(neighbour, 2025, two_years, numerator=0, denominator=4)

    framework()
    year_figures.last_days()
    with django_assert_num_queries(3):  # the edition, the stamps, the touched year
        figures(indicator)


def test_what_was_undone_is_not_shown(two_years, neighbour):
    with transaction.atomic():
        approve(neighbour, 2025, two_years, numerator=0, denominator=4)
        assert figures(two_years)[2025].number == 37.5
        transaction.set_rollback(True)

    assert figures(two_years)[2025].number == 75


def test_another_rule_makes_other_figures(two_years, province, neighbour):
    approve(neighbour, 2025, two_years, numerator=0, denominator=4)
    assert figures(two_years)[2025].number == 37.5

    two_years.carry_over = CarryOver.SHARE_OF_UNITS
    two_years.save()

    assert figures(two_years)[2025].number == 0


def test_an_indicator_that_is_measured_from_now_on_has_figures_at_once(two_years):
    two_years.is_numeric = False
    two_years.save()
    assert figures(two_years) == {}

    two_years.is_numeric = True
    two_years.save()

    assert figures(two_years)[2025].number == 75


def test_another_last_day_shows_another_map(two_years, province):
    """Đà Nẵng of today did not exist before 1 July 2025."""
    assert figures(two_years)[2025].number == 75
    as_reported = Lens(LensKind.AS_REPORTED, date(2026, 11, 20))
    (measure,) = load_measure(two_years, as_reported).measures
    assert measure.figures[-1].expected == 1

    Period.objects.filter(year=2025).update(last_day=date(2025, 6, 1))

    (measure,) = load_measure(two_years, as_reported).measures
    assert measure.figures[-1].expected == 0
    assert measure.figures[-1].left_out == (province.pk,)
