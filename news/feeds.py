"""RSS and Atom, of all news and of each section, in the language of their address."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .models import Article, Section

NEWEST = 30


class ArticleFeed(Feed):
    """The newest public articles. Feeds are read by machines, so never what one person may see."""

    def get_object(self, request: HttpRequest, slug: str = "") -> Section | None:
        return get_object_or_404(Section, slug=slug) if slug else None

    def title(self, section: Section | None) -> str:
        portal = _("Sustainable consumption and production 2021–2030")
        return f"{section.name} – {portal}" if section else f"{_('News')} – {portal}"

    def link(self, section: Section | None) -> str:
        return section.get_absolute_url() if section else reverse("news:article_list")

    def description(self, section: Section | None) -> str:
        return str(section.summary) if section else _("News of the national action programme.")

    def items(self, section: Section | None) -> QuerySet[Article]:
        articles = Article.objects.published().select_related("section")
        return (articles.filter(section=section) if section else articles)[:NEWEST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Article) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.updated_at

    def item_author_name(self, item: Article) -> str:
        return str(item.byline or item.attribution)

    def item_categories(self, item: Article) -> list[str]:
        return [str(item.section.name)]


class AtomArticleFeed(ArticleFeed):
    feed_type = Atom1Feed

    def subtitle(self, section: Section | None) -> str:
        return self.description(section)
