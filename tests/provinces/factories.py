from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from provinces.models import BoundaryEvent, PlanActivity, Province, ProvinceName, ProvincialPlan

PUBLISHED = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


OTHERS = [f"{code:02d}" for code in range(100) if code not in (48, 51)]  # Đà Nẵng and Quảng Ngãi are people's


class ProvinceFactory(DjangoModelFactory):
    """A unit of today's map; name a code and a first day to get that unit, new or not."""

    class Meta:
        model = Province
        django_get_or_create = ["code", "valid_from"]

    code = factory.Sequence(lambda n: OTHERS[n % len(OTHERS)])
    valid_from = date(2025, 7, 1)
    name_vi = factory.LazyAttribute(lambda unit: f"Tỉnh {unit.code}")
    slug = factory.LazyAttribute(lambda unit: f"tinh-{unit.code}-{unit.valid_from:%Y}")


class NameFactory(DjangoModelFactory):
    class Meta:
        model = ProvinceName

    province = factory.SubFactory(ProvinceFactory)
    valid_from = factory.SelfAttribute("province.valid_from")
    name_vi = factory.SelfAttribute("province.name_vi")
    kind = "tinh"


class PlanFactory(DjangoModelFactory):
    """A published annual plan of one unit."""

    class Meta:
        model = ProvincialPlan

    province = factory.SubFactory(ProvinceFactory)
    kind = ProvincialPlan.Kind.ANNUAL
    number = factory.Sequence(lambda n: f"{n}/KH-UBND")
    first_year = 2026
    last_year = 2026
    published_at = PUBLISHED


class PlanActivityFactory(DjangoModelFactory):
    class Meta:
        model = PlanActivity

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda n: n + 1)
    title_vi = factory.Sequence(lambda n: f"Hoạt động số {n}")


class MergerFactory(DjangoModelFactory):
    """An event without its successions; ``merge`` makes a whole one."""

    class Meta:
        model = BoundaryEvent

    slug = factory.Sequence(lambda n: f"sap-nhap-so-{n}")
    kind = BoundaryEvent.Kind.MERGER
    effective_on = date(2025, 7, 1)
    instrument_number = "202/2025/QH15"


def merge(*predecessors: Province, heir: Province) -> BoundaryEvent:
    event = MergerFactory(effective_on=heir.valid_from)
    for unit in predecessors:
        event.successions.create(predecessor=unit, heir=heir)
    return event
