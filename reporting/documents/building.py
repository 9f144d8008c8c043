"""Builds a compiled report's PDF inside a job: words, pictures, layout, checks, one file kept."""

import io
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from foundation import jobs
from foundation.files import PDF, store_bytes
from foundation.jobs import JobFailed, Step, Worker
from foundation.models import StoredFile
from foundation.templatetags.portal import filesize_words

from ..models import CompiledReport
from .blocks import Document, pictures
from .national import Envelope, compose
from .rendering import page_of

KIND = "national_report"
WORDS, PICTURES, LAYOUT, CHECKS = 1, 2, 3, 4
STEPS = [
    Step("Soạn lời từ số liệu", "Compose the words from the figures"),
    Step("Vẽ hình", "Draw the pictures", total=8),
    Step("Dàn trang", "Lay out the pages"),
    Step("Kiểm tra PDF", "Check the PDF", total=4),
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
    html = _drawn(worker, report, document)
    data = _laid_out(worker, report, document, html)
    page_count = _checked(worker, data, document)
    with worker.committing():
        stored = store_bytes(
            data,
            name=file_name(report),
            media_type=PDF,
            by=worker.job.by,
            at=report.cut.cut_at,
            is_public=True,
        )
        CompiledReport.objects.filter(pk=report.pk).update(
            file=stored, content=document.as_json(), page_count=page_count
        )
    return stored


def file_name(report: CompiledReport) -> str:
    return f"bao-cao-quoc-gia-{report.cut.period.year}-{report.language}-{report.cut.number}.pdf"


def check_url(report: CompiledReport) -> str:
    with translation.override(report.language):
        return settings.SITE_ADDRESS + reverse("reporting:document", args=[report.check_code])


def _composed(worker: Worker, report: CompiledReport) -> Document:
    worker.begin(WORDS)
    cut = report.cut
    document = compose(
        cut.content,
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
    worker.end(
        WORDS,
        note_vi=f"bản cắt {cut.number}, {cut.counted}/{cut.expected} đơn vị",
        note_en=f"data cut {cut.number}, {cut.counted}/{cut.expected} units",
    )
    return document


def _drawn(worker: Worker, report: CompiledReport, document: Document) -> str:
    drawings = pictures(document)
    worker.begin(PICTURES, total=len(drawings))

    def drawn(done: int) -> None:
        caption = drawings[done - 1].caption
        worker.advance(PICTURES, done, note_vi=caption, note_en=caption)

    html = page_of(document, check_url=check_url(report), drawn=drawn)
    worker.end(PICTURES, note_vi=f"{len(drawings)} hình", note_en=f"{len(drawings)} pictures")
    return html


def _laid_out(worker: Worker, report: CompiledReport, document: Document, html: str) -> bytes:
    from foundation.pdf import render_pdf  # noqa: PLC0415 -- slow import

    worker.begin(LAYOUT)
    data = render_pdf(html, title=document.title, language=document.language, created_at=report.cut.cut_at)
    worker.end(LAYOUT, note_vi=_size(data, "vi"), note_en=_size(data, "en"))
    return data


def _size(data: bytes, language: str) -> str:
    with translation.override(language):
        return filesize_words(len(data))


def _checked(worker: Worker, data: bytes, document: Document) -> int:
    """Four promises of every issued PDF; a broken one fails the job with its name."""
    import pikepdf  # noqa: PLC0415 -- slow import

    with pikepdf.open(io.BytesIO(data)) as pdf:
        worker.begin(CHECKS)
        checks: list[tuple[bool, str]] = [
            ("/StructTreeRoot" in pdf.Root, gettext("the tags are missing")),
            (
                str(pdf.Root.get("/Lang", "")).startswith(document.language),
                gettext("the language is missing"),
            ),
            (str(pdf.docinfo.get("/Title", "")) == document.title, gettext("the title is missing")),
            (_fonts_embedded(pdf), gettext("a font is not embedded")),
        ]
        for done, (kept, complaint) in enumerate(checks, 1):
            if not kept:
                raise JobFailed(gettext("The PDF is not fit to be issued: %(why)s.") % {"why": complaint})
            worker.advance(CHECKS, done)
        count = len(pdf.pages)
    worker.end(CHECKS, note_vi=f"{count} trang", note_en=f"{count} pages")
    return count


def _fonts_embedded(pdf: Any) -> bool:
    for page in pdf.pages:
        for font in (page.get("/Resources", {}).get("/Font", {}) or {}).values():
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            described = inner.get("/FontDescriptor", {})
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                return False
    return True
