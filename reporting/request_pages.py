"""What the ministry asked for beside the periodic reports: the list, and one request with its units."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q

from .models import Obligation, Period, Regime, Standing, State
from .pages import ObligationLine, obligation_lines
from .rights import post_to_ask

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 20


@dataclass(frozen=True)
class RequestLine:
    """One request with how many units were asked, handed in and are approved."""

    period: Period
    asked: int
    handed_in: int
    approved: int
    is_past: bool

    @property
    def icon(self) -> str:
        if not self.asked:
            return "none"
        if self.approved == self.asked:
            return "done"
        if self.handed_in == self.asked:
            return "pace"
        return "failed" if self.is_past else "info"


class RequestsPage:
    """Newest first; two queries for any number of them."""

    def __init__(self, user: "User", asked: Any, *, today: date) -> None:
        self.may_ask = post_to_ask(user) is not None
        self.today = today
        self.page = Paginator(self._found(), PER_PAGE).get_page(asked.get("page"))

    def _found(self) -> Any:
        open_ = Q(obligations__closed_on__isnull=True)
        sent = open_ & Q(obligations__report__round__gt=0) & ~Q(obligations__report__state=State.RETURNED)
        found = Period.objects.asked_for().select_related("regime")
        return found.annotate(
            asked_of=Count("obligations", filter=open_),
            handed_in=Count("obligations", filter=sent),
            approved=Count("obligations", filter=open_ & Q(obligations__report__state=State.APPROVED)),
        ).order_by("-due_on", "-pk")

    @property
    def lines(self) -> list[RequestLine]:
        return [
            RequestLine(one, one.asked_of, one.handed_in, one.approved, one.due_on < self.today)
            for one in self.page.object_list
        ]

    @cached_property
    def regimes(self) -> bool:
        """Whether there is anything that can be asked for."""
        return Regime.objects.filter(is_active=True).exclude(kind=Regime.Kind.PERIODIC).exists()


class RequestPage:
    """One request: the units asked, where each stands, and whether more can be asked."""

    def __init__(self, period: Period, user: "User", *, today: date) -> None:
        self.period, self.today = period, today
        self.may_ask = post_to_ask(user) is not None
        self.may_ask_more = self.may_ask and period.due_on >= today
        owed = Obligation.objects.visible_to(user).filter(period=period)
        owed = owed.select_related("province", "period__regime", "report").order_by("province__code")
        self.lines = obligation_lines(owed.defer("report__definition"), today=today)

    @property
    def asked_now(self) -> frozenset[int]:
        """The units that are asked and not let go."""
        return frozenset(
            line.obligation.province_id for line in self.lines if line.standing != Standing.CLOSED
        )

    def may_withdraw(self, line: ObligationLine) -> bool:
        return self.may_ask and line.report is None and line.standing != Standing.CLOSED

    @property
    def rows(self) -> list[tuple[ObligationLine, bool]]:
        return [(line, self.may_withdraw(line)) for line in self.lines]
