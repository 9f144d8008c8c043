from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from news.models import Article, Highlight, Section

YESTERDAY = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    slug = factory.Sequence(lambda n: f"muc-{n}")
    name_vi = factory.Sequence(lambda n: f"Mục {n}")
    name_en = factory.Sequence(lambda n: f"Section {n}")


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    slug = factory.Sequence(lambda n: f"bai-{n}")
    section = factory.SubFactory(SectionFactory)
    title_vi = factory.Sequence(lambda n: f"Bài {n}")
    summary_vi = "Tóm tắt của bài."
    body_vi = "<p>Nội dung của bài.</p>"
    attribution_vi = "Bộ Công Thương"
    published_at = YESTERDAY


class HighlightFactory(DjangoModelFactory):
    class Meta:
        model = Highlight

    headline_vi = factory.Sequence(lambda n: f"Tin nổi bật {n}")
