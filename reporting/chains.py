"""The chain before the signature: which steps a report takes inside its province, and who may take each.

A unit has the steps whose posts it has. A step is up to whoever holds such a post, deputies included; where
nobody holds one, to the next higher post that is held, and the record says so. The posts are those of the day
the report was declared ready: one made later does not enter a chain that runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import Occupancy, Post, User

from .models import Clearance, StatusReport
from .rights import carried_on, whole_links
from .workflow import CHAIN, STEPS

if TYPE_CHECKING:
    from .models import SignOff

INNER = tuple(name for name in CHAIN if name != "submit")


@dataclass(frozen=True)
class Seat:
    """A post of the chain, and who holds it on the day."""

    post: Post
    holders: list[Occupancy]

    def __str__(self) -> str:
        names = ", ".join(words_of(held) for held in self.holders)
        return f"{self.post.title} ({names or _('vacant')})"

    def is_held_by(self, user: User) -> bool:
        return any(held.user_id == user.pk for held in self.holders)


def words_of(held: Occupancy) -> str:
    """The holder; of a deputy both names."""
    if held.acting_for:
        return _("%(person)s, acting for %(absent)s") % {"person": held.user, "absent": held.acting_for}
    return str(held.user)


@dataclass(frozen=True)
class Taking:
    """In which post a person may take a step. ``for_vacant``: since nobody holds the step's own."""

    post: Post
    for_vacant: bool


class Seats:
    """The posts of the chains of some reports: four queries, however many reports there are."""

    def __init__(self, reports: Iterable[StatusReport], *, on: date) -> None:
        links = whole_links()
        self._units = {
            one.pk: carried_on(one.obligation.answered_by_id or one.province.pk, links) | {one.province.pk}
            for one in reports
        }
        held = Occupancy.objects.in_force(on).filter(user__is_active=True)
        held = held.select_related("user", "acting_for").order_by("valid_from", "pk")
        posts = Post.objects.filter(province__in=set().union(*self._units.values()), role__in=CHAIN.values())
        self._posts = list(posts.order_by("pk").prefetch_related(Prefetch("occupancies", held)))

    def of(self, report: StatusReport, step: str) -> list[Seat]:
        units = self._units[report.pk]
        return [
            Seat(post, list(post.occupancies.all()))
            for post in self._posts
            if post.role == CHAIN[step] and post.province_id in units
        ]


class Chain:
    """The chain of one report on a day, as far as it has come."""

    def __init__(self, report: StatusReport, *, on: date, seats: Seats | None = None) -> None:
        self.report = report
        self._seats = seats or Seats([report], on=on)

    @property
    def sign_off(self) -> "SignOff | None":
        return self.report.sign_off

    @cached_property
    def seats(self) -> dict[str, list[Seat]]:
        found = {name: self._seats.of(self.report, name) for name in CHAIN}
        if self.sign_off is None:
            return found
        frozen = self.sign_off.posts
        return {
            name: [seat for seat in there if name not in INNER or seat.post.pk in frozen.get(name, ())]
            for name, there in found.items()
        }

    @cached_property
    def taken(self) -> dict[str, Clearance]:
        return {one.step: one for one in self.sign_off.clearances.all()} if self.sign_off else {}

    @property
    def steps(self) -> list[str]:
        """Those before the signature that this report takes."""
        return [name for name in INNER if self.seats[name]]

    @property
    def pending(self) -> list[str]:
        return [name for name in self.steps if name not in self.taken]

    @property
    def next_step(self) -> str:
        return next(iter(self.pending), "submit")

    def taking(self, step: str, by: User) -> Taking | None:
        """The post in which this person may take the step; ``None`` when it is up to others."""
        names = list(CHAIN)
        for name in names[names.index(step) :]:
            own = next((seat.post for seat in self.seats[name] if seat.is_held_by(by)), None)
            if own is not None:
                return Taking(own, for_vacant=name != step)
            if self.is_held(name):
                return None
        return None

    def furthest(self, by: User) -> str:
        """The furthest step this person can take now, with those before it that are theirs as well."""
        found = ""
        for step in (*self.pending, "submit"):
            if self.taking(step, by) is None:
                break
            found = step
        return found

    def is_held(self, step: str) -> bool:
        return any(seat.holders for seat in self.seats[step])

    def level(self, step: str) -> str:
        """The step whose posts take this one now: its own, or the next higher that is held."""
        names = list(CHAIN)
        return next((name for name in names[names.index(step) :] if self.is_held(name)), step)

    def takers(self, step: str) -> list[User]:
        """Who may take the step now."""
        found = {held.user: None for seat in self.seats[self.level(step)] for held in seat.holders}
        return list(found)

    def who(self, step: str) -> str:
        """Whom the step is up to, in words."""
        seats = [seat for seat in self.seats[self.level(step)] if seat.holders] or self.seats[step]
        return "; ".join(str(seat) for seat in seats) or str(Post.Role(CHAIN[step]).label)

    def waiting(self, step: str) -> str:
        """Why a later step cannot be taken yet, and who can go on."""
        return _("Before that, “%(step)s” is up to: %(who)s.") % {
            "step": STEPS[step].label,
            "who": self.who(step),
        }
