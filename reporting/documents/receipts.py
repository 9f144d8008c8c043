"""The receipt of a round as a PDF: what was received, when, under which hash. Made of the snapshot alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.dates import day_words
from foundation.files import PDF, store_bytes
from foundation.jobs import Step, Worker
from foundation.models import StoredFile
from foundation.pdf.promises import PROMISES, checked
from foundation.templatetags.portal import filesize_words

from ..models import Receipt, Submission
from ..snapshots import answered
from .blocks import Row, Table
from .codes import new_code
from .rendering import printed_table, qr

if TYPE_CHECKING:
    from accounts.models import User

KIND = "receipt"
LAYOUT, CHECKS = 1, 2
STEPS = [Step("Dàn trang", "Lay out the page"), Step("Kiểm tra PDF", "Check the PDF", total=PROMISES)]


def issue(submission: Submission, *, by: "User", at: datetime) -> Receipt:
    """Give the round its code and queue its PDF, in the transaction that received it."""
    receipt = Receipt.objects.create(
        submission=submission, check_code=new_code(), language=by.language or "vi"
    )
    return _queue(receipt, by=by, at=at)


@transaction.atomic
def build_again(receipt_id: int, *, by: "User", at: datetime) -> Receipt:
    """Queue the PDF of a receipt that has none; one that is built, or being built, stays as it is."""
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("job").get(pk=receipt_id)
    if receipt.file_id is not None or (receipt.job is not None and receipt.job.is_open):
        return receipt
    return _queue(receipt, by=by, at=at)


def _queue(receipt: Receipt, *, by: "User", at: datetime) -> Receipt:
    receipt.job = jobs.queue_job(
        KIND, key=f"receipt {receipt.pk}", arguments={"receipt": receipt.pk}, steps=STEPS, by=by, at=at
    )
    receipt.save(update_fields=["job"])
    return receipt


@jobs.runs(KIND)
def build(worker: Worker) -> StoredFile:
    """The clock is the moment of receipt, so the same receipt gives the same bytes."""
    found = Receipt.objects.select_related("submission__report", "submission__period__regime", "file")
    receipt = found.get(pk=worker.job.arguments["receipt"])
    if receipt.file is not None:
        return receipt.file
    data = _pdf(worker, receipt)
    name = f"bien-nhan-{receipt.submission.period.year}-{receipt.submission.running_number}.pdf"
    with worker.committing():
        at = receipt.submission.received_at
        stored = store_bytes(data, name=name, media_type=PDF, by=worker.job.by, at=at)
        Receipt.objects.filter(pk=receipt.pk).update(file=stored)
    return stored


def _pdf(worker: Worker, receipt: Receipt) -> bytes:
    from foundation.pdf.rendering import render_pdf  # noqa: PLC0415 -- slow import

    language = receipt.language
    with translation.override(language):
        context = printed(receipt)
        worker.begin(LAYOUT)
        html = render_to_string("reporting/documents/receipt.html", context)
        at = receipt.submission.received_at
        data = render_pdf(html, title=context["title"], language=language, created_at=at)
        worker.end(LAYOUT)
        worker.begin(CHECKS)
        checked(
            data, title=context["title"], language=language, kept=lambda done: worker.advance(CHECKS, done)
        )
        worker.end(CHECKS)
    return data


def printed(receipt: Receipt) -> dict[str, Any]:
    """What stands on the receipt, in the language that is active."""
    submission = receipt.submission
    snapshot = submission.snapshot
    named = {"unit": snapshot["unit"]["name_vi"], "period": submission.period, "round": submission.round}
    address = settings.SITE_ADDRESS + receipt.get_absolute_url()
    return {
        "language": receipt.language,
        "title": _("Receipt %(number)s: %(unit)s, report on %(period)s, round %(round)s")
        % {**named, "number": submission.running_number},
        "submission": submission,
        "abstract": _("%(unit)s, report on %(period)s, round %(round)s") % named,
        "facts": _facts(submission),
        "files": printed_table(_files(snapshot["evidence"])) if snapshot["evidence"] else None,
        "receipt": receipt,
        "qr": qr(address),
        "check_place": settings.SITE_ADDRESS + reverse("reporting:check"),
    }


def _facts(submission: Submission) -> list[tuple[str, str]]:
    snapshot, signature = submission.snapshot, submission.snapshot["signature"]
    period, received = snapshot["period"], timezone.localtime(submission.received_at)
    first, last = (
        day_words(datetime.fromisoformat(period[name]).date()) for name in ("first_day", "last_day")
    )
    said, asked = answered(snapshot)
    return [
        (_("Reporting unit"), f"{snapshot['unit']['name_vi']} ({snapshot['unit']['code']})"),
        (_("Data from and to"), f"{first} – {last}"),
        (_("Received"), f"{received:%H:%M:%S}, {day_words(received.date())} (UTC+7)"),
        (_("Signed"), _signed(signature)),
        *([(_("Basis of the authorisation"), signature["basis"])] if signature.get("basis") else []),
        *([(_("Cleared inside the unit by"), cleared)] if (cleared := _cleared(snapshot)) else []),
        (_("Submitted by"), str(signature["submitted_by"])),
        (_("Fields answered"), f"{said} / {asked}"),
        (_("Evidence files"), str(sum(len(files) for files in snapshot["evidence"].values()))),
    ]


def _signed(signature: Mapping[str, str]) -> str:
    """“KT. GIÁM ĐỐC: name, acting for name”; older submissions name the signatory alone."""
    for_whom = " ".join(part for part in (signature["capacity"], signature.get("authority", "")) if part)
    name = signature["signer"]
    if absent := signature.get("acting_for"):
        name = _("%(person)s, acting for %(absent)s") % {"person": name, "absent": absent}
    return f"{for_whom}: {name}" if for_whom else name


def _cleared(snapshot: Mapping[str, Any]) -> str:
    """Who declared and cleared it before the signature, each once; older submissions do not say."""
    return ", ".join(dict.fromkeys(str(one["by"]) for one in snapshot.get("clearances", [])))


def _files(evidence: dict[str, list[dict[str, Any]]]) -> Table:
    rows = [
        Row((str(place), one["name"], filesize_words(one["size"]), one["sha256"]))
        for place, one in enumerate((one for files in evidence.values() for one in files), 1)
    ]
    return Table(
        head=(_("No."), _("File"), _("Size"), "SHA-256"),
        aligned=("centre", "start", "end", "start code"),
        rows=tuple(rows),
        caption=_("Evidence files received with the report"),
    )
