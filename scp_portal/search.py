"""Search over all rooms: the index says what matches, each room says who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.utils.text import capfirst

from foundation.searching import MOST_MATCHES, Hit, Query, Searchable, matches
from foundation.text import fold
from provinces.models import Province

OF_EACH_KIND = 5
PER_PAGE = 20

# What people type for what the records spell out.
ABBREVIATIONS = {
    "sxtdbv": "sản xuất và tiêu dùng bền vững",
    "scp": "sản xuất và tiêu dùng bền vững",
    "sxsh": "sản xuất sạch hơn",
    "recp": "hiệu quả tài nguyên và sản xuất sạch hơn",
    "ktth": "kinh tế tuần hoàn",
    "bct": "bộ công thương",
    "moit": "bộ công thương",
    "ubnd": "ủy ban nhân dân",
    "tphcm": "thành phố hồ chí minh",
    "hcmc": "ho chi minh city",
}


@dataclass(frozen=True)
class Group:
    """The results of one kind: how many this person may see, and those of this page."""

    label: str  # "library.legaldocument", as the address says it
    name: str
    count: int
    hits: list[Hit]


@dataclass(frozen=True)
class Answer:
    words: Sequence[str]
    groups: list[Group]
    cut: bool = False  # more matched than one search reads
    former: Sequence[Province] = ()  # units of the past that were asked for by name

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups)


def search(text: str, *, user: Any, kind: str = "", page: int = 1) -> Answer:
    """Every record this person may see that answers, by kind, best kind first.

    Costs one statement on the index, one that asks what is visible, one on former provinces, and one
    per kind shown.
    """
    query = Query.of(text)
    found = matches(query, *_spelt_out(query))
    ranked = _visible(found, user)
    groups = [
        Group(
            label=model._meta.label_lower,
            name=capfirst(str(model._meta.verbose_name_plural)),
            count=len(keys),
            hits=_hits(model, _shown(model, keys, kind, page), user),
        )
        for model, keys in ranked.items()
    ]
    cut = len(found) >= MOST_MATCHES
    return Answer(words=query.words, groups=groups, cut=cut, former=_former_units(query))


def _spelt_out(query: Query) -> list[Query]:
    """The same query with its abbreviations written out, when it has any."""
    long = [ABBREVIATIONS.get(fold(word), word) for word in query.words]
    return [Query.of(" ".join(long))] if long != list(query.words) else []


def _former_units(query: Query) -> list[Province]:
    """Closed units named in the query, with their heirs; one whose heir bears its name needs no word."""
    asked = f" {fold(' '.join(query.words))} "
    closed = Province.objects.filter(valid_to__isnull=False)
    named = [key for key, name in closed.values_list("pk", "name_vi") if f" {fold(name)} " in asked]
    if not named:
        return []
    return [
        unit
        for unit in closed.filter(pk__in=named).prefetch_related("successions_to__heir")
        if all(link.heir.name_vi != unit.name_vi for link in unit.successions_to.all())
    ]


def _visible(found: list[tuple[int, int]], user: Any) -> dict[type[Any], list[int]]:
    """The keys this person may see by model, in the order found; the permission is in the fetching."""
    wanted: dict[int, list[int]] = {}
    for kind, key in found:
        wanted.setdefault(kind, []).append(key)
    models = {kind: _model(kind) for kind in wanted}
    parts = [
        model.searchable_by(user).filter(pk__in=wanted[kind]).order_by().annotate(searched_kind=Value(kind))
        .values_list("searched_kind", "pk")
        for kind, model in models.items() if model
    ]  # fmt: skip
    if not parts:
        return {}
    visible = set(parts[0].union(*parts[1:], all=True))
    ranked: dict[type[Any], list[int]] = {}
    for kind, key in found:
        if (kind, key) in visible:
            ranked.setdefault(models[kind], []).append(key)  # type: ignore[arg-type]
    return ranked


def _model(kind: int) -> type[Any] | None:
    """The searchable model of an index row; none when the row outlived its model."""
    model = ContentType.objects.get_for_id(kind).model_class()
    return model if model and issubclass(model, Searchable) else None


def _shown(model: type[Any], keys: list[int], kind: str, page: int) -> list[int]:
    if not kind:
        return keys[:OF_EACH_KIND]
    return keys[(page - 1) * PER_PAGE : page * PER_PAGE] if kind == model._meta.label_lower else []


def _hits(model: type[Any], keys: list[int], user: Any) -> list[Hit]:
    if not keys:
        return []
    rows = model.searchable_by(user).in_bulk(keys)
    return [
        replace(rows[key].search_hit, is_demo=getattr(rows[key], "is_demo", False))
        for key in keys
        if key in rows
    ]
