"""Builds a compiled report's files inside a job: words, pictures, layout, checks, all files kept at once."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import ngettext

from foundation import jobs
from foundation.files import DOCX, PDF, XLSX, store_bytes
from foundation.jobs import JobFailed, Step, Worker
from foundation.models import StoredFile
from foundation.pdf.promises import PROMISES, checked
from foundation.pdf.rendering import Described, Part, render_parts
from foundation.templatetags.portal import filesize_words
from foundation.text import LANGUAGES, fold

from ..models import CompiledReport, EditedWords, Format, ReportFile
from ..outline import Outline
from .blocks import Document, pictures
from .composing import compose
from .data_files import attachments_of
from .formats import make
from .head_and_foot import Envelope
from .imprint import Imprint, covered
from .letting_go import restored, why_not_again
from .rendering import parts_of, running_lines
from .rewording import reworded

KIND = "national_report"  # the job of every kind of document; jobs kept from before bear this name
WORDS, PICTURES, LAYOUT, CHECKS, FILES = 1, 2, 3, 4, 5
MEDIA_TYPES = {
    Format.PDF: PDF,
    Format.XLSX: XLSX,
    Format.DOCX: DOCX,
    Format.CSV: "application/zip",
    Format.JSON: "application/json",
}
ENDINGS = {Format.CSV: "csv.zip"}  # of the others, their own name
STEPS = [
    Step("Soạn lời từ số liệu", "Compose the words from the figures"),
    Step("Vẽ hình", "Draw the pictures", total=8),
    Step("Dàn trang", "Lay out the pages", total=17),
    Step("Kiểm tra PDF", "Check the PDF", total=PROMISES),
    Step("Làm các tệp khác từ cùng bản cắt", "Make the other files of the same cut", total=4),
]


@jobs.runs(KIND)
def build(worker: Worker) -> StoredFile:
    """Everything comes from the cut, the clock is the cut's. A worker that died after keeping the PDF
    has done the work: the file may be published by now, so it is given back, never built over.
    """
    report = CompiledReport.objects.with_parts().get(pk=worker.job.arguments["report"])
    if report.file is not None:
        return report.file
    document = _composed(worker, report)
    parts = _drawn(worker, report, document)
    data = _laid_out(worker, report, document, parts)
    page_count = _checked(worker, data, document)
    made = {Format.PDF: data, **_others(worker, report, document)}
    _refuse_what_differs(worker, report, made)
    with worker.committing():
        kept = {form: _registered(report, form, made[form], by=worker.job.by) for form in made}
        CompiledReport.objects.filter(pk=report.pk).update(
            file=kept[Format.PDF], content=document.as_json(), page_count=page_count, let_go_at=None
        )
    return kept[Format.PDF]


def _refuse_what_differs(worker: Worker, report: CompiledReport, made: Mapping[Format, bytes]) -> None:
    """Another content under one edition is never given out. Once let go, the next build is a new edition."""
    given_out = report.files.filter(edition=report.edition).select_related("file")
    if all(_is_like(one.file, made.get(Format(one.format))) for one in given_out):
        return
    with worker.committing():
        CompiledReport.objects.filter(pk=report.pk, let_go_at__isnull=False).update(is_unlike_before=True)
    raise JobFailed(why_not_again(report))


def _is_like(kept: StoredFile, data: bytes | None) -> bool:
    """A format that is not made again leaves its file as it is."""
    return data is None or kept.sha256 == hashlib.sha256(data).hexdigest()


def _registered(report: CompiledReport, form: Format, data: bytes, *, by: Any) -> StoredFile:
    """Keep a file of the report's edition; every one ever given out can be recognised later."""
    kept = ReportFile.objects.filter(report=report, edition=report.edition, format=form).first()
    if kept:  # made before, let go since
        return restored(kept.file, data)
    name = f"{file_name(report)}.{ENDINGS.get(form, form)}"
    stored = store_bytes(
        data, name=name, media_type=MEDIA_TYPES[form], by=by, at=report.cut.cut_at, is_public=True
    )
    ReportFile.objects.create(report=report, edition=report.edition, format=form, file=stored)
    return stored


def rebuilt(report: CompiledReport, form: Format = Format.PDF) -> bytes:
    """A file of the report made once more from its cut: the same bytes, while the libraries are the same."""
    document = composed(report)
    if form != Format.PDF:
        return make(form, document, report.cut.content, _imprint(report, document))
    return _typeset(report, document, _parts(report, document))


def file_name(report: CompiledReport) -> str:
    """Without its ending."""
    outline = Outline.of(report.outline)
    about = outline.scope.name_vi
    kind = f"{outline.code} {about}" if about else outline.code
    return slugify(fold(f"{kind} {report.cut.period.year} {report.language} {report.cut.number}"))


