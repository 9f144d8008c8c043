"""Demo courses in provinces past and present, with people who do not exist. All marked as demo."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from foundation.datafiles import upsert
from foundation.dates import PartialDate
from foundation.files import PDF, store_bytes
from foundation.indexing import indexed_together
from foundation.pdf.rendering import render_pdf
from programmes.models import Organisation
from provinces.models import Province

from . import actions
from .codes import LENGTH, SIGNS, grouped
from .models import (
    Certificate,
    Course,
    Curriculum,
    CurriculumLevel,
    Expert,
    ExpertConsent,
    Level,
    Material,
    Module,
    OrganisationKind,
    Participant,
    Purpose,
    ReportedCount,
    Sex,
    Stage,
    Topic,
)

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Hoàng", "Vũ")
GIVEN = {
    Sex.FEMALE: ("Thị Ví Dụ", "Thị Thử", "Thị Nháp", "Thị Mẫu"),
    Sex.MALE: ("Văn Minh Hoạ", "Văn Mẫu", "Văn Giả Định", "Văn Thí Dụ"),
}
CERTIFIED = ("quang-nam-2023", "da-nang-2026")
EPOCH = date(2026, 1, 5)  # demo records that are not tied to a course were entered then


@dataclass(frozen=True)
class Plan:
    """A demo course before it is a row: which unit (code and a day), when, how far it came."""

    slug: str
    code: str
    begins: PartialDate
    ends: PartialDate | None
    level: str
    topics: tuple[str, ...]
    status: str
    people: int = 0
    reported: int = 0


def plans(today: date) -> list[Plan]:
    """Courses that were, three of them in units that are gone, and courses to come."""
    day, month, held = PartialDate.of, PartialDate, Course.Status.HELD
    soon, later = today + timedelta(days=24), today + timedelta(days=66)
    return [
        Plan("hau-giang-2022", "93", month(2022, 10), None, "co-ban", ("san-xuat", "tieu-dung"), held, 0, 34),
        Plan("quang-nam-2023", "49", day(date(2023, 5, 16)), day(date(2023, 5, 18)), "co-ban",
             ("thiet-ke", "san-xuat"), held, 7),
        Plan("da-nang-2024", "48", day(date(2024, 9, 10)), day(date(2024, 9, 13)), "chuyen-sau",
             ("quan-ly-chat-thai", "san-xuat"), held, 18),
        Plan("ha-noi-2025", "01", day(date(2025, 11, 4)), day(date(2025, 11, 6)), "co-ban",
             ("phan-phoi", "tieu-dung"), held, 12),
        Plan("da-nang-2026", "48", day(date(2026, 4, 21)), day(date(2026, 4, 24)), "chuyen-sau",
             ("quan-ly-tai-nguyen", "thiet-ke"), held, 12),
        Plan("dak-lak-2026", "66", day(date(2026, 8, 11)), None, "co-ban",
             ("san-xuat",), Course.Status.CANCELLED),
        Plan("can-tho-toi", "92", day(soon), day(soon + timedelta(days=2)), "co-ban",
             ("quan-ly-chat-thai",), Course.Status.OPEN),
        Plan("nghe-an-toi", "40", month(later.year, later.month), None, "chuyen-sau",
             ("san-xuat", "phan-phoi"), Course.Status.PLANNED),
    ]  # fmt: skip


@transaction.atomic
@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """The same seed and day give the same rows; a second run changes nothing."""
    curriculum = _curriculum()
    experts = _experts(rng, today=today)
    courses = [_course(plan, curriculum, experts, rng) for plan in plans(today)]
    for course, plan in zip(courses, plans(today), strict=True):
        _people(course, plan, rng)
    certificates = _certificates([course for course in courses if course.slug.endswith(CERTIFIED)], rng)
    return {"courses": len(courses), "experts": len(experts), "certificates": certificates}


def _at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _name(rng: random.Random, sex: Sex) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(GIVEN[sex])}"


def _curriculum() -> Curriculum:
    curriculum = upsert(
        Curriculum,
        {
            "slug": "chuong-trinh-minh-hoa",
            "title_vi": "Chương trình đào tạo minh hoạ",
            "title_en": "Example training programme",
            "version": "0.1",
            "year": 2026,
            "summary_vi": "Chương trình bịa ra để thấy học phần, giờ học và tài liệu trông thế nào.",
            "summary_en": "Made up to show what modules, hours and materials look like.",
            "audience_vi": "Cán bộ và chuyên gia ví dụ",
            "audience_en": "Example officers and experts",
            "published_at": _at(EPOCH),
            "is_demo": True,
        },
        key=["slug"],
    )
    curriculum.topics.set(Topic.objects.all())
    for level, hours in zip(Level.objects.all(), (24, 40), strict=False):
        upsert(
            CurriculumLevel,
            {"curriculum": curriculum, "level": level, "hours": hours, **_asked(level)},
            key=["curriculum", "level"],
        )
        for topic in Topic.objects.all():
            _module(curriculum, level, topic)
    _materials(curriculum)
    return curriculum


def _asked(level: Level) -> dict[str, str]:
    if level.position == 1:
        return {"prerequisites_vi": "Không", "prerequisites_en": "None"}
    return {"prerequisites_vi": "Đã qua cấp độ cơ bản", "prerequisites_en": "The basic level"}


def _module(curriculum: Curriculum, level: Level, topic: Topic) -> None:
    upsert(
        Module,
        {
            "slug": f"minh-hoa-{level.slug}-{topic.slug}",
            "curriculum": curriculum,
            "level": level,
            "topic": topic,
            "title_vi": f"{topic.name_vi}: học phần {level.name_vi} (minh hoạ)",
            "title_en": f"{topic.name_en}: {level.name_en} module (example)",
            "hours": 4 if level.position == 1 else 6,
            "is_demo": True,
        },
        key=["slug"],
    )


HANDBOOK = """<!doctype html><html><head><style>@page {{ size: A4; margin: 22mm 18mm 20mm 30mm }}
body {{ font: 14pt/1.45 "Liberation Serif" }} h1 {{ font-size: 18pt }}
.demo {{ border: 1pt dashed; padding: 2mm }}
</style></head><body><p class="demo">{mark}</p><h1>{title}</h1><p>{text}</p></body></html>"""


def _materials(curriculum: Curriculum) -> None:
    for language, title, mark, text in (
        ("vi", "Cẩm nang minh hoạ", "Bản minh hoạ: không có giá trị sử dụng",
         "Tệp này cho thấy một tài liệu tải về được mở ra thế nào. Nội dung thật chưa có trong nguồn."),
        ("en", "Example handbook", "Example: not for use",
         "This file shows what a downloaded material looks like. The real content is not in the source."),
    ):  # fmt: skip
        row = {
            "slug": f"cam-nang-minh-hoa-{language}",
            "curriculum": curriculum,
            "title_vi": "Cẩm nang minh hoạ" if language == "vi" else "Cẩm nang minh hoạ, bản tiếng Anh",
            "title_en": "Example handbook, in Vietnamese" if language == "vi" else "Example handbook",
            "kind": Material.Kind.HANDBOOK,
            "language": language,
            "version": "0.1",
            "year": 2026,
            "rights_vi": "Dùng tự do, ghi rõ nguồn",
            "rights_en": "Free to use if the source is named",
            "published_at": _at(EPOCH),
            "is_demo": True,
        }
        material = upsert(Material, row, key=["slug"])
        if material.file is None:
            page = HANDBOOK.format(mark=mark, title=title, text=text)
            document = render_pdf(page, title=title, language=language, created_at=_at(EPOCH))
            material.file = store_bytes(
                document, name=f"{material.slug}.pdf", media_type=PDF, by=None, at=_at(EPOCH), is_public=True
            )
            material.save()


def _experts(rng: random.Random, *, today: date) -> list[Expert]:
    """Seven people: five agreed to be listed, to different things; two did not."""
    levels, topics = list(Level.objects.all()), list(Topic.objects.all())
    experts = []
    for number, code in enumerate(("48", "01", "79", "92", "40", "31", "56"), 1):
        expert = upsert(
            Expert,
            {
                "slug": f"chuyen-gia-minh-hoa-{number}",
                "name": f"{_name(rng, rng.choice((Sex.FEMALE, Sex.MALE)))} {number}",
                "level": levels[number % len(levels)],
                "province": Province.objects.in_force(EPOCH).filter(code=code).first(),
                "employer_vi": "Trung tâm ví dụ",
                "employer_en": "Example centre",
                "email": f"chuyen-gia-{number}@vi-du.example",
                "availability": rng.choice(("available", "partly", "not")),
                "confirmed_on": today - timedelta(days=75 * number),
                "published_at": _at(EPOCH),
                "is_demo": True,
            },
            key=["slug"],
        )
        expert.topics.set([topics[number % len(topics)], topics[(number * 2 + 1) % len(topics)]])
        for purpose in list(Purpose) if number < 4 else [Purpose.REGISTER] if number < 6 else []:
            upsert(
                ExpertConsent,
                {"expert": expert, "purpose": purpose, "given_on": EPOCH, "evidence": "Phiếu minh hoạ"},
                key=["expert", "purpose", "given_on"],
            )
        experts.append(expert)
    return experts


def _organiser() -> Organisation:
    """Invented like its courses: no real body is said to have held them."""
    return upsert(
        Organisation,
        {
            "slug": "trung-tam-dao-tao-minh-hoa",
            "name_vi": "Trung tâm Đào tạo Minh hoạ",
            "name_en": "Example Training Centre",
            "kind": Organisation.Kind.INSTITUTE,
            "is_demo": True,
        },
        key=["slug"],
    )


def _course(plan: Plan, curriculum: Curriculum, experts: Sequence[Expert], rng: random.Random) -> Course:
    first = plan.begins.first_day
    assert first is not None
    unit = Province.objects.in_force(first).get(code=plan.code)
    topics = list(Topic.objects.filter(slug__in=plan.topics))
    row: dict[str, Any] = {
        "slug": f"khoa-minh-hoa-{plan.slug}",
        "title_vi": f"Khoá minh hoạ: {' và '.join(topic.name_vi.lower() for topic in topics)}",
        "title_en": f"Example course: {' and '.join(topic.name_en.lower() for topic in topics)}",
        "curriculum": curriculum,
        "level": Level.objects.get(slug=plan.level),
        "province": unit,
        "place_vi": "Hội trường ví dụ",
        "place_en": "Example hall",
        "begins_on": plan.begins,
        "ends_on": plan.ends,
        "status": plan.status,
        "organiser": _organiser(),
        "seats": 20 if plan.people or plan.status == Course.Status.OPEN else None,
        "signer": "Trần Văn Minh Hoạ",
        "signer_post_vi": "Giám đốc (minh hoạ)",
        "signer_post_en": "Director (example)",
        "published_at": min(_at(first), _at(EPOCH)),
        "is_demo": True,
    }
    if plan.status == Course.Status.CANCELLED:
        row["cancelled_because_vi"] = "Bão làm gián đoạn giao thông (minh hoạ)."
        row["cancelled_because_en"] = "A storm interrupted traffic (example)."
    course = upsert(Course, row, key=["slug"])
    course.topics.set(topics)
    course.trainers.set(rng.sample(list(experts), 2))
    return course


def _people(course: Course, plan: Plan, rng: random.Random) -> None:
    kinds = [kind for kind in OrganisationKind if kind.value]
    for number in range(1, plan.people + 1):
        sex = rng.choice((Sex.FEMALE, Sex.MALE))
        agreed = rng.random() < 0.5
        upsert(
            Participant,
            {
                "course": course,
                "list_number": number,
                "name": f"{_name(rng, sex)} {number}",
                "sex": sex,
                "organisation_kind": rng.choice(kinds),
                "organisation": "Cơ quan ví dụ",
                "has_attended": rng.random() < 0.9,
                "name_consent_on": course.begins_on.exact if agreed else None,
                "is_demo": True,
            },
            key=["course", "list_number"],
        )
    for stage, share in zip(Stage, (1.0, 0.9, 0.8), strict=True) if plan.reported else ():
        upsert(
            ReportedCount,
            {
                "course": course,
                "stage": stage,
                "sex": "",
                "organisation_kind": "",
                "people_number": round(plan.reported * share),
                "people_qualifier": "about",
                "source": "Báo cáo minh hoạ của đơn vị tổ chức",
            },
            key=["course", "stage", "sex", "organisation_kind"],
        )


def _certificates(courses: Sequence[Course], rng: random.Random) -> int:
    """Issued through the door, once, for two courses: the desk has something left to issue."""
    keeper = next((one for one in get_user_model().objects.filter(is_demo=True)
                   if one.has_perm("training.add_certificate")), None)  # fmt: skip
    if keeper is None:
        return 0
    for course in courses:
        if course.participants.filter(has_attended=True, certificates=None).exists():
            first = course.begins_on.first_day
            issued = actions.issue_certificates(
                course.pk, by=keeper, at=_at(first + timedelta(days=14)), code=lambda: _code(rng)
            )
            if course.slug.endswith("da-nang-2026"):
                actions.revoke_certificate(
                    issued[0].pk, by=keeper, at=_at(first + timedelta(days=30)),
                    because_vi="Cấp nhầm: người này vắng ngày cuối (minh hoạ).",
                    because_en="Issued in error: absent on the last day (example).",
                )  # fmt: skip
    return Certificate.objects.filter(is_demo=True).count()


def _code(rng: random.Random) -> str:
    return grouped("".join(rng.choice(SIGNS) for _sign in range(LENGTH)))
