"""Periods open, units owe a report, a report begins, a deadline moves."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Post
from foundation.actions import ActionRefused
from foundation.actions import write_down as write_down_audit
from foundation.dates import day_words
from provinces import lineage

from .. import emails, extensions
from ..definition import NoForm, definition_for, form_for
from ..expecting import duties
from ..far_days import refuse_far
from ..models import FormVersion, Obligation, Period, Regime, Standing, State, StatusReport
from ..models.obligations import LONGEST_REASON
from ..rights import post_to_extend
from ..windows import Window, after, newest_open, window
from ..workflow import PROVINCE
from .door import refuse_closed, write_down

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_periods(*, today: date) -> list[Period]:
    """Open what should be open on this day, with every period missed since the last. Twice is once."""
    regimes = Regime.objects.select_for_update().filter(is_active=True, kind=Regime.Kind.PERIODIC)
    return [open_period(regime, found) for regime in regimes for found in _missing_windows(regime, today)]


def _missing_windows(regime: Regime, today: date) -> list[Window]:
    """From the newest period there is to the newest that should be; only the latter where there is none."""
    newest = newest_open(regime.window_rule, today)
    last = regime.periods.order_by("-year", "-number").first()
    place = (last.year, last.number) if last else (newest.year, newest.number)
    found = []
    while place <= (newest.year, newest.number):
        found.append(window(regime.window_rule, *place))
        place = after(regime.window_rule, *place)
    return found


@transaction.atomic
def open_period(regime: Regime, found: Window, *, is_demo: bool = False) -> Period:
    """One period, and an obligation for each unit that owes a report on it, or on its part of it."""
    days = {"first_day": found.first_day, "last_day": found.last_day, "opens_on": found.opens_on}
    due = {"due_on": found.due_on, "government_due_on": found.government_due_on}
    period, _new = Period.objects.get_or_create(
        regime=regime, year=found.year, number=found.number, defaults={**days, **due}
    )
    known = set(period.obligations.values_list("province_id", flat=True))
    owed = duties(lineage.load(), period.first_day, period.last_day, regime.ended_units)
    Obligation.objects.bulk_create(
        Obligation.of(duty, period, is_demo=is_demo) for duty in owed if duty.unit not in known
    )
    return period


@transaction.atomic
def start_report(obligation_id: int, *, by: "User", at: datetime) -> StatusReport:
    """Begin the report an obligation asks for, with its own copy of the form; or give back the one begun."""
    found = Obligation.objects.select_for_update(of=("self",)).select_related("province", "period__regime")
    obligation = found.get(pk=obligation_id)
    report = StatusReport(obligation=obligation)
    post = next((post for post in by.posts_today if post.role in PROVINCE and report.answers_to(post)), None)
    if post is None:
        raise ActionRefused(_("Only those who fill in or sign this unit’s reports begin one."))
    if begun := StatusReport.objects.filter(obligation=obligation).first():
        return begun
    refuse_closed(obligation, at=at)
    if timezone.localdate(at) < obligation.period.opens_on:
        raise ActionRefused(_("Reporting opens on %(day)s.") % {"day": day_words(obligation.period.opens_on)})
    return _begin(report, by=by, post=post, at=at)


def _begin(report: StatusReport, *, by: "User", post: Post, at: datetime) -> StatusReport:
    try:
        # Held, so that a change of the form reaches this report or is in it already.
        report.form = FormVersion.objects.select_for_update().get(pk=form_for(report.period).pk)
    except NoForm:
        raise ActionRefused(
            _("The ministry has not published the form for this period yet. Nothing can be filled in.")
        ) from None
    report.definition = definition_for(report.form, report.province, report.period)
    report.state, report.state_since, report.is_demo = State.DRAFT, at, report.obligation.is_demo
    report.save(force_insert=True)
    write_down(report, "start", by=by, post=post, at=at)
    return report


@transaction.atomic
def extend_deadline(obligation_id: int, *, until: date, reason: str, by: "User", at: datetime) -> Obligation:
    """Give one unit more time, with a reason; the stored due date stays what it was.

    Of a returned report it is the day by which the return must be answered that moves. A later extension,
    or its correction to an earlier day, is one more line of the audit.
    """
    # The report's row first, as every deed to a report takes it: one that is just being handed in is seen so.
    list(StatusReport.objects.select_for_update().filter(obligation=obligation_id).values("pk"))
    found = Obligation.objects.select_for_update(of=("self",))
    obligation = found.select_related("province", "period__regime", "report").get(pk=obligation_id)
    post = post_to_extend(by)
    if post is None:
        raise ActionRefused(_("Only those who approve reports extend a deadline."))
    before = obligation.last_day_to_submit
    _refuse_extension(obligation, before, until=until, reason=reason, at=at)
    _move(obligation, until, reason=reason.strip(), by=by, on=timezone.localdate(at))
    detail = {"before": before.isoformat(), "until": until.isoformat(), "reason": reason.strip()}
    entry = write_down_audit(
        extensions.VERB, obligation, by=by, at=at, detail={**detail, "post": post.title_vi}
    )
    emails.extended(obligation, entry.pk, reason=reason.strip(), is_less=until < before, by=by, at=at)
    return obligation


def _move(obligation: Obligation, until: date, *, reason: str, by: "User", on: date) -> None:
    """An extension that is taken back whole leaves no trace on the row; the audit keeps it."""
    changed = ["extension_reason", "extended_by", "extended_on", "updated_at"]
    obligation.extension_reason, obligation.extended_by, obligation.extended_on = reason, by, on
    if obligation.is_returned:
        obligation.return_due_on = until
        obligation.save(update_fields=["return_due_on", *changed])
        return
    obligation.extended_to = until
    if until == obligation.due_on:
        obligation.extended_to = obligation.extended_by = None
        obligation.extension_reason = ""
    obligation.save(update_fields=["extended_to", *changed])


def _refuse_correction(earliest: date, until: date) -> None:
    """Of an extension given too long. Nobody is late by a day that is taken back."""
    if until < earliest:
        raise ActionRefused(
            _("The corrected day may not come before %(day)s.") % {"day": day_words(earliest)}
        )


def _refuse_extension(
    obligation: Obligation, before: date, *, until: date, reason: str, at: datetime
) -> None:
    today = timezone.localdate(at)
    refuse_closed(obligation, at=at)
    if obligation.standing(today) == Standing.HANDED_IN:
        raise ActionRefused(_("The report has been handed in; nothing is due from this unit now."))
    refuse_far(until, today=today)
    first = extensions.first_deadline(obligation)
    if until < before and first < before:
        _refuse_correction(max(first, today), until)
    elif until <= (earliest := max(before, today - timedelta(days=1))):
        raise ActionRefused(_("The new day must come after %(day)s.") % {"day": day_words(earliest)})
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ActionRefused(
            _("Write the reason of the extension, in at most %(most)s letters.") % {"most": LONGEST_REASON}
        )
