"""What may be asked for: which kind of document over which period, about what, through which lens."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.dates import day_words
from foundation.text import sort_key, whole_number
from programmes.models import TaskGroup
from provinces.models import Province, Region
from provinces.register import Register

from ..lenses import Lens, LensKind
from ..models import DataCut, Period, ReportKind, Span
from ..outline import Outline, Reach, Scope, Stretch
from .cutting import in_both

HALVES = {
    "vi": ("6 tháng đầu năm", "6 tháng cuối năm"),
    "en": ("the first half", "the second half"),
}
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
    def scope_fields(self) -> dict[str, Any]:
        """The columns of ``CompiledReport`` that say what the document speaks of."""
        given = {name: None for name, _model in SCOPES.values()}
        if self.kind.reach in SCOPES:
            given[SCOPES[self.kind.reach][0]] = self.subject
        return given


def checked(wanted: Wanted) -> Wanted:
    """The same, or ``ActionRefused`` with the sentence that says what to change."""
    for _field, sentence in faults(wanted):
        raise ActionRefused(sentence)
    return wanted


def faults(wanted: Wanted) -> list[tuple[str, str]]:
    """What cannot be asked for, each with the name of what has to change."""
    kind = wanted.kind
    found = [
        (kind.is_active, "kind", _("This kind of document is switched off in the admin.")),
        (
            wanted.language in kind.languages,
            "language",
            _("This kind of document is not made in that language."),
        ),
        (
            kind.reach in SCOPES or wanted.subject is None,
            "subject",
            _("This kind of document speaks of the whole country: name no part of it."),
        ),
        (
            _names_its_subject(wanted),
            "subject",
            _("Say what the document is about: this kind speaks of one part alone."),
        ),
        (_is_of_its_year(wanted), "period", _("The period does not fit this kind of document.")),
        (_names_its_half(wanted), "half", _("The period does not fit this kind of document.")),
    ]
    wrong = [(field, sentence) for holds, field, sentence in found if not holds]
    day, begins = wanted.lens.map_day(wanted.period.last_day), Register.load().begins()
    if day < begins:
        words = _("The register begins on %(day)s. Choose that day or a later one.")
        wrong.append(("map_day", words % {"day": day_words(begins)}))
    return wrong


def _names_its_subject(wanted: Wanted) -> bool:
    if wanted.kind.reach not in SCOPES:
        return wanted.subject is None
    return isinstance(wanted.subject, SCOPES[wanted.kind.reach][1])


def _is_of_its_year(wanted: Wanted) -> bool:
    return wanted.kind.span != Span.SINCE_START or wanted.period.year == wanted.kind.last_year


def _names_its_half(wanted: Wanted) -> bool:
    return (wanted.half in (1, 2)) == (wanted.kind.span == Span.HALF)


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


def default_lens(kind: ReportKind, period: Period) -> Lens:
    """The kind's way to look, on the map of the period's last day."""
    return Lens(LensKind(kind.lens), period.last_day)


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
        day = wanted.lens.map_day(wanted.period.last_day)
        names = in_both("name", lambda: subject.name_on(day))
        return Scope(reach, subject.pk, names["name_vi"], names["name_en"])
    return Scope(reach, subject.pk, subject.name_vi, subject.name_en)


def lens_of(cut: DataCut) -> Lens:
    return Lens.parse(cut.lens, "", today=cut.period.last_day)


def title_of(wanted: Wanted) -> str:
    """As lists name it: the kind, what it is about, when."""
    with translation.override(wanted.language):
        kind, scope = str(wanted.kind.name), _scope_of(wanted).name(wanted.language)
        about = f"{kind}: {scope}" if scope else kind
        if wanted.half:
            return _("%(about)s, half-year %(half)s of %(year)s") % {
                "about": about,
                "half": wanted.half,
                "year": wanted.period.year,
            }
        return f"{about}, {_years(wanted)}"


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
