"""The deeds around a compiled report: compile, build again, publish, withdraw. One door each."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import jobs
from foundation.actions import ActionRefused, write_down

from ..models import CompiledReport, DataCut, Period
from ..models.cuts import CompiledReportQuerySet
from ..workflow import APPROVER
from .asking import Signing, Wanted, checked, outline_of, title_of
from .building import KIND, STEPS
from .codes import new_code
from .contradictions import Contradiction
from .cutting import cut_of
from .lines import contradictions_of

if TYPE_CHECKING:
    from accounts.models import User


def may_compile(user: "User") -> bool:
    return user.is_authenticated and (user.is_superuser or user.holds(*APPROVER))


@transaction.atomic
def compile_report(
    wanted: Wanted,
    *,
    by: "User | None",
    at: datetime,
    cut: DataCut | None = None,
    signing: Signing | None = None,
) -> CompiledReport:
    """Cut the data, or take a cut made before, and queue the files. Nobody (``by`` is none) is the portal.

    A document already made, or being made, of the same figures under the same names is given back; where its
    files failed, were stopped or let go, they are queued once more.
    """
    _refuse_unless(by is None or may_compile(by), _("Only the ministry's approver compiles documents."))
    _refuse_unless(cut is None or _covers(cut, wanted), _("The period does not fit this kind of document."))
    checked(wanted, today=timezone.localdate(at))
    _hold_the_periods()
    building = _like(wanted).being_built()
    if running := (building.filter(cut=cut) if cut else building).first():
        return running
    signing = signing or Signing(
        wanted.kind.authority, wanted.kind.position_of_signatory, wanted.kind.signatory
    )
    cut = cut or cut_of(wanted.period, lens=wanted.lens, stretch=wanted.stretch, by=by, at=at)
    _refuse_unless(cut.counted > 0, _("No approved report yet: there is nothing to compile for this period."))
    made = _like(wanted).filter(cut=cut, words=None, withdrawn_at=None, **asdict(signing)).first()
    if made is None:
        return _begin(wanted, cut, signing, by=by, at=at)
    return made if made.file_id else _queue_again(made.pk, by=by, at=at)


def _covers(cut: DataCut, wanted: Wanted) -> bool:
    """Whether a cut made before tells of the very time that is asked for."""
    kept, asked = cut.content["period"].get("first_year"), wanted.stretch
    return (cut.period_id, cut.span, cut.half, kept) == (
        wanted.period.pk,
        asked.span,
        asked.half,
        asked.first_year,
    )


def _like(wanted: Wanted) -> CompiledReportQuerySet:
    """Documents of the kind as it is now, about the same matter in the same language, newest first."""
    about: CompiledReportQuerySet = CompiledReport.objects.with_parts().filter(
        kind=wanted.kind,
        outline=outline_of(wanted).as_json(),
        language=wanted.language,
        cut__period=wanted.period,
        cut__lens=str(wanted.lens),
        cut__half=wanted.half,
        **wanted.scope_fields,
    )
    return about.order_by("-pk")


def _begin(
    wanted: Wanted, cut: DataCut, signing: Signing, *, by: "User | None", at: datetime
) -> CompiledReport:
    report = CompiledReport(
        kind=wanted.kind,
        cut=cut,
        outline=outline_of(wanted).as_json(),
        title_text=title_of(wanted),
        language=wanted.language,
        check_code=new_code(),
        site_address=settings.SITE_ADDRESS,
        is_demo=cut.is_demo,
        **wanted.scope_fields,
        **asdict(signing),
    )
    report.save()
    _queue(report, by=by, at=at)
    write_down("compile", report, by=by, at=at, detail={"cut": cut.number})
    return report


@transaction.atomic
def build_again(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """Queue the files once more from the same cut: after a failure, a stop, or once they were let go.

    Built files are never built over. Where files let go came out otherwise, the next ones are a new edition.
    """
    _refuse_unless(may_compile(by), _("Only the ministry's approver compiles documents."))
    report = CompiledReport.objects.get(pk=report_id)
    _refuse_unless(report.file_id is None, _("This report has its PDF. Compile a new one instead."))
    return _queue_again(report_id, by=by, at=at)


def _queue_again(report_id: int, *, by: "User | None", at: datetime) -> CompiledReport:
    """Nothing where the files are there, or on their way, once the row is held."""
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    if report.file_id or (report.job and report.job.is_open):
        return report
    if report.is_unlike_before:
        report.edition, report.let_go_at, report.is_unlike_before = report.edition + 1, None, False
        report.save(update_fields=["edition", "let_go_at", "is_unlike_before"])
    _queue(report, by=by, at=at)
    return report


@transaction.atomic
def stop(report_id: int, *, by: "User", at: datetime) -> CompiledReport:
    """Stop the build under way; its worker notices at the next step. One that has ended is refused."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver compiles documents."))
    # The job before the report, as a worker locks them that keeps its files.
    found = CompiledReport.objects.select_related("job").get(pk=report_id)
    is_stopped = bool(found.job and jobs.cancel(found.job, at=at))
    _refuse_unless(
        is_stopped, _("The build had already ended: nothing was stopped. This page shows how it ended.")
    )
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    write_down("stop build", report, by=by, at=at)
    return report


