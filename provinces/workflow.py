"""The life of a plan, whole, on one page. Amended and replaced are not steps: a later plan brings them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ProvincialPlan

Status = ProvincialPlan.Status
AT_FIRST = frozenset({Status.DRAFTING, Status.CONSULTING, Status.ISSUED})  # what a new row may say


@dataclass(frozen=True)
class Step:
    name: str
    words: str | Promise
    sources: frozenset[str]
    target: str


STEPS = {
    step.name: step
    for step in (
        Step("consult", _("Send for opinion"), frozenset({Status.DRAFTING}), Status.CONSULTING),
        Step("issue", _("Issue"), frozenset({Status.DRAFTING, Status.CONSULTING}), Status.ISSUED),
        Step("expire", _("Mark as expired"), frozenset({Status.ISSUED, Status.AMENDED}), Status.EXPIRED),
    )
}

# What becomes of the earlier plan when the later one is issued.
OUTCOME: dict[str, str] = {
    ProvincialPlan.Supersession.AMENDS: Status.AMENDED,
    ProvincialPlan.Supersession.REPLACES: Status.REPLACED,
}


def steps_open_to(plan: ProvincialPlan) -> list[Step]:
    return [step for step in STEPS.values() if plan.status in step.sources]
