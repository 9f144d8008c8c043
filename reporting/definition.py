"""The form as one unit is asked it: the version's questions, with the words of today's records copied in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Prefetch
from django.utils import translation

from foundation.text import LANGUAGES
from programmes.models import CarryOver, Indicator
from provinces.models import PlanActivity, Province, ProvincialPlan

from .models import Code, CodeList, FormVersion, Period
from .questions import KIND_OF, PLAN_ACTIVITIES, lists_in
from .rights import with_predecessors

COPIED = ("unit", "numerator", "denominator")


class NoForm(LookupError):
    """The regime has no form version in force for this period."""


def form_for(period: Period) -> FormVersion:
    forms = FormVersion.objects.filter(regime=period.regime_id, in_force_from__lte=period.last_day)
    form = forms.order_by("-number").first()
    if form is None:
        raise NoForm(str(period))
    return form


def definition_for(form: FormVersion, province: Province, period: Period) -> dict[str, Any]:
    """The definition to keep with the report. Never rebuilt: a draft does not change under its author."""
    register = Register.for_period(period, form.definition)
    return {"sections": [_section(raw, register, province, period) for raw in form.definition["sections"]]}


@dataclass(frozen=True)
class Register:
    """What a form copies in: the programme's indicators and the ministry's lists."""

    indicators: dict[str, Indicator]
    lists: dict[str, dict[str, Any]]

    @classmethod
    def for_period(cls, period: Period, definition: dict[str, Any]) -> Self:
        return cls.on(period.first_day, definition)

    @classmethod
    def on(cls, day: date, definition: dict[str, Any]) -> Self:
        indicators = {one.code: one for one in Indicator.objects.filter(is_numeric=True)}
        return cls(indicators, copied_lists(lists_in(definition), on=day))


def copied_lists(keys: Iterable[str], *, on: date) -> dict[str, dict[str, Any]]:
    """The lists by key as a report keeps them; two queries, none where the form names no list."""
    keys = list(keys)
    if not keys:
        return {}
    codes = Prefetch("codes", Code.objects.in_force(on))
    return {one.key: _copied(one) for one in CodeList.objects.filter(key__in=keys).prefetch_related(codes)}


def _copied(one: CodeList) -> dict[str, Any]:
    return {
        "key": one.key,
        "name_vi": one.name_vi,
        "name_en": one.name_en,
        "complete": one.is_complete,
        "codes": [
            {"key": code.key, "name_vi": code.name_vi, "name_en": code.name_en} for code in one.codes.all()
        ],
    }


def _section(raw: dict[str, Any], register: Register, province: Province, period: Period) -> dict[str, Any]:
    kept = {name: value for name, value in raw.items() if name not in ("from", "questions")}
    if raw.get("from") == PLAN_ACTIVITIES:
        return {**kept, "questions": [activity_asked(row) for row in activities_of(province, period)]}
    questions = [question_asked(question, register) for question in raw.get("questions", [])]
    return {**kept, "questions": [question for question in questions if question]}


def question_asked(raw: dict[str, Any], register: Register) -> dict[str, Any] | None:
    if raw["kind"] == "count" and raw.get("by") in register.lists:
        return {**raw, "list": register.lists[raw["by"]]}
    if raw["kind"] != "indicator":
        return raw
    indicator = register.indicators.get(raw["key"])
    if indicator is None:  # the programme no longer measures it
        return None
    words = {f"{name}_{lang}": getattr(indicator, f"{name}_{lang}") for name in COPIED for lang in LANGUAGES}
    return {
        "label_vi": indicator.name_vi,
        "label_en": indicator.name_en,
        **words,
        **raw,
        "kind": KIND_OF.get(CarryOver(indicator.carry_over), "number"),
        "subject": indicator.pk,
    }


def activities_of(province: Province, period: Period) -> list[PlanActivity]:
    """What the unit's plans, and those it inherited, hold for the period's year."""
    plans = ProvincialPlan.objects.issued().filter(
        province__in=with_predecessors([province.pk]),
        first_year__lte=period.year,
        last_year__gte=period.year,
        published_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    rows = PlanActivity.objects.filter(plan__in=plans).select_related("plan")
    return list(rows.order_by("plan__first_year", "plan_id", "position"))


def activity_asked(activity: PlanActivity) -> dict[str, Any]:
    """The words are kept, so both languages are written down, whichever its author reads."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            named = str(activity.plan)
        said[f"help_{language}"] = f"{named}; {activity.lead}" if activity.lead else named
    return {
        "key": str(activity.pk),
        "kind": "activity",
        "subject": activity.pk,
        "label_vi": activity.title_vi,
        "label_en": activity.title_en,
        **said,
        "required": True,
    }
