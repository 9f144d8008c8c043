"""The deeds round a workbook: give one out, keep one that comes back, take its answers, forget it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.actions import ActionRefused
from foundation.dates import day_words
from foundation.files import store_upload

from ..actions.door import locked, province_post, write_down
from ..actions.filling import save_draft
from ..answers import values_of
from ..models import FilledWorkbook, StatusReport
from ..models.workbooks import KEPT_FOR, FilledWorkbookQuerySet
from ..periods_before import earlier_answers
from ..workflow import fields_open_to
from .comparing import Outcome, Row, compared
from .reading import Book, read, read_upload
from .seal import seal_of
from .writing import Contents, Mark, write

if TYPE_CHECKING:
    from accounts.models import User

MINE, THEIRS = "mine", "theirs"


def workbook_of(
    report: StatusReport,
    *,
    open_fields: frozenset[str],
    marks: Mapping[str, Mark] | None = None,
    proposed: Mapping[str, str] | None = None,
) -> bytes:
    """The report as a workbook in the language that is read now; a fixed number of queries.

    ``marks`` are refused rows by address: they hold what was typed, coloured, with what to mend.
    ``proposed`` is what the portal itself counts, in words.
    """
    values = values_of(report)
    earlier = {
        address: "\n".join(f"{one.unit}, {one.period}: {one.text}" for one in found)
        for address, found in earlier_answers(report, report.questions.values()).items()
    }
    return write(
        Contents(
            title=str(report),
            facts=_facts(report),
            sections=report.sections,
            values=values,
            seal=seal_of(report, values).signed(),
            open_fields=open_fields,
            earlier=earlier,
            proposed=proposed or {},
            marks=marks or {},
        )
    )


def _facts(report: StatusReport) -> list[tuple[str, str]]:
    period = report.period
    days = _("data from %(first)s to %(last)s") % {
        "first": day_words(period.first_day),
        "last": day_words(period.last_day),
    }
    return [
        (_("Unit that reports"), str(report.province.name)),
        (_("Reporting period"), f"{period}; {days}"),
        (_("Form"), f"{period.regime.name}, {report.form.number}"),
        (_("Version of the report"), str(report.version)),
    ]


def receive(report_id: int, *, upload: UploadedFile, by: "User", at: datetime) -> FilledWorkbook:
    """Keep a workbook for its preview; ``ActionRefused`` says in one sentence why it is not taken.

    It takes the place of the person's earlier one for the report, unless that was taken: one file each waits.
    """
    book = read_upload(upload)
    with transaction.atomic():
        earlier = FilledWorkbook.objects.filter(report=report_id, by=by, taken_at__isnull=True)
        waiting = _for_good(earlier)  # before the report, as ``take`` does
        report = locked(report_id)
        province_post("save", by, report, at=at)
        book.seal.refuse_stranger(report)
        _forget(waiting)
        stored = store_upload(upload, by=by, at=at)
        return FilledWorkbook.objects.create(
            report=report, file=stored, by=by, uploaded_at=at, expires_at=at + KEPT_FOR
        )


def book_of(kept: FilledWorkbook, report: StatusReport) -> Book:
    """The kept workbook, read anew; refused when the report's form has changed since."""
    with kept.file.file.open("rb") as stored:
        book = read(stored.read())
    book.seal.refuse_stranger(report)
    return book


@dataclass
class Taken:
    """What became of the rows, by address."""

    good: dict[str, Any] = field(default_factory=dict)
    mine: dict[str, Any] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    unchanged: int = 0

    def add(self, row: Row, choices: Mapping[str, str]) -> None:
        address = row.question.address
        if row.is_good:
            self.good[address] = row.wanted
        elif row.outcome == Outcome.REFUSED:
            self.refused.append(row)
        elif row.outcome == Outcome.UNCHANGED:
            self.unchanged += 1
        elif choices.get(address) == MINE:
            self.mine[address] = row.mine
        elif choices.get(address) == THEIRS:
            self.theirs.append(address)
        else:
            raise ActionRefused(_("Choose which version stays, for each field that both changed."))


