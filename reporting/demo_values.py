"""Plausible invented numbers: each unit has its own size and pace, with gaps as real reports have them."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from .models import Emptiness, StatusReport
from .proposals import Proposal, proposals_for
from .questions import Question

BASE_YEAR = 2021
Value = dict[str, Any]


@dataclass(frozen=True)
class Series:
    """The size of a unit and how fast it moves, from which every year's answer follows."""

    parks: int
    shops: int
    fuel: int  # thousand tonnes of oil equivalent at the level of the base year
    parks_start: float
    parks_pace: float
    shops_start: float
    shops_pace: float
    saving_start: float
    saving_pace: float
    campaigns_from: int
    plan_from: int

    @classmethod
    def sum(cls, parts: Iterable["Series"]) -> "Series":
        """Counts are added; the pace is that of the largest part; the first campaign or plan counts."""
        rows = sorted(parts, key=lambda part: -part.parks)
        first = rows[0]
        return cls(
            parks=sum(row.parks for row in rows),
            shops=sum(row.shops for row in rows),
            fuel=sum(row.fuel for row in rows),
            parks_start=first.parks_start,
            parks_pace=first.parks_pace,
            shops_start=first.shops_start,
            shops_pace=first.shops_pace,
            saving_start=first.saving_start,
            saving_pace=first.saving_pace,
            campaigns_from=min(row.campaigns_from for row in rows),
            plan_from=min(row.plan_from for row in rows),
        )


def series_of(rng: random.Random) -> Series:
    return Series(
        parks=rng.randint(9, 64),
        shops=rng.randint(4, 38),
        fuel=rng.randint(60, 900),
        parks_start=rng.uniform(0.28, 0.5),
        parks_pace=rng.uniform(0.03, 0.09),
        shops_start=rng.uniform(0.4, 0.6),
        shops_pace=rng.uniform(0.04, 0.1),
        saving_start=rng.uniform(0.008, 0.02),
        saving_pace=rng.uniform(0.004, 0.011),
        campaigns_from=rng.choice([2021, 2021, 2022, 2023, 2024, 2025, 2027]),
        plan_from=rng.choice([2021, 2021, 2022, 2022, 2023, 2024, 2026, 2028]),
    )


def answers_for(
    report: StatusReport, series: Series, rng: random.Random, *, year: int, until: date | None = None
) -> dict[str, Value]:
    """Every answer of one report but its counts, as of ``until``; some are empty with a reason."""
    until = until or date(year, 12, 31)
    makers: dict[str, Callable[[Question, random.Random], Value]] = {
        "text": _text,
        "activity": partial(_activity, year=year, until=until),
        "money": _money,
    }
    values: dict[str, Value] = {}
    for address, question in report.questions.items():
        if question.is_indicator:
            values[address] = claim(question.key, series, rng, year=year)
        elif question.kind in makers:
            values[address] = makers[question.kind](question, rng)
    return values


def counts_for(report: StatusReport, *, at: datetime) -> dict[str, Value]:
    """What the portal counts at that moment, confirmed by most units."""
    found = proposals_for(report, report.questions.values(), at=at)
    return {address: _count(proposal, report.province.code) for address, proposal in found.items()}


def _count(proposal: Proposal, code: str) -> Value:
    """One unit in five held a course that the portal does not know."""
    if proposal.question.key == "courses" and int(code) % 5 == 0:
        note = "Minh hoạ: thêm một lớp do doanh nghiệp tự mở, chưa có trong sổ của cổng."
        return {"emptiness": Emptiness.NUMBER, "value": str(proposal.value + 1), "note": note}
    return proposal.answer


