"""Withdrawing is a deed with a reason; the address keeps the title and says why."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from foundation.actions import ActionRefused
from foundation.models import AuditEntry
from news import actions
from tests.news.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def test_withdrawing_keeps_the_reason_and_writes_it_down(an):
    article = actions.withdraw(ArticleFactory().pk, by=an, at=NOON, reason_vi=" Số liệu sai. ")

    assert (article.withdrawn_at, article.withdrawal_reason_vi) == (NOON, "Số liệu sai.")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.detail) == ("withdraw", an, {"reason": "Số liệu sai."})


def test_the_address_of_a_withdrawn_article_shows_title_and_reason_but_no_text(client, an):
    article = ArticleFactory(title_vi="Bài đã rút", body_vi="<p>Nội dung sai</p>", summary_vi="Tóm tắt sai")
    actions.withdraw(article.pk, by=an, at=NOON, reason_vi="Số liệu sai.")

    response = client.get(article.get_absolute_url())

    page = response.content.decode()
    assert response.status_code == 410
    assert "Bài đã rút" in page
    assert "Số liệu sai." in page
    assert "Nội dung sai" not in page
    assert "Tóm tắt sai" not in page


def test_a_withdrawn_article_leaves_list_and_print(client, an):
    article = ArticleFactory()
    actions.withdraw(article.pk, by=an, at=NOON, reason_vi="Trùng bài.")

    assert list(client.get(reverse("news:article_list")).context["articles"]) == []
    assert client.get(reverse("news:article_print", args=[article.slug])).status_code == 404


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_withdrawn(an, reason):
    article = ArticleFactory()

    with pytest.raises(ActionRefused):
        actions.withdraw(article.pk, by=an, at=NOON, reason_vi=reason)

    article.refresh_from_db()
    assert article.withdrawn_at is None
    assert not AuditEntry.objects.exists()


def test_only_editors_withdraw(minh):
    article = ArticleFactory()

    with pytest.raises(ActionRefused):
        actions.withdraw(article.pk, by=minh, at=NOON, reason_vi="Vì thế.")

    article.refresh_from_db()
    assert article.withdrawn_at is None


def test_a_draft_is_not_withdrawn(an):
    with pytest.raises(ActionRefused):
        actions.withdraw(ArticleFactory(published_at=None).pk, by=an, at=NOON, reason_vi="Vì thế.")


def test_an_article_is_withdrawn_once(an):
    article = actions.withdraw(ArticleFactory().pk, by=an, at=NOON, reason_vi="Lần đầu.")

    with pytest.raises(ActionRefused):
        actions.withdraw(article.pk, by=an, at=NOON, reason_vi="Lần nữa.")

    assert AuditEntry.objects.count() == 1


def test_a_withdrawn_article_can_be_put_back(client, an):
    article = actions.withdraw(ArticleFactory().pk, by=an, at=NOON, reason_vi="Nhầm.")

    actions.restore(article.pk, by=an, at=NOON)

    assert client.get(article.get_absolute_url()).status_code == 200
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["withdraw", "restore"]


def test_only_a_withdrawn_article_is_put_back(an):
    with pytest.raises(ActionRefused):
        actions.restore(ArticleFactory().pk, by=an, at=NOON)


def test_only_editors_put_back(an, thu):
    article = actions.withdraw(ArticleFactory().pk, by=an, at=NOON, reason_vi="Nhầm.")

    with pytest.raises(ActionRefused):
        actions.restore(article.pk, by=thu, at=NOON)
