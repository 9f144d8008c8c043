"""A form grows while reports are filled in: drafts get what is new, answers stay, the record says so."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from ..definition import activities_of, activity_asked, definition_for
from ..form_changes import FormChange, compare, laid_over
from ..models import FormVersion, State, StatusReport
from ..questions import lists_in, questions_of
from ..snapshots import digest
from .chain_steps import void
from .door import locked, province_post, refuse_other_hands, write_down

if TYPE_CHECKING:
    from accounts.models import Post, User

MAY = "reporting.change_formversion"


@transaction.atomic
def spread_form(form_id: int, *, by: "User", at: datetime) -> int:
    """Bring what the form has gained to every open draft; return how many changed.

    What was returned is answered as it was asked. One lock at a time, in one order, as every deed takes them.
    """
    if not by.has_perm(MAY):
        raise ActionRefused(_("Only those who may change forms bring a change to the reports."))
    form = FormVersion.objects.select_for_update().get(pk=form_id)  # nobody begins a report meanwhile
    drafts = StatusReport.objects.filter(form=form, state=State.DRAFT).order_by("pk")
    return sum(_renewed(pk, form, by=by, at=at) for pk in list(drafts.values_list("pk", flat=True)))


@transaction.atomic
def spread_list(key: str, *, by: "User", at: datetime) -> int:
    """The same for every form that divides a count by the list."""
    forms = FormVersion.objects.filter(reports__state=State.DRAFT).distinct().order_by("pk")
    using = [form.pk for form in forms if key in lists_in(form.definition)]
    return sum(spread_form(pk, by=by, at=at) for pk in using)


def _renewed(report_id: int, form: FormVersion, *, by: "User", at: datetime) -> bool:
    report = locked(report_id)
    if report.state != State.DRAFT:  # submitted while this waited for its row
        return False
    fresh = definition_for(form, report.province, report.period)
    definition = laid_over(report.definition, fresh, form.definition)
    changes = compare(report.definition, definition)
    if not changes:
        return False
    post = next(iter(by.posts_today), None)
    _keep(report, definition, changes, by=by, post=post, at=at)
    return True


def _keep(
    report: StatusReport,
    definition: dict[str, Any],
    changes: Iterable[FormChange],
    *,
    by: "User",
    post: "Post | None",
    at: datetime,
) -> None:
    """``before`` is how a workbook given out before the change is known again."""
    changes = list(changes)
    detail = {
        "before": digest(report.definition),
        "new": [change.address for change in changes if change.is_new_field],
        "changes": [
            {"address": change.address, "label": change.label, "sentence": change.sentence}
            for change in changes
        ],
    }
    report.definition = definition
    report.__dict__.pop("questions", None)
    report.__dict__.pop("sections", None)
    report.save(update_fields=["definition", "updated_at"])
    write_down(report, "form", by=by, post=post, at=at, detail=detail)
    void(report, dict.fromkeys(change.label for change in changes), by=by, post=post, at=at)


@transaction.atomic
def add_activities(report_id: int, *, by: "User", at: datetime) -> list[str]:
    """Take the plan activities that came to the register later into a draft; return their addresses."""
    report = locked(report_id)
    section = report.form.activities_section
    post = province_post("save", by, report, at=at, section=section)
    refuse_other_hands("save", by, report, section)
    if report.state != State.DRAFT:
        raise ActionRefused(_("Activities are added while the report is first filled in."))
    definition = _with_activities(report, section)
    changes = compare(report.definition, definition)
    if changes:
        _keep(report, definition, changes, by=by, post=post, at=at)
    return [change.address for change in changes]


def _with_activities(report: StatusReport, key: str) -> dict[str, Any]:
    known = {question.key for question in questions_of(report.definition).values()}
    rows = activities_of(report.province, report.period) if key else []
    new = [activity_asked(row) for row in rows if str(row.pk) not in known]
    return {
        **report.definition,
        "sections": [
            {**one, "questions": [*one["questions"], *new]} if one["key"] == key else one
            for one in report.definition["sections"]
        ],
    }


@transaction.atomic
def see_form(report_id: int, *, by: "User", at: datetime) -> None:
    """Note that this person has seen what is new; the notice goes."""
    report = locked(report_id)
    post = province_post("save", by, report, at=at)
    write_down(report, "form_seen", by=by, post=post, at=at)
