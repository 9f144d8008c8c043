"""What stands on every file of a document: where its figures come from and how it is checked."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.dates import day_words

from ..models import CompiledReport
from ..outline import Outline
from .asking import lens_of
from .blocks import Document
from .covering import Coverage, coverage_of
from .reading import Cut


@dataclass(frozen=True)
class Imprint:
    """Words are in the document's language. ``cut_at`` is the clock of every file."""

    language: str
    title: str
    cut_number: str
    cut_at: datetime
    cut_sha256: str
    lens: str
    coverage: str
    check_code: str
    check_url: str
    demo: str

    @classmethod
    def of(cls, report: CompiledReport, document: Document, *, check_url: str) -> "Imprint":
        cut = report.cut
        with translation.override(report.language):
            return cls(
                language=report.language,
                title=document.title,
                cut_number=cut.number,
                cut_at=cut.cut_at,
                cut_sha256=cut.sha256,
                lens=lens_of(cut).words(),
                coverage=covered(report).words(),
                check_code=report.check_code,
                check_url=check_url,
                demo=document.demo,
            )

    def facts(self) -> list[tuple[str, str]]:
        """Lines of label and text."""
        with translation.override(self.language):
            moment = timezone.localtime(self.cut_at)
            cut = _("%(cut)s, taken at %(time)s on %(day)s (UTC+7)") % {
                "cut": self.cut_number,
                "time": f"{moment:%H:%M}",
                "day": day_words(moment.date()),
            }
            return [
                (_("Data cut"), cut),
                (_("Figures seen by"), self.lens),
                (_("Coverage"), self.coverage),
                (_("Check code"), self.check_code),
                (_("To check"), self.check_url),
            ]

    def line(self) -> str:
        """The same in one line, for the foot of a sheet or a page."""
        return " · ".join(f"{label}: {text}" for label, text in self.facts()[:4])


def covered(report: CompiledReport) -> Coverage:
    """Counted within what the document speaks of: of a province its own report alone."""
    return coverage_of(Cut(report.cut.content, report.language, Outline.of(report.outline).scope))
