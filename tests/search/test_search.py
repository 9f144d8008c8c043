"""Search over all rooms: with or without accents, exact spelling first, never what one may not see."""

import unicodedata
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from modelsearch.index import get_indexed_models

from foundation.indexing import reindex
from foundation.searching import MOST_WORDS, Searchable
from news.models import Article
from provinces.models import BoundaryEvent
from scp_portal.search import search
from tests.news.factories import ArticleFactory
from tests.programmes.factories import OrganisationFactory, ProgrammeFactory
from tests.provinces.factories import ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

GUEST = AnonymousUser()


def found(text, user=GUEST):
    return [str(hit.title) for group in search(text, user=user).groups for hit in group.hits]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("da nang", "Hội nghị tại Đà Nẵng"),
        ("DA NANG", "Hội nghị tại Đà Nẵng"),
        ("Đà Nẵng", "Hội nghị tại Đà Nẵng"),
        (unicodedata.normalize("NFD", "Đà Nẵng"), "Hội nghị tại Đà Nẵng"),
        ("dak lak", "Làng nghề Đắk Lắk"),
        ("Đắk Lắk", "Làng nghề Đắk Lắk"),
        ("889/QĐ-TTg", "Quyết định 889/QĐ-TTg"),
        ("889 qd ttg", "Quyết định 889/QĐ-TTg"),
        ("889", "Quyết định 889/QĐ-TTg"),
        ("sản xuất bền vững", "Sản xuất bền vững"),
        ("vung ben xuat", "Sản xuất bền vững"),
    ],
)
def test_a_query_finds_whatever_its_accents(typed, title):
    ArticleFactory(title_vi=title)
    ArticleFactory(title_vi="Chuyện khác")

    assert found(typed) == [title]


def test_text_stored_in_the_other_normal_form_is_found():
    ArticleFactory(title_vi=unicodedata.normalize("NFD", "Điện Biên"))

    assert len(found("dien bien")) == 1


def test_words_of_the_english_text_are_found_too():
    ArticleFactory(title_vi="Bài", body_en="<p>lithium batteries</p>")

    assert found("lithium") == ["Bài"]


def test_with_accents_the_exact_spelling_comes_first_without_them_none_is_preferred():
    ArticleFactory(title_vi="Năng lượng mặt trời ở bản")
    ArticleFactory(title_vi="Nâng lương cho thợ")

    assert found("năng lượng") == ["Năng lượng mặt trời ở bản", "Nâng lương cho thợ"]
    assert found("nâng lương") == ["Nâng lương cho thợ", "Năng lượng mặt trời ở bản"]
    assert found("nang luong") == ["Nâng lương cho thợ", "Năng lượng mặt trời ở bản"]


def test_words_in_order_come_before_words_apart_and_titles_before_texts():
    ArticleFactory(title_vi="Một", body_vi="<p>bền vững khi sản lượng xuất khẩu tăng</p>")
    ArticleFactory(title_vi="Hai", body_vi="<p>về sản xuất bền vững</p>")
    ArticleFactory(title_vi="Ba: sản xuất bền vững")

    assert found("san xuat ben vung") == ["Ba: sản xuất bền vững", "Hai", "Một"]


def test_a_name_of_two_or_three_words_is_not_found_in_pieces_where_it_stands_whole():
    ArticleFactory(title_vi="Nắng đã lên")
    ArticleFactory(title_vi="Hội nghị tại Đà Nẵng")

    assert found("da nang") == ["Hội nghị tại Đà Nẵng"]
    assert found("len nang") == ["Nắng đã lên"]


@pytest.mark.parametrize("typed", ["sxtdbv", "SXTDBV", "SCP"])
def test_an_abbreviation_finds_what_it_stands_for(typed):
    ProgrammeFactory(name_vi="Chương trình sản xuất và tiêu dùng bền vững")

    assert found(typed) == ["Chương trình sản xuất và tiêu dùng bền vững"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"published_at": None},
        {"published_at": "2999-01-01T00:00:00Z"},
        {"withdrawn_at": "2026-11-20T00:00:00Z", "withdrawal_reason_vi": "Trùng bài."},
    ],
    ids=["draft", "scheduled", "withdrawn"],
)
def test_what_is_not_public_is_found_by_editors_alone(an, lan, hidden):
    ArticleFactory(title_vi="Bí mật Sa Pa", **hidden)

    assert found("sa pa", an) == ["Bí mật Sa Pa"]
    assert (found("sa pa"), found("sa pa", lan)) == ([], [])
    assert search("sa pa", user=GUEST).total == 0


def merged(name, heir):
    """A unit of the old map whose land went to ``heir`` in 2025."""
    old = ProvinceFactory(code="93", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1), name_vi=name)
    new = ProvinceFactory(code="92", name_vi=heir, slug="heir")
    event = BoundaryEvent.objects.create(kind=BoundaryEvent.Kind.MERGER, effective_on=date(2025, 7, 1))
    event.successions.create(predecessor=old, heir=new)
    return old, new


