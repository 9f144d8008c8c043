"""Every message of reporting, one function each: subject and text in the reader's language, queued once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from foundation.dates import day_words
from foundation.mail import queue_mail
from foundation.models import OutboxMail

from .chains import Chain
from .models import Obligation, Remark, Reminder, SectionTask, StatusReport, Submission
from .reminder_words import ReminderLine, line_of
from .rights import experts_of, holders, holders_of, of_the_unit, who_answers
from .totals import opened_with, parts_of
from .workflow import APPROVER, REVIEW


def submitted(report: StatusReport, submission: Submission, *, by: User, at: datetime) -> None:
    """To those who review: a report has come."""
    for reader in holders(REVIEW, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("%(unit)s submitted its report on %(period)s, round %(round)s") % _names(report)
            body = _text("submitted", report, submission=submission, url=address("work:review", report.pk))
        _queue(f"report-{report.pk}-submitted-{submission.round}", reader, subject, body, at=at)


def returned(
    report: StatusReport, remarks: Sequence[Remark], *, approved: Sequence[str] = (), at: datetime
) -> None:
    """To the unit: every remark in full, each with the address of its field, and what is approved already."""
    for reader in of_the_unit(report, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("The ministry returned the report on %(period)s: %(count)s remarks") % {
                **_names(report),
                "count": len(remarks),
            }
            body = _text(
                "returned", report, remarks=_linked(report, remarks), url=address("work:report", report.pk),
                approved=[report.questions[one].label for one in approved],
                totals=[report.questions[one].label for one in _totals_of(report, remarks)],
            )  # fmt: skip
        _queue(f"report-{report.pk}-returned-{report.round}", reader, subject, body, at=at)


def proposed(report: StatusReport, *, by: User, at: datetime) -> None:
    """To those who approve: the review is done."""
    for reader in holders(APPROVER, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Proposed for approval: %(unit)s, report on %(period)s") % _names(report)
            body = _text("proposed", report, by=by, url=address("work:review", report.pk))
        _queue(f"report-{report.pk}-proposed-{report.round}", reader, subject, body, at=at)


def review_assigned(report: StatusReport, to: User, event: int, *, by: User, at: datetime) -> None:
    """To whom a report was handed for review; ``event`` is its line of the record, as it may happen twice."""
    with override(to.language):
        subject = _("For you to review: %(unit)s, report on %(period)s") % _names(report)
        body = _text("review_assigned", report, by=by, url=address("work:review", report.pk))
    _queue(f"report-{report.pk}-assigned-{event}", to, subject, body, at=at)


def review_taken(report: StatusReport, before: User, event: int, *, by: User, at: datetime) -> None:
    """To whoever looked at a report until somebody else took it up."""
    with override(before.language):
        subject = _("%(by)s looks at the report now: %(unit)s, %(period)s") % {**_names(report), "by": by}
        body = _text("review_taken", report, by=by, url=address("work:review", report.pk))
    _queue(f"report-{report.pk}-taken-{event}", before, subject, body, at=at)


def approved(report: StatusReport, *, at: datetime) -> None:
    """To the unit: done."""
    for reader in of_the_unit(report, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("The report on %(period)s is approved") % _names(report)
            body = _text("approved", report, url=address("work:report", report.pk))
        _queue(f"report-{report.pk}-approved-{report.round}", reader, subject, body, at=at)


def extended(
    obligation: Obligation, entry: int, *, reason: str, is_less: bool, by: User, at: datetime
) -> None:
    """To the unit: more time, or less than was given, and why. ``entry``: a deadline may move twice."""
    report = getattr(obligation, "report", None)
    for reader in who_answers(obligation, on=timezone.localdate(at)):
        with override(reader.language):
            words = {"period": obligation.period, "day": day_words(obligation.last_day_to_submit)}
            more = _("More time for the report on %(period)s: until %(day)s")
            less = _("Deadline of the report on %(period)s corrected: %(day)s")
            subject = (less if is_less else more) % words
            url = address("work:report", report.pk) if report else address("work:workspace")
            context = {"obligation": obligation, "by": by, "url": url, "is_less": is_less, "reason": reason}
            body = render_to_string("reporting/mail/extended.txt", context)
        _queue(f"report-of-{obligation.pk}-extended-{entry}", reader, subject, body, at=at)


def asked_for(obligation: Obligation, entry: int, *, by: User, at: datetime) -> None:
    """To the unit: a thematic or ad-hoc report is asked of it. ``entry``: it may be asked again."""
    for reader in who_answers(obligation, on=timezone.localdate(at)):
        with override(reader.language):
            words = {"title": obligation.period.title, "day": day_words(obligation.last_day_to_submit)}
            subject = _("The ministry asks for a report by %(day)s: %(title)s") % words
            body = _of_request("asked_for", obligation, by)
        _queue(f"report-of-{obligation.pk}-asked-{entry}", reader, subject, body, at=at)


def no_longer_asked(obligation: Obligation, entry: int, *, by: User, at: datetime) -> None:
    """To the unit: what was asked for is not expected any more, and why."""
    for reader in who_answers(obligation, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("No longer asked for: %(title)s") % {"title": obligation.period.title}
            body = _of_request("no_longer_asked", obligation, by)
        _queue(f"report-of-{obligation.pk}-withdrawn-{entry}", reader, subject, body, at=at)


def _of_request(name: str, obligation: Obligation, by: User) -> str:
    context = {"obligation": obligation, "period": obligation.period, "by": by}
    return render_to_string(f"reporting/mail/{name}.txt", {**context, "url": address("work:workspace")})


def section_given(task: SectionTask, *, by: User, at: datetime) -> None:
    """To whoever holds the post: a section to fill in, by when, and the word that came with it."""
    for reader in holders_of(task.post, on=timezone.localdate(at)):
        with override(reader.language):
            words = {**_section(task), "day": day_words(task.due_on)}
            subject = _("“%(section)s” of the report on %(period)s is yours to fill in by %(day)s") % words
            url = address("work:section", task.report_id, task.section)
            body = _text("section_given", task.report, task=task, by=by, url=url, **words)
        _queue(f"report-{task.report_id}-task-{task.pk}-given", reader, subject, body, at=at)


def section_taken_back(task: SectionTask, *, by: User, at: datetime) -> None:
    """To whoever holds the post: the section is no longer theirs; what they wrote stays in the report."""
    for reader in holders_of(task.post, on=timezone.localdate(at)):
        with override(reader.language):
            words = _section(task)
            subject = _("“%(section)s” of the report on %(period)s was taken back") % words
            url = address("work:section", task.report_id, task.section)
            body = _text("section_taken_back", task.report, task=task, by=by, url=url, **words)
        _queue(f"report-{task.report_id}-task-{task.pk}-taken-back", reader, subject, body, at=at)


def section_handed_back(task: SectionTask, *, by: User, at: datetime) -> None:
    """To those who fill in the report, and whoever handed the section out: it is ready to be accepted."""
    readers = experts_of(task.report.obligation, on=timezone.localdate(at), giver=task.given_by_id)
    for reader in readers:
        with override(reader.language):
            words = _section(task)
            subject = _("“%(section)s” of the report on %(period)s was handed back") % words
            url = address("work:hand", task.report_id, task.section)
            body = _text("section_handed_back", task.report, task=task, by=by, url=url, **words)
        _queue(f"report-{task.report_id}-task-{task.pk}-back", reader, subject, body, at=at)


def goes_on(report: StatusReport, chain: Chain, *, by: User, at: datetime) -> None:
    """To whoever takes the next step inside the province: it waits to be cleared, or to be signed."""
    step = chain.next_step
    for reader in chain.takers(step):
        with override(reader.language):
            subject = _("The report on %(period)s waits for your clearance") % _names(report)
            if step == "submit":
                subject = _("The report on %(period)s is ready for signature") % _names(report)
            context = {"by": by, "is_for_signature": step == "submit", "taken": list(chain.taken.values())}
            body = _text("goes_on", report, url=address("work:submit", report.pk), **context)
        key = f"report-{report.pk}-sign-off-{report.sign_off_id}-{step}"
        _queue(key, reader, subject, body, at=at)


def declined(report: StatusReport, readers: Iterable[User], *, why: str, by: User, at: datetime) -> None:
    """To those who declared and cleared the report, and who fill it in: it came back, with the word."""
    event = report.events.filter(step="decline").latest("pk")
    for reader in dict.fromkeys(readers):
        with override(reader.language):
            subject = _("The report on %(period)s came back inside the province") % _names(report)
            body = _text("declined", report, why=why, by=by, url=address("work:submit", report.pk))
        _queue(f"report-{report.pk}-declined-{event.pk}", reader, subject, body, at=at)


def reminded(reader: User, reminders: Iterable[Reminder], *, today: date, at: datetime) -> OutboxMail:
    """To one person: all of a day's reminders in one mail, what is latest first."""
    with override(reader.language):
        found = [line_of(one, today=today, url=_place(one, reader)) for one in reminders]
        lines = sorted(found, key=lambda line: (not line.is_late, line.days, line.title))
        subject = _digest_subject(lines, today)
        context = {"lines": lines, "url": address("work:reminders"), "subject": subject}
        body = render_to_string("reporting/mail/reminders.txt", context)
        html = render_to_string("reporting/mail/reminders.html", context)
    key = f"{_digest_key(today)}{reader.pk}"
    return queue_mail(key, recipient=reader.email, subject=subject, body=body, html=html, at=at)


