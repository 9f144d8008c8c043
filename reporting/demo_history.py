"""Approved reports of past years, written in bulk: the same snapshots and rows as the doors would make."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from provinces.lineage import Lineage

from . import approval, snapshots
from .answers import completed, new_row
from .definition import definition_for, form_for
from .demo_values import Series, answers_for, counts_for
from .documents.codes import new_code
from .models import Answer, Obligation, Period, Receipt, ReportEvent, State, StatusReport, Submission

MISSING = 0.07  # so many units of a year never reported


def approve_in_bulk(
    period: Period,
    series: dict[int, Series],
    officers: dict[int, User],
    register: Lineage,
    rng: random.Random,
    *,
    approver: User,
    today: date,
) -> None:
    """One approved report for most units of the period."""
    owing = period.obligations.filter(is_demo=True, report__isnull=True).select_related("province")
    obligations = [one for one in owing.order_by("province__code") if rng.random() > MISSING]
    moments = {one.pk: _moment(period, rng, today) for one in obligations}
    reports = _reports(period, obligations, moments)
    authors = {one.pk: officers[_heir(one, register, today)] for one in obligations}
    values = {report.pk: _values(report, series[report.province.pk], rng, period.year) for report in reports}
    for report in reports:
        values[report.pk] |= counts_then(report, at=moments[report.obligation_id])
    _keep_answers(reports, values)
    submissions = [
        _submission(
            report, number, values[report.pk], authors[report.obligation_id], moments[report.obligation_id]
        )
        for number, report in enumerate(reports, 1)
    ]
    _keep_submissions(submissions, approver)
    _approve(submissions)


def _reports(
    period: Period, obligations: list[Obligation], moments: dict[int, datetime]
) -> list[StatusReport]:
    form = form_for(period)
    reports = [
        StatusReport(
            obligation=one,
            form=form,
            definition=definition_for(form, one.province, period),
            state=State.APPROVED,
            state_since=_decided(moments[one.pk], number),
            round=1,
            version=1,
            is_demo=True,
        )
        for number, one in enumerate(obligations, 1)
    ]
    return StatusReport.objects.bulk_create(reports)


def _keep_submissions(submissions: list[Submission], approver: User) -> None:
    """Each with its receipt, and both steps in the record."""
    Submission.objects.bulk_create(submissions)
    Receipt.objects.bulk_create(Receipt(submission=one, check_code=new_code()) for one in submissions)
    ReportEvent.objects.bulk_create(_events(submissions, approver))


def _events(submissions: Iterable[Submission], approver: User) -> Iterator[ReportEvent]:
    for one in submissions:
        yield _event(one, "start", _begun(one), one.by)
        yield _event(one, "submit", one.received_at, one.by)
        yield _event(one, "approve", _decided(one.received_at, one.number), approver)


def _begun(submission: Submission) -> datetime:
    """Some days after reporting opened; drawn by nobody, so that the other values stay what they were."""
    day = submission.period.opens_on + timedelta(days=submission.number % 17)
    return timezone.make_aware(datetime.combine(day, time(9)))


def _decided(received_at: datetime, number: int) -> datetime:
    """From four to ten days later."""
    return received_at + timedelta(days=4 + number % 7)


def counts_then(report: StatusReport, *, at: datetime) -> dict[str, dict[str, Any]]:
    return {address: completed("count", said) for address, said in counts_for(report, at=at).items()}


def _heir(obligation: Obligation, register: Lineage, today: date) -> int:
    return min(register.heirs_on(obligation.province_id, today))


def _moment(period: Period, rng: random.Random, today: date) -> datetime:
    day = min(period.due_on - timedelta(days=rng.randrange(0, 20)), today)
    minute = time(8 + rng.randrange(9), rng.randrange(60))
    return timezone.make_aware(datetime.combine(day, minute))


def _values(report: StatusReport, series: Series, rng: random.Random, year: int) -> dict[str, dict[str, Any]]:
    given = answers_for(report, series, rng, year=year)
    return {address: completed(report.questions[address].kind, value) for address, value in given.items()}


def _keep_answers(reports: Iterable[StatusReport], values: dict[int, dict[str, dict[str, Any]]]) -> None:
    rows: dict[type[Answer], list[Answer]] = {}
    for report in reports:
        for address, value in values[report.pk].items():
            row = new_row(report, report.questions[address])
            row.take(value)
            row.version = 1
            rows.setdefault(type(row), []).append(row)
    for table, made in rows.items():
        table._default_manager.bulk_create(made)


def _submission(
    report: StatusReport, number: int, values: dict[str, dict[str, Any]], by: User, at: datetime
) -> Submission:
    signature = {"signer": by.full_name, "capacity": "", "submitted_by": str(by)}
    snapshot = snapshots.build(
        report, round_number=1, values=values, evidence=[], remarks=[], signature=signature
    )
    return Submission(
        report=report,
        period=report.period,
        round=1,
        number=number,
        snapshot=snapshot,
        sha256=snapshots.digest(snapshot),
        received_at=at,
        by=by,
        by_name=str(by),
        signer=by.full_name,
        is_demo=True,
    )


def _event(submission: Submission, step: str, at: datetime, by: User) -> ReportEvent:
    return ReportEvent(
        report=submission.report,
        step=step,
        at=at,
        by=by,
        by_name=str(by),
        round=1,
        detail={} if step == "start" else {"number": submission.number, "sha256": submission.sha256},
    )


def _approve(submissions: Iterable[Submission]) -> None:
    made: dict[Any, list[Any]] = {}
    for submission in submissions:
        at = _decided(submission.received_at, submission.number)
        for (table, _subject), row in approval.rows_from(submission, submission.report, at=at):
            made.setdefault(table, []).append(row)
    for table, rows in made.items():
        table.objects.bulk_create(rows)
