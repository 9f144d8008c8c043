"""The public's first page: what each room has to show today, asked of its querysets."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from events.models import Event
from foundation.woven import ring, small_ring
from library.models import Entry
from news.models import Article, Highlight
from programmes.models import LifeCycleStage
from provinces import pictures
from provinces.models import ProvincialPlan
from provinces.register import Register
from provinces.standing import standings_on
from reporting.lenses import Lens
from reporting.progress import load_progress
from reporting.showing import target_rows

from .context import address

MAP_PITCH = 52


def home_context(*, today: date) -> dict[str, Any]:
    return {
        "progress_url": address("reporting:progress"),
        "programme_url": address("programmes:programme_now"),
        "provinces_url": address("provinces:province_list"),
        **_ring(),
        **_targets(today),
        **_news(today),
        **_plans(today),
        **_shelves(today),
    }


def _ring() -> dict[str, Any]:
    """The nine stages; each strip leads to the library's entries of that stage."""
    shelf = address("library:index")
    stages = [(str(stage.name), f"{shelf}?stage={stage.slug}") for stage in LifeCycleStage.objects.all()]
    if len(stages) != 9:  # the framework's facts are not loaded yet
        return {}
    centre = (_("Life cycle"), _("of a product"))
    return {
        "stages": stages,
        "ring": ring(stages, centre=centre, note=_("nine stages")),
        "small_ring": small_ring(centre=centre),
    }


def _targets(today: date) -> dict[str, Any]:
    """The targets with a number; the qualitative ones have their own pages."""
    progress = load_progress(Lens.parse("", "", today=today))
    return {
        "targets": [row for row in target_rows(progress) if row.is_numeric],
        "values_are_demo": progress.is_demo,
    }


def _news(today: date) -> dict[str, Any]:
    articles = Article.objects.published().filter(is_demo=False)
    highlights = Highlight.objects.shown_on(today)
    return {
        "articles": articles.select_related("section").order_by("-published_at")[:3],
        "highlights": [one for one in highlights if one.is_open and not one.is_demo][:4],
    }


def _plans(today: date) -> dict[str, Any]:
    """Which units of today have a plan: real documents alone, whatever demo data are loaded."""
    plans = list(ProvincialPlan.objects.published().real().select_related("province"))
    rows = standings_on(today, Register.load(), plans)
    dated = sorted((plan for plan in plans if plan.issued_on), key=lambda p: str(p.issued_on), reverse=True)
    return {
        "today": today,
        "plans": pictures.plans_map(rows, today, pitch=MAP_PITCH) if rows else None,
        "plan_counts": pictures.counts(rows),
        "newest_plans": dated[:3],
    }


def _shelves(today: date) -> dict[str, Any]:
    entries = Entry.objects.published().filter(is_demo=False, stages__isnull=False).distinct()
    events = Event.objects.published().filter(is_demo=False)
    ahead = Event.objects.published().upcoming(today).oldest_first()[:2]
    return {
        "documents": entries.select_related("issuer").prefetch_related("stages").order_by("-dated_on")[:3],
        "meetings_ahead": ahead,
        "meetings": events.past(today).newest_first()[:3],
    }