def check_url(report: CompiledReport) -> str:
    with translation.override(report.language):
        path = reverse("reporting:document", args=[report.check_code])
        return (report.site_address or settings.SITE_ADDRESS) + path


def _composed(worker: Worker, report: CompiledReport) -> Document:
    worker.begin(WORDS)
    document, cut = composed(report), report.cut
    worker.end(
        WORDS,
        note_vi=f"bản cắt {cut.number}, {_covered(report, 'vi')}",
        note_en=f"data cut {cut.number}, {_covered(report, 'en')}",
    )
    return document


def _covered(report: CompiledReport, language: str) -> str:
    with translation.override(language):
        return covered(report).words()


def composed(report: CompiledReport, *, words: Mapping[str, str] | None = None) -> Document:
    """The whole document from its cut, with the words the ministry edited, or those given."""
    cut = report.cut
    document = compose(
        cut.content,
        Outline.of(report.outline),
        language=report.language,
        envelope=Envelope(
            cut_number=cut.number,
            cut_at=cut.cut_at,
            check_code=report.check_code,
            number=report.number,
            place=report.place,
            issued_on=report.issued_on,
            authority=report.authority,
            position=report.position,
            signatory=report.signatory,
        ),
    )
    return reworded(document, EditedWords.objects.words_of(report) if words is None else words)


def _drawn(worker: Worker, report: CompiledReport, document: Document) -> list[Part]:
    drawings = pictures(document)
    worker.begin(PICTURES, total=len(drawings))

    def drawn(done: int) -> None:
        caption = drawings[done - 1].caption
        worker.advance(PICTURES, done, note_vi=caption, note_en=caption)

    parts = _parts(report, document, drawn)
    worker.end(
        PICTURES, note_vi=_picture_words(len(drawings), "vi"), note_en=_picture_words(len(drawings), "en")
    )
    return parts


def _parts(
    report: CompiledReport, document: Document, drawn: Callable[[int], None] = lambda _done: None
) -> list[Part]:
    template = Outline.of(report.outline).template
    return parts_of(document, check_url=check_url(report), template=template, drawn=drawn)


def _laid_out(worker: Worker, report: CompiledReport, document: Document, parts: list[Part]) -> bytes:
    """Body, annexes and running lines are laid out side by side; those that did not change are at hand."""
    total = len(parts) + 1
    worker.begin(LAYOUT, total=total)

    def told(done: int) -> None:
        note = {"note_vi": f"{done}/{total} phần", "note_en": f"{done}/{total} parts"}
        worker.advance(LAYOUT, done, **note)

    data = _typeset(report, document, parts, told)
    worker.end(LAYOUT, note_vi=_size(data, "vi"), note_en=_size(data, "en"))
    return data


def _typeset(
    report: CompiledReport,
    document: Document,
    parts: list[Part],
    told: Callable[[int], None] = lambda _done: None,
) -> bytes:
    return render_parts(
        parts,
        Described(document.title, document.language, report.cut.cut_at),
        running=running_lines(document),
        attachments=attachments_of(document, report.cut.content, _imprint(report, document)),
        told=told,
    )


def _imprint(report: CompiledReport, document: Document) -> Imprint:
    return Imprint.of(report, document, check_url=check_url(report))


def _others(worker: Worker, report: CompiledReport, document: Document) -> dict[Format, bytes]:
    """What was asked for beside the PDF."""
    wanted = [Format(name) for name in Outline.of(report.outline).formats if name != Format.PDF]
    worker.begin(FILES, total=max(len(wanted), 1))
    made: dict[Format, bytes] = {}
    for done, form in enumerate(wanted, 1):
        made[form] = make(form, document, report.cut.content, _imprint(report, document))
        note = {f"note_{language}": f"{form.label}, {_size(made[form], language)}" for language in LANGUAGES}
        worker.advance(FILES, done, **note)
    listed = ", ".join(form.label for form in made)
    worker.end(FILES, note_vi=listed or "chỉ có PDF", note_en=listed or "the PDF alone")
    return made


def _size(data: bytes, language: str) -> str:
    with translation.override(language):
        return filesize_words(len(data))


def _page_words(count: int, language: str) -> str:
    with translation.override(language):
        return ngettext("%(count)s page", "%(count)s pages", count) % {"count": count}


def _picture_words(count: int, language: str) -> str:
    with translation.override(language):
        return ngettext("%(count)s picture", "%(count)s pictures", count) % {"count": count}


def _checked(worker: Worker, data: bytes, document: Document) -> int:
    worker.begin(CHECKS)
    count = checked(
        data,
        title=document.title,
        language=document.language,
        kept=lambda done: worker.advance(CHECKS, done),
    )
    worker.end(CHECKS, note_vi=_page_words(count, "vi"), note_en=_page_words(count, "en"))
    return count
