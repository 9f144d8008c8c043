"""The plans in the register, unit by unit, and the reports that stand behind the figures."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from provinces.models import ProvincialPlan
from provinces.standing import standings_on

from ...approval import SUBJECTS
from ...models import Obligation, Period, Submission
from ...progress import Progress
from ...workflow import State
from .plain_json import columns, day_text, in_both


def plans(progress: Progress, day: date) -> list[dict[str, Any]]:
    """For each unit of the map: issued by itself, inherited, or none; and the documents. Facts alone."""
    found = ProvincialPlan.objects.real().published().select_related("lead").order_by("issued_on", "pk")
    return [
        {
            "unit": one.unit.pk,
            "state": one.standing.value,
            "documents": [_plan(progress, plan, one.unit.pk, day) for plan in one.plans],
        }
        for one in standings_on(day, progress.register, found)
    ]


def _plan(progress: Progress, plan: ProvincialPlan, shown_for: int, day: date) -> dict[str, Any]:
    issuer = plan.province = progress.register.units[plan.province_id]  # spares a query for each plan
    named = in_both("words", lambda: plan)
    if issuer.pk != shown_for:
        named = in_both("words", lambda: f"{issuer.name_on(day)}: {plan}")
    lead = (
        columns(plan.lead, "name", called="lead") if plan.lead else columns(plan, "lead_text", called="lead")
    )
    return {
        **named,
        "issuer": issuer.pk,
        "number": plan.number,
        **columns(plan, "title"),
        **in_both("kind", plan.get_kind_display),
        **in_both("status", plan.get_status_display),
        "years": plan.period_words,
        "issued_on": day_text(plan.issued_on),
        "reported_on": day_text(plan.reported_on),
        **lead,
    }


def reports(period: Period, day: date) -> dict[str, Any]:
    """Who owed a report, where it stands, when it first came in and under which number."""
    owed = Obligation.objects.expected(day).filter(period=period)
    sent = Submission.objects.only("report_id", "round", "number", "sha256", "received_at")
    rows = owed.select_related("report").prefetch_related(Prefetch("report__submissions", sent))
    listed = [_report(one) for one in rows.order_by("province__code")]
    approved = {row["unit"] for row in listed if row["state"] == State.APPROVED}
    return {
        "expected": len(listed),
        "approved": sorted(approved),
        "partly": sorted(_with_approved_parts(period) - approved),
        "rows": listed,
    }


def _with_approved_parts(period: Period) -> set[int]:
    """Units of whose report anything at all is approved: fields are approved one by one."""
    rows = [table.objects.current().filter(period=period).order_by().values("province") for table in SUBJECTS]
    return {row["province"] for row in rows[0].union(*rows[1:])}


def _report(obligation: Obligation) -> dict[str, Any]:
    report = getattr(obligation, "report", None)
    sent = sorted(report.submissions.all(), key=lambda one: one.round) if report else []
    return {
        "unit": obligation.province_id,
        "state": report.state if report else "",
        "due_on": (obligation.extended_to or obligation.due_on).isoformat(),
        "received_on": day_text(timezone.localdate(sent[0].received_at)) if sent else "",
        "receipt": sent[-1].running_number if sent else "",
        "sha256": sent[-1].sha256 if sent else "",
    }