@transaction.atomic
def take(
    workbook_id: int, *, choices: Mapping[str, str], seen: int, by: "User", at: datetime
) -> FilledWorkbook:
    """Take every good row through the door of drafts; what was refused is kept to be given back.

    ``seen`` is the version of the report that the preview showed. Where a chosen field cannot be taken,
    since somebody changed it after that, ``taken_at`` stays empty, and the preview asks again.
    """
    kept = _waiting(workbook_id)
    if kept.taken_at:
        return kept  # a second press of the button
    refuse_overdue(kept, at)
    report = locked(kept.report_id)
    post = province_post("save", by, report, at=at)
    book = book_of(kept, report)
    taken = _sorted_out(report, book, choices, by=by, at=at)
    changed = _saved_whole(report.pk, answers=taken.good, seen=book.seal.version, by=by, at=at)
    chosen = save_draft(report.pk, answers=taken.mine, seen=seen, by=by, at=at).changed
    changed += chosen
    if changed:
        detail = {"name": kept.file.name, "sha256": kept.file.sha256, "changed": len(changed)}
        write_down(report, "workbook", by=by, post=post, at=at, detail=detail)
    if set(chosen) == set(taken.mine):
        kept.taken_at, kept.outcome = at, _outcome(taken, changed, book.seal.language)
        kept.save(update_fields=["taken_at", "outcome"])
    return kept


def _waiting(workbook_id: int) -> FilledWorkbook:
    found = FilledWorkbook.objects.select_for_update(of=("self",)).select_related("file")
    kept = found.filter(pk=workbook_id).first()
    if kept is None:
        raise ActionRefused(_("This workbook is no longer here, or a newer one took its place."))
    return kept


def _sorted_out(
    report: StatusReport, book: Book, choices: Mapping[str, str], *, by: "User", at: datetime
) -> Taken:
    taken = Taken()
    with override(book.seal.language):  # what is kept goes back on sheets in the workbook's language
        rows = compared(report, book, fields_open_to(by, report), today=timezone.localdate(at))
    for row in rows:
        taken.add(row, choices)
    return taken


def _saved_whole(
    report_id: int, *, answers: Mapping[str, Any], seen: int, by: "User", at: datetime
) -> list[str]:
    """What was changed: all of it, or nothing.

    The seal and the report's history both say what stood there. They differ after a restored copy, and
    where somebody saved in the moment of the download.
    """
    changed = save_draft(report_id, answers=answers, seen=seen, by=by, at=at).changed
    if set(changed) != set(answers):
        raise ActionRefused(
            _("What stood in this workbook is not what the report’s history says, so nothing was saved. "
              "Download it again and bring your answers over.")
        )  # fmt: skip
    return changed


def refuse_overdue(kept: FilledWorkbook, at: datetime) -> None:
    if kept.expires_at <= at:
        raise ActionRefused(
            _("This workbook was kept for seven days and is no longer here. Upload it again.")
        )


def _outcome(taken: Taken, changed: list[str], language: str) -> dict[str, Any]:
    return {
        "language": language,
        "taken": len(changed),
        "theirs": len(taken.theirs),
        "unchanged": taken.unchanged,
        "refused": [
            {"address": row.question.address, "sheet": row.sheet, "complaints": row.complaints}
            for row in taken.refused
        ],
    }


def refused_rows(kept: FilledWorkbook, report: StatusReport, *, open_fields: frozenset[str]) -> bytes:
    """The workbook as it is now, with the refused rows as they were typed, and what to mend beside each.

    All of it is in the language of the workbook that was sent, as what was typed and the sentences are.
    """
    book = book_of(kept, report)
    typed = {row.question.address: row.typed for row in compared(report, book, open_fields)}
    marks = {
        one["address"]: Mark(
            typed[one["address"]],
            [f"{place}: {sentence}" if place else sentence for place, sentence in one["complaints"]],
        )
        for one in kept.outcome["refused"]
    }
    with override(book.seal.language):
        return workbook_of(report, open_fields=open_fields, marks=marks)


@transaction.atomic
def forget_overdue(*, at: datetime) -> int:
    """Throw away what was kept longer than promised, the file with it."""
    overdue = _for_good(FilledWorkbook.objects.overdue(at))
    _forget(overdue)
    return len(overdue)


def _for_good(found: FilledWorkbookQuerySet) -> list[FilledWorkbook]:
    """Rows that go, locked against whoever would take their answers now."""
    return list(found.select_for_update(of=("self",)).select_related("file"))


def _forget(workbooks: list[FilledWorkbook]) -> None:
    for kept in workbooks:
        stored = kept.file
        kept.delete()
        stored.delete()
        transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))
