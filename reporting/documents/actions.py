"""The deeds around a compiled report: compile, build again, publish, withdraw. One door each."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.actions import ActionRefused, write_down
from foundation.dates import day_words
from provinces.register import Register

from ..models import CompiledReport, DataCut, Period
from ..workflow import APPROVER
from .building import KIND, STEPS
from .codes import new_code
from .cutting import make_cut

if TYPE_CHECKING:
    from accounts.models import User


def may_compile(user: "User") -> bool:
    return user.is_authenticated and (user.is_superuser or user.holds(*APPROVER))


@transaction.atomic
def compile_national(
    period_id: int,
    *,
    language: str,
    map_day: date,
    by: "User",
    at: datetime,
    authority: str = "",
    position: str = "",
    signatory: str = "",
) -> CompiledReport:
    """Cut the data and queue the PDF. A build under way for the same period and language is given back."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver compiles the national report."))
    begins = Register.load().begins()
    _refuse_unless(
        map_day >= begins,
        _("The register begins on %(day)s. Choose that day or a later one.") % {"day": day_words(begins)},
    )
    period = _locked_years().get(pk=period_id)
    running = CompiledReport.objects.filter(
        cut__period=period, language=language, job__in=jobs.Job.objects.open()
    ).first()
    if running:
        return running
    cut = make_cut(period, map_day=map_day, by=by, at=at)
    _refuse_unless(cut.counted > 0, _("No approved report yet: there is nothing to compile for this period."))
    report = CompiledReport.objects.create(
        cut=cut,
        language=language,
        title_text=_title(cut, language),
        check_code=new_code(),
        authority=authority,
        position=position,
        signatory=signatory,
        is_demo=cut.is_demo,
    )
    _queue(report, by=by, at=at)
    write_down("compile", report, by=by, at=at, detail={"cut": cut.number})
    return report


@transaction.atomic
def build_again(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """Queue the PDF once more from the same cut, after a failure. A built one is never built over."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver compiles the national report."))
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    _refuse_unless(report.file_id is None, _("This report has its PDF. Compile a new one instead."))
    if report.job is None or not report.job.is_open:
        _queue(report, by=by, at=at)
    return report


@transaction.atomic
def stop(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """Stop the build under way; its worker notices at the next step. One that has ended stays as it is."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver compiles the national report."))
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    if report.job and jobs.cancel(report.job, at=at):
        write_down("stop build", report, by=by, at=at)
    return report


@transaction.atomic
def publish(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """Show the report to everyone. It needs its PDF; what is out is not published twice."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver publishes the national report."))
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    _refuse_unless(report.file_id is not None, _("The PDF is not built yet. Publish once it is there."))
    _refuse_unless(report.published_at is None, _("This report is already published."))
    report.published_at = at
    report.save(update_fields=["published_at", "updated_at"])
    write_down("publish", report, by=by, at=at)
    return report


@transaction.atomic
def withdraw(report_id: int, *, reason: str, by: "User", at: datetime) -> CompiledReport:
    """Take a published report back; its check page goes on to say so, with the reason."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver withdraws the national report."))
    _refuse_unless(bool(reason.strip()), _("Say why the report is withdrawn."))
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    _refuse_unless(report.is_published, _("This report is not published."))
    report.withdrawn_at, report.withdrawn_reason = at, reason.strip()
    report.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    write_down("withdraw", report, by=by, at=at, detail={"reason": reason.strip()})
    return report


def _locked_years() -> QuerySet[Period]:
    """Every yearly period, held until the cut is made. Approved rows point at them, so that a cut
    never holds half an approval; and two cuts at one moment get two numbers.
    """
    years = Period.objects.yearly().select_related("regime")
    list(years.select_for_update(of=("self",)).order_by("pk"))
    return years


def _queue(report: CompiledReport, *, by: "User", at: datetime) -> None:
    report.job = jobs.queue_job(
        KIND, key=f"report {report.pk}", arguments={"report": report.pk}, steps=STEPS, by=by, at=at
    )
    report.save(update_fields=["job", "updated_at"])


def _title(cut: DataCut, language: str) -> str:
    with translation.override(language):
        return _("National progress report, %(year)s") % {"year": cut.period.year}


def _refuse_unless(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise ActionRefused(sentence)
