"""Whether a file is one the portal gave out: by its hash, and else by the code it bears."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.dates import day_words
from foundation.files import BROKEN_ARCHIVE, MOST_READ
from foundation.templatetags.portal import moment

from ..models import CompiledReport, Receipt, ReportFile
from .codes import ALPHABET
from .data_files import LIST

CODE = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


@dataclass(frozen=True)
class Verdict:
    """``sentence`` says what the file is, or why it is not believed; ``address`` is the document's page."""

    is_genuine: bool
    sentence: str
    address: str = ""


@dataclass(frozen=True)
class Edition:
    """The files of one edition, each with its sentence; ``as_later`` names what a later one has unchanged."""

    number: int
    is_current: bool
    files: tuple[tuple[ReportFile, str], ...]
    as_later: tuple[str, ...]


def verdict_on(data: bytes) -> Verdict:
    """A file is genuine when every byte is as it was given out; withdrawn and replaced ones are so too."""
    sha256 = hashlib.sha256(data).hexdigest()
    return verdict_on_hash(sha256, among=CompiledReport.objects.all()) or Verdict(False, _why_not(data))


def verdict_on_hash(sha256: str, *, among: QuerySet[CompiledReport]) -> Verdict | None:
    """What the file with this hash is, if it is one of the reports the asker may know of, or a receipt."""
    given_out = ReportFile.objects.select_related("report__kind", "report__cut", "file")
    given_out = given_out.filter(file__sha256=sha256, report__in=among).order_by("-edition", "-pk")
    if found := given_out.first():
        return Verdict(True, _what_it_is(found, _state(found)), found.report.get_absolute_url())
    if receipt := Receipt.objects.filter(file__sha256=sha256).select_related("submission").first():
        words = _("Genuine: receipt %(code)s, as it was given out.")
        return Verdict(True, words % {"code": receipt.check_code}, receipt.get_absolute_url())
    return None


def editions_of(report: CompiledReport) -> list[Edition]:
    """Every file ever given out for a report, the newest edition first, no file twice."""
    given_out = report.files.select_related("file").order_by("-edition", "pk")
    seen: set[str] = set()
    found = []
    for number, files in groupby(given_out, key=lambda one: one.edition):
        found.append(_edition(report, number, list(files), seen))
    return found


def _edition(report: CompiledReport, number: int, files: list[ReportFile], seen: set[str]) -> Edition:
    """``seen`` are the hashes of later editions; those of this one are added."""
    for one in files:
        one.report = report
    state = _state(files[0])
    own = tuple((one, _what_it_is(one, state)) for one in files if one.file.sha256 not in seen)
    as_later = tuple(one.get_format_display() for one in files if one.file.sha256 in seen)
    seen.update(one.file.sha256 for one in files)
    return Edition(number, number == report.edition, own, as_later)


def _what_it_is(found: ReportFile, state: str) -> str:
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
        "state": state,
    }


def _state(found: ReportFile) -> str:
    report = found.report
    if report.withdrawn_at:
        return _("It was withdrawn on %(day)s: %(reason)s") % {
            "day": day_words(report.withdrawn_at),
            "reason": report.withdrawn_reason,
        }
    if not found.is_current:
        return _(
            "It is an earlier edition: its files were made anew with another content before the document "
            "was issued."
        )
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
    """The check codes that a file names in its description; a broken file names none."""
    described = _described_in_office(data) if data.startswith(b"PK") else _described_in_pdf(data)
    return [code for text in described for code in CODE.findall(text)]


def _described_in_pdf(data: bytes) -> list[str]:
    import pikepdf  # noqa: PLC0415 -- slow import

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return [str(value) for value in pdf.docinfo.values()]
    except (pikepdf.PdfError, ValueError, OSError):
        return []


def _described_in_office(data: bytes) -> list[str]:
    """What a Word document or a workbook says of itself, and the list of tables says of its archive."""
    found = []
    for name in ("docProps/core.xml", LIST):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(name) as part:
                found.append(part.read(MOST_READ).decode(errors="replace"))
        except (KeyError, *BROKEN_ARCHIVE):
            continue
    return found
