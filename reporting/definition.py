"""The form as one unit is asked it: the version's questions, with the words of today's records copied in."""

from typing import Any

from django.utils import translation

from programmes.models import CarryOver, Indicator
from provinces.models import PlanActivity, Province, ProvincialPlan

from .models import FormVersion, Period
from .questions import KIND_OF
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
    indicators = {indicator.code: indicator for indicator in Indicator.objects.filter(is_numeric=True)}
    return {"sections": [_section(raw, indicators, province, period) for raw in form.definition["sections"]]}


def _section(
    raw: dict[str, Any], indicators: dict[str, Indicator], province: Province, period: Period
) -> dict[str, Any]:
    kept = {name: value for name, value in raw.items() if name not in ("from", "questions")}
    if raw.get("from") == "plan_activities":
        return {**kept, "questions": [_activity(row) for row in activities_of(province, period)]}
    questions = [_question(question, indicators) for question in raw.get("questions", [])]
    return {**kept, "questions": [question for question in questions if question]}


def _question(raw: dict[str, Any], indicators: dict[str, Indicator]) -> dict[str, Any] | None:
    if raw["kind"] != "indicator":
        return raw
    indicator = indicators.get(raw["key"])
    if indicator is None:  # the programme no longer measures it
        return None
    words = {
        f"{name}_{lang}": getattr(indicator, f"{name}_{lang}") for name in COPIED for lang in ("vi", "en")
    }
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


def _activity(activity: PlanActivity) -> dict[str, Any]:
    """The words are kept, so both languages are written down, whichever its author reads."""
    said = {}
    for language in ("vi", "en"):
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
