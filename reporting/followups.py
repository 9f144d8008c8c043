"""Follow-up actions on the screen: whose they are, how late, and where in a form they are remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Post
from provinces.models import Province

from .models import FollowUp, FollowUpStep, StatusReport
from .rights import heirs_of, holders, speaks_for, with_predecessors
from .workflow import PROVINCE, REVIEW

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 20
ICONS = {"open": "none", "done": "pace", "verified": "done", "cancelled": "info"}


# --- Who ------------------------------------------------------------------------------------


def owner_posts(report: StatusReport) -> QuerySet[Post]:
    """Whom an action may be given to: posts of the unit, of those that carry it on, of the ministry."""
    units = heirs_of(report.obligation.province_id) | {report.obligation.province_id}
    found = Post.objects.filter(Q(province__in=units) | Q(province__isnull=True))
    return found.select_related("province").order_by(F("province__code").asc(nulls_last=True), "role", "pk")


def post_to_carry_out(user: "User", follow_up: FollowUp) -> Post | None:
    """The post in which this person does it: the owner, or its like at the heir that carries the unit on."""
    owner = follow_up.post
    home = follow_up.answered_by_id or owner.province_id
    for post in user.posts_today:
        if post.pk == owner.pk:
            return post
        is_elsewhere = post.role == owner.role and post.province_id != owner.province_id
        if home is not None and is_elsewhere and speaks_for(post, home):
            return post
    return None


def post_to_judge(user: "User") -> Post | None:
    return next((post for post in user.posts_today if post.role in REVIEW), None)


def readers_of(follow_up: FollowUp, *, on: date) -> "list[User]":
    """Who holds the owner post; while it is vacant, the unit's other people, or the ministry's reviewers."""
    if follow_up.post.province_id is None:
        own = _in_post(follow_up.post, on=on)
        return own or holders(REVIEW, on=on)
    units = heirs_of(follow_up.answered_by_id or follow_up.post.province_id)
    units |= {follow_up.post.province_id}
    return _in_post(follow_up.post, on=on) or holders(PROVINCE, on=on, units=units)


def judges_of(follow_up: FollowUp, *, on: date) -> "list[User]":
    """Who asked for it, while they review and did not do it themselves; else all others who review."""
    others = [one for one in holders(REVIEW, on=on) if one.pk != follow_up.done_by_id]
    return [one for one in others if one.pk == follow_up.made_by_id] or others


def _in_post(post: Post, *, on: date) -> "list[User]":
    held = post.occupancies.in_force(on).filter(user__is_active=True).select_related("user").order_by("user")
    return list(dict.fromkeys(one.user for one in held))


# --- Lines ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class FollowUpLine:
    follow_up: FollowUp
    days_late: int

    @property
    def icon(self) -> str:
        return "failed" if self.days_late else ICONS[self.follow_up.state]

    @property
    def words(self) -> str:
        if self.days_late:
            return ngettext("overdue by %(n)s day", "overdue by %(n)s days", self.days_late) % {
                "n": self.days_late
            }
        return str(self.follow_up.get_state_display())


def lines_of(rows: Iterable[FollowUp], *, today: date) -> list[FollowUpLine]:
    return [FollowUpLine(one, one.days_late(today)) for one in rows]


class FollowUpsPage:
    """All of one side, what is late first; filtered by where they stand, and for the ministry by unit."""

    FILTERS = ("open", "overdue", "done", "settled")

    def __init__(self, user: "User", asked: Mapping[str, str], *, today: date) -> None:
        self.user, self.today = user, today
        self.filter = asked.get("show", "") if asked.get("show") in self.FILTERS else ""
        self.unit = asked.get("unit", "")
        self.visible = FollowUp.objects.visible_to(user).with_subject()
        self.page = Paginator(self._shown(), PER_PAGE).get_page(asked.get("page"))
        self.lines = lines_of(self.page.object_list, today=today)

    def _shown(self) -> QuerySet[FollowUp]:
        found = self.visible.filter(self._where(self.filter))
        if self.unit:
            found = found.filter(report__obligation__province__slug=self.unit)
        return found.order_by("due_on", "pk")

    def _where(self, name: str) -> Q:
        return {
            "open": Q(state=FollowUp.State.OPEN),
            "overdue": Q(state=FollowUp.State.OPEN, due_on__lt=self.today),
            "done": Q(state=FollowUp.State.DONE),
            "settled": ~Q(state__in=FollowUp.UNSETTLED),
        }.get(name, Q(state__in=FollowUp.UNSETTLED))

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, words, whether it is chosen."""
        named = {
            "": _("all that is not settled"),
            "open": _("to be done"),
            "overdue": _("overdue"),
            "done": _("done, to be verified"),
            "settled": _("verified or cancelled"),
        }
        return [(value, words, value == self.filter) for value, words in named.items()]

    @cached_property
    def units(self) -> list[Province]:
        """The units with any, for the ministry to choose from."""
        if not self.user.works_for_ministry:
            return []
        asked = FollowUp.objects.values("report__obligation__province")
        return list(Province.objects.filter(pk__in=asked).order_by("name_vi", "code"))


class FollowUpPage:
    """One action with its course, and what this reader may do with it."""

    def __init__(self, follow_up: FollowUp, user: "User", *, today: date) -> None:
        self.follow_up, self.user = follow_up, user
        (self.line,) = lines_of([follow_up], today=today)
        self.steps: list[FollowUpStep] = list(follow_up.steps.select_related("file"))
        state = follow_up.state
        may_judge = post_to_judge(user) is not None
        self.may_do = state == FollowUp.State.OPEN and post_to_carry_out(user, follow_up) is not None
        self.did_it_oneself = state == FollowUp.State.DONE and follow_up.done_by_id == user.pk
        self.may_verify = state == FollowUp.State.DONE and may_judge and not self.did_it_oneself
        self.may_cancel = state in FollowUp.UNSETTLED and may_judge

    @property
    def field(self) -> Any:
        question = self.follow_up.report.questions.get(self.follow_up.address)
        return question.label if question else ""


def mine_to_do(user: "User") -> list[FollowUp]:
    """What this person can carry out now, what is due first on top."""
    found = FollowUp.objects.visible_to(user).filter(state=FollowUp.State.OPEN).with_subject()
    return [one for one in found.order_by("due_on", "pk") if post_to_carry_out(user, one)]


# --- Remembered in forms --------------------------------------------------------------------


def remembered(report: StatusReport) -> QuerySet[FollowUp]:
    """What is not settled of any report of the unit, or of those it carries on."""
    units = with_predecessors([report.obligation.province_id])
    return FollowUp.objects.unsettled().of_units(units).with_subject()


def of_section(report: StatusReport, key: str, *, today: date) -> list[FollowUpLine]:
    """Those that concern a section; the first section has the ones that concern none of this form."""
    keys = [one.key for one in report.sections]
    first = keys[0] if keys else ""
    found = [
        one for one in remembered(report) if (one.section_key if one.section_key in keys else first) == key
    ]
    return lines_of(found, today=today)


def frozen(report: StatusReport) -> list[dict[str, Any]]:
    """As a submission keeps them: what was open when it was sent."""
    return [
        {
            "id": one.pk,
            "address": one.address,
            "text": one.text,
            "owner": one.post.title_vi,
            "due_on": one.due_on.isoformat(),
            "state": one.state,
            "asked_in": {"year": one.report.period.year, "number": one.report.period.number},
        }
        for one in remembered(report).order_by("pk")
    ]
