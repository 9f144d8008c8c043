"""The one door of certificates: issue, issue again, revoke, print."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.actions import ActionRefused, write_down
from foundation.jobs import Step, queue_job
from foundation.models import Job

from .codes import new_code
from .models import Certificate, CertificateNumbering, Course, Participant

JOB_KIND = "certificate_pdf"


@transaction.atomic
def issue_certificates(
    course_id: int, *, by: Any, at: datetime, code: Callable[[], str] = new_code
) -> list[Certificate]:
    """Give everybody who attended and never had one a certificate, and queue the printing.

    The course is locked, so two people who press at once issue each certificate once. Whoever had
    one that was revoked gets none here: that is ``reissue_certificate``'s to decide.
    """
    _refuse_unless_may(by)
    course = Course.objects.select_for_update(of=("self",)).get(pk=course_id)
    _refuse_unless_ready(course)
    waiting = course.participants.filter(has_attended=True, certificates=None).order_by("list_number")
    issued = _issue(course, list(waiting), by=by, at=at, code=code)
    if not issued:
        raise ActionRefused(_("Nobody waits for a certificate: mark who attended first."))
    return issued


@transaction.atomic
def reissue_certificate(
    certificate_id: int, *, by: Any, at: datetime, code: Callable[[], str] = new_code
) -> Certificate:
    """A new certificate in place of a revoked one, with today's words and a new number."""
    _refuse_unless_may(by)
    old = Certificate.objects.select_related("participant").get(pk=certificate_id)
    course = Course.objects.select_for_update(of=("self",)).get(pk=old.participant.course_id)
    _refuse_unless_ready(course)
    if old.participant.certificates.valid().exists():
        raise ActionRefused(_("This participant has a valid certificate. Revoke it first."))
    (issued,) = _issue(course, [old.participant], by=by, at=at, code=code)
    return issued


@transaction.atomic
def revoke_certificate(
    certificate_id: int, *, by: Any, at: datetime, because_vi: str, because_en: str = ""
) -> Certificate:
    """The certificate stays on record; the public check says that it is revoked, and why."""
    if not by.has_perm("training.change_certificate"):
        raise ActionRefused(_("Only the ministry's record keepers may revoke certificates."))
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate_id)
    if not certificate.is_valid:
        raise ActionRefused(_("Certificate %(number)s is already revoked.") % {"number": certificate.number})
    if not because_vi.strip():
        raise ActionRefused(_("Say in Vietnamese why the certificate is revoked."))
    certificate.revoked_at, certificate.revoked_by = at, by
    certificate.revoked_because_vi = because_vi.strip()
    certificate.revoked_because_en = because_en.strip()
    certificate.save()
    write_down("revoke", certificate, by=by, at=at, detail={"because": certificate.revoked_because_vi})
    return certificate


def print_certificates(certificates: Sequence[Certificate], *, by: Any, at: datetime) -> Job | None:
    """Queue one job for those that have no PDF yet; nothing when all have."""
    _refuse_unless_may(by)
    missing = [certificate for certificate in certificates if certificate.document_id is None]
    if not missing:
        return None
    return queue_job(
        JOB_KIND,
        key=missing[0].number,
        arguments={"certificates": [certificate.pk for certificate in missing]},
        steps=[Step("Dàn trang giấy chứng nhận", "Lay out the certificates", total=len(missing))],
        by=by,
        at=at,
    )


def _refuse_unless_may(by: Any) -> None:
    if not by.has_perm("training.add_certificate"):
        raise ActionRefused(_("Only the ministry's record keepers may issue certificates."))


def _refuse_unless_ready(course: Course) -> None:
    if course.status != Course.Status.HELD:
        raise ActionRefused(_("Certificates are issued after the course was held: change its status first."))
    if course.organiser is None:
        raise ActionRefused(_("Say who organised the course: the certificate names the organiser."))


def _issue(
    course: Course, participants: list[Participant], *, by: Any, at: datetime, code: Callable[[], str]
) -> list[Certificate]:
    day = timezone.localdate(at)
    words = _frozen_words(course)
    issued = []
    for participant, number in zip(participants, _numbers(day.year, len(participants)), strict=True):
        certificate = Certificate(
            participant=participant, number=number, code=code(), holder=participant.name,
            issued_on=day, issued_at=at, issued_by=by, is_demo=course.is_demo, **words,
        )  # fmt: skip
        certificate.save()
        issued.append(certificate)
    if issued:
        numbers = [certificate.number for certificate in issued]
        write_down("issue certificates", course, by=by, at=at, detail={"numbers": numbers})
        print_certificates(issued, by=by, at=at)
    return issued


def _numbers(year: int, count: int) -> list[str]:
    """The next running numbers of the year; the row stays locked until the transaction ends."""
    if not count:
        return []
    CertificateNumbering.objects.get_or_create(year=year)
    numbering = CertificateNumbering.objects.select_for_update().get(year=year)
    first = numbering.last_number + 1
    numbering.last_number += count
    numbering.save(update_fields=["last_number"])
    return [f"SXTDBV-{year}-{number:04d}" for number in range(first, first + count)]


def _frozen_words(course: Course) -> dict[str, Any]:
    """What the certificate will always say, also after the course or a name has changed."""
    topics = list(course.topics.all())
    assert course.organiser is not None
    return {
        "course_title_vi": course.title_vi,
        "course_title_en": course.title_en,
        "level_name_vi": course.level.name_vi,
        "level_name_en": course.level.name_en,
        "topic_names_vi": "; ".join(topic.name_vi for topic in topics),
        "topic_names_en": "; ".join(topic.name_en or topic.name_vi for topic in topics),
        "province_name_vi": course.province.name_vi,
        "province_name_en": course.province.name_en,
        "organiser_name_vi": course.organiser.name_vi,
        "organiser_name_en": course.organiser.name_en,
        "begins_on": course.begins_on,
        "ends_on": course.ends_on,
        "signer": course.signer,
        "signer_post_vi": course.signer_post_vi,
        "signer_post_en": course.signer_post_en,
    }
