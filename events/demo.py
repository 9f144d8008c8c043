"""Demo meetings that one can register for: one full with a line, one with seats. All marked as demo."""

import io
import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from foundation.datafiles import upsert
from foundation.dates import PartialDate
from foundation.files import store_bytes
from foundation.indexing import indexed_together
from programmes.models import Person
from provinces.models import Province

from .models import (
    Event,
    EventOrganiser,
    EventSeries,
    Outcome,
    Paper,
    Photo,
    Registration,
    Session,
    Speaker,
    Theme,
)

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi")
GIVEN = ("Thị Ví Dụ", "Văn Minh Hoạ", "Thị Thử", "Văn Mẫu", "Thị Nháp", "Văn Giả Định")
ROLES = (("Đại diện cơ quan ví dụ", "Representative of an example body"),
         ("Chuyên gia ví dụ", "Example expert"),
         ("Giám đốc doanh nghiệp ví dụ", "Director of an example company"))  # fmt: skip
SESSIONS = (
    ("Khai mạc (minh hoạ)", "Opening (example)", time(8, 30), time(9, 0)),
    (
        "Thiết kế để tái chế, tái sử dụng (minh hoạ)",
        "Design for recycling and reuse (example)",
        time(9, 15),
        time(11, 30),
    ),
    ("Mô hình ở địa phương (minh hoạ)", "Models in the provinces (example)", time(13, 30), time(15, 30)),
)
THEMES = (("Thiết kế sinh thái", "Eco-design"), ("Bao bì dùng lại", "Reusable packaging"),
          ("Cộng sinh công nghiệp", "Industrial symbiosis"))  # fmt: skip

CONTENT = (
    "Nội dung bịa ra để xem trang đầy đủ trông thế nào.\n\nCó phiên, chủ đề, người nói và danh sách chờ.",
    "Made-up content that shows a full page.\n\nIt has sessions, themes, speakers and a waiting list.",
)


@transaction.atomic
@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """The same seed and day give the same rows; a second run changes nothing."""
    series = _series(today)
    full = _event(series, today + timedelta(days=40), "48", full=True)
    roomy = _event(series, today + timedelta(days=75), "92", full=False)
    held = _event(series, today - timedelta(days=120), "01", full=False)
    for event in (full, roomy, held):
        _programme(event, rng)
    _register(full, rng, seated=8, waiting=3)
    _register(roomy, rng, seated=5, waiting=0)
    _remember(held)
    return {"events": 3, "registrations": full.registrations.count() + roomy.registrations.count()}


def _series(today: date) -> EventSeries:
    return upsert(
        EventSeries,
        {
            "slug": "hoi-thao-minh-hoa",
            "title_vi": "Hội thảo minh hoạ của cổng",
            "title_en": "Example workshops of the portal",
            "summary_vi": "Chuỗi bịa ra để thử đăng ký, danh sách chờ và lịch.",
            "summary_en": "A made-up series for trying registration, the waiting list and calendars.",
            "published_at": _at(today - timedelta(days=200)),
            "is_demo": True,
        },
        key=["slug"],
    )


def _event(series: EventSeries, day: date, code: str, *, full: bool) -> Event:
    province = Province.objects.in_force(day).filter(code=code).first()
    number = {"48": 2, "92": 3, "01": 1}[code]
    opens = day - timedelta(days=90)
    return upsert(
        Event,
        {
            "slug": f"hoi-thao-minh-hoa-{number}",
            "series": series,
            "ordinal": number,
            "kind": "workshop",
            "title_vi": f"Hội thảo minh hoạ lần {number}: vòng đời sản phẩm",
            "title_en": f"Example workshop no. {number}: the product life cycle",
            "starts": str(PartialDate.of(day)),
            "ends": str(PartialDate.of(day + timedelta(days=1))) if full else "",
            "place_vi": f"Hội trường ví dụ, {province.name_vi}" if province else "Hội trường ví dụ",
            "place_en": f"Example hall, {province.name_en or province.name_vi}"
            if province
            else "Example hall",
            "province": province,
            "content_vi": CONTENT[0],
            "content_en": CONTENT[1],
            "quota": 8 if full else 30,
            "registration_opens_at": _at(opens),
            "registration_closes_at": _at(day - timedelta(days=3)),
            "shows_participants": number != 1,
            "source": "Dữ liệu minh hoạ",
            "published_at": _at(opens),
            "is_demo": True,
        },
        key=["slug"],
    )


