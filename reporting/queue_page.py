"""What waits for the ministry: the queue of one period with its counts."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from .clocks import calendar_days
from .models import Obligation, Period, Standing, State, Submission
from .pages import ObligationLine, obligation_lines
from .rights import post_to_extend
from .workflow import WITH_MINISTRY

PER_PAGE = 40
ORDER = {State.PROPOSED: 0, State.SUBMITTED: 1, State.RETURNED: 2, State.DRAFT: 3, State.APPROVED: 5}


class Queue:
    """The obligations of one period: what waits for the ministry first, then what is late."""

    FILTERS = ("waiting", "proposed", "returned", "overdue", "open", "approved")

    def __init__(self, user: Any, asked: Mapping[str, str], *, today: date, now: datetime) -> None:
        self.user, self.today, self.now = user, today, now
        self.may_extend = post_to_extend(user) is not None
        self.periods = list(
            Period.objects.select_related("regime").filter(obligations__isnull=False).distinct()
        )
        wanted = asked.get("period", "")
        chosen = [period for period in self.periods if str(period.pk) == wanted]
        self.period: Period | None = next(iter([*chosen, *self.usual, *self.periods]), None)
        self.filter = asked.get("show", "") if asked.get("show") in self.FILTERS else ""
        self.page = Paginator(self._shown(), PER_PAGE).get_page(asked.get("page"))

    @property
    def usual(self) -> list[Period]:
        """What is shown unasked: a periodic report before one on a single theme."""
        return [period for period in self.periods if not period.is_asked_for]

    @cached_property
    def lines(self) -> list[ObligationLine]:
        owed = Obligation.objects.visible_to(self.user).filter(period=self.period)
        sent = Prefetch("report__submissions", Submission.objects.defer("snapshot"))
        rows = owed.select_related("province", "period__regime", "report__reviewer").prefetch_related(sent)
        lines = obligation_lines(rows, today=self.today)
        return sorted(lines, key=lambda line: (_rank(line), line.obligation.province.code))

    def _shown(self) -> list["ObligationLine"]:
        return [line for line in self.lines if not self.filter or kind_of(line) == self.filter]

    def days_waiting(self, line: ObligationLine) -> int | None:
        """Calendar days with the ministry since the newest submission, whatever the ministry did since."""
        report, sent = line.report, line.handed_in
        if report is None or sent is None or report.state not in WITH_MINISTRY:
            return None
        return calendar_days(sent, self.now)

    @property
    def rows(self) -> list[tuple[ObligationLine, int | None]]:
        return [(line, self.days_waiting(line)) for line in self.page.object_list]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """Every unit in one of the counts, each a way in."""
        counts = Counter(kind_of(line) for line in self.lines)
        names = {
            "waiting": (_("to review"), "pace"),
            "proposed": (_("proposed for approval"), "pace"),
            "returned": (_("returned"), "failed"),
            "overdue": (_("overdue"), "failed"),
            "open": (_("not handed in, not late"), "none"),
            "approved": (_("approved"), "done"),
        }
        address = reverse("work:review_queue")
        period = f"&period={self.period.pk}" if self.period else ""
        return [
            {
                "label": label, "icon": icon, "number": counts[kind],
                "url": f"{address}?show={kind}{period}", "link": _("Show"),
            }
            for kind, (label, icon) in names.items()
        ]  # fmt: skip


def kind_of(line: ObligationLine) -> str:
    report = line.report
    state = report.state if report else None
    if state in (State.SUBMITTED, State.PROPOSED, State.APPROVED):
        return {State.SUBMITTED: "waiting", State.PROPOSED: "proposed"}.get(State(state), "approved")
    if line.standing == Standing.OVERDUE:
        return "overdue"
    if line.standing == Standing.CLOSED:
        return "closed"
    return "returned" if state == State.RETURNED else "open"


def _rank(line: ObligationLine) -> int:
    report = line.report
    return ORDER[State(report.state)] if report else 4
