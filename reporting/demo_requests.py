"""An invented thematic request to the units of one region, marked demo with its regime and form."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from provinces.models import Province
from provinces.register import Register

from . import actions
from .models import FormVersion, Period, Regime

CODE = "chuyen-de-minh-hoa"
NEIGHBOURS_OF = "da-nang"  # its region is asked
REGIME = {
    "kind": Regime.Kind.THEMATIC,
    "name_vi": "Báo cáo chuyên đề (minh hoạ)",
    "name_en": "Thematic report (demo)",
    "legal_basis_vi": "Minh hoạ: yêu cầu của Bộ theo Nghị định 09/2019/NĐ-CP, Điều 3",
    "legal_basis_en": "Demo: a request of the ministry under Decree 09/2019/NĐ-CP, Article 3",
    "months": Regime.Months.YEAR,
    "is_demo": True,
}
FORM = {
    "sections": [
        {
            "key": "bags",
            "title_vi": "Túi ni-lông khó phân huỷ",
            "title_en": "Plastic bags",
            "questions": [
                {
                    "key": "summary", "kind": "text", "required": True,
                    "label_vi": "Việc đã làm trong kỳ", "label_en": "What was done in the period",
                },
                {
                    "key": "markets", "kind": "count", "required": True,
                    "label_vi": "Chợ, siêu thị đã ngừng phát túi miễn phí",
                    "label_en": "Markets and supermarkets that no longer give bags away",
                    "unit_vi": "nơi", "unit_en": "places",
                },
            ],
        }
    ]
}  # fmt: skip


def make_request(*, by: User, today: date) -> Period | None:
    """Asked of a region ten days before, due in three weeks; none where the map has no region."""
    units = _units(today)
    if not units:
        return None
    regime, _made = Regime.objects.get_or_create(code=CODE, defaults=REGIME)
    first_day = date(today.year, 1, 1)
    FormVersion.objects.get_or_create(
        regime=regime,
        number=1,
        defaults={
            "in_force_from": first_day, "definition": FORM, "is_demo": True,
            "changes_vi": "Bản minh hoạ.", "changes_en": "A demo version.",
        },
    )  # fmt: skip
    asked = actions.Request(
        regime=regime.pk,
        title_vi="Giảm túi ni-lông ở chợ và siêu thị (minh hoạ)",
        title_en="Fewer plastic bags in markets and supermarkets (demo)",
        asked_vi="Minh hoạ: Bộ hỏi một lần về việc giảm túi ni-lông khó phân huỷ ở nơi bán lẻ.",
        asked_en="Demo: the ministry asks once about reducing plastic bags in retail.",
        first_day=first_day,
        last_day=max(first_day, today - timedelta(days=30)),
        opens_on=today - timedelta(days=10),
        due_on=today + timedelta(days=21),
    )
    at = timezone.make_aware(datetime.combine(today - timedelta(days=10), time(9)))
    return actions.ask_units(asked, units, by=by, at=at, is_demo=True)


def _units(today: date) -> list[int]:
    home = Province.objects.in_force(today).filter(slug=NEIGHBOURS_OF).first()
    register = Register.load()
    region = register.units[home.pk].region_on(today) if home else None
    if region is None:
        return []
    return [unit.pk for unit in register.in_force(today) if unit.region_on(today) == region]
