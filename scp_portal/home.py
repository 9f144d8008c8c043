"""The public's first page: what each room has to show today, asked of its querysets."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.woven import ring, small_ring
from news.models import Article, Highlight
from programmes.models import LifeCycleStage

from .context import address


def home_context(request: HttpRequest, *, today: date) -> dict[str, Any]:
    return {
        "progress_url": address("reporting:progress"),
        "programme_url": address("programmes:programme_now"),
        "provinces_url": address("provinces:province_list"),
        **_ring(),
        **_news(request, today),
    }


def _ring() -> dict[str, Any]:
    """The nine stages; each strip leads to the library's entries of that stage."""
    shelf = address("library:index") or address("search")
    stages = [
        (str(stage.name), f"{shelf}?stage={stage.slug}" if shelf else "")
        for stage in LifeCycleStage.objects.all()
    ]
    if len(stages) != 9:  # the framework's facts are not loaded yet
        return {}
    centre = (_("Life cycle"), _("of a product"))
    return {
        "stages": stages,
        "ring": ring(stages, centre=centre, note=_("nine stages")),
        "small_ring": small_ring(centre=centre),
    }


def _news(request: HttpRequest, today: date) -> dict[str, Any]:
    highlights = Highlight.objects.shown_on(today).select_related("article")
    return {
        "articles": Article.objects.published().select_related("section").order_by("-published_at")[:3],
        "highlights": [one for one in highlights if one.is_open][:4],
    }