@transaction.atomic
def publish(report_id: int, *, by: "User", at: datetime, reason: str = "") -> CompiledReport:
    """Show the report to everyone. It needs its PDF; what is out is not published twice.

    Numbers in edited words that the data do not bear out ask for a reason, which is written down with them.
    """
    _refuse_unless(may_compile(by), _("Only the ministry's approver publishes documents."))
    found = CompiledReport.objects.select_for_update(of=("self",)).with_parts()
    report: CompiledReport = found.get(pk=report_id)
    _refuse_unless(report.file_id is not None, _("The PDF is not built yet. Publish once it is there."))
    _refuse_unless(report.published_at is None, _("This report is already published."))
    detail = _confirmed(contradictions_of(report), reason.strip())
    report.published_at = at
    report.save(update_fields=["published_at", "updated_at"])
    write_down("publish", report, by=by, at=at, detail=detail)
    return report


def _confirmed(against: Sequence[Contradiction], reason: str) -> dict[str, Any]:
    if not against:
        return {}
    words = ngettext(
        "%(n)s number in the edited words differs from the data. Say why it stands, then publish.",
        "%(n)s numbers in the edited words differ from the data. Say why they stand, then publish.",
        len(against),
    )
    _refuse_unless(bool(reason), words % {"n": len(against)})
    return {"reason": reason, "against": [one.sentence for one in against]}


@transaction.atomic
def withdraw(report_id: int, *, reason: str, by: "User", at: datetime) -> CompiledReport:
    """Take a published report back; its check page goes on to say so, with the reason."""
    _refuse_unless(may_compile(by), _("Only the ministry's approver withdraws documents."))
    _refuse_unless(bool(reason.strip()), _("Say why the report is withdrawn."))
    report = CompiledReport.objects.select_for_update().get(pk=report_id)
    _refuse_unless(report.is_published, _("This report is not published."))
    report.withdrawn_at, report.withdrawn_reason = at, reason.strip()
    report.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    write_down("withdraw", report, by=by, at=at, detail={"reason": reason.strip()})
    return report


def _hold_the_periods() -> None:
    """Every period, held until the cut is made. Approved rows point at them, so that a cut never holds half
    an approval, of half a year either; and two cuts at one moment get two numbers.
    """
    periods = Period.objects.periodic().select_related("regime")
    list(periods.select_for_update(of=("self",)).order_by("pk"))


def _queue(report: CompiledReport, *, by: "User | None", at: datetime) -> None:
    report.job = jobs.queue_job(
        KIND, key=f"report {report.pk}", arguments={"report": report.pk}, steps=STEPS, by=by, at=at
    )
    report.save(update_fields=["job", "updated_at"])


def _refuse_unless(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise ActionRefused(sentence)
