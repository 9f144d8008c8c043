"""One list over all kinds: what was asked, what matches, and how many there are of each.

Two grouped queries count every facet, whatever the number of records: the groups (kind, year,
status, language, sector) are few, so each facet's counts under all other choices are added up here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Substr
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.collation import in_vietnamese_order
from programmes.models import LifeCycleStage

from .models import DocumentRelation, Entry, Kind, Sector, Status
from .models.entry import STATUSES, EntryQuerySet

PER_PAGE = 20
UNKNOWN = "unknown"
FACETS = ("kind", "stage", "year", "status", "sector", "language")
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": ("-dated_on", "title_vi", "pk"),
    "oldest": ("has_no_date", "dated_on", "title_vi", "pk"),
    "title": (in_vietnamese_order("title_vi"), "pk"),
}

SINGLE_LANGUAGES = (Entry.Language.VIETNAMESE, Entry.Language.ENGLISH)

Chosen = Mapping[str, frozenset[str]]
Options = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Question:
    """What a reader asked of the list, as the address says it."""

    words: str = ""
    sort: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: QueryDict) -> "Question":
        words = asked.get("q", "").strip()[:200]
        sort = asked.get("sort", "")
        chosen = {facet: frozenset(asked.getlist(facet)) for facet in FACETS if asked.getlist(facet)}
        return cls(words, sort if sort in SORTS else "", chosen)

    def address(self, *, without: tuple[str, str] | None = None) -> str:
        """The query string of this question, without one of its choices."""
        pairs = [(name, value) for name in FACETS for value in sorted(self.chosen.get(name, ()))]
        pairs = [pair for pair in pairs if pair != without]
        for name, value in (("q", self.words), ("sort", self.sort)):
            if value:
                pairs.append((name, value))
        return f"?{urlencode(pairs)}"

    @property
    def order(self) -> list[tuple[str, str]]:
        """The order as a hidden field of the filters."""
        return [("sort", self.sort)] if self.sort else []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The choices as hidden fields of the sorting form."""
        return [(name, value) for name in FACETS for value in sorted(self.chosen.get(name, ()))]


@dataclass(frozen=True)
class Group:
    """Some records alike in everything a facet asks; ``has`` gives their values of each facet."""

    has: Chosen
    number: int

    def matches(self, chosen: Chosen, *, but: str = "") -> bool:
        return all(values & self.has[name] for name, values in chosen.items() if name != but)


@dataclass(frozen=True)
class Shelf:
    """The answer: one page of records, the facets with counts, and what is in use."""

    page: Page[Entry]
    total: int
    facets: list[dict[str, Any]]
    active: list[dict[str, str]]


def look_up(question: Question, *, user: Any, page: Any = 1) -> Shelf:
    """The records this person may see that answer the question."""
    found = (
        Entry.objects.visible_to(user)
        .about(question.words)
        .annotate(year=Substr("dated_on", 1, 4, output_field=CharField()))
    )
    groups = _groups(found, question.chosen)
    total = sum(group.number for group in groups if group.matches(question.chosen, but="stage"))
    options = _options(groups, _stage_groups(found), question.chosen)
    paginator = Paginator(_in_order(_narrowed(found, question.chosen), question, user), PER_PAGE)
    paginator.count = total  # already added up: no third count
    return Shelf(paginator.get_page(page), total, _facets(options), _active(options, question))


def _groups(found: EntryQuerySet, chosen: Chosen) -> list[Group]:
    """Every group of the records that the chosen stages leave."""
    if "stage" in chosen:
        found = found.filter(_of_stages(chosen["stage"]))
    rows = found.order_by().values_list("kind", "year", "status", "language", "sector__slug")
    return [Group(_has(*row), number) for *row, number in rows.annotate(number=Count("pk"))]


def _stage_groups(found: EntryQuerySet) -> list[Group]:
    rows = found.filter(stages__isnull=False).order_by()
    named = rows.values_list("kind", "year", "status", "language", "sector__slug", "stages__slug")
    return [
        Group({**_has(*row), "stage": frozenset({stage})}, number)
        for *row, stage, number in named.annotate(number=Count("pk"))
    ]


def _has(kind: str, year: str, status: str, language: str, sector: str | None) -> dict[str, frozenset[str]]:
    silent = {UNKNOWN} if kind in STATUSES else set()
    return {
        "kind": frozenset({kind}),
        "year": frozenset({year or UNKNOWN}),
        "status": frozenset({status} if status else silent),
        "language": frozenset(language.split("-")),
        "sector": frozenset({sector} if sector else ()),
    }


