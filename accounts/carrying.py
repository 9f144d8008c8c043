"""What hangs on a unit among accounts: its posts and whoever holds them. A person's past stays written."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.carrying import Choice, Item, Offer, Turn

from .models import Occupancy, Post

ROOM = "accounts"
KINDS = {"post": gettext_lazy("Posts and who holds them")}


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """The posts of units that end, with those who hold them on the day or later."""
    if goes_on:
        return []
    holding = Occupancy.objects.exclude(valid_to__lte=on).select_related("user", "acting_for")
    posts = Post.objects.filter(province__in=units).order_by("province__code", "role", "pk")
    return [_post(post) for post in posts.prefetch_related(Prefetch("occupancies", holding.order_by("pk")))]


def _post(post: Post) -> Item:
    held = list(post.occupancies.all())
    return Item(
        room=ROOM,
        kind="post",
        pk=post.pk,
        unit=post.province_id or 0,
        title=str(post.title),
        state=", ".join(_holder(one) for one in held) or _("vacant"),
        seen=" ".join(
            [str(post.province_id), *(f"{one.pk}:{one.valid_from}:{one.valid_to}" for one in held)]
        ),
        offers=_offers(len(held)),
        people=frozenset(one.user_id for one in held),
    )


def _holder(held: Occupancy) -> str:
    if held.acting_for:
        return _("%(person)s, acting for %(absent)s") % {"person": held.user, "absent": held.acting_for}
    return str(held.user)


def _offers(people: int) -> tuple[Offer, ...]:
    if not people:
        return (
            Offer(Choice.INHERIT, _("A post of the same title and duties is opened at the heir, vacant.")),
            Offer(Choice.ARCHIVE, _("The post stays with the former unit, vacant.")),
        )
    return (
        Offer(
            Choice.INHERIT,
            ngettext(
                "The same post is opened at the heir; its holder changes over on the day.",
                "The same post is opened at the heir; its %(n)s holders change over on the day.",
                people,
            )
            % {"n": people},
        ),
        Offer(Choice.CLOSE, _("Whoever holds it stops on the day; nobody acts in it afterwards.")),
    )


def carry(turn: Turn) -> None:
    """Inherit: the same post at the heir, and each holder there from the day on. Close: they stop."""
    if turn.choice == Choice.ARCHIVE:
        return
    post = Post.objects.select_for_update().get(pk=turn.pk)
    new = _post_at(post, turn) if turn.choice == Choice.INHERIT else None
    for held in post.occupancies.select_for_update().exclude(valid_to__lte=turn.on).order_by("pk"):
        _move(held, new, turn)


def _post_at(post: Post, turn: Turn) -> Post:
    """Opened once for a title and role, however many predecessors had it."""
    same = {"title_vi": post.title_vi, "role": post.role, "organisation_id": post.organisation_id}
    there = Post.objects.filter(province=turn.heir, **same).first()
    return there or turn.journal.create(
        Post(**same, title_en=post.title_en, province_id=turn.heir, is_demo=post.is_demo)
    )


def _move(held: Occupancy, new: Post | None, turn: Turn) -> None:
    if held.valid_from >= turn.on:  # it was to begin under a unit that will be no more
        if new is None or _is_covered(held, new, held.valid_from, held.valid_to):
            turn.journal.delete(held)
        else:
            turn.journal.change(held, post_id=new.pk)
        return
    until = held.valid_to
    turn.journal.change(held, valid_to=turn.on)
    if new is None or new.occupancies.filter(user=held.user_id, valid_from=turn.on).exists():
        return
    if _is_covered(held, new, turn.on, until):
        return
    turn.journal.create(
        Occupancy(
            post=new,
            user_id=held.user_id,
            valid_from=turn.on,
            valid_to=until,
            acting_for_id=held.acting_for_id,
            basis=held.basis,
        )
    )


def _is_covered(held: Occupancy, new: Post, begins: date, ends: date | None) -> bool:
    """Whether somebody acts at the heir already for the same absent holder: one deputy of two is enough."""
    if held.acting_for_id is None:
        return False
    moved = Occupancy(post=new, acting_for_id=held.acting_for_id, valid_from=begins, valid_to=ends)
    return moved.overlapping().exists()
