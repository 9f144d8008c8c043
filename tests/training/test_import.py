"""Courses and participants as files: previewed, found by natural key, refused in words."""

from datetime import date

import pytest
import tablib

from tests.provinces.factories import ProvinceFactory
from tests.training.factories import CourseFactory, CurriculumFactory, LevelFactory, TopicFactory
from training.models import Course, Participant
from training.resources import CourseResource, ParticipantResource

pytestmark = pytest.mark.django_db

COURSE = {
    "slug": "khoa-moi", "title_vi": "Khoá mới", "curriculum": "chuong-trinh", "level": "co-ban",
    "topics": "thiet-ke chat-thai", "province_code": "49", "begins_on": "10/9/2024", "status": "held",
}  # fmt: skip


@pytest.fixture
def surroundings(db):
    CurriculumFactory(slug="chuong-trinh")
    LevelFactory()
    TopicFactory(slug="thiet-ke")
    TopicFactory(slug="chat-thai")
    ProvinceFactory(
        code="49",
        valid_from=date(2008, 8, 1),
        valid_to=date(2025, 7, 1),
        name_vi="Quảng Nam",
        slug="quang-nam",
    )
    ProvinceFactory(
        code="48",
        valid_from=date(2008, 8, 1),
        valid_to=date(2025, 7, 1),
        name_vi="Đà Nẵng",
        slug="da-nang-cu",
    )
    ProvinceFactory(code="48", name_vi="Đà Nẵng", slug="da-nang")


def sheet(*rows):
    return tablib.Dataset(*[list(row.values()) for row in rows], headers=list(rows[0]))


def imported(resource, *rows, dry_run=False):
    return resource().import_data(sheet(*rows), dry_run=dry_run, raise_errors=False)


def faults(result):
    texts = [str(error.error) for row in result.rows for error in row.errors]
    return texts + [str(invalid.error) for invalid in result.invalid_rows]


def test_a_course_is_read_with_its_unit_of_that_day(surroundings):
    result = imported(CourseResource, COURSE)

    assert faults(result) == []
    course = Course.objects.get()
    assert course.province.slug == "quang-nam"
    assert {topic.slug for topic in course.topics.all()} == {"thiet-ke", "chat-thai"}
    assert str(course.begins_on) == "2024-09-10"


def test_an_equal_row_is_left_alone(surroundings):
    imported(CourseResource, COURSE)

    assert imported(CourseResource, COURSE).totals["skip"] == 1
    assert Course.history.count() == 1


def test_a_preview_writes_nothing(surroundings):
    imported(CourseResource, COURSE, dry_run=True)

    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"begins_on": "10/9/2025"}, "49"),
        ({"begins_on": "2025", "province_code": "48"}, "Đà Nẵng"),
        ({"begins_on": "hôm qua"}, "Ghi ngày theo mẫu"),
        ({"province_code": "99"}, "99"),
        ({"curriculum": "khong-co"}, "Không có hồ sơ nào mang địa chỉ khong-co"),
        ({"topics": "thiet-ke khong-co"}, "Không có hồ sơ nào mang địa chỉ khong-co"),
        ({"trainers": "khong-co"}, "Không có hồ sơ nào mang địa chỉ khong-co"),
    ],
)
def test_a_wrong_row_is_refused_in_words(surroundings, changed, sentence):
    result = imported(CourseResource, COURSE | changed)

    assert any(sentence in fault for fault in faults(result)), faults(result)
    assert not Course.objects.exists()


def test_what_is_exported_can_be_read_back_in(surroundings):
    imported(CourseResource, COURSE)
    exported = CourseResource().export()

    result = CourseResource().import_data(exported, raise_errors=True)

    assert result.totals["skip"] == 1


def test_participants_are_known_by_course_and_number(surroundings):
    course = CourseFactory()
    line = {
        "course": course.slug,
        "list_number": "1",
        "name": "Nguyễn Thị Ước",
        "sex": "female",
        "has_attended": "0",
    }

    imported(ParticipantResource, line)
    result = imported(ParticipantResource, line | {"has_attended": "1"})

    assert faults(result) == []
    assert Participant.objects.get().has_attended


def test_a_participant_with_an_unknown_kind_is_refused(surroundings):
    line = {"course": CourseFactory().slug, "list_number": "1", "name": "Ước", "organisation_kind": "đảo"}

    assert len(faults(imported(ParticipantResource, line))) == 1
    assert not Participant.objects.exists()
