"""What may be asked for: which kind of document over which period, about what, through which lens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.dates import day_words
from foundation.text import sort_key, whole_number
from programmes.models import TaskGroup
from provinces.models import Province, Region
from provinces.register import Register

from ..lenses import Lens, LensKind
from ..map_days import MapDays
from ..models import DataCut, Period, ReportKind, Span
from ..outline import Outline, Reach, Scope, Stretch
from .cutting import in_both
from .cutting.work import days_of

HALVES = {
    "vi": ("6 tháng đầu năm", "6 tháng cuối năm"),
    "en": ("the first half", "the second half"),
}
_HALF_OF = {"vi": "{half} {year}", "en": "{half} of {year}"}
SCOPES: dict[str, tuple[str, type[Any]]] = {
    Reach.REGION: ("region", Region),
    Reach.PROVINCE: ("province", Province),
    Reach.TASK_GROUP: ("task_group", TaskGroup),
}


@dataclass(frozen=True)
class Signing:
    """Who signs, as it is printed; names and titles are data."""

    authority: str = ""
    position: str = ""
    signatory: str = ""


@dataclass(frozen=True)
class Wanted:
    """One document as somebody asks for it. ``subject`` is the region, province or task group, or nothing."""

    kind: ReportKind
    period: Period
    language: str
    lens: Lens
    half: int | None = None
    subject: Any = None

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.kind.span, self.half, self.kind.first_year)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of what the document tells."""
        return days_of(self.period, self.stretch)

    @property
    def scope_fields(self) -> dict[str, Any]:
        """The columns of ``CompiledReport`` that say what the document speaks of."""
        given = {name: None for name, _model in SCOPES.values()}
        if self.kind.reach in SCOPES:
            given[SCOPES[self.kind.reach][0]] = self.subject
        return given


def of_kind(kind: ReportKind) -> QuerySet[Period]:
    """The periods that a document of the kind may cover, the newest first."""
    years: QuerySet[Period] = Period.objects.yearly().order_by("-year")
    return years.filter(year=kind.last_year or 0) if kind.span == Span.SINCE_START else years


def no_period_words(kind: ReportKind) -> str:
    if kind.span == Span.SINCE_START:
        words = _("The year %(year)s is not open yet. This document can be compiled once it is.")
        return words % {"year": kind.last_year}
    return _("No yearly reporting period is open yet. This document can be compiled once one is.")


def checked(wanted: Wanted, *, today: date) -> Wanted:
    """The same, or ``ActionRefused`` with the sentence that says what to change."""
    for _field, sentence in faults(wanted, today=today):
        raise ActionRefused(sentence)
    return wanted


def faults(wanted: Wanted, *, today: date) -> list[tuple[str, str]]:
    """What cannot be asked for, each with the name of what has to change."""
    kind = wanted.kind
    found = [
        (kind.is_active, "kind", _("This kind of document is switched off in the admin.")),
        (
            wanted.language in kind.languages,
            "language",
            _("This kind of document is not made in that language."),
        ),
        *((holds, "subject", sentence) for holds, sentence in _of_the_subject(wanted)),
        (_is_of_its_year(wanted), "period", _("The period does not fit this kind of document.")),
        (_names_its_half(wanted), "half", _("Say which half of the year it covers: 1 or 2.")),
        (
            wanted.half is None or wanted.kind.span == Span.HALF,
            "half",
            _("This kind of document does not cover half a year: name no half."),
        ),
    ]
    wrong = [(field, sentence) for holds, field, sentence in found if not holds]
    return [*wrong, *(("map_day", sentence) for sentence in _map_faults(wanted, today))]


def _of_the_subject(wanted: Wanted) -> Iterator[tuple[bool, str]]:
    """What has to hold, each with the sentence where it does not."""
    is_of_a_part = wanted.kind.reach in SCOPES
    yield (
        is_of_a_part or wanted.subject is None,
        _("This kind of document speaks of the whole country: name no part of it."),
    )
    yield (
        _names_its_subject(wanted),
        _("Say what the document is about: this kind speaks of one part alone."),
    )
    yield (
        _began_before_its_unit_ended(wanted),
        _("This unit had ended before the document’s time began: name the unit that took its place."),
    )


def _map_faults(wanted: Wanted, today: date) -> Iterator[str]:
    day = wanted.lens.map_day(wanted.days[1])
    known = MapDays.known(Register.load(), today=today, period_ends=wanted.period.last_day)
    if day < known.first:
        words = _("The register begins on %(day)s. Choose that day or a later one.")
        yield words % {"day": day_words(known.first)}
    if day > known.last:
        words = _("No map is known after %(day)s. Choose that day or an earlier one.")
        yield words % {"day": day_words(known.last)}


def _names_its_subject(wanted: Wanted) -> bool:
    if wanted.kind.reach not in SCOPES:
        return wanted.subject is None
    return isinstance(wanted.subject, SCOPES[wanted.kind.reach][1])