def _of_stages(slugs: Iterable[str]) -> Exists:
    through = Entry.stages.through
    return Exists(through.objects.filter(entry=OuterRef("pk"), lifecyclestage__slug__in=slugs))


def _narrowed(found: EntryQuerySet, chosen: Chosen) -> EntryQuerySet:
    """The same choices in SQL."""
    if stages := chosen.get("stage"):
        found = found.filter(_of_stages(stages))
    if kinds := chosen.get("kind"):
        found = found.filter(kind__in=kinds)
    if years := chosen.get("year"):
        found = found.filter(year__in={"" if year == UNKNOWN else year for year in years})
    if statuses := chosen.get("status"):
        silent = Q(status="", kind__in=list(STATUSES)) if UNKNOWN in statuses else Q()
        found = found.filter(Q(status__in=statuses - {UNKNOWN}) | silent)
    if sectors := chosen.get("sector"):
        found = found.filter(sector__slug__in=sectors)
    if languages := chosen.get("language"):
        found = found.filter(language__in=[*languages, Entry.Language.BOTH])
    return found


def _in_order(found: EntryQuerySet, question: Question, user: Any) -> EntryQuerySet:
    relations = DocumentRelation.objects.visible_to(user)
    found = found.select_related("issuer", "document", "consultation").prefetch_related(
        "stages",
        Prefetch("document__bears_on", relations),
        Prefetch("document__borne_on_by", relations),
    )
    if question.sort:
        return found.annotate(has_no_date=Q(dated_on="")).order_by(*SORTS[question.sort])
    if question.words:
        return found.best_first(question.words)
    return found.order_by(*SORTS["newest"])


def _options(groups: list[Group], stage_groups: list[Group], chosen: Chosen) -> Options:
    """Each facet's options with their counts under all other choices."""
    stages = list(LifeCycleStage.objects.all())
    counted = {name: _count(stage_groups if name == "stage" else groups, name, chosen) for name in FACETS}
    years = sorted((set(counted["year"]) | chosen.get("year", frozenset())) - {UNKNOWN}, reverse=True)
    silence = (UNKNOWN, capfirst(_("not in the source")))
    labels: dict[str, list[tuple[str, Any]]] = {
        "kind": [(kind.value, kind.label) for kind in Kind],
        "stage": [(stage.slug, stage.name) for stage in stages],
        "year": [(year, year) for year in years] + [silence],
        "status": [(status.value, capfirst(status.label)) for status in Status] + [silence],
        "sector": [
            (sector.slug, sector.name) for sector in Sector.objects.order_by(in_vietnamese_order("name_vi"))
        ],
        "language": [(tongue.value, tongue.label) for tongue in SINGLE_LANGUAGES],
    }
    options = {
        name: [_option(value, label, counted[name], chosen.get(name, frozenset())) for value, label in pairs]
        for name, pairs in labels.items()
    }
    for option, stage in zip(options["stage"], stages, strict=True):
        option |= {"stage": True, "stages": [stage]}
    return options


def _count(groups: list[Group], facet: str, chosen: Chosen) -> Counter[str]:
    counts: Counter[str] = Counter()
    others = {name: values for name, values in chosen.items() if name not in (facet, "stage")}
    for group in groups:
        if group.matches(others):
            counts.update(dict.fromkeys(group.has[facet], group.number))
    return counts


def _option(value: str, label: Any, counts: Counter[str], chosen: frozenset[str]) -> dict[str, Any]:
    return {"value": value, "label": label, "count": counts[value], "chosen": value in chosen}


def _facets(options: Options) -> list[dict[str, Any]]:
    """The facets as the component prints them; options without a record are left out, stages never."""
    names: dict[str, Callable[[], str]] = {
        "kind": lambda: _("Kind"),
        "stage": lambda: _("Life-cycle stage"),
        "year": lambda: _("Year of issue"),
        "status": lambda: _("Status"),
        "sector": lambda: _("Sector"),
        "language": lambda: _("Language"),
    }
    facets = []
    for name in FACETS:
        shown = [one for one in options[name] if one["count"] or one["chosen"] or name == "stage"]
        closed = name in ("sector", "language") and not any(one["chosen"] for one in shown)
        if shown:
            facets.append({"name": name, "label": names[name](), "options": shown, "closed": closed})
    return facets


def _active(options: Options, question: Question) -> list[dict[str, str]]:
    """The choices in use, each with the address without it."""
    labels = {facet["name"]: facet["label"] for facet in _facets(options)}
    return [
        {
            "group": labels[name],
            "label": option["label"],
            "remove_url": question.address(without=(name, option["value"])),
        }
        for name in FACETS
        for option in options[name]
        if option["chosen"]
    ]
