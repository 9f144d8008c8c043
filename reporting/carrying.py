"""What hangs on a unit in reporting: reports it still owes, and those with the ministry."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from foundation.carrying import Choice, Item, Offer, Turn
from foundation.dates import day_words
from provinces import lineage

from .expecting import Duty, Ended, duties
from .models import FollowUp, Obligation, Period, SectionTask, SignOff, State
from .models.obligations import Standing
from .workflow import WITH_PROVINCE

ROOM = "reporting"
KINDS = {
    "obligation": gettext_lazy("Reports owed and in review"),
    "follow_up": gettext_lazy("Follow-up actions"),
}


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """Every obligation that is not done, and every follow-up action that its posts have to do."""
    if goes_on:
        return []
    open_ = Obligation.objects.filter(province__in=units, closed_on=None)
    open_ = open_.exclude(report__state=State.APPROVED).order_by("period__first_day", "province__code", "pk")
    out = Count("report__tasks", filter=Q(report__tasks__closed_at__isnull=True))
    open_ = open_.annotate(handed_out=out).select_related("province", "period__regime", "report")
    owed = [_item(one, on) for one in open_]
    return [*owed, *_follow_ups(units, on)]


def _follow_ups(units: Collection[int], on: date) -> list[Item]:
    """The owner counts, or the heir that took over from it: a report's unit may have ended long ago."""
    own = Q(post__province__in=units, answered_by=None) | Q(answered_by__in=units)
    rows = FollowUp.objects.unsettled().filter(own).select_related("post")
    return [_follow_up(one, on) for one in rows.order_by("due_on", "pk")]


def _follow_up(one: FollowUp, on: date) -> Item:
    due = _("due on %(day)s") % {"day": day_words(one.due_on)}
    return Item(
        room=ROOM,
        kind="follow_up",
        pk=one.pk,
        unit=one.answered_by_id or one.post.province_id or 0,
        title=str(one),
        state=f"{one.get_state_display()}, {due}",
        seen=f"{one.state} {one.due_on} {one.answered_by_id}",
        offers=(
            Offer(Choice.INHERIT, _("The heir’s people carry it on.")),
            Offer(Choice.CLOSE, _("Is not asked for any more, with the reason you write.")),
        ),
        url=one.get_absolute_url(),
        is_overdue=one.is_overdue(on),
    )


def _item(obligation: Obligation, on: date) -> Item:
    report = getattr(obligation, "report", None)
    state = State(report.state) if report else None
    standing = obligation.standing(on)
    return Item(
        room=ROOM,
        kind="obligation",
        pk=obligation.pk,
        unit=obligation.province_id,
        title=str(obligation.period).capitalize(),
        state=_words(obligation, state, standing),
        seen=f"{state or 'none'} {obligation.last_day_to_submit}",
        offers=_offers(state, obligation.period if _ends_within(obligation.period, on) else None),
        is_draft=state in WITH_PROVINCE,
        is_overdue=standing == Standing.OVERDUE,
    )


def _words(obligation: Obligation, state: State | None, standing: Standing) -> str:
    told = [str(state.label) if state else _("not begun")]
    due = {"day": day_words(obligation.last_day_to_submit)}
    if standing == Standing.OVERDUE:
        told.append(_("overdue since %(day)s") % due)
    elif state is None or state in WITH_PROVINCE:
        told.append(_("due on %(day)s") % due)
    told += _inside_words(obligation)
    return ", ".join(told)


def _inside_words(obligation: Any) -> list[str]:
    """What the unit's own posts have in hand: it ends with them, whatever is chosen."""
    report = getattr(obligation, "report", None)
    told = []
    if obligation.handed_out:
        told.append(
            ngettext(
                "%(n)s section handed out, which comes back",
                "%(n)s sections handed out, which come back",
                obligation.handed_out,
            )
            % {"n": obligation.handed_out}
        )
    if report is not None and report.sign_off_id:
        told.append(_("declared ready, to be declared anew"))
    return told


def _offers(state: State | None, period: Period | None) -> tuple[Offer, ...]:
    """``period`` only when the unit ends within it."""
    if state is not None and state not in WITH_PROVINCE:
        return (Offer(Choice.INHERIT, _("Stays in review. If it is returned, the heir's people answer.")),)
    return (
        Offer(Choice.INHERIT, _inherited_words(period)),
        Offer(Choice.CLOSE, _("Is no longer expected and not overdue, with the reason you write.")),
    )


