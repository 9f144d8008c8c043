"""The training room, walked by An in a real browser: a course entered, one imported, a paper checked."""

import re

import pytest

from foundation import jobs
from foundation.models import Job
from provinces.models import Province
from tests.browser import look_over, sign_in
from tests.people import da_nang
from tests.programmes.factories import OrganisationFactory
from tests.training.factories import (
    CourseFactory,
    CurriculumFactory,
    CurriculumLevelFactory,
    ExpertFactory,
    LevelFactory,
    ParticipantFactory,
    TopicFactory,
)
from training.models import Certificate, Course

pytestmark = pytest.mark.browser

SHEET = (
    "slug,title_vi,title_en,curriculum,level,topics,province_code,begins_on,status,published_at\n"
    "khoa-da-nang-2026,Khoá quản lý chất thải ở Đà Nẵng,Waste management course in Da Nang,"
    "chuong-trinh,co-ban,chat-thai,48,2026-04-21,held,2026-01-05 08:00:00\n"
)


@pytest.fixture
def surroundings(db):
    curriculum = CurriculumFactory(slug="chuong-trinh", title_vi="Chương trình", title_en="Programme")
    CurriculumLevelFactory(curriculum=curriculum, level=LevelFactory())
    curriculum.topics.add(TopicFactory(slug="chat-thai", name_vi="Quản lý chất thải", name_en="Waste"))
    da_nang()


def choose(page, field, words):
    """Type into one of the admin's look-up fields and take what it finds."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def test_an_creates_imports_shows_and_finds_courses(page, an, surroundings):
    sign_in(page, an)

    page.goto("/en/admin/training/course/add/")
    page.locator("#id_title_vi").fill("Khoá thiết kế ở Đà Nẵng")
    page.locator("#id_title_en").fill("Design course in Da Nang")
    page.locator("#id_slug").fill("khoa-thiet-ke-da-nang")
    choose(page, "curriculum", "Programme")
    page.locator("#id_level").select_option(label="basic")
    choose(page, "province", "Da Nang")
    page.locator("#id_begins_on").fill("12/5/2026")
    page.locator("#id_published_at_0").fill("2026-01-05")
    page.locator("#id_published_at_1").fill("08:00")
    page.locator("input[name=_save]").click()
    page.get_by_text("was added").wait_for()

    page.goto("/en/admin/training/course/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "khoa.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("Khoá quản lý chất thải ở Đà Nẵng").first.wait_for()
    assert Course.objects.count() == 1  # a preview writes nothing
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/course/$"))

    page.goto("/training/courses/khoa-da-nang-2026/")
    assert page.locator("h1").inner_text() == "Khoá quản lý chất thải ở Đà Nẵng"
    page.goto("/en/training/courses/khoa-thiet-ke-da-nang/")
    assert page.locator("h1").inner_text() == "Design course in Da Nang"

    page.goto("/search/?q=da+nang")
    found = page.locator("main").inner_text()
    assert "Khoá quản lý chất thải ở Đà Nẵng" in found
    assert "Khoá thiết kế ở Đà Nẵng" in found


def test_a_certificate_goes_from_the_desk_to_whoever_checks_it(page, an, surroundings):
    course = CourseFactory(province=Province.objects.get(), organiser=OrganisationFactory())
    ParticipantFactory(course=course, name="Đặng Thị Kín")
    sign_in(page, an)

    page.goto("/admin/training/course/")
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("issue_certificates")
    page.locator("button[name=index]").click()
    page.get_by_text("đã cấp 1 giấy chứng nhận").wait_for()
    jobs.run(Job.objects.get().pk)
    certificate = Certificate.objects.get()

    page.goto("/training/")
    page.locator("#code").fill(certificate.code.lower().replace("-", " "))
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_text("Giấy chứng nhận này còn hiệu lực.").wait_for()
    assert "Đ. T. K." in page.locator("main").inner_text()

    page.goto("/admin/training/certificate/")
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("revoke")
    page.locator("button[name=index]").click()
    page.locator("#id_because_vi").fill("Cấp nhầm.")
    page.get_by_role("button", name="Thu hồi").click()
    page.get_by_text(f"Đã thu hồi {certificate.number}").wait_for()

    page.goto(certificate.get_absolute_url())
    assert "Cấp nhầm." in page.locator("main").inner_text()


def test_every_page_of_the_room_keeps_the_rules_of_accessibility(page, phone, surroundings):
    course = CourseFactory(province=Province.objects.get())
    certificate_page = "/training/certificates/ZZZZ-ZZZZ-ZZZZ/"
    ParticipantFactory(course=course)
    ExpertFactory(province=Province.objects.get())
    addresses = [
        "/training/", "/training/curricula/chuong-trinh/", "/training/courses/", course.get_absolute_url(),
        "/training/experts/", "/training/certificates/check/", certificate_page,
    ]  # fmt: skip

    assert look_over(page, addresses) == []
    assert look_over(phone, [f"/en{address}" for address in addresses]) == []
