"""What is done to a plan: entered, taken a step, superseded. Each asks the right, locks, checks and notes.

The unit's row is the first lock: two people who enter frame plans of one unit come one after the other. The
plan's own row is the second, since a plan of another unit may supersede it. On PostgreSQL an exclusion
constraint says the same of anybody who goes round these doors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down

from .models import Province, ProvincialPlan
from .workflow import AT_FIRST, OUTCOME, STEPS


def enter_plan(plan: ProvincialPlan, *, by: Any, at: datetime) -> ProvincialPlan:
    """Save a plan as staff typed or imported it; what it supersedes changes in the same transaction."""
    _may(by, "change" if plan.pk else "add")
    with _refusing_two_frames(plan), transaction.atomic():
        _lock(plan.province_id)
        before = ProvincialPlan.objects.select_for_update().filter(pk=plan.pk).first() if plan.pk else None
        _refuse_typed_status(plan, before)
        if before and before.is_out and _names_another(plan, before):
            raise ActionRefused(
                _("This plan is out. What it amends or replaces is entered by “Amend or replace”.")
            )
        if before is None and plan.is_out and plan.supersedes_id:
            _outdate_earlier(plan, by=by, at=at)
        _save_whole(plan)
        write_down("plan changed" if before else "plan entered", plan, by=by, at=at)
    return plan


def take_step(plan_id: int, name: str, *, by: Any, at: datetime) -> ProvincialPlan:
    """Move a plan along its workflow; issuing brings about what it says of an earlier plan."""
    _may(by, "change")
    plan = ProvincialPlan.objects.select_related("province").get(pk=plan_id)
    with _refusing_two_frames(plan), transaction.atomic():
        _lock(plan.province_id)
        plan.refresh_from_db(from_queryset=ProvincialPlan.objects.select_for_update())
        step = STEPS[name]
        if plan.status not in step.sources:
            raise ActionRefused(_("This plan is “%(state)s” now and cannot take that step.") % _state(plan))
        plan.status = step.target
        if plan.is_out and plan.supersedes_id and name == "issue":
            _outdate_earlier(plan, by=by, at=at)
        _save_whole(plan)
        write_down(f"plan: {name}", plan, by=by, at=at)
    return plan


def supersede(
    plan_id: int, earlier_id: int, *, how: str, reason: str, reason_en: str = "", by: Any, at: datetime
) -> ProvincialPlan:
    """Say that a plan amends or replaces an earlier one, and why."""
    _may(by, "change")
    plan = ProvincialPlan.objects.select_related("province").get(pk=plan_id)
    with _refusing_two_frames(plan), transaction.atomic():
        _lock(plan.province_id)
        plan.refresh_from_db(from_queryset=ProvincialPlan.objects.select_for_update())
        if plan.supersedes_id is not None:
            raise ActionRefused(
                _("This plan already amends or replaces %(plan)s.") % {"plan": plan.supersedes}
            )
        plan.supersedes = ProvincialPlan.objects.get(pk=earlier_id)
        plan.supersession, plan.reason_vi, plan.reason_en = how, reason, reason_en
        if plan.is_out:
            _outdate_earlier(plan, by=by, at=at)
        _save_whole(plan)
        write_down("plan supersedes", plan, by=by, at=at, detail={"earlier": earlier_id, "how": how})
    return plan


def _outdate_earlier(plan: ProvincialPlan, *, by: Any, at: datetime) -> None:
    """Set the plan it names to amended or replaced."""
    earlier = ProvincialPlan.objects.select_for_update().get(pk=plan.supersedes_id)
    outcome = OUTCOME.get(plan.supersession)
    if outcome is None:
        return  # the check of the whole plan says what is lacking
    if not earlier.is_out:
        raise ActionRefused(
            _("%(plan)s has not been issued. Only a plan that is out can be amended or replaced.")
            % {"plan": earlier}
        )
    if earlier.status == ProvincialPlan.Status.REPLACED:
        raise ActionRefused(_("%(plan)s has been replaced already.") % {"plan": earlier})
    earlier.status = outcome
    earlier.save(update_fields=["status", "updated_at"])
    write_down(f"plan {outcome}", earlier, by=by, at=at, detail={"by": str(plan)})


def _may(by: Any, action: str) -> None:
    """Nobody is a load on the server itself; every page and upload names its person."""
    if by is not None and not by.has_perm(f"provinces.{action}_provincialplan"):
        raise ActionRefused(_("Only those who keep the ministry's records enter or change a plan."))


def _refuse_typed_status(plan: ProvincialPlan, before: ProvincialPlan | None) -> None:
    if before and plan.status != before.status:
        raise ActionRefused(_("The state of a plan is not typed: choose its step under “Change the state”."))
    if before is None and plan.status not in AT_FIRST:
        raise ActionRefused(
            _("Enter the plan as issued: it becomes amended or replaced when a later plan names it.")
        )


def _names_another(plan: ProvincialPlan, before: ProvincialPlan) -> bool:
    return (plan.supersedes_id, plan.supersession) != (before.supersedes_id, before.supersession)


def _lock(unit_id: int) -> None:
    Province.objects.select_for_update().get(pk=unit_id)


def _save_whole(plan: ProvincialPlan) -> None:
    """Check once more under the lock, then save; a fault refuses the whole deed."""
    try:
        plan.full_clean()
    except ValidationError as fault:
        raise ActionRefused(" ".join(fault.messages)) from fault
    plan.save()


def _state(plan: ProvincialPlan) -> dict[str, Any]:
    return {"state": plan.get_status_display()}


@contextmanager
def _refusing_two_frames(plan: ProvincialPlan) -> Iterator[None]:
    """The database's refusal of a second frame plan, as a sentence."""
    try:
        yield
    except IntegrityError as fault:
        if "one_frame_plan_at_a_time" not in str(fault):
            raise
        raise ActionRefused(
            _("Another frame plan of %(unit)s is in force in these years. Amend or replace it.")
            % {"unit": plan.province}
        ) from fault
