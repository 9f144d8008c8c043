"""``load_provinces``: the register alone, as often as one likes, and never against a later event."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from foundation.journal import Journal
from provinces import facts
from provinces.models import (
    BoundaryEvent,
    Cutover,
    OrganisationSeat,
    Province,
    ProvinceAlias,
    ProvinceName,
    ProvincialPlan,
    Region,
    RegionMembership,
    Succession,
)
from provinces.redrawing import redraw

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MODELS = (
    Province, ProvinceName, ProvinceAlias, Region, RegionMembership, BoundaryEvent, Succession,
    ProvincialPlan, OrganisationSeat, Province.history.model,
)  # fmt: skip


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def test_86_units_are_loaded_without_any_plan():
    told = StringIO()

    call_command("load_provinces", stdout=told)

    assert "86 provincial units" in told.getvalue()
    assert Province.objects.count() == 86
    assert Province.objects.in_force(date(2024, 6, 30)).count() == 63
    assert Province.objects.in_force(date(2025, 7, 1)).count() == 34
    assert not ProvincialPlan.objects.exists()


def test_a_second_load_touches_no_row_not_even_its_time(register):
    before = everything()

    call_command("load_provinces", stdout=StringIO())

    assert everything() == before


def test_what_a_later_event_changed_stays_as_it_made_it(register):
    unit = Province.objects.get(slug="ha-tinh")
    BoundaryEvent.objects.create(
        slug="doi-ten-thu", kind="renaming", effective_on=date(2027, 1, 1), unit=unit
    )
    Province.objects.filter(pk=unit.pk).update(name_vi="Tên mới")

    facts.load_units()

    unit.refresh_from_db()
    assert unit.name_vi == "Tên mới"


def test_an_heir_that_takes_over_an_address_is_not_taken_for_the_unit_of_the_files(register, an):
    """Bắc Ninh and Hưng Yên merge in 2027 into a unit that bears the name, code and address of the first."""
    paper = {"instrument_number": "9/2027/QH16", "instrument_issuer_vi": "Quốc hội"}
    stamps = {"prepared_by": an, "prepared_at": facts.PUBLISHED_AT}
    day = date(2027, 1, 1)
    cutover = Cutover.objects.create(
        kind="merger", effective_on=day, instrument_date=date(2026, 12, 1), **paper, **stamps
    )
    before = Province.objects.filter(slug__in=["bac-ninh", "hung-yen"])
    for unit in before:
        cutover.units.create(unit=unit)
    region = Region.objects.filter(valid_to=None).first()
    cutover.heirs.create(code="24", name_vi="Bắc Ninh", kind="tinh", region=region, slug="bac-ninh")
    redraw(cutover, Journal(by=an, at=facts.PUBLISHED_AT))
    made = everything()

    for _time in range(2):
        facts.load_facts()

        assert everything() == made
    assert Province.objects.get(slug="bac-ninh").valid_from == day
