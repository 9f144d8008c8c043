"""What every deed shares: the refusal that people read, and the line in the audit."""

from datetime import datetime
from typing import Any

from django.db import models

from .models import AuditEntry


class ActionRefused(Exception):
    """A deed that may not happen now. Its text is a sentence for people that says what to do."""


def write_down(
    verb: str, subject: models.Model, *, by: Any, at: datetime, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one line to the audit, in the caller's transaction. Lines are never changed."""
    return AuditEntry.objects.create(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_text=str(subject)[:200],
        by=by,
        by_name=str(by) if by else "",
        at=at,
        detail=detail or {},
    )
