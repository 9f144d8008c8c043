"""The framework's pages: constant queries, both languages, nothing blank."""

import pytest
from django.urls import reverse
from django.utils import translation

from foundation.dates import PartialDate
from programmes.facts import load_facts
from programmes.models import AcceptanceReview, TaskBody
from tests.programmes.factories import (
    AssignmentFactory,
    DeliverableFactory,
    IndicatorFactory,
    OrganisationFactory,
    PhaseFactory,
    ProgrammeFactory,
    TargetFactory,
    TaskFactory,
    TaskGroupFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.mark.parametrize("count", [1, 3])
def test_programme_list_query_count(client, count, django_assert_num_queries):
    ProgrammeFactory.create_batch(count, issuer=OrganisationFactory(), predecessor=ProgrammeFactory())

    with django_assert_num_queries(1):
        response = client.get(reverse("programmes:programme_list"))

    assert len(response.context["programmes"]) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_programme_page_query_count(client, count, django_assert_num_queries):
    programme = ProgrammeFactory(issuer=OrganisationFactory())
    for group in TaskGroupFactory.create_batch(count, programme=programme):
        task = TaskFactory(programme=programme, group=group)
        TaskBody.objects.create(task=task, organisation=OrganisationFactory(), part="lead")
    TaskFactory.create_batch(count, programme=programme)
    for year, indicator in enumerate(IndicatorFactory.create_batch(count, programme=programme), 2025):
        TargetFactory(indicator=indicator, phase=PhaseFactory(programme=programme, last_year=year))
    DeliverableFactory.create_batch(count, programme=programme)
    AssignmentFactory.create_batch(count, programme=programme)

    with django_assert_num_queries(14):
        response = client.get(programme.get_absolute_url())

    assert len(response.context["programme"].ungrouped_tasks) == count


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_page_query_count(client, count, django_assert_num_queries):
    body = OrganisationFactory()
    for task in TaskFactory.create_batch(count):
        TaskBody.objects.create(task=task, organisation=body, part="coordinates")
    AssignmentFactory.create_batch(count, assigner=body)
    OrganisationFactory.create_batch(count, successor=body)

    with django_assert_num_queries(8):
        response = client.get(body.get_absolute_url())

    assert len(response.context["organisation"].task_parts.all()) == count


@pytest.mark.parametrize("count", [1, 3])
def test_task_page_query_count(client, count, django_assert_num_queries):
    task = TaskFactory(group=TaskGroupFactory())
    for body in OrganisationFactory.create_batch(count):
        TaskBody.objects.create(task=task, organisation=body, part="coordinates")
    task.indicators.set(IndicatorFactory.create_batch(count, programme=task.programme))
    DeliverableFactory.create_batch(count, programme=task.programme, task=task)
    AssignmentFactory.create_batch(count, programme=task.programme, task=task)

    with django_assert_num_queries(6):
        response = client.get(task.get_absolute_url())

    assert len(response.context["task"].bodies.all()) == count


@pytest.mark.parametrize("count", [1, 3])
def test_assignment_page_query_count(client, count, django_assert_num_queries):
    assignment = AssignmentFactory()
    for day in range(1, count + 1):
        AcceptanceReview.objects.create(assignment=assignment, held_on=PartialDate(2022, 12, day))

    with django_assert_num_queries(2):
        response = client.get(assignment.get_absolute_url())

    assert len(response.context["assignment"].reviews.all()) == count


def test_an_assignment_says_that_its_bodies_are_not_known(client):
    page = client.get(AssignmentFactory(assigner=None, contractor=None).get_absolute_url())

    assert 'href=""' not in page.text
    assert page.text.count("chưa có trong nguồn") == 4


def test_the_front_page_of_the_room_is_the_programme_of_the_decision(client):
    load_facts()

    assert client.get(reverse("programmes:programme_now")).url == "/programme/sxtdbv-2021-2030/"


def test_without_facts_the_room_says_what_is_missing(client):
    assert client.get(reverse("programmes:programme_now")).status_code == 404


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "Giảm tiêu hao nguyên, nhiên, vật liệu"), ("en", "Cut in raw-material and fuel consumption")],
)
def test_targets_read_in_both_languages(client, language, sentence):
    load_facts()
    with translation.override(language):
        address = reverse("programmes:programme", args=["sxtdbv-2021-2030"])

    page = client.get(address).content.decode()

    assert sentence in page
    assert "5–8%" in page


def test_a_text_without_english_is_marked_as_vietnamese(client):
    load_facts()

    page = client.get("/en/programme/organisations/cuc-dmst-cdx-kc/").content.decode()

    assert '<span lang="vi">Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công</span>' in page
