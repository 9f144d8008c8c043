"""Articles: seen from their hour on, in both languages, with where we have them from."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from foundation.files import store_upload
from news.models import Article
from tests.events.factories import EventFactory
from tests.library.factories import DocumentFactory
from tests.news.factories import YESTERDAY, ArticleFactory, SectionFactory
from tests.programmes.factories import AssignmentFactory, OrganisationFactory, ProgrammeFactory
from tests.training.factories import CurriculumFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060"
    "000000040001f61738550000000049454e44ae426082"
)


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, count, django_assert_num_queries):
    ArticleFactory.create_batch(count)

    with django_assert_num_queries(4):
        response = client.get(reverse("news:article_list"))

    assert len(response.context["articles"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_section_query_count(client, count, django_assert_num_queries):
    section = SectionFactory()
    ArticleFactory.create_batch(count, section=section)
    ArticleFactory()

    with django_assert_num_queries(4):
        response = client.get(section.get_absolute_url())

    assert len(response.context["articles"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_article_query_count(client, count, django_assert_num_queries):
    article = ArticleFactory()
    article.programmes.set(ProgrammeFactory.create_batch(count))
    article.assignments.set(AssignmentFactory.create_batch(count))
    article.events.set(EventFactory.create_batch(count))
    article.entries.set(DocumentFactory.create_batch(count))
    article.curricula.set(CurriculumFactory.create_batch(count))
    article.organisations.set(OrganisationFactory.create_batch(count, successor=OrganisationFactory()))

    with django_assert_num_queries(13):
        client.get(article.get_absolute_url())


def test_the_list_turns_pages(client):
    ArticleFactory.create_batch(12)

    response = client.get(reverse("news:article_list") + "?page=2")

    assert len(response.context["articles"]) == 2


def test_an_empty_list_says_what_will_stand_here(client):
    assert "notice empty" in client.get(reverse("news:article_list")).content.decode()


def test_a_scheduled_article_is_not_there_until_its_hour(client):
    article = ArticleFactory(published_at=YESTERDAY)

    with time_machine.travel(YESTERDAY - timedelta(seconds=1)):
        assert client.get(article.get_absolute_url()).status_code == 404
        assert list(client.get(reverse("news:article_list")).context["articles"]) == []
    with time_machine.travel(YESTERDAY):
        assert client.get(article.get_absolute_url()).status_code == 200


def test_an_editor_sees_a_draft_and_is_told_so(client, an):
    article = ArticleFactory(published_at=None)
    client.force_login(an)

    page = client.get(article.get_absolute_url()).content.decode()

    assert reverse("admin:news_article_change", args=[article.pk]) in page
    assert "Chỉ biên tập viên thấy trang này." in page


def test_english_is_shown_where_there_is_some_and_vietnamese_marked_where_not(client):
    article = ArticleFactory(title_vi="Bài báo", title_en="An article", summary_vi="Tóm tắt", summary_en="")

    page = client.get("/en" + article.get_absolute_url()).content.decode()

    assert "<h1>An article</h1>" in page
    assert '<p class="summary"><span lang="vi">Tóm tắt</span></p>' in page
    assert '<div class="prose" lang="vi">' in page


def test_a_doubtful_date_is_said_in_words(client):
    article = ArticleFactory(event_on="2022-12-24", date_doubt_vi="năm suy ra từ nhiệm vụ")

    assert "24/12/2022 (năm suy ra từ nhiệm vụ)" in client.get(article.get_absolute_url()).content.decode()


def test_a_day_without_a_year_says_so(client):
    article = ArticleFactory(event_on="XXXX-09-27", event_ends_on="XXXX-09-28")

    with translation.override("en"):
        page = client.get(article.get_absolute_url()).content.decode()

    assert "27–28 September, year not in the source" in page


def test_a_body_whose_work_moved_on_is_named_with_its_heir(client):
    article = ArticleFactory()
    heir = OrganisationFactory(name_vi="Cục mới")
    article.organisations.add(OrganisationFactory(name_vi="Vụ cũ", successor=heir, valid_to="2025"))

    page = client.get(article.get_absolute_url()).content.decode()

    assert "Từ năm 2025, việc của Vụ cũ do Cục mới đảm nhận." in page


def test_a_draft_event_is_not_named_in_the_rail(client):
    article = ArticleFactory()
    article.events.add(EventFactory(title_vi="Kín", published_at=None))

    assert "Kín" not in client.get(article.get_absolute_url()).content.decode()


def test_a_curriculum_is_drawn_with_its_levels_and_topics(client):
    article = ArticleFactory()
    article.curricula.add(CurriculumFactory())

    assert 'class="matrix"' in client.get(article.get_absolute_url()).content.decode()
    assert 'class="matrix"' in client.get(reverse("news:article_print", args=[article.slug])).content.decode()


def test_a_draft_curriculum_is_not_drawn(client):
    article = ArticleFactory()
    article.curricula.add(CurriculumFactory(published_at=None))

    assert 'class="matrix"' not in client.get(article.get_absolute_url()).content.decode()


def test_the_print_view_names_its_address_and_has_no_navigation(client):
    article = ArticleFactory()

    page = client.get(reverse("news:article_print", args=[article.slug])).content.decode()

    assert f"http://testserver{article.get_absolute_url()}" in page
    assert "<nav" not in page


def test_hostile_markup_does_not_reach_the_page(client):
    article = ArticleFactory(body_vi='<p onclick="x()">an toàn<script>alert(1)</script></p>')

    assert "<p>an toàn</p>" in client.get(article.get_absolute_url()).content.decode()


def test_a_bulk_write_is_cleaned_too():
    article = ArticleFactory()

    Article.objects.filter(pk=article.pk).update(body_vi="<p>a<script>alert(1)</script></p>")

    article.refresh_from_db()
    assert article.body_vi == "<p>a</p>"


def test_a_public_article_cannot_be_unpublished_without_a_reason():
    article = ArticleFactory()
    article.published_at = None

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert list(refusal.value.message_dict) == ["published_at"]


def test_a_draft_may_lose_its_date():
    article = ArticleFactory(published_at=YESTERDAY + timedelta(days=9000))
    article.published_at = None

    article.full_clean()


def test_a_picture_is_shown_with_its_credit_and_words(client, an):
    picture = store_upload(SimpleUploadedFile("anh.png", PIXEL), by=an, at=YESTERDAY)
    article = ArticleFactory(picture=picture, picture_alt_vi="Toàn cảnh", picture_credit="Quốc Dũng/TTXVN")

    page = client.get(article.get_absolute_url()).content.decode()
    image = client.get(reverse("news:article_picture", args=[article.slug]))

    assert 'alt="Toàn cảnh"' in page
    assert "Quốc Dũng/TTXVN" in page
    assert (image["Content-Type"], image.getvalue()) == ("image/png", PIXEL)


def test_a_picture_without_words_is_refused(an):
    article = ArticleFactory()
    article.picture = store_upload(SimpleUploadedFile("anh.png", PIXEL), by=an, at=YESTERDAY)

    with pytest.raises(ValidationError, match="chữ thay thế"):
        article.validate_constraints()


def test_the_picture_of_a_draft_is_not_there(client, an):
    picture = store_upload(SimpleUploadedFile("anh.png", PIXEL), by=an, at=YESTERDAY)
    article = ArticleFactory(picture=picture, picture_alt_vi="a", picture_credit="b", published_at=None)

    assert client.get(reverse("news:article_picture", args=[article.slug])).status_code == 404


def test_the_last_day_needs_the_first():
    with pytest.raises(ValidationError) as refusal:
        ArticleFactory.build(section=SectionFactory(), event_ends_on="2022-01-02").full_clean()

    assert list(refusal.value.message_dict) == ["event_on"]