def _programme(event: Event, rng: random.Random) -> None:
    _part(
        EventOrganiser,
        event,
        1,
        printed_name_vi="Ban tổ chức ví dụ",
        printed_name_en="Example organising committee",
    )
    for place, (title_vi, title_en, begins, ends) in enumerate(SESSIONS, 1):
        _part(Session, event, place, title_vi=title_vi, title_en=title_en, begins=begins, ends=ends,
              on=str(event.starts), room=f"Phòng {place}")  # fmt: skip
    session = event.sessions.get(position=2)
    for place, (title_vi, title_en) in enumerate(THEMES, 1):
        _part(Theme, event, place, title_vi=title_vi, title_en=title_en, session=session)
    for place, ((role_vi, role_en), person) in enumerate(zip(ROLES, _persons(rng), strict=True), 1):
        _part(Speaker, event, place, person=person, role_vi=role_vi, role_en=role_en, took="presented")
        speaker = event.speakers.get(position=place)
        _part(Paper, event, place, speaker=speaker, session=session,
              title_vi=f"Tham luận ví dụ {place}", title_en=f"Example paper {place}")  # fmt: skip


def _persons(rng: random.Random) -> list[Person]:
    return [
        upsert(
            Person,
            {"slug": f"nguoi-vi-du-{n}", "name": f"{FAMILY[n]} {GIVEN[n]}", "is_demo": True},
            key=["slug"],
        )
        for n in range(len(ROLES))
    ]


def _register(event: Event, rng: random.Random, *, seated: int, waiting: int) -> None:
    opened = event.registration_opens_at
    assert opened is not None
    for n in range(seated + waiting):
        moment = opened + timedelta(hours=n + 1)
        has_seat = n < seated
        Registration.objects.get_or_create(
            event=event,
            email=f"vi-du-{n + 1}@example.invalid",
            defaults={
                "full_name": f"{rng.choice(FAMILY)} {rng.choice(GIVEN)}",
                "organisation": f"Cơ quan ví dụ {n % 4 + 1}",
                "may_be_named": n % 3 != 2,
                "state": "confirmed" if has_seat else "waiting",
                "registered_at": moment,
                "confirmed_at": moment + timedelta(minutes=5),
                "seated_at": moment + timedelta(minutes=5) if has_seat else None,
                "is_demo": True,
            },
        )


def _remember(event: Event) -> None:
    """A meeting that is over: who came, what came out of it, a picture that only illustrates."""
    Event.objects.filter(pk=event.pk).update(delegates_number=46, delegates_qualifier="")
    _part(Outcome, event, 1, text_vi="Kiến nghị ví dụ thứ nhất", text_en="First example recommendation")
    _part(Outcome, event, 2, text_vi="Kiến nghị ví dụ thứ hai", text_en="Second example recommendation")
    if not event.photos.exists():
        at = _at(date.fromisoformat(str(event.starts)))
        stored = store_bytes(
            _picture(), name="minh-hoa.png", media_type="image/png", by=None, at=at, is_public=True
        )
        caption = {
            "caption_vi": "Các nan đan chéo, hình cổng tự vẽ.",
            "caption_en": "Woven strips, our own drawing.",
        }
        alt = {"alt_vi": "Chín nan màu cổ vịt đan chéo trên nền giấy", "alt_en": "Nine teal strips on paper"}
        _part(Photo, event, 1, file=stored, is_illustration=True, **caption, **alt)


def _picture() -> bytes:
    picture = Image.new("RGB", (900, 600), "#FBF9F4")
    pen = ImageDraw.Draw(picture)
    for n in range(9):
        left = n * 92 + 20
        pen.polygon([(left + 70, 60), (left + 120, 60), (left + 50, 540), (left, 540)], fill="#0B4F4A")
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _part(model: type[models.Model], event: Event, position: int, **columns: Any) -> None:
    upsert(model, {"event": event, "position": position, **columns}, key=["event", "position"])


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8, 0)))
