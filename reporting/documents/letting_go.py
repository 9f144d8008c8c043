"""Files of documents that were never published are kept for a while. Their hashes stay, and bring them back.

The row, the words and the data cut stay: the same files, byte for byte, can be built again.
"""

from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import write_down
from foundation.dates import day_words
from foundation.models import Job, StoredFile

from ..models import CompiledReport, ReportKind


def let_go_of_files(*, at: datetime) -> int:
    """Throw away the bytes of what nobody published in its kind's time; how many documents that was."""
    return sum(_let_go(pk, at=at) for kind in ReportKind.objects.all() for pk in _overdue(kind, at))


def _overdue(kind: ReportKind, at: datetime) -> list[int]:
    """By the last build's end: whoever edits goes on having the files."""
    since = at - timedelta(days=kind.keeps_days)
    drafts = CompiledReport.objects.filter(kind=kind, published_at=None, let_go_at=None, files__isnull=False)
    ended = drafts.filter(job__finished_at__lte=since).exclude(job__in=Job.objects.open())
    return list(ended.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def _let_go(report_id: int, *, at: datetime) -> bool:
    """Asked again with the row locked: it may have been published, or edited, since it was found."""
    report = CompiledReport.objects.select_for_update(of=("self",)).select_related("job").get(pk=report_id)
    files = [one for one in report.files.select_related("file") if is_there(one.file)]
    if report.published_at or not files or (report.job and report.job.is_open):
        return False
    if any(one.is_current for one in files):  # and not only those of words that were changed since
        report.file, report.let_go_at = None, at
        report.save(update_fields=["file", "let_go_at", "updated_at"])
    for one in files:
        _drop_bytes(one.file)
    write_down("let files go", report, by=None, at=at, detail={"files": [one.file.name for one in files]})
    return True


def _drop_bytes(stored: StoredFile) -> None:
    """After the commit. Each row has bytes of its own, even where two files are alike."""
    transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))


def is_there(stored: StoredFile) -> bool:
    return bool(stored.file.storage.exists(stored.file.name))


def restored(stored: StoredFile, data: bytes) -> StoredFile:
    """The file given out before, with its bytes, which are those that were just built again."""
    if not is_there(stored):
        stored.file.save(stored.name, ContentFile(data), save=False)
        stored.save(update_fields=["file"])
    return stored


def why_not_again(report: CompiledReport) -> str:
    """What was built differs from the file of this edition that was given out before."""
    if report.let_go_at is None:
        return _("This edition was built before with another content. The first file stands.")
    words = _(
        "The files let go on %(day)s came out otherwise now: the portal's libraries have changed. "
        "Build again: they become a new edition."
    )
    return words % {"day": day_words(report.let_go_at)}
