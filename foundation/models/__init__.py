"""What every room stands on. These models know no room."""

from .audit import AuditEntry
from .changes import Change
from .files import StoredFile
from .jobs import Job, JobStep
from .mail import OutboxMail
from .ratings import PageRating
from .record import Publishable, PublishableQuerySet, Record

__all__ = [
    "AuditEntry",
    "Change",
    "Job",
    "JobStep",
    "OutboxMail",
    "PageRating",
    "Publishable",
    "PublishableQuerySet",
    "Record",
    "StoredFile",
]
