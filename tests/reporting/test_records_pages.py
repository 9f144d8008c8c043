"""What a province looks up: all its reports with their receipts, and who holds its posts."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Post
from tests.accounts.factories import OccupancyFactory, PostFactory, UserFactory
from tests.people import in_post
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db

SIGNATORY = Post.Role.PROVINCE_SIGNATORY


@pytest.fixture
def tung(province):
    return in_post("Hoàng Thanh Tùng", SIGNATORY, province=province, title="Giám đốc")


def several_reports(province, count):
    for number in range(count):
        period = factories.PeriodFactory(year=2026 - number)
        factories.draft(province, obligation__period=period)


def test_a_report_stands_with_its_state_and_the_receipt_of_each_round(client, lan, tung, province):
    report = factories.submitted(province, tung)
    client.force_login(lan)

    page = client.get(reverse("work:reports")).content.decode()

    assert "Đã nộp" in page
    assert reverse("work:receipt", args=[report.pk, 1]) in page
    assert "0001, vòng 1" in page
    assert reverse("work:rounds", args=[report.pk]) in page


def test_the_newest_period_comes_first_and_a_draft_has_no_receipt(client, lan, province):
    several_reports(province, 2)
    client.force_login(lan)

    response = client.get(reverse("work:reports"))

    years = [line.report.period.year for line in response.context["lines"]]
    assert years == [2026, 2025]
    assert response.content.decode().count("chưa nộp") == 2


def test_a_neighbours_reports_are_not_listed(client, hoa, lan, province):
    several_reports(province, 1)
    client.force_login(hoa)

    response = client.get(reverse("work:reports"))

    assert response.context["lines"] == []
    assert "Chưa bắt đầu báo cáo nào." in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_report_list_query_count(client, lan, province, count, django_assert_num_queries):
    several_reports(province, count)
    client.force_login(lan)

    with django_assert_num_queries(7):
        response = client.get(reverse("work:reports"))

    assert len(response.context["lines"]) == count


def test_a_post_stands_with_its_holder_and_a_vacant_one_is_marked(client, lan, tung, province):
    PostFactory(title_vi="Phó Giám đốc", role=SIGNATORY, province=province)
    client.force_login(lan)

    response = client.get(reverse("work:people"))

    page = response.content.decode()
    assert [len(line.holders) for line in response.context["lines"]] == [1, 1, 0]
    assert "Hoàng Thanh Tùng" in page
    assert "Phó Giám đốc" in page
    assert page.count("Đang trống") == 1


def test_who_acts_for_whom_and_until_when_is_said(client, lan, tung, province):
    post = Post.objects.get(role=SIGNATORY)
    deputy = UserFactory(full_name="Mai Thị Thay")
    OccupancyFactory(
        post=post, user=deputy, acting_for=tung, valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 1)
    )
    client.force_login(lan)

    with time_machine.travel(NOON):
        page = client.get(reverse("work:people")).content.decode()

    assert "Mai Thị Thay, làm thay Hoàng Thanh Tùng" in " ".join(page.split())
    assert "30/11/2026" in page


def test_posts_of_the_neighbour_and_people_who_left_are_not_shown(client, lan, hoa, province):
    gone = UserFactory(full_name="Người Đã Đi")
    OccupancyFactory(
        post=lan.posts_today[0], user=gone, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    client.force_login(lan)

    page = client.get(reverse("work:people")).content.decode()

    assert "Người Đã Đi" not in page
    assert hoa.full_name not in page


@pytest.mark.parametrize("count", [1, 3])
def test_people_query_count(client, lan, province, count, django_assert_num_queries):
    for _number in range(count):
        OccupancyFactory(post=PostFactory(role=SIGNATORY, province=province), user=UserFactory())
    client.force_login(lan)

    with django_assert_num_queries(5):
        response = client.get(reverse("work:people"))

    assert len(response.context["lines"]) == count + 1


@pytest.mark.parametrize("name", ["reports", "people"])
def test_both_pages_read_in_english_and_stand_in_the_navigation(client, lan, tung, province, name):
    factories.submitted(province, tung)
    client.force_login(lan)

    page = client.get("/en" + reverse(f"work:{name}")).content.decode()

    assert {"reports": "Receipts", "people": "Held by"}[name] in page
    assert 'href="/en/work/reports/"' in page
    assert 'href="/en/work/people/"' in page
