"""What the register refuses of a plan, each at its field and in a sentence that says what to do."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from foundation.dates import PartialDate, day_words

if TYPE_CHECKING:
    from .plans import ProvincialPlan

Faults = dict[str, Any]


def faults(plan: "ProvincialPlan") -> Faults:
    """Field → sentence; empty for a plan that may stand."""
    checks: tuple[Callable[[ProvincialPlan], Faults], ...] = (
        _period_in_order,
        _issuer_in_force,
        _one_frame_at_a_time,
        _frame_of_the_family,
        _supersession_whole,
        _supersedes_the_family,
        _no_loop,
    )
    found: Faults = {}
    for check in checks:
        found = {**check(plan), **found}
    return found


def _period_in_order(plan: "ProvincialPlan") -> Faults:
    if plan.first_year and plan.last_year and plan.last_year < plan.first_year:
        return {"last_year": _("The last year must not come before the first.")}
    return {}


def _issuer_in_force(plan: "ProvincialPlan") -> Faults:
    """A day that is not known is accepted, and the page says so; a known year or month must fit."""
    day = plan.issued_on
    if not (plan.province_id and isinstance(day, PartialDate)):
        return {}
    unit = plan.province
    if _can_lie_in(day, unit.valid_from, unit.valid_to):
        return {}
    return {
        "issued_on": _("%(unit)s was not in force on %(day)s. Choose the unit of that day.")
        % {"unit": unit, "day": day_words(day)}
    }


def _one_frame_at_a_time(plan: "ProvincialPlan") -> Faults:
    is_frame = plan.kind == plan.Kind.FRAME and plan.status == plan.Status.ISSUED
    if not (is_frame and plan.province_id and plan.first_year and plan.last_year):
        return {}
    others = type(plan)._default_manager.filter(
        province=plan.province_id,
        kind=plan.Kind.FRAME,
        status=plan.Status.ISSUED,
        is_demo=plan.is_demo,
        first_year__lte=plan.last_year,
        last_year__gte=plan.first_year,
    )
    other = others.exclude(pk__in=[pk for pk in (plan.pk, plan.supersedes_id) if pk]).first()
    if other is None:
        return {}
    sentence = _("%(plan)s of this unit is in force in these years. Amend or replace it.")
    return {"first_year": sentence % {"plan": other}}


def _frame_of_the_family(plan: "ProvincialPlan") -> Faults:
    frame = plan.frame
    if frame is None or not plan.province_id:
        return {}
    if frame.kind != plan.Kind.FRAME:
        return {"frame": _("%(plan)s is not a frame plan. Choose one that is.") % {"plan": frame}}
    if frame.province_id not in _roots(plan):
        sentence = _("%(plan)s is of %(unit)s, which is no predecessor of %(own)s. Choose a plan of its own.")
        return {"frame": sentence % {"plan": frame, "unit": frame.province, "own": plan.province}}
    return {}


def _supersession_whole(plan: "ProvincialPlan") -> Faults:
    """The earlier plan, what happens to it, and why: all three or none."""
    if plan.supersedes_id is None:
        if plan.supersession:
            return {"supersedes": _("Name the plan that is amended or replaced.")}
        return {}
    found: Faults = {}
    if not plan.supersession:
        found["supersession"] = _("Say whether the earlier plan is amended or replaced.")
    if not plan.reason_vi:
        found["reason_vi"] = _("Say why this plan amends or replaces the earlier one.")
    return found


def _supersedes_the_family(plan: "ProvincialPlan") -> Faults:
    earlier = plan.supersedes
    if earlier is None or not plan.province_id or earlier.province_id in _roots(plan):
        return {}
    sentence = _("%(plan)s is of %(unit)s, which is no predecessor of %(own)s. Only its own can be replaced.")
    return {"supersedes": sentence % {"plan": earlier, "unit": earlier.province, "own": plan.province}}


def _no_loop(plan: "ProvincialPlan") -> Faults:
    """Walk back over what each replaces; a chain is a handful of plans."""
    seen, earlier = {plan.pk}, plan.supersedes
    while plan.pk and earlier is not None:
        if earlier.pk in seen:
            sentence = _("%(plan)s already goes back to this plan; the two cannot replace each other.")
            return {"supersedes": sentence % {"plan": plan.supersedes}}
        seen.add(earlier.pk)
        earlier = earlier.supersedes
    return {}


def _roots(plan: "ProvincialPlan") -> frozenset[int]:
    """The issuer and all units it goes back to; two queries."""
    from ..lineage import load  # noqa: PLC0415 -- lineage reads the models, which read these rules

    return load().roots(plan.province_id)


def _can_lie_in(day: PartialDate, first: date, end: date | None) -> bool:
    """Whether a partly known date can fall in a time; one without a year can fall anywhere."""
    if day.first_day is None or day.last_day is None:
        return True
    return first <= day.last_day and (end is None or day.first_day < end)
