"""Feeds: valid, public, of one section or all, in the language of the address."""

from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.news.factories import YESTERDAY, ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response, ElementTree.fromstring(response.content)  # noqa: S314 -- our own feed


def test_rss_has_what_the_standard_asks_for(client):
    article = ArticleFactory(title_vi="Bài <một> & hai")

    response, feed = read(client, reverse("news:feed"))

    channel = feed.find("channel")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert feed.attrib["version"] == "2.0"
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    assert channel.find(f"{ATOM}link").attrib["href"] == "http://testserver/news/rss/"
    item = channel.find("item")
    assert item.findtext("title") == "Bài <một> & hai"
    assert item.findtext("link") == item.findtext("guid") == f"http://testserver/news/{article.slug}/"
    assert parsedate_to_datetime(item.findtext("pubDate")) == YESTERDAY


def test_atom_has_what_the_standard_asks_for(client):
    ArticleFactory()

    response, feed = read(client, reverse("news:atom"))

    entry = feed.find(f"{ATOM}entry")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "subtitle"))
    assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "published"))
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Bộ Công Thương"


def test_a_section_has_its_own_feed(client):
    section = SectionFactory()
    ArticleFactory(section=section, title_vi="Của mục")
    ArticleFactory(title_vi="Của mục khác")

    _response, feed = read(client, reverse("news:section_feed", args=[section.slug]))

    assert [item.findtext("title") for item in feed.iter("item")] == ["Của mục"]


def test_the_english_feed_is_in_english(client):
    ArticleFactory(title_vi="Bài", title_en="Article")

    _response, feed = read(client, "/en" + reverse("news:feed"))

    assert feed.findtext("channel/language") == "en"
    assert feed.findtext("channel/item/title") == "Article"


def test_drafts_scheduled_and_withdrawn_articles_stay_out_even_for_an_editor(client, an):
    ArticleFactory(published_at=None)
    ArticleFactory(published_at="2999-01-01T00:00:00Z")
    ArticleFactory(withdrawn_at="2026-11-20T00:00:00Z", withdrawal_reason_vi="Trùng bài.")
    client.force_login(an)

    _response, feed = read(client, reverse("news:feed"))

    assert list(feed.iter("item")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_feed_query_count(client, count, django_assert_num_queries):
    ArticleFactory.create_batch(count)

    with django_assert_num_queries(1):
        client.get(reverse("news:feed"))
