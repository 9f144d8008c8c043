"""What waits for one person in a province, and how far each open report is: a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import day_words

from . import actions
from .answers import TABLES, blank
from .chains import Chain, Seats
from .check_pages import CheckList
from .checks import missing
from .followups import mine_to_do
from .inside_pages import hand_words, is_in_hands_of, open_tasks
from .models import Answer, CountAnswer, Evidence, FollowUp, Remark, SectionTask, State, StatusReport
from .pages import StepLine, anchor, light
from .portal_numbers import unexplained
from .totals import opened_with, parts_of
from .workflow import STEPS, WITH_PROVINCE

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """One thing this person can do now."""

    icon: str
    what: str
    url: str
    report: StatusReport
    due: str = ""


@dataclass(frozen=True)
class OpenReport:
    """A report that is with its province: each section's light, who holds it, and where the chain stands."""

    report: StatusReport
    sections: list[StepLine]
    stands: str


class Workspace:
    """The open reports of the person's units, read together."""

    def __init__(self, user: "User", *, today: date) -> None:
        self.user, self.today = user, today
        found = StatusReport.objects.visible_to(user).filter(state__in=WITH_PROVINCE)
        found = found.filter(obligation__closed_on__isnull=True).with_unit().select_related("sign_off")
        self._reports = list(found.prefetch_related("sign_off__clearances"))
        self._tasks = open_tasks(self._reports)
        self._gates = _gates(self._reports, today=today)
        seats = Seats(self._reports, on=today)
        self._chains = {one.pk: Chain(one, on=today, seats=seats) for one in self._reports}

    @property
    def open_reports(self) -> list[OpenReport]:
        return [OpenReport(one, self._sections(one), self._stands(one)) for one in self._reports]

    def _sections(self, report: StatusReport) -> list[StepLine]:
        lines, stands = [], self._gates[report.pk]
        for section in report.sections:
            icon, state = light(report, section, stands.flagged, stands.lacking, stands.checks)
            lines.append(
                StepLine(
                    name=f"{section.position}. {section.title}",
                    url=reverse("work:section", args=[report.pk, section.key]),
                    icon=icon,
                    state=state,
                    current=False,
                    holder=hand_words(self._tasks.get(report.pk, {}).get(section.key)),
                )
            )
        return lines

    def _stands(self, report: StatusReport) -> str:
        chain = self._chains[report.pk]
        if report.sign_off is None:
            return ""
        step = chain.next_step
        return _("declared ready; next: “%(step)s”, %(who)s") % {
            "step": STEPS[step].label,
            "who": chain.who(step),
        }

    @property
    def waiting(self) -> list[Waiting]:
        """What is late first, then as it falls due."""
        found = [
            one for report in self._reports for one in (*self._of_tasks(report), *self._of_chain(report))
        ]
        found += [self._of_action(one) for one in mine_to_do(self.user)]
        return sorted(found, key=lambda one: one.icon != "failed")

    def _of_tasks(self, report: StatusReport) -> Iterable[Waiting]:
        for task in self._tasks.get(report.pk, {}).values():
            words = {"section": task.title, "name": task.handed_back_by_name}
            if is_in_hands_of(self.user, task):
                what = _("Fill in the section “%(section)s” and hand it back") % words
                url = reverse("work:section", args=[report.pk, task.section])
                yield Waiting(self._urgency(task), what, url, report, self._due(task.due_on))
            elif task.is_handed_back and self._is_expert(report):
                what = _("Accept the section “%(section)s”, which %(name)s handed back") % words
                yield Waiting("pace", what, task.get_absolute_url(), report)

    def _of_chain(self, report: StatusReport) -> Iterable[Waiting]:
        due = self._due(report.obligation.last_day_to_submit)
        url = reverse("work:submit", args=[report.pk])
        icon = "failed" if report.obligation.last_day_to_submit < self.today else "pace"
        stands = self._gates[report.pk]
        to_mend = stands.lacking & stands.flagged
        if to_mend and self._is_expert(report):
            what = ngettext("Answer the return: %(n)s field", "Answer the return: %(n)s fields", len(to_mend))
            yield Waiting("failed", what % {"n": len(to_mend)}, report.get_absolute_url(), report, due)
        if stands.lacking or self._tasks.get(report.pk):
            return
        step = self._chains[report.pk].furthest(self.user)
        if step:
            yield Waiting(icon, str(STEPS[step].label), url, report, due)

    def _of_action(self, one: FollowUp) -> Waiting:
        icon = "failed" if one.days_late(self.today) else "pace"
        what = _("Do what the ministry asked for: %(text)s") % {"text": Truncator(one.text).chars(80)}
        return Waiting(icon, what, one.get_absolute_url(), one.report, self._due(one.due_on))

    def _is_expert(self, report: StatusReport) -> bool:
        return self._chains[report.pk].taking("declare", self.user) is not None

    def _urgency(self, task: SectionTask) -> str:
        return "failed" if task.due_on < self.today else "pace"

    def _due(self, day: date) -> str:
        words = {"day": day_words(day)}
        if day == self.today:
            return _("due today, %(day)s") % words
        return _("overdue since %(day)s") % words if day < self.today else day_words(day)


