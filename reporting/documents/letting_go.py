"""Files of documents that were never published are kept for a while. Their hashes stay, and bring them back.

The row, the words and the data cut stay: the same files, byte for byte, can be built again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import write_down
from foundation.dates import day_words
from foundation.models import StoredFile

from ..models import CompiledReport, ReportFile, ReportKind


def let_go_of_files(*, at: datetime) -> int:
    """Throw away the bytes of what nobody published in its kind's time; how many documents that was."""
    _drop_what_was_left()
    return sum(_let_go(pk, at=at) for kind in ReportKind.objects.all() for pk in _overdue(kind, at))


def let_go_on(report: CompiledReport) -> datetime | None:
    """When its files are let go, by the last build's end: whoever edits goes on having them."""
    if report.published_at or not report.job or not report.job.finished_at:
        return None
    return report.job.finished_at + timedelta(days=report.kind.keeps_days)


def _overdue(kind: ReportKind, at: datetime) -> list[int]:
    """Those to be asked again one by one (see ``let_go_on``)."""
    since = at - timedelta(days=kind.keeps_days)
    drafts = CompiledReport.objects.drafts().filter(kind=kind, let_go_at=None, files__isnull=False)
    ended = drafts.filter(job__finished_at__lte=since).not_being_built()
    return list(ended.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def _let_go(report_id: int, *, at: datetime) -> bool:
    """Asked again with the row locked: it may have been published, edited or built since it was found."""
    report = _held(report_id)
    files = [one for one in report.files.select_related("file") if is_there(one.file)]
    day = let_go_on(report)
    if day is None or day > at or not files:
        return False
    if any(one.is_current for one in files):  # and not only those of words that were changed since
        report.file, report.let_go_at = None, at
        report.save(update_fields=["file", "let_go_at", "updated_at"])
    # After the commit, under the lock once more: by then a build may want them back.
    transaction.on_commit(partial(_drop_bytes, report.pk, [one.pk for one in files]))
    write_down("let files go", report, by=None, at=at, detail={"files": [one.file.name for one in files]})
    return True


def _held(report_id: int) -> CompiledReport:
    """The job is read once the row is held: a row that was waited for brings its old job along."""
    found: CompiledReport = CompiledReport.objects.select_for_update().defer("content").get(pk=report_id)
    return found


def _drop_what_was_left() -> None:
    """Bytes of files let go earlier, whose process ended before it threw them away. Looks at each file."""
    left: dict[int, list[int]] = {}
    for one in ReportFile.objects.filter(report__let_go_at__isnull=False).select_related("file"):
        if is_there(one.file):
            left.setdefault(one.report_id, []).append(one.pk)
    for report_id, files in left.items():
        _drop_bytes(report_id, files)


@transaction.atomic
def _drop_bytes(report_id: int, files: Sequence[int]) -> None:
    """Unless they are wanted again. Each row has bytes of its own, even where two files are alike."""
    report = _held(report_id)
    if report.job and report.job.is_open:
        return
    for one in report.files.filter(pk__in=files).select_related("file"):
        if report.file_id is None or not one.is_current:
            one.file.file.storage.delete(one.file.file.name)


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
