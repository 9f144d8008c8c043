"""What hangs on a unit in reporting: reports it still owes, and those with the ministry."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.carrying import Choice, Item, Offer, Turn
from foundation.dates import day_words

from .models import Obligation, State
from .models.regimes import Standing
from .workflow import WITH_PROVINCE

ROOM = "reporting"
KINDS = {"obligation": gettext_lazy("Reports owed and in review")}


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """Every obligation that is not done: not begun, a draft, returned, or in review."""
    if goes_on:
        return []
    open_ = Obligation.objects.filter(province__in=units, closed_on=None)
    open_ = open_.exclude(report__state=State.APPROVED).order_by("period__first_day", "province__code", "pk")
    return [_item(one, on) for one in open_.select_related("province", "period__regime", "report")]


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
        offers=_offers(state),
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
    return ", ".join(told)


def _offers(state: State | None) -> tuple[Offer, ...]:
    if state is not None and state not in WITH_PROVINCE:
        return (Offer(Choice.INHERIT, _("Stays in review. If it is returned, the heir's people answer.")),)
    return (
        Offer(
            Choice.INHERIT, _("Stays the former unit's report; the heir's people fill it in and submit it.")
        ),
        Offer(Choice.CLOSE, _("Is no longer expected and not overdue, with the reason you write.")),
    )


def carry(turn: Turn) -> None:
    """The report never moves: either somebody answers for it, or it is closed with its reason."""
    obligation = Obligation.objects.select_for_update().get(pk=turn.pk)
    if turn.choice == Choice.CLOSE:
        turn.journal.change(obligation, closed_on=turn.on, closed_reason=turn.reason)
    elif turn.choice == Choice.INHERIT:
        turn.journal.change(obligation, answered_by_id=turn.heir)
