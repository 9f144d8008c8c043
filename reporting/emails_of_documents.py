"""Messages about compiled documents, one function each, as those of ``emails``."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from foundation.mail import queue_mail
from foundation.models import Job

from .documents.imprint import covered
from .emails import address
from .models import CompiledReport


def document_built(report: CompiledReport, job: Job, readers: Iterable[User], *, at: datetime) -> None:
    """To whoever asked for it, or to those who approve: its files are there, and nobody reads them yet."""
    for reader in readers:
        with override(reader.language):
            is_by_itself = job.by_id != reader.pk
            subject = _("Built: %(title)s") % {"title": report.title_text}
            if is_by_itself:
                subject = _("A draft waits for you: %(title)s") % {"title": report.title_text}
            body = _text("document_built", report, is_by_itself=is_by_itself)
        _queue(f"document-{report.pk}-job-{job.pk}-built", reader, subject, body, at=at)


def document_not_built(report: CompiledReport, job: Job, readers: Iterable[User], *, at: datetime) -> None:
    """To the same people: why not, and where to build again."""
    for reader in readers:
        with override(reader.language):
            subject = _("Not built: %(title)s") % {"title": report.title_text}
            body = _text("document_not_built", report, why=job.failure)
        _queue(f"document-{report.pk}-job-{job.pk}-failed", reader, subject, body, at=at)


def document_waits(report: CompiledReport, readers: Iterable[User], *, at: datetime) -> None:
    """To those who approve: the schedule found the document compiled already."""
    for reader in readers:
        with override(reader.language):
            subject = _("A draft waits for you: %(title)s") % {"title": report.title_text}
            body = _text("document_built", report, is_by_itself=True)
        _queue(f"document-{report.pk}-waits", reader, subject, body, at=at)


def _text(name: str, report: CompiledReport, **context: Any) -> str:
    url, coverage = address("reporting:compiled", report.pk), covered(report).sentence()
    context |= {"report": report, "url": url, "coverage": coverage}
    return render_to_string(f"reporting/mail/{name}.txt", context)


def _queue(key: str, reader: User, subject: str, body: str, *, at: datetime) -> None:
    with override(reader.language):
        queue_mail(f"{key}-to-{reader.pk}", recipient=reader.email, subject=subject, body=body, at=at)
