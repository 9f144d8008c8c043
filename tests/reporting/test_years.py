"""Years are what the approved values say, also after a correction and when two are approved at once."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from programmes.models import CarryOver
from reporting import years
from reporting.models import ApprovedValue, Emptiness, Period, Regime, YearValue
from tests.programmes.factories import IndicatorFactory
from tests.reporting.approved import NOON, approve, submission_of, t3, year_of
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def half(year, number):
    regime, _made = Regime.objects.get_or_create(
        code="nua-nam", defaults={"name_vi": "Nửa năm", "legal_basis_vi": "–", "months": 6}
    )
    whole = year_of(year)
    days = {"first_day": whole.first_day, "last_day": whole.last_day.replace(month=6 * number)}
    due = {name: getattr(whole, name) for name in ("opens_on", "due_on", "government_due_on")}
    return Period.objects.get_or_create(regime=regime, year=year, number=number, defaults={**days, **due})[0]


def say(unit, period, indicator, value, **more):
    """An approved value of any period, as approval writes it."""
    return ApprovedValue.objects.create(
        province=unit, period=period, indicator=indicator, value=value, emptiness=Emptiness.NUMBER,
        submission=submission_of(unit, period.year), approved_at=NOON, **more,
    )  # fmt: skip


def the_year(**known):
    return YearValue.objects.get(**known)


def test_a_years_parts_and_periods_add_up(province):
    models = IndicatorFactory(carry_over=CarryOver.SUM)
    say(province, half(2025, 1), models, 3, part="steel")
    say(province, half(2025, 1), models, 1, part="paper")
    say(province, half(2025, 2), models, 5)

    years.add_up()

    found = the_year(indicator=models, year=2025)
    assert (found.total, found.highest, found.latest, found.answers) == (9, 5, 5, 3)


def test_the_yearly_report_has_seen_the_half_yearly_ones(province):
    models = IndicatorFactory(carry_over=CarryOver.SUM)
    say(province, half(2025, 1), models, 3)
    say(province, year_of(2025), models, 8)

    years.add_up()

    assert the_year(indicator=models).total == 8


def test_two_yearly_regimes_are_not_counted_twice(province):
    models = IndicatorFactory(carry_over=CarryOver.SUM)
    thematic = Regime.objects.create(
        code="chuyen-de", kind=Regime.Kind.THEMATIC, name_vi="Chuyên đề", legal_basis_vi="–", months=12
    )
    whole = year_of(2025)
    days = {name: getattr(whole, name) for name in ("first_day", "last_day", "opens_on", "due_on")}
    theme = Period.objects.create(
        regime=thematic, year=2025, number=1, government_due_on=whole.government_due_on, **days
    )
    say(province, theme, models, 7)
    say(province, whole, models, 8)

    years.add_up()

    assert the_year(indicator=models).total == 8


def test_a_correction_replaces_and_a_withdrawal_takes_away(province):
    found = approve(province, 2025, t3(), numerator=7, denominator=10)
    ApprovedValue.objects.filter(pk=found.pk).update(superseded_at=NOON)
    approve(province, 2025, found.indicator, numerator=8, denominator=10, version=2)
    assert the_year(year=2025).numerator == 8

    ApprovedValue.objects.update(superseded_at=NOON)
    years.add_up(years.Scope(unit=province.pk, year=2025))

    assert not YearValue.objects.exists()


def test_what_has_no_number_keeps_its_reason(province):
    approve(province, 2025, t3(), emptiness=Emptiness.NOT_YET, reason="chưa kiểm kê")

    found = the_year(year=2025)
    assert (found.answers, found.emptiness, found.reason) == (0, "not_yet", "chưa kiểm kê")
    assert found.numerator is None


def test_a_scope_leaves_the_others_as_they_are(province, neighbour):
    indicator = t3()
    approve(province, 2025, indicator, numerator=7, denominator=10)
    approve(neighbour, 2025, indicator, numerator=1, denominator=2)
    kept = YearValue.objects.get(province=neighbour)

    years.add_up(years.Scope(unit=province.pk))

    assert YearValue.objects.get(province=neighbour) == kept
    assert YearValue.objects.count() == 2


@pytest.mark.parametrize("units", [1, 3])
def test_adding_up_costs_the_same_for_any_number_of_values(
    province, neighbour, units, django_assert_num_queries
):
    indicator = t3()
    for year in range(2023, 2023 + units):
        approve(province, year, indicator, numerator=1, denominator=2)

    with django_assert_num_queries(4):  # the lock, the values, the years, what is gone
        years.add_up(years.Scope(unit=province.pk))


def test_a_period_with_approved_values_stays_in_its_year(province):
    approve(province, 2025, t3(), numerator=7, denominator=10)
    period = Period.objects.get(year=2025)

    period.year = 2024
    with pytest.raises(ValidationError, match="duyệt"):
        period.full_clean()

    period.regime.months = 6
    with pytest.raises(ValidationError, match="duyệt"):
        period.regime.full_clean()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_periods_approved_at_once_are_both_in_the_year(province):
    models = IndicatorFactory(carry_over=CarryOver.SUM)
    periods = [half(2025, 1), half(2025, 2)]
    submission_of(province, 2025)

    def approve_one(period):
        with transaction.atomic():
            say(province, period, models, Decimal(4))
            years.add_up(years.Scope(unit=province.pk, year=2025))

    at_once(*[lambda period=period: approve_one(period) for period in periods])

    assert the_year(indicator=models).total == 8
