"""For which units a person speaks: those of the posts held today, and the closed ones they inherited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from accounts.models import Occupancy, Post, User
from provinces.models import BoundaryEvent, Succession

from .ladder import LONGEST, Kind
from .workflow import APPROVER, EXPERT, IN_SECTIONS, PROVINCE, REVIEW, STEPS, State

if TYPE_CHECKING:
    from .models import FollowUp, Obligation, Reminder, StatusReport


def units_of(user: User) -> frozenset[int]:
    """Primary keys of the units this person answers for; asked once per person and request."""
    known: frozenset[int] | None = getattr(user, "_units_answered_for", None)
    if known is None:
        known = with_predecessors(post.province_id for post in user.posts_today if post.province_id)
        user._units_answered_for = known  # type: ignore[attr-defined]
    return known


def with_predecessors(homes: Iterable[int]) -> frozenset[int]:
    """These units and every closed one they carry on. A part that moved does not take its old home along."""
    units = frozenset(homes)
    if not units:
        return units
    links = whole_links()
    while (more := units | {old for old, heir in links if heir in units}) != units:
        units = more
    return units


def speaks_for(post: Post, province_id: int) -> bool:
    if post.province_id is None:
        return False
    return post.province_id == province_id or province_id in with_predecessors([post.province_id])


def heirs_of(province_id: int) -> frozenset[int]:
    """The unit itself and those that carry it on: whose posts answer for it."""
    return carried_on(province_id, whole_links())


def whole_links() -> list[tuple[int, int]]:
    """(predecessor, heir); a part that moved makes nobody an heir."""
    pairs = Succession.objects.exclude(event__kind=BoundaryEvent.Kind.PART_TRANSFER)
    return list(pairs.values_list("predecessor_id", "heir_id"))


def carried_on(province_id: int, links: Iterable[tuple[int, int]]) -> frozenset[int]:
    units = frozenset({province_id})
    while (more := units | {heir for old, heir in links if old in units}) != units:
        units = more
    return units


def holders(roles: Iterable[str], *, on: date, units: Iterable[int] | None = None) -> list[User]:
    """Who holds such a post on a day, each person once."""
    held = Occupancy.objects.in_force(on).filter(post__role__in=list(roles))
    if units is not None:
        held = held.filter(post__province__in=list(units))
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def of_the_unit(report: "StatusReport", *, on: date) -> list[User]:
    """Those who answer for the unit on that day. Whoever submitted is one of them only while in the post."""
    return who_answers(report.obligation, on=on)


def who_answers(owed: "Obligation", *, on: date) -> list[User]:
    """Those who answer for the unit that owes it on that day."""
    return holders(PROVINCE, on=on, units=units_answering(owed))


def units_answering(owed: "Obligation") -> frozenset[int]:
    """The unit that owes it and those that carry it on: their posts answer."""
    return heirs_of(owed.answered_by_id or owed.province_id) | {owed.province_id}


def holders_of(post: Post, *, on: date) -> list[User]:
    """Whoever holds this very post on a day, deputies included."""
    held = Occupancy.objects.in_force(on).filter(post=post, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def posts_for_sections(owed: "Obligation", user: User, *, on: date) -> QuerySet[Post]:
    """The posts of the unit that a section can be handed to, with their holders; without the giver's own."""
    held = Occupancy.objects.in_force(on).filter(user__is_active=True).select_related("user", "acting_for")
    posts = Post.objects.filter(role__in=IN_SECTIONS, province__in=units_answering(owed))
    others = posts.exclude(pk__in=[post.pk for post in user.posts_today])
    known = others.select_related("organisation").prefetch_related(
        Prefetch("occupancies", held.order_by("pk"))
    )
    return known.order_by("role", "title_vi", "pk")


def signs_as_deputy(user: User, report: "StatusReport", *, on: date) -> bool:
    """Whether this person holds the signing post for somebody absent, and not in their own right."""
    post = STEPS["submit"].whole_post_of(user, report)
    held = list(Occupancy.objects.in_force(on).filter(post=post, user=user)) if post else []
    return bool(held) and all(one.acting_for_id for one in held)


def experts_of(owed: "Obligation", *, on: date, giver: int) -> list[User]:
    """Those who fill in the unit's reports on that day; ``giver`` too, as long as he answers for it."""
    found = holders(EXPERT, on=on, units=units_answering(owed))
    return found + [one for one in who_answers(owed, on=on) if one.pk == giver and one not in found]


