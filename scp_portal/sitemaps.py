"""What search engines may list: the portal's own pages and every published record, in both languages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from events.models import Event
from library.models import Entry
from news.models import Article
from provinces.models import ProvincialPlan
from training.models import Course, Curriculum

from .context import FOOT, PUBLIC, REUSE, address


class PageSitemap(Sitemap):
    """The fixed pages; rooms that are not built are left out."""

    i18n = True
    alternates = True
    priority = 0.8

    def items(self) -> list[str]:
        lines = [*PUBLIC, *FOOT, *REUSE]
        return ["home", *(target for _name, target in lines if address(target) and target != "news:feed")]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(Sitemap):
    """The published rows of one model."""

    i18n = True
    alternates = True

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> Iterable[Any]:
        return self.model.objects.published().filter(is_demo=False).order_by("pk")

    def lastmod(self, item: Any) -> datetime:
        return item.updated_at


SITEMAPS = {
    "pages": PageSitemap(),
    "articles": RecordSitemap(Article),
    "events": RecordSitemap(Event),
    "library": RecordSitemap(Entry),
    "plans": RecordSitemap(ProvincialPlan),
    "courses": RecordSitemap(Course),
    "curricula": RecordSitemap(Curriculum),
}
