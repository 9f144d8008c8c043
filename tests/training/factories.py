from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from foundation.dates import PartialDate
from foundation.files import store_bytes
from tests.programmes.factories import OrganisationFactory
from tests.provinces.factories import ProvinceFactory
from training.models import (
    Certificate,
    Course,
    Curriculum,
    CurriculumLevel,
    Expert,
    ExpertConsent,
    Level,
    Material,
    Module,
    Participant,
    Purpose,
    Topic,
)

PUBLISHED = datetime(2026, 1, 5, 2, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


class LevelFactory(DjangoModelFactory):
    class Meta:
        model = Level
        django_get_or_create = ["slug"]

    slug = "co-ban"
    position = factory.Sequence(lambda n: n + 1)
    name_vi = "cơ bản"
    name_en = "basic"


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"chu-de-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name_vi = factory.Sequence(lambda n: f"Chủ đề {n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")


class CurriculumFactory(DjangoModelFactory):
    class Meta:
        model = Curriculum

    slug = factory.Sequence(lambda n: f"chuong-trinh-{n}")
    title_vi = factory.Sequence(lambda n: f"Chương trình đào tạo {n}")
    title_en = factory.Sequence(lambda n: f"Training programme {n}")
    published_at = PUBLISHED


class CurriculumLevelFactory(DjangoModelFactory):
    class Meta:
        model = CurriculumLevel

    curriculum = factory.SubFactory(CurriculumFactory)
    level = factory.SubFactory(LevelFactory)


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    curriculum = factory.SubFactory(CurriculumFactory)
    level = factory.SubFactory(LevelFactory)
    topic = factory.SubFactory(TopicFactory)
    slug = factory.Sequence(lambda n: f"hoc-phan-{n}")
    title_vi = factory.Sequence(lambda n: f"Học phần {n}")


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    curriculum = factory.SubFactory(CurriculumFactory)
    slug = factory.Sequence(lambda n: f"tai-lieu-{n}")
    title_vi = factory.Sequence(lambda n: f"Cẩm nang {n}")
    kind = Material.Kind.HANDBOOK
    rights_vi = "Dùng tự do"
    published_at = PUBLISHED
    file = factory.LazyFunction(
        lambda: store_bytes(
            b"%PDF-1.7 thu",
            name="cam-nang.pdf",
            media_type="application/pdf",
            by=None,
            at=NOON,
            is_public=True,
        )
    )


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"khoa-{n}")
    title_vi = factory.Sequence(lambda n: f"Khoá {n}")
    title_en = factory.Sequence(lambda n: f"Course {n}")
    curriculum = factory.SubFactory(CurriculumFactory)
    level = factory.SubFactory(LevelFactory)
    province = factory.SubFactory(
        ProvinceFactory, code="48", name_vi="Đà Nẵng", name_en="Da Nang", slug="da-nang"
    )
    begins_on = PartialDate(2026, 4, 21)
    ends_on = PartialDate(2026, 4, 24)
    status = Course.Status.HELD
    organiser = factory.SubFactory(OrganisationFactory)
    published_at = PUBLISHED

    @factory.post_generation
    def topics(course, create, names, **_kwargs):  # noqa: N805 -- factory_boy hands over the row
        if create:
            course.topics.set(names or [TopicFactory()])


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    course = factory.SubFactory(CourseFactory)
    list_number = factory.Sequence(lambda n: n + 1)
    name = "Nguyễn Thị Ước"
    sex = "female"
    organisation_kind = "company"
    has_attended = True


class ExpertFactory(DjangoModelFactory):
    """Published and agreed to be listed, unless told otherwise: ``agreed=()``."""

    class Meta:
        model = Expert
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"chuyen-gia-{n}")
    name = factory.Sequence(lambda n: f"Lê Văn Giỏi {n}")
    level = factory.SubFactory(LevelFactory)
    province = factory.SubFactory(
        ProvinceFactory, code="48", name_vi="Đà Nẵng", name_en="Da Nang", slug="da-nang"
    )
    employer_vi = "Viện Bí mật"
    email = "gioi@example.vn"
    confirmed_on = date(2026, 10, 1)
    published_at = PUBLISHED

    @factory.post_generation
    def agreed(expert, create, purposes, **_kwargs):  # noqa: N805 -- factory_boy hands over the row
        for purpose in (Purpose.REGISTER,) if purposes is None else purposes:
            ExpertConsent.objects.create(expert=expert, purpose=purpose, given_on=date(2026, 1, 5))


class CertificateFactory(DjangoModelFactory):
    """A row as ``issue_certificates`` leaves it, for pages that only show it."""

    class Meta:
        model = Certificate

    participant = factory.SubFactory(ParticipantFactory)
    number = factory.Sequence(lambda n: f"SXTDBV-2026-{n:04d}")
    code = factory.Sequence(lambda n: f"AAAA-BBBB-{n + 2222:04d}".replace("0", "A").replace("1", "B"))
    holder = factory.LazyAttribute(lambda certificate: certificate.participant.name)
    issued_on = date(2026, 5, 5)
    issued_at = NOON
    course_title_vi = "Khoá về quản lý chất thải"
    course_title_en = "Course on waste management"
    level_name_vi = "cơ bản"
    level_name_en = "basic"
    province_name_vi = "Đà Nẵng"
    province_name_en = "Da Nang"
    organiser_name_vi = "Viện Đào tạo"
    begins_on = PartialDate(2026, 4, 21)
    ends_on = PartialDate(2026, 4, 24)
