"""The still list of highlights: in order, from its first day to its last."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from news.models import Highlight
from provinces.models import ProvincialPlan
from tests.news.factories import ArticleFactory, HighlightFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2024, 4, 24), []),
        (date(2024, 4, 25), ["Tin"]),
        (date(2024, 5, 1), ["Tin"]),
        (date(2024, 5, 2), []),
    ],
)
def test_a_highlight_is_shown_from_its_first_day_to_its_last(day, shown):
    HighlightFactory(headline_vi="Tin", starts_on=date(2024, 4, 25), ends_on=date(2024, 5, 1))

    assert [one.headline_vi for one in Highlight.objects.shown_on(day)] == shown


def test_an_expired_highlight_disappears_from_the_page(client):
    HighlightFactory(headline_vi="Tin sắp hết hạn", ends_on=date(2026, 11, 20))

    with time_machine.travel("2026-11-20T23:59:00+07:00"):
        assert "Tin sắp hết hạn" in client.get(reverse("news:article_list")).content.decode()
    with time_machine.travel("2026-11-21T00:00:30+07:00"):
        assert "Tin sắp hết hạn" not in client.get(reverse("news:article_list")).content.decode()


def test_highlights_keep_the_order_given(client):
    HighlightFactory(headline_vi="Hai", position=2)
    HighlightFactory(headline_vi="Một", position=1)

    response = client.get(reverse("news:article_list"))

    assert [one.headline_vi for one in response.context["highlights"]] == ["Một", "Hai"]


def test_a_highlight_of_a_draft_says_nothing_of_it(client):
    HighlightFactory(headline_vi="Lộ tin", article=ArticleFactory(published_at=None))

    assert "Lộ tin" not in client.get(reverse("news:article_list")).content.decode()


@pytest.mark.parametrize(
    ("address", "path", "link"),
    [
        ("", "/en/news/", ""),
        ("/news/", "/en/news/", "/en/news/"),
        ("/news/", "/news/", "/news/"),
        ("https://moit.gov.vn/", "/en/news/", "https://moit.gov.vn/"),
    ],
)
def test_an_address_leads_to_the_page_in_the_readers_language(client, address, path, link):
    HighlightFactory(address=address)
    page = client.get(path).content.decode()

    assert ('<p class="row-title plain"><a' in page) == bool(link)
    assert not link or f'<a href="{link}">Tin nổi bật' in page.replace('<span lang="vi">', "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "http://x.example", "news/"])
def test_a_strange_address_is_refused(address):
    with pytest.raises(ValidationError) as refusal:
        HighlightFactory.build(address=address).full_clean()

    assert list(refusal.value.message_dict) == ["address"]


def test_a_highlight_may_lead_to_a_provinces_plan(client, province):
    plan = ProvincialPlan.objects.create(
        province=province, kind=ProvincialPlan.Kind.FRAME, published_at="2026-01-01T00:00:00Z"
    )
    HighlightFactory(plan=plan)

    assert (
        f'<a href="{plan.get_absolute_url()}">' in client.get(reverse("news:article_list")).content.decode()
    )


def test_a_highlight_has_one_link():
    highlight = HighlightFactory.build(article=ArticleFactory(), address="/news/")

    with pytest.raises(ValidationError, match="Chọn một"):
        highlight.validate_constraints()


@pytest.mark.parametrize("count", [1, 3])
def test_highlights_query_count(client, count, django_assert_num_queries):
    for article in ArticleFactory.create_batch(count):
        HighlightFactory(article=article)

    with django_assert_num_queries(4):
        response = client.get(reverse("news:article_list"))

    assert len(response.context["highlights"]) == count