def _began_before_its_unit_ended(wanted: Wanted) -> bool:
    if not isinstance(wanted.subject, Province) or wanted.subject.valid_to is None:
        return True
    return wanted.days[0] < wanted.subject.valid_to


def _is_of_its_year(wanted: Wanted) -> bool:
    return wanted.kind.span != Span.SINCE_START or wanted.period.year == wanted.kind.last_year


def _names_its_half(wanted: Wanted) -> bool:
    return wanted.half in (1, 2) or wanted.kind.span != Span.HALF


def subject_choices(reach: str) -> list[tuple[str, Any]]:
    """Everything a document of that reach may be about; written ``province:48``. Nothing for the nation."""
    if reach == Reach.REGION:
        regions = Region.objects.filter(valid_to__isnull=True)
        return [(f"region:{one.pk}", str(one.name)) for one in regions]
    if reach == Reach.TASK_GROUP:
        return [(f"task_group:{one.pk}", str(one.name)) for one in TaskGroup.objects.all()]
    return _province_choices() if reach == Reach.PROVINCE else []


def _province_choices() -> list[tuple[str, Any]]:
    today, register = timezone.localdate(), Register.load()
    present = register.lineage.units_in_force(today)
    units = sorted(register.units.values(), key=lambda unit: sort_key(str(unit.name_on(today))))
    named = [(unit.pk in present, (f"province:{unit.pk}", str(unit))) for unit in units]
    return [
        (_("Provinces and cities"), [choice for is_present, choice in named if is_present]),
        (_("Former units"), [choice for is_present, choice in named if not is_present]),
    ]


def subject_of(written: str) -> Any:
    """The row that ``province:48`` names; nothing for an empty text. Raises ``ActionRefused``."""
    if not written:
        return None
    reach, _colon, key = written.partition(":")
    number = whole_number(key)
    found = SCOPES[reach][1].objects.filter(pk=number).first() if reach in SCOPES and number else None
    if found is None:
        raise ActionRefused(
            _("There is no “%(written)s” to make a document about.") % {"written": written[:60]}
        )
    return found


def default_lens(kind: ReportKind, period: Period, half: int | None = None) -> Lens:
    """The kind's way to look, on the map of the last day of what is told."""
    stretch = Stretch(kind.span, half, kind.first_year)
    return Lens(LensKind(kind.lens), days_of(period, stretch)[1])


def outline_of(wanted: Wanted) -> Outline:
    """What the document is to say. It keeps this: its kind and its subject may be changed later."""
    kind = wanted.kind
    scope = _scope_of(wanted)
    return Outline(
        code=kind.code,
        title_vi=_titled(kind.title_vi, wanted, scope, "vi"),
        title_en=_titled(kind.title_en or kind.title_vi, wanted, scope, "en"),
        sections=tuple(kind.sections),
        annexes=tuple(kind.annexes),
        scope=scope,
        template=kind.template,
        formats=tuple(kind.formats),
    )


def _scope_of(wanted: Wanted) -> Scope:
    """A unit bears its name of the map's day."""
    reach, subject = Reach(wanted.kind.reach), wanted.subject
    if subject is None:
        return Scope()
    if reach == Reach.PROVINCE:
        day = wanted.lens.map_day(wanted.days[1])
        names = in_both("name", lambda: subject.name_on(day))
        return Scope(reach, subject.pk, names["name_vi"], names["name_en"])
    return Scope(reach, subject.pk, subject.name_vi, subject.name_en)


def lens_of(cut: DataCut) -> Lens:
    return Lens.parse(cut.lens, "", today=cut.period.last_day)


def title_of(wanted: Wanted) -> str:
    """As lists name it: the kind, what it is about, when."""
    with translation.override(wanted.language):
        kind, scope = str(wanted.kind.name), _scope_of(wanted).name(wanted.language)
        about, when = f"{kind}: {scope}" if scope else kind, _when(wanted)
        is_named = wanted.kind.first_year is not None and when in about  # “Mid-term report 2021–2025”
        return about if is_named else f"{about}, {when}"


def _when(wanted: Wanted) -> str:
    """The year, the half of it in the words of the document's own head, or the years."""
    if wanted.half:
        half = HALVES[wanted.language][wanted.half - 1]
        return _HALF_OF[wanted.language].format(half=half, year=wanted.period.year)
    return _years(wanted)


def _years(wanted: Wanted) -> str:
    first, year = wanted.kind.first_year, wanted.period.year
    return f"{first}–{year}" if first else str(year)


def _titled(pattern: str, wanted: Wanted, scope: Scope, language: str) -> str:
    year = wanted.period.year
    return pattern.format(
        year=year,
        first_year=wanted.kind.first_year or year,
        half="" if wanted.half is None else HALVES[language][wanted.half - 1],
        scope=scope.name(language),
    )
