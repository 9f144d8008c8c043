"""Whether a file is one the portal gave out: by its hash, and else by the code it bears."""

import hashlib
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.templatetags.portal import moment

from ..models import CompiledReport, Receipt, ReportFile
from .codes import ALPHABET

CODE = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


@dataclass(frozen=True)
class Verdict:
    """``sentence`` says what the file is, or why it is not believed."""

    is_genuine: bool
    sentence: str


def verdict_on(data: bytes) -> Verdict:
    """A file is genuine when every byte is as it was given out; withdrawn and replaced ones are so too."""
    sha256 = hashlib.sha256(data).hexdigest()
    given_out = ReportFile.objects.select_related("report__kind", "report__cut", "file")
    if found := given_out.filter(file__sha256=sha256).order_by("-edition").first():
        return Verdict(True, _what_it_is(found))
    if receipt := Receipt.objects.filter(file__sha256=sha256).select_related("submission").first():
        words = _("Genuine: receipt %(code)s, as it was given out.")
        return Verdict(True, words % {"code": receipt.check_code})
    return Verdict(False, _why_not(data))


def _what_it_is(found: ReportFile) -> str:
    report = found.report
    words = _(
        "Genuine: %(format)s of “%(title)s”, data cut %(cut)s of %(moment)s, check code %(code)s. %(state)s"
    )
    return words % {
        "format": found.get_format_display(),
        "title": report.title_text,
        "cut": report.cut.number,
        "moment": moment(report.cut.cut_at),
        "code": report.check_code,
        "state": _state(found),
    }


def _state(found: ReportFile) -> str:
    report = found.report
    if report.withdrawn_at:
        return _("It was withdrawn on %(day)s: %(reason)s") % {
            "day": day_words(report.withdrawn_at),
            "reason": report.withdrawn_reason,
        }
    if not found.is_current:
        return _("It is an earlier edition: the words were changed before the document was issued.")
    if not report.is_published:
        return _("It is not issued yet.")
    newer = CompiledReport.objects.newer_than(report).select_related("cut").first()
    if newer:
        return _("A newer document replaces it: data cut %(cut)s.") % {"cut": newer.cut.number}
    return _("It is the current version.")


def _why_not(data: bytes) -> str:
    """A changed copy still bears its code; what was made elsewhere bears none the portal knows."""
    for code in _codes_in(data):
        report = CompiledReport.objects.filter(check_code=code).first()
        if report or Receipt.objects.filter(check_code=code).exists():
            words = _(
                "Not genuine: the file bears check code %(code)s (%(title)s), but its content was changed "
                "after it was given out."
            )
            return words % {"code": code, "title": report.title_text if report else _("receipt")}
    return _("Not genuine: no document of this portal has this content.")


def _codes_in(data: bytes) -> list[str]:
    """The check codes that a PDF names in its description; a broken file names none."""
    import pikepdf  # noqa: PLC0415 -- slow import

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            described = [str(value) for value in pdf.docinfo.values()]
    except (pikepdf.PdfError, ValueError, OSError):
        return []
    return [code for text in described for code in CODE.findall(text)]