def reached_today(today: date) -> set[User]:
    """Who has had the digest of that day."""
    start = _digest_key(today)
    keys = OutboxMail.objects.filter(key__startswith=start).values_list("key", flat=True)
    return set(User.objects.filter(pk__in=[int(key.removeprefix(start)) for key in keys]))


def _digest_key(today: date) -> str:
    return f"reminders-{today.isoformat()}-to-"


def _digest_subject(lines: Sequence[ReminderLine], today: date) -> str:
    late = sum(line.is_late for line in lines)
    words = {"day": day_words(today), "n": len(lines), "late": late}
    told = ngettext("Reminder of %(day)s: %(n)s matter", "Reminders of %(day)s: %(n)s matters", len(lines))
    if late:
        told = ngettext(
            "Reminder of %(day)s: %(n)s matter, overdue: %(late)s",
            "Reminders of %(day)s: %(n)s matters, overdue: %(late)s",
            len(lines),
        )
    return told % words


def _place(reminder: Reminder, reader: User) -> str:
    """Where the reader goes on with it; the ministry has no page for what was never submitted."""
    if reminder.follow_up_id:
        return address("work:follow_up", reminder.follow_up_id)
    report = getattr(reminder.obligation, "report", None)
    if reader.works_for_ministry:
        return address("work:review", report.pk) if report and report.round else address("work:review_queue")
    return address("work:report", report.pk) if report else address("work:workspace")


def _names(report: StatusReport) -> dict[str, Any]:
    return {"unit": report.province.name, "period": report.period, "round": report.round}


def _section(task: SectionTask) -> dict[str, Any]:
    return {"section": task.title, "period": task.report.period}


def _totals_of(report: StatusReport, remarks: Iterable[Remark]) -> list[str]:
    """What opens with the fields of a return though no remark names it."""
    flagged = {remark.address for remark in remarks}
    return sorted(set(opened_with(parts_of(report.definition), flagged)) - flagged)


def _linked(report: StatusReport, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {
            "field": report.questions[remark.address].label,
            "text": remark.text,
            "by": remark.by_name,
            "url": f"{address('work:section', report.pk, remark.address.partition('.')[0])}#{remark.anchor}",
        }
        for remark in remarks
    ]


def _text(name: str, report: StatusReport, **context: Any) -> str:
    return render_to_string(f"reporting/mail/{name}.txt", {"report": report, **context})


def address(name: str, *arguments: Any) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=arguments)}"


def _queue(key: str, reader: User, subject: str, body: str, *, at: datetime) -> None:
    with override(reader.language):
        queue_mail(f"{key}-to-{reader.pk}", recipient=reader.email, subject=subject, body=body, at=at)
