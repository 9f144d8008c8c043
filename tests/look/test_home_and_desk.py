"""The first pages show each room's newest, real before invented, at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from foundation.actions import write_down
from tests.accounts.factories import PostFactory
from tests.events.factories import EventFactory
from tests.library.factories import DocumentFactory
from tests.news.factories import ArticleFactory, HighlightFactory
from tests.provinces.factories import PlanFactory


def queries_of(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def fill(rows: int) -> None:
    for factory in (ArticleFactory, HighlightFactory, EventFactory, PlanFactory):
        factory.create_batch(rows)
    for _number in range(rows):
        HighlightFactory(plan=PlanFactory())
        HighlightFactory(entry=DocumentFactory())


def test_home_costs_the_same_with_one_row_and_with_three(guest):
    fill(1)
    guest.get(reverse("home"))  # reads what is kept until it changes: the register, the framework
    one = queries_of(guest, reverse("home"))
    fill(2)
    guest.get(reverse("home"))

    assert queries_of(guest, reverse("home")) == one


def test_the_desk_costs_the_same_with_one_row_and_with_three(client, minh):
    client.force_login(minh)
    fill(1)
    one = queries_of(client, reverse("admin:index"))
    fill(2)

    assert queries_of(client, reverse("admin:index")) == one


def test_home_shows_no_invented_news(guest):
    ArticleFactory(title_vi="Tin thật")
    ArticleFactory(title_vi="Tin minh hoạ", is_demo=True)

    page = guest.get(reverse("home")).content.decode()

    assert "Tin thật" in page
    assert "Tin minh hoạ" not in page


def test_home_stands_before_any_facts_are_loaded(guest):
    assert guest.get(reverse("home")).status_code == 200


def test_the_desk_counts_vacant_posts(client, minh):
    PostFactory(role=Post.Role.MINISTRY_REVIEWER)
    client.force_login(minh)

    cells = client.get(reverse("admin:index")).context["desk"]["cells"]

    assert [(cell["label"], cell["number"]) for cell in cells] == [("Vị trí trống", 1)]


def test_the_desk_says_in_words_what_was_just_done(client, minh):
    write_down("publish", PlanFactory(number="12/KH-UBND"), by=minh, at=timezone.now())
    client.force_login(minh)

    recent = client.get(reverse("admin:index")).context["desk"]["recent"]

    assert [(one["deed"], one["by"]) for one in recent] == [("Công bố", str(minh))]


@pytest.mark.parametrize("who", ["lan", "guest"])
def test_the_desk_is_the_ministry_s_alone(client, request, who):
    visitor = client
    if who == "lan":
        visitor.force_login(request.getfixturevalue("lan"))

    assert visitor.get(reverse("admin:index"), follow=True).context.get("desk") is None
