"""``load_provinces``: the register alone, as often as one likes, and never against a later event."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from provinces import facts
from provinces.models import BoundaryEvent, Province, ProvinceName, ProvincialPlan, Region, RegionMembership

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MODELS = (Province, ProvinceName, Region, RegionMembership, BoundaryEvent, Province.history.model)


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
