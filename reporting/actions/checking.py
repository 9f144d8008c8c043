"""The ministry's check rules at a report: what they find, what the province says to it, keeping a rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .. import earlier
from ..answers import values_of
from ..checks import Missing, contradictory
from ..models import CheckRule, Justification, State, StatusReport
from ..questions import Question
from ..rules import Finding, findings, frozen
from ..rules.evaluating import looked_at
from ..workflow import fields_open_to
from .chain_steps import void
from .door import locked, province_post, refuse_other_hands, write_down
from .same_words import goes_on, note_rewording

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_REASON = 2000
COMPARING = (CheckRule.Test.JUMP, CheckRule.Test.UNCHANGED)


@dataclass(frozen=True)
class Checked:
    """A finding, and the newest reason the province gave for it."""

    finding: Finding
    given: Justification | None = None

    @property
    def justified(self) -> bool:
        """There is a reason, and it was given for the very values that stand there now."""
        return self._is_given and self.is_for_this_value

    @property
    def is_for_this_value(self) -> bool:
        return self.given is not None and self.given.finding["basis"] == self.finding.seen.basis

    @property
    def is_void(self) -> bool:
        """A reason was given for other values."""
        return self._is_given and not self.justified

    @property
    def lacks_reason(self) -> bool:
        return self.finding.asks_for_reason and not self.justified

    @property
    def _is_given(self) -> bool:
        return self.given is not None and bool(self.given.text)


def checked(
    report: StatusReport, *, on: date, values: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Checked]:
    """What the rules in force find in the answers as they stand.

    One query where no rule is in force; else one for the reasons and those of ``earlier.read``.
    """
    rules = list(CheckRule.objects.in_force(on, report.period.regime_id))
    if not rules:
        return []
    values = values_of(report) if values is None else values
    found = findings(rules, report.questions, values, _earlier(report, rules))
    given = {(one.rule, one.address): one for one in report.justifications.all()}  # the newest comes last
    return [Checked(one, given.get((one.rule.code, one.address))) for one in found]


def checked_together(
    reports: Sequence[StatusReport], *, on: date, values: Mapping[int, Mapping[str, Mapping[str, Any]]]
) -> dict[int, list[Checked]]:
    """As ``checked``, by report: one query where no rule is in force, else no more than for one report."""
    known = list(CheckRule.objects.switched_on(on)) if reports else []
    if not known:
        return {one.pk: [] for one in reports}
    rules = {
        one.pk: [rule for rule in known if rule.regime_id in (None, one.period.regime_id)] for one in reports
    }
    compared = {one.pk: _compared(one, rules[one.pk]) for one in reports}
    asked = {one.pk: earlier.asked_of(one.obligation) for one in reports if compared[one.pk]}
    kinds = {question.kind for questions in compared.values() for question in questions}
    before = earlier.read(list(asked.values()), kinds) if asked else None
    given: dict[int, dict[tuple[str, str], Justification]] = {one.pk: {} for one in reports}
    for said in Justification.objects.filter(report__in=given):  # the newest comes last
        given[said.report_id][said.rule, said.address] = said
    return {
        one.pk: [
            Checked(found, given[one.pk].get((found.rule.code, found.address)))
            for found in findings(
                rules[one.pk],
                one.questions,
                values[one.pk],
                before.of(asked[one.pk], compared[one.pk]) if before and one.pk in asked else {},
            )
        ]
        for one in reports
    }


def _earlier(report: StatusReport, rules: Sequence[CheckRule]) -> dict[str, Any]:
    compared = _compared(report, rules)
    if not compared:
        return {}
    asked = earlier.asked_of(report.obligation)
    return earlier.read([asked], {question.kind for question in compared}).of(asked, compared)


def _compared(report: StatusReport, rules: Sequence[CheckRule]) -> list[Question]:
    return [
        question for rule in rules if rule.test in COMPARING for question in looked_at(rule, report.questions)
    ]


def blockers(
    report: StatusReport, found: Sequence[Checked], open_fields: frozenset[str] | None = None
) -> list[Missing]:
    """Findings that stop submission. A field that was not returned cannot be mended, so it stops nothing."""
    stopping = [one.finding for one in found if one.finding.is_blocker]
    if not stopping:
        return []
    open_fields = report.open_addresses() if open_fields is None else open_fields
    return [
        Missing(one.address, str(one.question.label), one.sentence)
        for one in stopping
        if report.state == State.DRAFT or open_fields.intersection(one.addresses)
    ]


def contradictions(
    report: StatusReport,
    values: Mapping[str, Mapping[str, Any]],
    open_fields: frozenset[str] | None = None,
) -> list[Missing]:
    """Activities that contradict themselves; one that was not returned cannot be mended and stops nothing."""
    found = contradictory(report.questions, values)
    if not found or report.state == State.DRAFT:
        return found
    open_fields = report.open_addresses() if open_fields is None else open_fields
    return [one for one in found if one.address in open_fields]


def frozen_findings(found: Sequence[Checked]) -> list[dict[str, Any]]:
    """For the snapshot: each finding in both languages, with the reason that holds for it."""
    return [{**frozen(one.finding), "justification": _kept(one)} for one in found]


def _kept(one: Checked) -> dict[str, str] | None:
    if not one.justified or one.given is None:
        return None
    given = one.given
    return {"text": given.text, "by": given.by_name, "post": given.post_title, "at": given.at.isoformat()}


@transaction.atomic
def justify(
    report_id: int, *, rule: str, address: str, text: str, by: "User", at: datetime
) -> Justification | None:
    """Say why a value stays though a check found it; an empty text takes the reason back.

    It holds for the values that stand there now: another value needs another reason. Only what is new is
    written, so saving twice is saving once; and the same person's words are one record until they are sent.
    """
    report = locked(report_id)
    section = address.partition(".")[0]
    post = province_post("save", by, report, at=at, section=section)
    refuse_other_hands("save", by, report, section)
    text = _short(text)
    one = _finding(report, rule, address, on=timezone.localdate(at))
    _refuse_unasked(report, one.finding, by)
    if (one.given.text if one.justified and one.given else "") == text:
        return one.given
    said: dict[str, Any] = {"text": text, "finding": frozen(one.finding), "at": at}
    if one.given and one.is_for_this_value and goes_on(report, "justify", by=by, rule=rule, address=address):
        note_rewording(report)
        return Justification.objects.reword(one.given.pk, **said)
    made = Justification.objects.create(
        report=report, rule=rule, address=address, round=report.round, by=by, by_name=str(by),
        post_title=post.title_vi, **said,
    )  # fmt: skip
    detail = {"rule": rule, "version": one.finding.rule.version, "address": address, "reason": made.pk}
    write_down(report, "justify", by=by, post=post, at=at, detail=detail)
    void(report, [report.questions[address].label], by=by, post=post, at=at)
    return made


def _short(text: str) -> str:
    if len(text.strip()) > LONGEST_REASON:
        raise ActionRefused(_("Say it in at most %(n)s letters.") % {"n": LONGEST_REASON})
    return text.strip()


def _refuse_unasked(report: StatusReport, finding: Finding, by: "User") -> None:
    """Of a return, a reason is given where the finding can be mended: at one of its fields that are open."""
    if finding.is_blocker:
        raise ActionRefused(
            _("A blocker is mended, not justified: %(how)s") % {"how": finding.rule.instruction}
        )
    if not finding.asks_for_reason:
        raise ActionRefused(_("A note asks for no reason."))
    if not fields_open_to(by, report).intersection(finding.addresses):
        raise ActionRefused(
            _("“%(field)s” was not returned: its value is locked, and so is the reason given for it.")
            % {"field": finding.question.label}
        )


def _finding(report: StatusReport, rule: str, address: str, *, on: date) -> Checked:
    for one in checked(report, on=on):
        if (one.finding.rule.code, one.finding.address) == (rule, address):
            return one
    raise ActionRefused(_("The check finds nothing here any more. Load the page again."))


@transaction.atomic
def keep_rule(rule: CheckRule) -> CheckRule:
    """Store a rule. Another limit, severity or wording is a new version, and no preset any more."""
    if rule._state.adding:
        rule.save()
        return rule
    stored = CheckRule.objects.select_for_update().get(pk=rule.pk)
    rule.version, rule.is_preset = stored.version, stored.is_preset
    if any(getattr(rule, name) != getattr(stored, name) for name in CheckRule.COLUMNS):
        rule.version += 1
        rule.is_preset = False
    rule.save()
    return rule