class OnDuty:
    """Who holds which post on a day, read once in two queries: for asking about many units."""

    def __init__(self, on: date) -> None:
        held = Occupancy.objects.in_force(on).filter(user__is_active=True)
        self._held = list(held.select_related("user", "post").order_by("user"))
        self._links = whole_links()

    def holders(self, roles: Iterable[str], units: Iterable[int] | None = None) -> list[User]:
        """As the function of this name, each person once."""
        wanted, homes = set(roles), None if units is None else set(units)
        found = {
            held.user: None
            for held in self._held
            if held.post.role in wanted and (homes is None or held.post.province_id in homes)
        }
        return list(found)

    @property
    def posts_held(self) -> set[int]:
        return {held.post_id for held in self._held}

    def answering(self, roles: Iterable[str], province_id: int) -> list[User]:
        """Those whose post speaks for the unit, at it or at whoever carries it on."""
        return self.holders(roles, carried_on(province_id, self._links))

    def readers_of(self, reminder: "Reminder") -> list[User]:
        """Whom a reminder reaches: the unit, and one level higher with every rung but the first.

        A late unit's reviewers are told from the second rung on. A report that waits with the ministry goes
        to those who review, and from the second rung on, or once it is proposed, to those who approve.
        """
        ladder = reminder.obligation.period.regime.ladder
        if reminder.follow_up:
            return self._of_action(reminder, reminder.follow_up)
        if reminder.kind == Kind.IDLE:
            return self._who_decides(reminder, ladder.idle)
        owed = reminder.obligation
        units = carried_on(owed.answered_by_id or owed.province_id, self._links) | {owed.province_id}
        found = self.holders(PROVINCE, units)
        if reminder.step > min(ladder.overdue, default=LONGEST):
            found += [one for one in self.holders([Post.Role.MINISTRY_REVIEWER]) if one not in found]
        return found

    def _of_action(self, reminder: "Reminder", action: "FollowUp") -> list[User]:
        """Whoever does it, and from the second late rung on those who verify; once done, those who verify
        and from the second rung on those who approve."""
        ladder = reminder.obligation.period.regime.ladder
        judges = [one for one in self.holders(REVIEW) if one.pk != action.done_by_id]
        asker = [one for one in judges if one.pk == action.made_by_id]
        if reminder.kind == Kind.VERIFY:
            found = asker or judges
            climbs = reminder.step > min(ladder.idle, default=0)
            more = [one for one in judges if one in self.holders(APPROVER)] if climbs else []
        else:
            found = self._doing(action)
            more = (asker or judges) if reminder.step > min(ladder.overdue, default=LONGEST) else []
        return found + [one for one in more if one not in found]

    def _doing(self, action: "FollowUp") -> list[User]:
        """As ``followups.readers_of``: the owner post, or while it is vacant the unit's people."""
        own = dict.fromkeys(held.user for held in self._held if held.post_id == action.post_id)
        if own or action.post.province_id is None:
            return list(own) or self.holders(REVIEW)
        home = action.answered_by_id or action.post.province_id
        return self.holders(PROVINCE, carried_on(home, self._links) | {action.post.province_id})

    def _who_decides(self, reminder: "Reminder", rungs: Iterable[int]) -> list[User]:
        if reminder.obligation.report.state == State.PROPOSED:
            return self.holders(APPROVER)
        if reminder.step > min(rungs, default=0):
            return self.holders(REVIEW)
        return self.holders([Post.Role.MINISTRY_REVIEWER]) or self.holders(APPROVER)


def post_to_extend(user: User) -> Post | None:
    """The post in which this person gives units more time; none: they may not."""
    return next((post for post in user.posts_today if post.role in APPROVER), None)


def post_to_ask(user: User) -> Post | None:
    """The post in which this person asks units for a thematic or ad-hoc report: it binds them."""
    return next((post for post in user.posts_today if post.role in APPROVER), None)


def vacant_posts(user: User, *, on: date) -> list[Post]:
    """Posts of the person's own units that nobody holds on that day: their duties wait."""
    homes = {post.province_id for post in user.posts_today if post.province_id}
    held = Occupancy.objects.in_force(on).values("post")
    return list(Post.objects.filter(province__in=homes).exclude(pk__in=held).select_related("province"))


@dataclass(frozen=True)
class PostLine:
    """A post and whoever holds it; nobody when it is vacant."""

    post: Post
    holders: list[Occupancy]


def posts_of_own_units(user: User, *, on: date) -> list[PostLine]:
    """Every post of the units whose posts this person holds, in two queries."""
    homes = {post.province_id for post in user.posts_today if post.province_id}
    held = Occupancy.objects.in_force(on).select_related("user", "acting_for").order_by("valid_from", "pk")
    posts = Post.objects.filter(province__in=homes).select_related("province", "organisation")
    known = posts.prefetch_related(Prefetch("occupancies", held)).order_by("province__code", "role", "pk")
    return [PostLine(post, list(post.occupancies.all())) for post in known]