@dataclass
class Gate:
    """Of one report: what it lacks, what the ministry returned of it, what the checks found."""

    lacking: set[str]
    flagged: set[str]
    checks: CheckList


def _gates(reports: list[StatusReport], *, today: date) -> dict[int, Gate]:
    """By report, as the gate of its submission has it: a fixed number of queries."""
    rows, proven, asked = _rows(reports), _proven(reports), _asked(reports)
    values = {one.pk: _values(one, rows[one.pk]) for one in reports}
    checked = actions.checked_together(reports, on=today, values=values)
    found = {}
    for one in reports:
        flagged = {remark.address for remark in asked[one.pk]}
        open_fields = frozenset(flagged | set(opened_with(parts_of(one.definition), flagged)))
        gaps = [
            *missing(one.questions, values[one.pk], frozenset(proven[one.pk])),
            *actions.blockers(one, checked[one.pk], open_fields),
            *actions.contradictions(one, values[one.pk], open_fields),
            *unexplained(one, values[one.pk], _stamps(rows[one.pk])),
        ]
        lacking = {gap.address for gap in gaps} | {
            remark.address for remark in asked[one.pk] if not remark.reply
        }
        within_reach = open_fields if one.state == State.RETURNED else None
        found[one.pk] = Gate(lacking, flagged, CheckList(checked[one.pk], anchor, within_reach))
    return found


def _proven(reports: list[StatusReport]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {one.pk: set() for one in reports}
    proofs = Evidence.objects.filter(report__in=found, removed_at__isnull=True)
    for report, address in proofs.values_list("report", "address"):
        found[report].add(address)
    return found


def _asked(reports: list[StatusReport]) -> dict[int, list[Remark]]:
    """The remarks each has to answer now."""
    rounds = {one.pk: one.round for one in reports if one.state == State.RETURNED}
    found: dict[int, list[Remark]] = {one.pk: [] for one in reports}
    for remark in Remark.objects.sent().filter(report__in=rounds):
        if remark.round == rounds[remark.report_id]:
            found[remark.report_id].append(remark)
    return found


def _rows(reports: list[StatusReport]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = {one.pk: {} for one in reports}
    for table in dict.fromkeys(TABLES.values()):
        for row in table._default_manager.filter(report__in=found):
            found[row.report_id][row.address] = row
    return found


def _values(report: StatusReport, rows: Mapping[str, Answer]) -> dict[str, Mapping[str, Any]]:
    return {
        address: rows[address].as_json() if address in rows else blank(question.kind)
        for address, question in report.questions.items()
    }


def _stamps(rows: Mapping[str, Answer]) -> dict[str, Any]:
    return {
        address: row.proposed
        for address, row in rows.items()
        if isinstance(row, CountAnswer) and row.proposed
    }