def claim(code: str, series: Series, rng: random.Random, *, year: int) -> Value:
    passed = year - BASE_YEAR
    if code == "T2":
        return _saving(series, rng, passed)
    if code == "T3":
        return _share(series.parks, series.parks_start + series.parks_pace * passed, rng)
    if code == "T6":
        return _shops(series, rng, passed)
    if code == "T4":
        found = sum(rng.random() < 0.07 for _one in range(max(1, series.parks // 40)))
        return (
            {"emptiness": Emptiness.NUMBER, "value": str(found)} if found else {"emptiness": Emptiness.ZERO}
        )
    since = series.campaigns_from if code == "T5" else series.plan_from
    return {"emptiness": Emptiness.NUMBER if year >= since else Emptiness.ZERO}


def _share(total: int, part: float, rng: random.Random) -> Value:
    reached = round(total * min(1.0, max(0.0, part + rng.uniform(-0.03, 0.03))))
    if not reached:
        return {"emptiness": Emptiness.ZERO, "numerator": "0", "denominator": str(total)}
    return {"emptiness": Emptiness.NUMBER, "numerator": str(reached), "denominator": str(total)}


def _shops(series: Series, rng: random.Random, passed: int) -> Value:
    if rng.random() < 0.02:
        return {
            "emptiness": Emptiness.NOT_APPLICABLE,
            "reason": "Minh hoạ: chưa có siêu thị, trung tâm thương mại.",
        }
    return _share(series.shops, series.shops_start + series.shops_pace * passed, rng)


def _saving(series: Series, rng: random.Random, passed: int) -> Value:
    chance = rng.random()
    if chance < 0.12:
        return {
            "emptiness": Emptiness.NOT_YET,
            "reason": "Minh hoạ: đang kiểm kê năm gốc.",
            "expected_on": f"{BASE_YEAR + passed + 1}-03-31",
        }
    if chance < 0.14:
        return {
            "emptiness": Emptiness.WITHHELD,
            "reason": "Minh hoạ: chỉ một doanh nghiệp, số liệu là bí mật kinh doanh.",
        }
    saved = series.fuel * (series.saving_start + series.saving_pace * passed) * rng.uniform(0.9, 1.1)
    return {"emptiness": Emptiness.NUMBER, "numerator": f"{saved:.1f}", "denominator": str(series.fuel)}


TEXTS = {
    "summary": (
        "Số liệu minh hoạ. Đã tập huấn tại khu, cụm công nghiệp; siêu thị bớt túi khó phân hủy.",
        "Số liệu minh hoạ. Tập trung tuyên truyền; mô hình tuần hoàn đang ở bước khảo sát.",
    ),
    "contact": ("Phòng Quản lý công nghiệp, Sở Công Thương (minh hoạ)",),
    "difficulties": (
        "Minh hoạ: thiếu cán bộ phụ trách ở cấp xã sau khi bỏ cấp huyện.",
        "Minh hoạ: doanh nghiệp nhỏ chưa có số đo tiêu hao theo sản phẩm.",
        "Minh hoạ: kinh phí tuyên truyền về chậm, dồn vào cuối năm.",
    ),
    "proposals": (
        "Minh hoạ: đề nghị Bộ ban hành hướng dẫn kiểm kê năm gốc cho đơn vị sau sắp xếp.",
        "Minh hoạ: đề nghị Bộ mở thêm khoá đào tạo chuyên gia tại vùng.",
    ),
    "next_steps": ("Minh hoạ: hoàn thành kiểm kê năm gốc; mở hai lớp tập huấn.",),
}


def _text(question: Question, rng: random.Random) -> Value:
    return {"text": rng.choice(TEXTS.get(question.key, ("Minh hoạ.",)))}


def _money(question: Question, rng: random.Random) -> Value:
    if question.key in ("international", "other", "central") and rng.random() < 0.6:
        return {"emptiness": Emptiness.ZERO}
    planned = rng.randrange(200, 4000, 10)
    received = planned * rng.randrange(50, 101) // 100
    spent = received * rng.randrange(60, 101) // 100
    amounts = {"planned": planned, "received": received, "spent": spent}
    return {"emptiness": Emptiness.NUMBER, **{name: str(amount) for name, amount in amounts.items()}}


def _activity(_question: Question, rng: random.Random, *, year: int, until: date) -> Value:
    state = rng.choice(["doing", "doing", "doing", "done", "not_started"])
    if state == "not_started":
        return {"progress": state, "percent": 0, "difficulty": "Minh hoạ: chờ bố trí kinh phí."}
    spent = {
        "spent_local": str(rng.randrange(50, 900, 10)),
        "spent_enterprise": str(rng.randrange(0, 600, 10)),
    }
    result = (
        "Minh hoạ: hai lớp, 120 người dự."
        if state == "done"
        else "Minh hoạ: đã chọn địa bàn, đang ký hợp đồng."
    )
    percent = 100 if state == "done" else rng.randrange(20, 95, 5)
    days = {"started_on": min(date(year, 3, 2), until).isoformat()}
    if state == "done":
        days["finished_on"] = min(date(year, 9, 30), until).isoformat()
    return {"progress": state, "percent": percent, "result": result, **spent, **days}