@pytest.mark.parametrize("typed", ["hau giang", "Hậu Giang", "kế hoạch Hậu Giang"])
def test_a_former_name_leads_to_the_unit_and_to_its_heir(client, typed):
    _old, new = merged("Hậu Giang", "Cần Thơ")

    page = client.get(reverse("search"), {"q": typed}).content.decode()

    assert "Hậu Giang không còn là một đơn vị từ 01/7/2025." in page
    assert f'<a href="{new.get_absolute_url()}">Cần Thơ</a>' in page


def test_a_unit_whose_heir_bears_its_name_needs_no_word():
    merged("Cần Thơ", "Cần Thơ")

    assert search("can tho", user=GUEST).former == []


def test_results_are_grouped_by_kind_with_counts():
    ArticleFactory.create_batch(7, title_vi="Tin Cà Mau")
    OrganisationFactory(name_vi="Sở Công Thương Cà Mau")

    groups = {group.label: (group.count, len(group.hits)) for group in search("ca mau", user=GUEST).groups}

    assert groups == {"news.article": (7, 5), "programmes.organisation": (1, 1)}


@pytest.mark.parametrize("count", [1, 3])
def test_search_query_count(client, count, django_assert_num_queries):
    ArticleFactory.create_batch(count, title_vi="Tin Cà Mau")
    OrganisationFactory.create_batch(count, name_vi="Sở Công Thương Cà Mau")
    ContentType.objects.get_for_models(*get_indexed_models())

    with django_assert_num_queries(5):
        response = client.get(reverse("search") + "?q=ca mau")

    assert response.context["answer"].total == 2 * count


def test_one_kind_is_shown_page_by_page(client):
    ArticleFactory.create_batch(23, title_vi="Tin Cà Mau")

    response = client.get(reverse("search") + "?q=ca mau&kind=news.article&page=2")

    assert [len(group.hits) for group in response.context["answer"].groups] == [3]
    assert response.context["page"].paginator.count == 23


@pytest.mark.parametrize(
    "query",
    [
        "?q=%22%27%29%3B+DROP",
        "?q=" + "a" * 5000,
        "?q=" + "+".join(["mot"] * 200),
        "?q=AND+OR+NOT+NEAR%2A",
        "?q=%C2%B2%C2%BD",
        "?q=x&page=-1",
        "?q=x&page=99999999999999999999",
        "?q=x&page=²",
        "?q=x&kind=auth.user",
        "",
    ],
)
def test_strange_queries_get_an_ordinary_answer(client, query):
    assert client.get(reverse("search") + query).status_code == 200


def test_a_long_query_keeps_its_first_words():
    ArticleFactory(title_vi="một hai ba")

    assert found("một hai ba " + "bốn " * MOST_WORDS) == []
    assert found("một hai ba " * 20) == ["một hai ba"]


def test_the_page_marks_the_words_and_tells_the_language(client):
    ArticleFactory(title_vi="Đà Nẵng <b>")

    page = client.get("/en" + reverse("search") + "?q=da+nang").content.decode()

    assert '<span lang="vi"><mark>Đà Nẵng</mark> &lt;b&gt;</span>' in page


def test_the_text_is_quoted_when_only_it_has_the_words(client):
    ArticleFactory(title_vi="Một", summary_vi="Tóm tắt khác.", body_vi="<p>Họp ở Đà Nẵng.</p>")

    page = client.get(reverse("search") + "?q=da+nang").content.decode()

    assert "Họp ở <mark>Đà Nẵng</mark>." in page
    assert "Tóm tắt khác." not in page


def test_demo_records_are_marked(client):
    ArticleFactory(title_vi="Bài Sa Pa", is_demo=True)

    assert "demo-label" in client.get(reverse("search") + "?q=sa+pa").content.decode()


def test_nothing_found_is_said_with_hints(client):
    page = client.get(reverse("search") + "?q=khong+co+gi").content.decode()

    assert "Không tìm thấy gì cho “khong co gi”." in page
    assert "Có thể gõ không dấu" in page


def test_a_saved_row_is_found_by_its_new_words_at_once():
    article = ArticleFactory(title_vi="Cũ")

    article.title_vi = "Mới toanh"
    article.save()

    assert (found("cu"), found("moi toanh")) == ([], ["Mới toanh"])


def test_a_deleted_row_is_found_no_more():
    ArticleFactory(title_vi="Tạm thời").delete()

    assert found("tam thoi") == []


def test_a_bulk_write_is_found_after_reindexing_its_rows():
    article = ArticleFactory(title_vi="Cũ")
    Article.objects.filter(pk=article.pk).update(title_vi="Mới toanh")

    reindex(Article.objects.filter(pk=article.pk))

    assert (found("cu"), found("moi toanh")) == ([], ["Mới toanh"])


def test_the_command_builds_the_index_anew():
    article = ArticleFactory(title_vi="Cũ")
    Article.objects.filter(pk=article.pk).update(title_vi="Mới toanh")

    call_command("rebuild_modelsearch_index", verbosity=0)

    assert (found("cu"), found("moi toanh")) == ([], ["Mới toanh"])


@pytest.mark.parametrize("model", get_indexed_models(), ids=lambda model: model._meta.label)
def test_every_searchable_model_says_who_may_see_it_and_what_it_shows(model):
    assert issubclass(model, Searchable)
    assert model.searchable_by(GUEST).model is model
    assert callable(model.get_absolute_url)
