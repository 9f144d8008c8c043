"""What stands round the form: its steps with their lights, what is missing, remarks, clocks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import actions
from .answers import values_of
from .check_pages import CheckList
from .checks import Missing
from .clocks import Clocks, clocks
from .inside_pages import hand_words, open_tasks
from .models import (
    Obligation,
    Remark,
    ReportEvent,
    SectionTask,
    Standing,
    State,
    StatusReport,
    Submission,
)
from .questions import Section
from .threads import Thread, remarks_as_read_by, threads_of
from .workflow import STEPS, fields_open_to

if TYPE_CHECKING:
    from accounts.models import User

ICONS = {
    State.DRAFT: "none",
    State.SUBMITTED: "pace",
    State.RETURNED: "failed",
    State.PROPOSED: "pace",
    State.APPROVED: "done",
}
STANDING_ICONS = {
    Standing.NOT_YET_DUE: "none",
    Standing.DUE: "info",
    Standing.OVERDUE: "failed",
    Standing.RETURNED: "failed",
    Standing.HANDED_IN: "done",
    Standing.CLOSED: "none",
}


def anchor(address: str) -> str:
    return address.replace(".", "-")


@dataclass(frozen=True)
class Gap:
    missing: Missing
    url: str


@dataclass(frozen=True)
class StepLine:
    """A line of the list of sections: icon and words say how far it is."""

    name: str
    url: str
    icon: str
    state: str
    current: bool
    holder: str = ""  # the post that has the section in hand, and until when


@dataclass
class Frame:
    """What stands round every page of one report, for one reader."""

    report: StatusReport
    user: "User"
    now: datetime
    current: str = ""
    remarks: list[Remark] = field(init=False)

    def __post_init__(self) -> None:
        self.remarks = remarks_as_read_by(self.user, self.report)

    @cached_property
    def threads(self) -> list[Thread]:
        return threads_of(self.remarks)

    @cached_property
    def may_save(self) -> bool:
        return STEPS["save"].open_to(self.user, self.report)

    @cached_property
    def open_fields(self) -> frozenset[str]:
        """What this reader may change now."""
        return fields_open_to(self.user, self.report) if self.may_save else frozenset()

    @cached_property
    def tasks(self) -> dict[str, SectionTask]:
        """The sections in other hands; the ministry is not told."""
        if self.user.works_for_ministry or not self.report.is_with_province:
            return {}
        return open_tasks([self.report]).get(self.report.pk, {})

    @cached_property
    def gaps(self) -> list[Gap]:
        if not self.report.is_with_province:
            return []
        lacking = actions.gaps(self.report, self.checked, values=self.values)
        return [Gap(one, self.url_of(one.address)) for one in lacking]

    @cached_property
    def values(self) -> dict[str, dict[str, Any]]:
        """The answers as they stand, by address."""
        return values_of(self.report)

    @cached_property
    def checked(self) -> list[actions.Checked]:
        """What the check rules find while the province holds the report."""
        if not self.report.is_with_province:
            return []
        return actions.checked(self.report, on=timezone.localdate(self.now), values=self.values)

    @cached_property
    def checks(self) -> CheckList:
        is_returned = self.report.state == State.RETURNED
        return CheckList(self.checked, self.url_of, self.report.open_addresses() if is_returned else None)

    @cached_property
    def events(self) -> list[ReportEvent]:
        return list(self.report.events.seen_by(self.user))

    @cached_property
    def clocks(self) -> Clocks:
        return clocks(self.events, now=self.now)

    @property
    def icon(self) -> str:
        return ICONS[State(self.report.state)]

    @property
    def days_left(self) -> int:
        return (self.report.obligation.last_day_to_submit - timezone.localdate(self.now)).days

    @property
    def round_remarks(self) -> list[Remark]:
        """The remarks the province has to answer now."""
        return [one for one in self.remarks if one.round == self.report.round and one.sent_at]

    def url_of(self, address: str) -> str:
        return (
            f"{reverse('work:section', args=[self.report.pk, address.partition('.')[0]])}#{anchor(address)}"
        )

    @property
    def remark_lines(self) -> list[dict[str, Any]]:
        """The remarks to answer, in the order of the form."""
        order = {address: place for place, address in enumerate(self.report.questions)}
        return [
            {
                "remark": one,
                "url": self.url_of(one.address),
                "field": self.report.questions[one.address].label,
            }
            for one in sorted(self.round_remarks, key=lambda one: order[one.address])
        ]

    @staticmethod
    def urls_of_sections(report: StatusReport) -> list[str]:
        """The sections in order, and the page that submits."""
        sections = [reverse("work:section", args=[report.pk, one.key]) for one in report.sections]
        return [*sections, reverse("work:submit", args=[report.pk])]

    @property
    def steps(self) -> list[StepLine]:
        lines = [self._step(section) for section in self.report.sections]
        number = len(lines) + 1
        sign = StepLine(
            name=f"{number}. {_('Sign and submit')}",
            url=reverse("work:submit", args=[self.report.pk]),
            icon=self._sign_icon(),
            state=self._sign_words(),
            current=self.current == "submit",
        )
        return [*lines, sign]

    def _step(self, section: Section) -> StepLine:
        icon, state = self._light(section)
        return StepLine(
            name=f"{section.position}. {section.title}",
            url=reverse("work:section", args=[self.report.pk, section.key]),
            icon=icon,
            state=state,
            current=section.key == self.current,
            holder=hand_words(self.tasks.get(section.key)),
        )

    def _light(self, section: Section) -> tuple[str, str]:
        if not self.report.is_with_province:
            return "done", _("locked")
        flagged = {one.address for one in self.round_remarks}
        lacking = {gap.missing.address for gap in self.gaps}
        return light(self.report, section, flagged, lacking, self.checks)

    def _sign_icon(self) -> str:
        if not self.report.is_with_province:
            return "done"
        return "late" if self.gaps else "pace"

    def _sign_words(self) -> str:
        if not self.report.is_with_province:
            return _("submitted")
        return _("not complete yet") if self.gaps else _("ready")


def light(
    report: StatusReport, section: Section, flagged: Iterable[str], lacking: Iterable[str], checks: CheckList
) -> tuple[str, str]:
    """Icon and words of a section while the report is with its province: what is missing, what was found."""
    icon, said = _light(report, section, flagged, lacking)
    if icon != "failed" and (found := checks.light(section.key, is_complete=icon == "done")):
        return found
    return icon, said


def _light(
    report: StatusReport, section: Section, flagged: Iterable[str], lacking: Iterable[str]
) -> tuple[str, str]:
    within = f"{section.key}."
    here = {address for address in lacking if address.startswith(within)}
    to_mend = here.intersection(flagged)
    if report.state == State.RETURNED and to_mend:
        return "failed", ngettext("%(n)s field to mend", "%(n)s fields to mend", len(to_mend)) % {
            "n": len(to_mend)
        }
    if not here:
        return "done", _("complete") if section.questions else _("no activity in the register")
    if len(here) == len(section.questions):
        return "none", _("not begun")
    return "late", ngettext("%(n)s field missing", "%(n)s fields missing", len(here)) % {"n": len(here)}


@dataclass(frozen=True)
class ObligationLine:
    """One obligation in a list, as it stands today."""

    obligation: Obligation
    standing: Standing
    days_late: int
    days_left: int = 0

    @property
    def report(self) -> StatusReport | None:
        return getattr(self.obligation, "report", None)

    @property
    def may_be_extended(self) -> bool:
        return self.standing not in (Standing.HANDED_IN, Standing.CLOSED)

    @property
    def handed_in(self) -> datetime | None:
        """When the newest round came in; reads prefetched submissions."""
        sent = list(self.report.submissions.all()) if self.report else []
        return sent[-1].received_at if sent else None

    @property
    def icon(self) -> str:
        report = self.report
        if self.standing == Standing.HANDED_IN and report:
            return ICONS[State(report.state)]
        return STANDING_ICONS[self.standing]

    @property
    def words(self) -> str:
        report = self.report
        if self.standing == Standing.HANDED_IN and report:
            return str(State(report.state).label)
        if self.standing == Standing.OVERDUE:
            return ngettext("overdue by %(n)s day", "overdue by %(n)s days", self.days_late) % {
                "n": self.days_late
            }
        if self.standing == Standing.DUE:
            return self._words_left()
        if self.standing == Standing.CLOSED:
            return _("closed: %(reason)s") % {"reason": self.obligation.closed_reason}
        return str(self.standing.label)

    def _words_left(self) -> str:
        if not self.days_left:
            return _("due today")
        return ngettext("%(n)s day left", "%(n)s days left", self.days_left) % {"n": self.days_left}


def obligation_lines(obligations: Iterable[Obligation], *, today: date) -> list[ObligationLine]:
    return [
        ObligationLine(one, one.standing(today), one.days_late(today), one.days_left(today))
        for one in obligations
    ]


@dataclass(frozen=True)
class ReportLine:
    """One report in the list of all periods, with the receipt of each round."""

    report: StatusReport
    icon: str
    receipts: list[Submission]


def report_lines(reports: Iterable[StatusReport]) -> list[ReportLine]:
    """Reads prefetched submissions; no query of its own."""
    return [ReportLine(one, ICONS[State(one.state)], list(one.submissions.all())) for one in reports]
