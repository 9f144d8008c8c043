"""What waits for one person in a province, and how far each open report is: a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import day_words

from .answers import TABLES, blank
from .chains import Chain, Seats
from .checks import missing
from .inside_pages import hand_words, is_in_hands_of, open_tasks
from .models import Answer, Evidence, Remark, SectionTask, State, StatusReport
from .pages import StepLine, light
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
        self._lacking, self._flagged = _lacking(self._reports)
        seats = Seats(self._reports, on=today)
        self._chains = {one.pk: Chain(one, on=today, seats=seats) for one in self._reports}

    @property
    def open_reports(self) -> list[OpenReport]:
        return [OpenReport(one, self._sections(one), self._stands(one)) for one in self._reports]

    def _sections(self, report: StatusReport) -> list[StepLine]:
        lines = []
        for section in report.sections:
            icon, state = light(report, section, self._flagged[report.pk], self._lacking[report.pk])
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
        to_mend = self._lacking[report.pk] & self._flagged[report.pk]
        if to_mend and self._is_expert(report):
            what = ngettext("Answer the return: %(n)s field", "Answer the return: %(n)s fields", len(to_mend))
            yield Waiting("failed", what % {"n": len(to_mend)}, report.get_absolute_url(), report, due)
        if self._lacking[report.pk] or self._tasks.get(report.pk):
            return
        step = self._chains[report.pk].furthest(self.user)
        if step:
            yield Waiting(icon, str(STEPS[step].label), url, report, due)

    def _is_expert(self, report: StatusReport) -> bool:
        return self._chains[report.pk].taking("declare", self.user) is not None

    def _urgency(self, task: SectionTask) -> str:
        return "failed" if task.due_on < self.today else "pace"

    def _due(self, day: date) -> str:
        words = {"day": day_words(day)}
        return _("overdue since %(day)s") % words if day < self.today else _("by %(day)s") % words


def _lacking(reports: list[StatusReport]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """By report, the fields that lack something, and those that the ministry returned: six queries."""
    values, keys = _values(reports), [one.pk for one in reports]
    proven: dict[int, set[str]] = {key: set() for key in keys}
    proofs = Evidence.objects.filter(report__in=keys, removed_at__isnull=True)
    for report, address in proofs.values_list("report", "address"):
        proven[report].add(address)
    flagged: dict[int, set[str]] = {key: set() for key in keys}
    lacking = {
        one.pk: {gap.address for gap in missing(one.questions, values[one.pk], frozenset(proven[one.pk]))}
        for one in reports
    }
    by_key = {one.pk: one for one in reports}
    for remark in Remark.objects.sent().filter(report__in=keys):
        report = by_key[remark.report_id]
        if report.state == State.RETURNED and remark.round == report.round:
            flagged[report.pk].add(remark.address)
            if not remark.reply:
                lacking[report.pk].add(remark.address)
    return lacking, flagged


def _values(reports: list[StatusReport]) -> dict[int, dict[str, Mapping[str, Any]]]:
    rows: dict[tuple[int, str], Answer] = {}
    for table in dict.fromkeys(TABLES.values()):
        for row in table._default_manager.filter(report__in=[one.pk for one in reports]):
            rows[row.report_id, row.address] = row
    return {
        one.pk: {
            address: rows[one.pk, address].as_json() if (one.pk, address) in rows else blank(question.kind)
            for address, question in one.questions.items()
        }
        for one in reports
    }
