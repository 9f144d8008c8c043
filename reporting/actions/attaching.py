"""Files go to a claim and from it, and are never lost to the rounds that were sent with them."""

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused
from foundation.files import checked, clean_name, store_upload

from ..models import Evidence, StatusReport
from .chain_steps import void
from .door import locked, province_post, write_down
from .filling import labels, refuse_locked

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def attach_evidence(
    report_id: int,
    *,
    address: str,
    upload: UploadedFile,
    is_public: bool,
    kind: str = Evidence.Kind.OTHER,
    dated_on: date | None = None,
    by: "User",
    at: datetime,
) -> Evidence:
    """Keep a file with the claim it proves; a file that is not what it says is refused in one sentence."""
    report = locked(report_id)
    post = province_post("save", by, report, at=at, section=address.partition(".")[0])
    refuse_locked(report, address, by)
    _refuse_untold(kind, dated_on, at=at)
    _refuse_unfit(report, address, upload)
    stored = store_upload(upload, by=by, at=at, is_public=False)  # published with the claim, not before
    proof = Evidence.objects.create(
        report=report, address=address, file=stored, is_public=is_public, attached_at=at, attached_by=by,
        kind=kind, dated_on=dated_on,
    )  # fmt: skip
    detail = {"address": address, "name": stored.name, "sha256": stored.sha256, "kind": kind}
    write_down(report, "attach", by=by, post=post, at=at, detail=detail)
    void(report, labels(report, [address]), by=by, post=post, at=at)
    return proof


@transaction.atomic
def withdraw_evidence(evidence_id: int, *, by: "User", at: datetime) -> Evidence:
    """Take a file away from its claim. Rounds already submitted still hold it."""
    proof = Evidence.objects.select_related("file").get(pk=evidence_id)
    report = locked(proof.report_id)
    post = province_post("save", by, report, at=at, section=proof.address.partition(".")[0])
    refuse_locked(report, proof.address, by)
    proof.refresh_from_db()
    if proof.removed_at is None:
        proof.removed_at = at
        proof.save(update_fields=["removed_at"])
        detail = {"address": proof.address, "name": proof.file.name, "sha256": proof.file.sha256}
        write_down(report, "detach", by=by, post=post, at=at, detail=detail)
        void(report, labels(report, [proof.address]), by=by, post=post, at=at)
    return proof


def _refuse_untold(kind: str, dated_on: date | None, *, at: datetime) -> None:
    if kind not in Evidence.Kind.values:
        raise ActionRefused(_("Choose what kind of file it is."))
    if dated_on and dated_on > timezone.localdate(at):
        raise ActionRefused(_("The date of the file lies after today. Write the day it was made or signed."))


def _refuse_unfit(report: StatusReport, address: str, upload: UploadedFile) -> None:
    """Asked before it is stored: the disk keeps what a refused transaction has written there."""
    try:
        data = checked(upload)
    except ValidationError as fault:
        raise ActionRefused(" ".join(fault.messages)) from None
    same = Evidence.objects.filter(report=report, address=address, removed_at__isnull=True)
    if same.filter(file__sha256=hashlib.sha256(data).hexdigest()).exists():
        raise ActionRefused(
            _("“%(name)s” is attached here already.") % {"name": clean_name(upload.name or "")}
        )
