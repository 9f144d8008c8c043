"""The filtered register as rows for CSV and XLSX: what a source does not say stays empty."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.sheets import Rows

from .filters import PlanFilter
from .models import ProvincialPlan
from .standing import states_on


def rows_of(narrowed: PlanFilter) -> Rows:
    """One plan a row, under its issuer, with who answers for it on the day of the map."""
    head = [_("Code"), _("Issuing unit"), _("In force from"), _("In force until (exclusive)"), _("Kind"),
            _("Number"), _("Title"), _("Issued on"), _("Reported on"), _("Signed by"), _("First year"),
            _("Last year"), _("Scope"), _("Lead body"), _("State"), _("Map of"), _("Answered for by"),
            _("Source"), _("Demo data"), _("Address")]  # fmt: skip
    return [head, *(_row(plan, narrowed) for plan in narrowed.found)]


def _row(plan: ProvincialPlan, narrowed: PlanFilter) -> list[Any]:
    issuer = narrowed.register.units[plan.province_id]
    answering = narrowed.answering(plan)
    return [
        issuer.code,
        str(issuer.name_on(issuer.last_day or narrowed.day.day)),
        issuer.valid_from,
        issuer.valid_to,
        str(plan.get_kind_display()),
        plan.number,
        str(plan.title),
        str(plan.issued_on or ""),
        str(plan.reported_on or ""),
        plan.signer,
        plan.first_year,
        plan.last_year,
        str(plan.scope),
        str(plan.lead.name if plan.lead else plan.lead_text),
        _joined(state.words for state in states_on(plan, narrowed.inheritance)),
        narrowed.day.day,
        _joined(f"{unit.code} {unit.name_on(narrowed.day.day)}" for unit in answering),
        plan.source,
        _("yes") if plan.is_demo else _("no"),
        plan.get_absolute_url(),
    ]


def _joined(words: Iterable[Any]) -> str:
    return "; ".join(str(word) for word in words)
