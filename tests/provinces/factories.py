from datetime import date

import factory
from factory.django import DjangoModelFactory

from provinces.models import Province


class ProvinceFactory(DjangoModelFactory):
    """A unit of today's map; name a code and a first day to get that unit, new or not."""

    class Meta:
        model = Province
        django_get_or_create = ["code", "valid_from"]

    code = factory.Sequence(lambda n: f"{n % 100:02d}")
    valid_from = date(2025, 7, 1)
    name_vi = factory.LazyAttribute(lambda unit: f"Tỉnh {unit.code}")
    slug = factory.LazyAttribute(lambda unit: f"tinh-{unit.code}-{unit.valid_from:%Y}")
