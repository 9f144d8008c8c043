"""What hangs on a unit in the provinces' room: plans, support, seats. What was issued stays its issuer's."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.carrying import Choice, Item, Offer, Turn
from foundation.dates import day_words

from .models import OrganisationSeat, ProvinceSupport, ProvincialPlan

ROOM = "provinces"
KINDS = {
    "plan": gettext_lazy("Plans"),
    "support": gettext_lazy("Support to the province"),
    "seat": gettext_lazy("Seats of organisations"),
}
DRAFTS = (ProvincialPlan.Status.DRAFTING, ProvincialPlan.Status.CONSULTING)
IN_FORCE = (ProvincialPlan.Status.ISSUED, ProvincialPlan.Status.AMENDED)


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """Plans and support stay where they are filed; of a unit that goes on only seats may move."""
    seats = [_seat(seat, goes_on=goes_on) for seat in _seats(units, on)]
    if goes_on:
        return seats
    return [*map(_plan, _plans(units, on)), *map(_support, _supports(units)), *seats]


def _plans(units: Collection[int], on: date) -> Iterable[ProvincialPlan]:
    """Those being drafted, and those whose years have not passed."""
    current = Q(status__in=IN_FORCE) & (Q(last_year=None) | Q(last_year__gte=on.year))
    found = ProvincialPlan.objects.filter(Q(status__in=DRAFTS) | current, province__in=units)
    return found.select_related("province").order_by("province__code", "pk")


def _plan(plan: ProvincialPlan) -> Item:
    is_draft = plan.status in DRAFTS
    if is_draft:
        offers = (
            Offer(Choice.INHERIT, _("Not issued yet: the draft is filed under the heir.")),
            Offer(Choice.ARCHIVE, _("The draft stays under the former unit and is not finished.")),
        )
    else:
        offers = (
            Offer(Choice.INHERIT, _("Stays under its issuer; the heir's page shows it as inherited.")),
            Offer(Choice.CLOSE, _("Stays under its issuer; its status becomes “expired”.")),
        )
    return Item(
        room=ROOM,
        kind="plan",
        pk=plan.pk,
        unit=plan.province_id,
        title=f"{plan} {plan.period_words if plan.number else ''}".strip(),
        state=plan.get_status_display(),
        seen=f"{plan.status} {plan.province_id} {plan.last_year}",
        offers=offers,
        url=plan.get_absolute_url(),
        is_shared=not is_draft,
        is_draft=is_draft,
    )


def _supports(units: Collection[int]) -> Iterable[ProvinceSupport]:
    going = (ProvinceSupport.Status.ANNOUNCED, ProvinceSupport.Status.RUNNING)
    return ProvinceSupport.objects.filter(province__in=units, status__in=going).order_by("pk")


def _support(support: ProvinceSupport) -> Item:
    return Item(
        room=ROOM,
        kind="support",
        pk=support.pk,
        unit=support.province_id,
        title=str(support),
        state=support.get_status_display(),
        seen=f"{support.status} {support.province_id}",
        offers=(
            Offer(Choice.INHERIT, _("Goes on; the heir answers for it from the day on.")),
            Offer(Choice.CLOSE, _("Ends; its status becomes “dropped”.")),
        ),
    )


def _seats(units: Collection[int], on: date) -> Iterable[OrganisationSeat]:
    found = OrganisationSeat.objects.filter(province__in=units).exclude(valid_to__lte=on)
    return found.select_related("organisation").order_by("pk")


def _seat(seat: OrganisationSeat, *, goes_on: bool) -> Item:
    move = Offer(Choice.INHERIT, _("Ends under the former unit and begins under the heir on the day."))
    stay = Offer(Choice.ARCHIVE, _("Stays written under this unit."))
    since = _("since %(day)s") % {"day": day_words(seat.valid_from)} if seat.valid_from else ""
    return Item(
        room=ROOM,
        kind="seat",
        pk=seat.pk,
        unit=seat.province_id,
        title=str(seat.organisation),
        state=since,
        seen=f"{seat.province_id} {seat.valid_from} {seat.valid_to}",
        offers=(stay, move) if goes_on else (move, stay),
    )


def carry(turn: Turn) -> None:
    {"plan": _carry_plan, "support": _carry_support, "seat": _carry_seat}[turn.kind](turn)


def _carry_plan(turn: Turn) -> None:
    plan = ProvincialPlan.objects.select_for_update().get(pk=turn.pk)
    if turn.choice == Choice.CLOSE:
        turn.journal.change(plan, status=ProvincialPlan.Status.EXPIRED)
    elif turn.choice == Choice.INHERIT and plan.status in DRAFTS:
        turn.journal.change(plan, province_id=turn.heir)


def _carry_support(turn: Turn) -> None:
    if turn.choice == Choice.CLOSE:
        support = ProvinceSupport.objects.select_for_update().get(pk=turn.pk)
        turn.journal.change(support, status=ProvinceSupport.Status.DROPPED)


def _carry_seat(turn: Turn) -> None:
    if turn.choice != Choice.INHERIT:
        return
    seat = OrganisationSeat.objects.select_for_update().get(pk=turn.pk)
    if seat.valid_from and seat.valid_from >= turn.on:
        turn.journal.change(seat, province_id=turn.heir)
        return
    after: dict[str, Any] = {"valid_from": turn.on, "valid_to": seat.valid_to, "province_id": turn.heir}
    turn.journal.change(seat, valid_to=turn.on)
    turn.journal.create(
        OrganisationSeat(
            organisation_id=seat.organisation_id, source=seat.source, is_demo=seat.is_demo, **after
        )
    )
