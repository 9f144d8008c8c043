"""Invented frame plans for the units in force, so that reports have activities to report on."""

import random
from datetime import date
from typing import Any

from foundation.datafiles import upsert
from foundation.dates import PartialDate
from foundation.indexing import indexed_together
from programmes.models import Task

from .facts import PUBLISHED_AT
from .models import ActivityBudget, PlanActivity, Province, ProvincialPlan

SOURCE = "Dữ liệu minh hoạ"
FIRST_YEAR, LAST_YEAR = 2026, 2030

# Vietnamese, English, the national task served, who takes part besides the department that leads.
ACTIVITIES = (
    (
        "Tuyên truyền về lối sống bền vững trong trường học và khu dân cư",
        "Awareness work on sustainable lifestyles in schools and neighbourhoods",
        "giao-duc-loi-song-ben-vung",
        "Sở Giáo dục và Đào tạo; ủy ban nhân dân các xã, phường",
    ),
    (
        "Hướng dẫn người tiêu dùng nhận biết nhãn sinh thái tại chợ, siêu thị",
        "Show consumers how to recognise eco-labels in markets and supermarkets",
        "huong-dan-nguoi-tieu-dung",
        "Hội Bảo vệ người tiêu dùng tỉnh; các siêu thị",
    ),
    (
        "Hỗ trợ doanh nghiệp đáp ứng quy định về bao bì của thị trường nhập khẩu",
        "Help enterprises meet the packaging rules of importing markets",
        "ho-tro-xuat-nhap-khau-xanh",
        "Trung tâm Khuyến công; hiệp hội ngành hàng",
    ),
    (
        "Xây dựng mô hình tuần hoàn nước và nhiệt tại một cụm công nghiệp",
        "Build a model of water and heat recovery in an industrial cluster",
        None,
        "Ban quản lý khu công nghiệp; doanh nghiệp trong cụm",
    ),
)


@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """One frame plan for each unit in force with three or four activities; idempotent."""
    tasks = {task.slug: task for task in Task.objects.all()}
    units = Province.objects.in_force(today)
    for unit in units:
        plan = _plan(unit)
        for position, (vi, en, task, partners) in enumerate(ACTIVITIES[: rng.choice([3, 4])], 1):
            own = {"title_vi": vi, "title_en": en, "coordinators": partners, "task": tasks.get(task or "")}
            _budget(_activity(plan, position, own), rng)
    return {"demo plans": len(units)}


def _plan(unit: Province) -> ProvincialPlan:
    row = {
        "province": unit,
        "kind": ProvincialPlan.Kind.FRAME,
        "is_demo": True,
        "title_vi": f"Kế hoạch minh hoạ về sản xuất và tiêu dùng bền vững, {unit.name_vi}",
        "title_en": f"Demonstration plan on sustainable production and consumption, {unit.name_en}",
        "issued_on": PartialDate(2026, 1, 15),
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "lead_text_vi": "Sở Công Thương",
        "lead_text_en": "Department of Industry and Trade",
        "source": SOURCE,
        "published_at": PUBLISHED_AT,
    }
    return upsert(ProvincialPlan, row, key=["province", "kind", "is_demo"])


def _activity(plan: ProvincialPlan, position: int, own: dict[str, Any]) -> PlanActivity:
    row = {
        **own,
        "plan": plan,
        "position": position,
        "lead": "Sở Công Thương",
        "begins_on": PartialDate(FIRST_YEAR),
        "ends_on": PartialDate(LAST_YEAR),
        "source": SOURCE,
        "is_demo": True,
    }
    return upsert(PlanActivity, row, key=["plan", "position"])


def _budget(activity: PlanActivity, rng: random.Random) -> None:
    planned = rng.randrange(200, 3000, 50) * 1_000_000
    row = {
        "activity": activity,
        "source": rng.choice([ActivityBudget.Source.LOCAL, ActivityBudget.Source.ENTERPRISE]),
        "planned_number": planned,
        "received_number": planned * rng.randrange(3, 11) // 10,
    }
    upsert(ActivityBudget, row, key=["activity", "source"])
