from foundation.files import store_bytes
from tests.matrix import Row
from tests.news.factories import YESTERDAY, ArticleFactory, SectionFactory


def section(people):
    return {"slug": SectionFactory().slug}


def published(people):
    return {"slug": ArticleFactory().slug}


def draft(people):
    return {"slug": ArticleFactory(published_at=None).slug}


def scheduled(people):
    return {"slug": ArticleFactory(published_at="2999-01-01T00:00:00Z").slug}


def withdrawn(people):
    article = ArticleFactory(withdrawn_at="2026-11-20T00:00:00Z", withdrawal_reason_vi="Trùng bài.")
    return {"slug": article.slug}


def with_picture(people, **kwargs):
    picture = store_bytes(b"x", name="a.png", media_type="image/png", by=people.an, at=YESTERDAY)
    return {"slug": ArticleFactory(picture=picture, picture_alt_vi="a", picture_credit="b", **kwargs).slug}


def draft_with_picture(people):
    return with_picture(people, published_at=None)


ROWS = [
    Row("news:article_list", everyone=200),
    Row("news:feed", everyone=200),
    Row("news:atom", everyone=200),
    Row("news:section", section, everyone=200),
    Row("news:section_feed", section, everyone=200),
    Row("news:section_atom", section, everyone=200),
    Row("news:article", published, everyone=200),
    Row("news:article", draft, everyone=404, an=200),
    Row("news:article", scheduled, everyone=404, an=200),
    Row("news:article", withdrawn, everyone=410),
    Row("news:article_print", published, everyone=200),
    Row("news:article_print", draft, everyone=404, an=200),
    Row("news:article_print", withdrawn, everyone=404, an=200),
    Row("news:article_picture", with_picture, everyone=200),
    Row("news:article_picture", draft_with_picture, everyone=404, an=200),
    Row("news:article_picture", published, everyone=404),
]
