"""The desk of compiled documents: kinds to compile, documents by kind, year and state."""

from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.models import Job
from foundation.text import whole_number

from .models import CompiledReport, ReportKind
from .models.cuts import CompiledReportQuerySet

PER_PAGE = 40
Narrowed = Callable[[CompiledReportQuerySet], CompiledReportQuerySet]
STATES: dict[str, tuple[Promise, Narrowed]] = {
    "being-built": (pgettext_lazy("a document", "being built"), lambda found: found.drafts().being_built()),
    "draft": (_("built, not published"), lambda found: found.drafts().built()),
    "unbuilt": (_("without files"), lambda found: found.drafts().without_files()),
    "published": (pgettext_lazy("a document", "published"), lambda found: found.published()),
    "withdrawn": (_("withdrawn"), lambda found: found.withdrawn()),
}


class Desk:
    """``asked`` names the kind whose form is shown, ``filters`` what the list is narrowed to."""

    def __init__(self, asked: Mapping[str, str], *, filters: Mapping[str, str]) -> None:
        self.kinds = list(ReportKind.objects.all())
        active = [kind for kind in self.kinds if kind.is_active]
        chosen = [kind for kind in active if kind.code == asked.get("compile", "")]
        self.is_chosen = bool(chosen)
        self.kind: ReportKind | None = next(iter(chosen or active), None)
        self.active = active
        self.shown_kind = next((kind for kind in self.kinds if kind.code == filters.get("kind")), None)
        self.state = filters.get("state", "") if filters.get("state") in STATES else ""
        self.year = whole_number(filters.get("year", ""))
        self._page = filters.get("page")

    @cached_property
    def years(self) -> list[int]:
        found = CompiledReport.objects.order_by("-cut__period__year")
        return list(found.values_list("cut__period__year", flat=True).distinct())

    @property
    def states(self) -> list[tuple[str, Promise]]:
        return [(name, words) for name, (words, _narrowed) in STATES.items()]

    @property
    def is_filtered(self) -> bool:
        return bool(self.shown_kind or self.state or self.year)

    @cached_property
    def page(self) -> Page[CompiledReport]:
        return Paginator(self._shown(), PER_PAGE).get_page(self._page)

    def _shown(self) -> CompiledReportQuerySet:
        found: CompiledReportQuerySet = CompiledReport.objects.with_parts()
        if self.shown_kind:
            found = found.filter(kind=self.shown_kind)
        if self.year:
            found = found.filter(cut__period__year=self.year)
        if self.state:
            found = STATES[self.state][1](found)
        return found.order_by("kind__position", "kind__code", "-cut__cut_at", "-pk")

    @cached_property
    def groups(self) -> list[tuple[ReportKind, list[CompiledReport]]]:
        """The page's documents under their kinds."""
        return [(kind, list(rows)) for kind, rows in groupby(self.page, key=lambda report: report.kind)]


def usual_seconds(report: CompiledReport) -> int | None:
    """How long the newest finished build of this kind took: steps differ too much to reckon by them."""
    done = CompiledReport.objects.filter(kind=report.kind_id, job__state=Job.State.DONE)
    newest = done.exclude(pk=report.pk).order_by("-job__finished_at").with_parts().first()
    if newest is None or newest.job is None or not (newest.job.started_at and newest.job.finished_at):
        return None
    return max(1, round((newest.job.finished_at - newest.job.started_at).total_seconds()))