def _inherited_words(period: Period | None) -> str:
    if period is None:
        return _("Stays the former unit's report; the heir's people fill it in and submit it.")
    if period.regime.ended_units == Ended.COVERED:
        return _(
            "A single heir reports on the whole period, and this one is closed; of several heirs the one "
            "chosen reports on its part, up to the day before."
        )
    return _("Reports on its part, up to the day before; the heir's people fill it in and submit it.")


def _ends_within(period: Period, on: date) -> bool:
    return period.first_day < on <= period.last_day


def carry(turn: Turn) -> None:
    """The report never moves: somebody answers for it, the heir's own covers it, or it is closed."""
    if turn.kind == "follow_up":
        _carry_follow_up(turn)
        return
    found = Obligation.objects.select_for_update(of=("self",)).select_related("period__regime")
    obligation = found.get(pk=turn.pk)
    register, period = lineage.load(), obligation.period
    owed = duties(register, period.first_day, period.last_day, period.regime.ended_units)
    if turn.choice == Choice.CLOSE:
        turn.journal.change(obligation, closed_on=turn.on, closed_reason=turn.reason)
    elif turn.choice == Choice.INHERIT:
        turn.journal.change(obligation, **_inherited(obligation, owed, turn))
    _close_inside(obligation, turn)
    heirs = register.heirs(obligation.province_id)
    if _ends_within(period, turn.on):
        _owe(obligation, [duty for duty in owed if duty.unit in heirs], turn)


def _close_inside(obligation: Obligation, turn: Turn) -> None:
    """What the unit's posts had in hand ends with them: the heir's people hand out and sign off anew."""
    report = getattr(obligation, "report", None)
    if report is None:
        return
    with override(settings.LANGUAGE_CODE):
        why = _("The unit ended; the posts of its heir take over.")
    by_name = str(turn.by or "")
    for task in SectionTask.objects.select_for_update().filter(report=report).open().order_by("pk"):
        ended = {"closed_at": max(turn.at, task.given_at), "closed_by_name": by_name, "why": why}
        turn.journal.change(task, outcome=SectionTask.Outcome.ENDED, **ended)
    running = SignOff.objects.select_for_update().filter(report=report, ended_at__isnull=True)
    for sign_off in running:
        turn.journal.change(report, sign_off_id=None)
        ended = {"ended_at": turn.at, "ended_by_name": by_name, "why": why}
        turn.journal.change(sign_off, end=SignOff.End.ENDED, **ended)


def _carry_follow_up(turn: Turn) -> None:
    """It stays with the report that asked for it; the heir's people answer, or nobody has to."""
    found = FollowUp.objects.select_for_update().get(pk=turn.pk)
    if turn.choice == Choice.INHERIT:
        turn.journal.change(found, answered_by_id=turn.heir)
    elif turn.choice == Choice.CLOSE:
        turn.journal.change(
            found, state=FollowUp.State.CANCELLED, cancelled_at=turn.at, cancelled_reason=turn.reason
        )


def _inherited(obligation: Obligation, owed: list[Duty], turn: Turn) -> dict[str, Any]:
    """No months are asked for twice: covered by its heir it is closed, else it ends with its unit."""
    report = getattr(obligation, "report", None)
    in_review = report is not None and report.state not in WITH_PROVINCE
    if in_review or not _ends_within(obligation.period, turn.on):
        return {"answered_by_id": turn.heir}
    own = next((duty for duty in owed if duty.unit == obligation.province_id), None)
    if own:
        return {"answered_by_id": turn.heir, "last_day": own.last_day}
    with override(settings.LANGUAGE_CODE):
        return {"closed_on": turn.on, "closed_reason": _("The heir reports on the whole period.")}


def _owe(obligation: Obligation, owed: list[Duty], turn: Turn) -> None:
    """The heirs' own duty at once, not the next night: undoing takes it back with the rest."""
    period = obligation.period
    known = set(period.obligations.values_list("province_id", flat=True))
    for duty in owed:
        if duty.unit not in known:
            turn.journal.create(Obligation.of(duty, period, is_demo=obligation.is_demo))
