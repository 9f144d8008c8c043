"""Every message of reporting, one function each: subject and text in the reader's language, queued once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.mail import queue_mail

from .models import Remark, StatusReport, Submission
from .rights import holders, of_the_unit
from .workflow import APPROVER, REVIEW

if TYPE_CHECKING:
    from accounts.models import User


def submitted(report: StatusReport, submission: Submission, *, by: "User", at: datetime) -> None:
    """To those who review: a report has come."""
    for reader in holders(REVIEW, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("%(unit)s submitted its report on %(period)s, round %(round)s") % _names(report)
            body = _text("submitted", report, submission=submission, url=_address("work:review", report.pk))
        _queue(f"report-{report.pk}-submitted-{submission.round}", reader, subject, body, at=at)


def returned(report: StatusReport, remarks: Sequence[Remark], *, at: datetime) -> None:
    """To the unit: every remark in full, each with the address of its field."""
    for reader in of_the_unit(report, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("The ministry returned the report on %(period)s: %(count)s remarks") % {
                **_names(report),
                "count": len(remarks),
            }
            body = _text(
                "returned", report, remarks=_linked(report, remarks), url=_address("work:report", report.pk)
            )
        _queue(f"report-{report.pk}-returned-{report.round}", reader, subject, body, at=at)


def proposed(report: StatusReport, *, by: "User", at: datetime) -> None:
    """To those who approve: the review is done."""
    for reader in holders(APPROVER, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("Proposed for approval: %(unit)s, report on %(period)s") % _names(report)
            body = _text("proposed", report, by=by, url=_address("work:review", report.pk))
        _queue(f"report-{report.pk}-proposed-{report.round}", reader, subject, body, at=at)


def approved(report: StatusReport, *, at: datetime) -> None:
    """To the unit: done."""
    for reader in of_the_unit(report, on=timezone.localdate(at)):
        with override(reader.language):
            subject = _("The report on %(period)s is approved") % _names(report)
            body = _text("approved", report, url=_address("work:report", report.pk))
        _queue(f"report-{report.pk}-approved-{report.round}", reader, subject, body, at=at)


def _names(report: StatusReport) -> dict[str, Any]:
    return {"unit": report.province.name, "period": report.period, "round": report.round}


def _linked(report: StatusReport, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {
            "field": report.questions[remark.address].label,
            "text": remark.text,
            "by": remark.by_name,
            "url": f"{_address('work:section', report.pk, remark.address.partition('.')[0])}#{remark.anchor}",
        }
        for remark in remarks
    ]


def _text(name: str, report: StatusReport, **context: Any) -> str:
    return render_to_string(f"reporting/mail/{name}.txt", {"report": report, **context})


def _address(name: str, *arguments: Any) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=arguments)}"


def _queue(key: str, reader: "User", subject: str, body: str, *, at: datetime) -> None:
    queue_mail(f"{key}-to-{reader.pk}", recipient=reader.email, subject=subject, body=body, at=at)
