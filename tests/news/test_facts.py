"""The real articles: loaded twice without a trace, in both languages, with their sources."""

import random
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from news.demo import make_demo
from news.models import Article, Highlight
from scp_portal.loading import load_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded_once(once_a_file):
    yield from once_a_file(load_facts)


@pytest.fixture
def facts(loaded_once, db):
    return loaded_once


def test_a_second_load_changes_nothing(facts):
    before = list(Article.history.values_list("pk", flat=True))

    assert load_facts() == facts
    assert list(Article.history.values_list("pk", flat=True)) == before


def test_every_real_article_has_both_languages_and_a_source(facts):
    columns = ["title", "summary", "body", "attribution"]
    rows = Article.objects.filter(is_demo=False)

    assert rows.count() == 8
    for name in (f"{column}_{language}" for column in columns for language in ("vi", "en")):
        assert not rows.filter(**{name: ""}).exists(), name
    assert not rows.filter(source="").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_real_article_opens(facts, client, language):
    with translation.override(language):
        addresses = [article.get_absolute_url() for article in Article.objects.all()]

    assert {client.get(address).status_code for address in addresses} == {200}


def test_what_the_source_does_not_date_is_not_dated(facts):
    roundtable = Article.objects.get(slug="hoi-nghi-ban-tron-lan-thu-sau-da-nang")

    assert (roundtable.event_on.year, roundtable.event_on.month, roundtable.event_on.day) == (None, 9, 27)


def test_a_meeting_of_2019_belongs_to_the_unit_of_that_day(facts):
    hanoi = Article.objects.get(slug="mang-luoi-khu-vuc-ha-noi-2019").provinces.get()

    assert (hanoi.code, hanoi.exists_on(date(2019, 11, 21))) == ("01", True)


def test_the_headline_of_a_race_long_run_is_kept_but_not_shown(facts):
    shown = Highlight.objects.shown_on(date(2026, 11, 20))

    assert Highlight.objects.filter(is_demo=False).count() == 5
    assert shown.filter(headline_vi__startswith="Sắp diễn ra").count() == 0
    assert shown.count() == 4


def test_demo_articles_are_the_same_twice_and_marked_on_their_pages(facts, client):
    made = [make_demo(random.Random(889), today=date(2026, 11, 20)) for _ in range(2)]  # noqa: S311 -- the demo wants to be the same every time
    demo = Article.objects.filter(is_demo=True)

    assert (made[0], demo.count()) == (made[1], 3)
    assert Article.history.filter(is_demo=True).count() == 3
    assert "demo-label" in client.get(demo.published().first().get_absolute_url()).content.decode()


def test_a_demo_article_for_next_week_is_not_public(facts, client):
    make_demo(random.Random(889), today=date.today())  # noqa: DTZ011, S311 -- any day will do

    assert client.get(reverse("news:article", args=["bai-minh-hoa-3"])).status_code == 404
    assert not User.objects.exists()
