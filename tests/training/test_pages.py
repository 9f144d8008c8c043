"""The room's public pages: constant queries, both languages, nothing blank, nothing leaked."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.dates import PartialDate
from tests.provinces.factories import ProvinceFactory
from tests.training.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    CurriculumLevelFactory,
    ExpertFactory,
    LevelFactory,
    MaterialFactory,
    ModuleFactory,
    ParticipantFactory,
    TopicFactory,
)
from training.facts import load_facts
from training.models import Course, Purpose

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


def courses_in_three_units(count, **changed):
    for number in range(count):
        unit = ProvinceFactory(code=str(10 + number))
        topics = [TopicFactory(), TopicFactory()]
        CourseFactory(province=unit, topics=topics, level=LevelFactory(slug=f"cap-{number}"), **changed)


@pytest.mark.parametrize("count", [1, 3])
def test_overview_query_count(client, count, django_assert_num_queries):
    curriculum = CurriculumFactory()
    curriculum.topics.set(TopicFactory.create_batch(count))
    for number in range(count):
        CurriculumLevelFactory(curriculum=curriculum, level=LevelFactory(slug=f"muc-{number}"))
        ModuleFactory(curriculum=curriculum)
    courses_in_three_units(count, curriculum=curriculum)
    courses_in_three_units(count, curriculum=curriculum, status=Course.Status.OPEN)

    with django_assert_num_queries(10):
        response = client.get(reverse("training:index"))

    assert len(response.context["past"]) == len(response.context["to_come"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_course_list_query_count(client, count, django_assert_num_queries):
    courses_in_three_units(count)

    with django_assert_num_queries(2):
        response = client.get(reverse("training:course_list"))

    assert len(response.context["courses"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_course_page_query_count(client, count, django_assert_num_queries):
    course = CourseFactory(topics=TopicFactory.create_batch(count))
    for participant in ParticipantFactory.create_batch(count, course=course):
        CertificateFactory(participant=participant)
    course.trainers.set([ExpertFactory(agreed=[Purpose.TRAINER]) for _number in range(count)])

    with django_assert_num_queries(7):
        response = client.get(course.get_absolute_url())

    assert len(response.context["trainers"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_curriculum_page_query_count(client, count, django_assert_num_queries):
    curriculum = CurriculumFactory()
    curriculum.topics.set(TopicFactory.create_batch(count))
    for number in range(count):
        CurriculumLevelFactory(curriculum=curriculum, level=LevelFactory(slug=f"muc-{number}"))
        MaterialFactory(curriculum=curriculum, module=ModuleFactory(curriculum=curriculum))
    courses_in_three_units(count, curriculum=curriculum)

    with django_assert_num_queries(9):
        response = client.get(curriculum.get_absolute_url())

    assert len(response.context["courses"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_expert_list_query_count(client, count, django_assert_num_queries):
    for number in range(count):
        unit = ProvinceFactory(code=str(10 + number))
        ExpertFactory(province=unit, level=LevelFactory(slug=f"cap-{number}")).topics.add(TopicFactory())

    with django_assert_num_queries(3):
        response = client.get(reverse("training:expert_list"))

    assert len(response.context["experts"]) == count


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/training/", "Quản lý tài nguyên bền vững"),
        ("/training/", "chuyên sâu"),
        ("/en/training/", "Sustainable resource management"),
        ("/en/training/", "in-depth"),
        ("/training/curricula/dao-tao-chuyen-gia-2022/", "Nguồn nêu cấp độ và chủ đề, không nêu học phần."),
        ("/en/training/curricula/dao-tao-chuyen-gia-2022/", "not the modules"),
    ],
)
def test_the_real_programme_reads_in_both_languages(client, address, sentence):
    load_facts()

    assert sentence in client.get(address).content.decode()


def test_an_empty_register_says_what_will_stand_there(client):
    pages = [client.get(reverse(f"training:{name}")).content.decode() for name in ("index", "course_list")]

    assert "Sổ chưa có chương trình đào tạo nào" in pages[0]
    assert "Không có nghĩa là chưa tổ chức khoá nào" in pages[1]


def test_a_fact_comes_before_an_example_on_the_overview(client):
    CurriculumFactory(is_demo=True, year=2030)
    real = CurriculumFactory(year=2022)

    assert client.get(reverse("training:index")).context["curriculum"] == real


def test_a_replaced_curriculum_leads_to_its_successor(client):
    old = CurriculumFactory(version="1", year=2022)
    new = CurriculumFactory(version="2", predecessor=old)

    assert client.get(reverse("training:index")).context["curriculum"] == new
    assert new.get_absolute_url() in client.get(old.get_absolute_url()).content.decode()


def test_a_published_page_says_nothing_of_the_drafts_it_is_linked_to(client):
    draft = CurriculumFactory(title_vi="Chương trình còn kín", published_at=None)
    pages = [CourseFactory(curriculum=draft), CurriculumFactory(predecessor=draft)]

    told = [client.get(page.get_absolute_url()).content.decode() for page in pages]

    assert ["Chương trình còn kín" in text or draft.slug in text for text in told] == [False, False]


def test_drafts_are_seen_by_their_keepers_alone(client, an):
    CourseFactory(published_at=None, title_vi="Khoá còn kín")
    address = reverse("training:course_list")

    as_guest = client.get(address).content.decode()
    client.force_login(an)
    as_keeper = client.get(address).content.decode()

    assert "Khoá còn kín" not in as_guest
    assert "Bản nháp" in as_keeper


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?year=2024", ["Cũ"]),
        ("?province=da-nang", ["Mới"]),
        ("?status=held", ["Cũ", "Mới"]),
        ("?topic=chat-thai", ["Mới"]),
        ("?topic=chat-thai&topic=thiet-ke", ["Cũ", "Mới"]),
        ("?year=2024&province=da-nang", []),
        ("?year=nonsense", []),
    ],
)
def test_courses_are_narrowed_by_the_address(client, query, found):
    gone = ProvinceFactory(
        code="49",
        valid_from=date(2008, 8, 1),
        valid_to=date(2025, 7, 1),
        name_vi="Quảng Nam",
        slug="quang-nam",
    )
    design, waste = TopicFactory(slug="thiet-ke"), TopicFactory(slug="chat-thai")
    CourseFactory(title_vi="Cũ", province=gone, begins_on=PartialDate(2024, 9), ends_on=None, topics=[design])
    CourseFactory(title_vi="Mới", topics=[waste, design][:1])

    response = client.get(reverse("training:course_list") + query)

    assert sorted(course.title_vi for course in response.context["courses"]) == found


def test_a_course_of_a_unit_that_is_gone_says_so(client):
    gone = ProvinceFactory(
        code="49",
        valid_from=date(2008, 8, 1),
        valid_to=date(2025, 7, 1),
        name_vi="Quảng Nam",
        slug="quang-nam",
    )
    course = CourseFactory(province=gone, begins_on=PartialDate(2024, 9), ends_on=None)

    page = client.get(course.get_absolute_url()).content.decode()

    assert "Quảng Nam" in page
    assert "30/6/2025" in page


def test_a_province_lists_its_published_courses_only(rf):
    course = CourseFactory(title_vi="Khoá công khai")
    CourseFactory(province=course.province, title_vi="Khoá còn kín", published_at=None)
    CourseFactory(province=ProvinceFactory(code="92"), title_vi="Khoá nơi khác")

    html = render_to_string("training/of_province.html", {"province": course.province})

    assert "Khoá công khai" in html
    assert "Khoá còn kín" not in html
    assert "Khoá nơi khác" not in html


def test_a_cancelled_course_says_why(client):
    course = CourseFactory(status=Course.Status.CANCELLED, cancelled_because_vi="Bão <số 5>.")

    assert "Bão &lt;số 5&gt;." in client.get(course.get_absolute_url()).content.decode()


def test_a_trainer_is_named_only_with_consent(client):
    course = CourseFactory()
    course.trainers.set([
        ExpertFactory(name="Người Đồng Ý", agreed=[Purpose.TRAINER]),
        ExpertFactory(name="Người Im Lặng", agreed=[Purpose.REGISTER]),
    ])  # fmt: skip

    page = client.get(course.get_absolute_url()).content.decode()

    assert "Người Đồng Ý" in page
    assert "Người Im Lặng" not in page
    assert "1 giảng viên không nêu tên" in page


@pytest.mark.parametrize(
    ("changed", "listed"),
    [
        ({}, True),
        ({"agreed": []}, False),
        ({"agreed": [Purpose.TRAINER, Purpose.CONTACT]}, False),
        ({"published_at": None}, False),
    ],
    ids=["agreed", "silent", "agreed to other things", "not published"],
)
def test_the_register_holds_who_agreed_to_it_whoever_looks(client, an, changed, listed):
    ExpertFactory(name="Lê Văn Giỏi", **changed)
    client.force_login(an)

    assert ("Lê Văn Giỏi" in client.get(reverse("training:expert_list")).content.decode()) == listed


def test_a_withdrawn_consent_takes_the_entry_away(client):
    expert = ExpertFactory(name="Lê Văn Giỏi")
    expert.consents.update(withdrawn_on=date(2026, 10, 1))

    assert "Lê Văn Giỏi" not in client.get(reverse("training:expert_list")).content.decode()


@pytest.mark.parametrize(
    ("purpose", "text"), [(Purpose.EMPLOYER, "Viện Bí mật"), (Purpose.CONTACT, "gioi@example.vn")]
)
def test_each_thing_shown_of_an_expert_has_its_own_consent(client, purpose, text):
    ExpertFactory()

    without = client.get(reverse("training:expert_list")).content.decode()
    ExpertFactory(agreed=[Purpose.REGISTER, purpose])
    with_it = client.get(reverse("training:expert_list")).content.decode()

    assert text not in without
    assert text in with_it


def test_search_does_not_index_what_has_a_consent_of_its_own():
    words = ExpertFactory().text_lexemes()

    assert "gioi" in words
    assert "pvien0bi" not in words
    assert "example" not in words


def test_a_material_is_served_as_a_download(client):
    response = client.get(MaterialFactory().get_absolute_url())

    assert response["Content-Disposition"] == 'attachment; filename="cam-nang.pdf"'
    assert b"".join(response) == b"%PDF-1.7 thu"


def test_a_material_without_its_file_says_so(client):
    material = MaterialFactory(file=None)

    page = client.get(material.curriculum.get_absolute_url()).content.decode()

    assert "Tệp chưa có trong nguồn." in page
    assert material.get_absolute_url() not in page
