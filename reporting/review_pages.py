"""What the ministry sees: the queue with its counts, and one report with changes first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from . import words
from .check_pages import SentChecks, sent_checks
from .clocks import calendar_days
from .diffs import Change, changes
from .models import ApprovedValue, Obligation, Period, Remark, Standing, State, Submission
from .pages import ICONS, Frame, ObligationLine, obligation_lines
from .questions import Question
from .reuse import flag
from .rights import post_to_extend, with_predecessors
from .round_pages import SentSection, sent_sections
from .workflow import STEPS, WITH_MINISTRY

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
        self.period: Period | None = next(iter(chosen or self.periods), None)
        self.filter = asked.get("show", "") if asked.get("show") in self.FILTERS else ""
        self.page = Paginator(self._shown(), PER_PAGE).get_page(asked.get("page"))

    @cached_property
    def lines(self) -> list[ObligationLine]:
        owed = Obligation.objects.visible_to(self.user).filter(period=self.period)
        sent = Prefetch("report__submissions", Submission.objects.defer("snapshot"))
        rows = owed.select_related("province", "period__regime", "report").prefetch_related(sent)
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


@dataclass(frozen=True)
class Decision:
    """A button of the ministry: what it does, and whether it is the main one."""

    name: str
    label: Any
    url: str
    is_primary: bool


class ReviewPage:
    """One report for the ministry, read from its submissions alone."""

    def __init__(self, frame: Frame, asked: Mapping[str, str]) -> None:
        self.frame, self.report = frame, frame.report
        self.submissions = list(self.report.submissions.all())
        self.latest: Submission = self.submissions[-1]
        self.earlier = self._earlier(asked.get("from", ""))
        self.tab = asked.get("tab") if asked.get("tab") in ("changes", "whole") else ""
        if not self.tab:
            self.tab = "changes" if self.earlier else "whole"
        self.address = asked.get("field", "") if asked.get("field", "") in self.report.questions else ""
        self.may_remark = STEPS["remark"].open_to(frame.user, self.report)

    def _earlier(self, asked: str) -> Submission | None:
        before = [one for one in self.submissions if one.round < self.latest.round]
        chosen = [one for one in before if str(one.round) == asked]
        return next(reversed(chosen or before), None)

    @cached_property
    def changes(self) -> list[tuple[Change, list[Remark]]]:
        if self.earlier is None:
            return []
        found = changes(self.earlier.snapshot, self.latest.snapshot)
        return [(one, self.remarks_on(one.question.address)) for one in found]

    @property
    def kept(self) -> list[tuple[Question, list[Remark]]]:
        """Fields whose remark was answered though nothing in them has changed."""
        changed = {change.question.address for change, _remarks in self.changes}
        answered = dict.fromkeys(one.address for one in self.frame.remarks if one.reply)
        questions = [self.report.questions[one] for one in answered if one not in changed]
        return [(question, self.remarks_on(question.address)) for question in questions]

    @cached_property
    def sections(self) -> list[SentSection]:
        found = flag(sent_sections(self.latest), self.frame.user)
        for section in found:
            for one in section.fields:
                one.remarks = self.remarks_on(one.question.address)
        return found

    def remarks_on(self, address: str) -> list[Remark]:
        return [one for one in self.frame.remarks if one.address == address]

    @property
    def question(self) -> Question | None:
        return self.report.questions.get(self.address)

    @property
    def thread(self) -> list[Remark]:
        return self.remarks_on(self.address)

    @property
    def unsent(self) -> list[Remark]:
        return [one for one in self.frame.remarks if one.sent_at is None]

    @property
    def unsent_lines(self) -> list[dict[str, Any]]:
        return [{"remark": one, "field": self.report.questions[one.address].label} for one in self.unsent]

    @property
    def decisions(self) -> list[Decision]:
        names = ("return", "reopen", "propose", "approve")
        open_ = [name for name in names if STEPS[name].open_to(self.frame.user, self.report)]
        if not self.unsent and "reopen" in open_:
            open_.remove("reopen")  # nothing to ask yet: the remark comes first
        return [
            Decision(
                name, STEPS[name].label, reverse("work:step", args=[self.report.pk, name]), name == open_[-1]
            )
            for name in open_
        ]

    @cached_property
    def checks(self) -> SentChecks:
        """What the newest round was found to have when it was sent."""
        return sent_checks(self.latest.snapshot, self.report.questions)

    @property
    def cells(self) -> list[dict[str, Any]]:
        sent = [one for one in self.frame.remarks if one.sent_at]
        answered = [one for one in sent if one.reply]
        clocks = self.frame.clocks
        total = len(self.latest.snapshot["answers"])
        changed = len(self.changes) if self.earlier else 0
        return [
            self.checks.cell,
            {"label": _("Changes"), "number": changed, "note": _("of %(total)s fields") % {"total": total}},
            {"label": _("Remarks answered"), "number": f"{len(answered)} / {len(sent)}"},
            {"label": _("With the province"), "number": clocks.province, "note": _("days")},
            {"label": _("With the ministry"), "number": clocks.ministry, "note": _("days")},
        ]

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """The chosen indicator's approved values over the years, as units reported them then."""
        question = self.question
        if question is None or not question.is_indicator:
            return []
        rows = ApprovedValue.objects.current().filter(
            indicator=question.subject, province__in=with_predecessors([self.report.obligation.province_id])
        )
        rows = rows.select_related("province", "period__regime", "indicator").order_by("period__first_day")
        return [{"row": row, "text": words.approved(row)} for row in rows]

    @property
    def icon(self) -> str:
        return ICONS[State(self.report.state)]
