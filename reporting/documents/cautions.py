"""What to consider before a document is published; none of it stops the publishing."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import day_words

from ..models import CompiledReport
from .imprint import covered


def cautions_on(report: CompiledReport, *, today: date) -> list[str]:
    found, cut = [], report.cut
    if cut.period.last_day >= today:
        words = _("The period runs until %(day)s: figures may still come in.")
        found.append(words % {"day": day_words(cut.period.last_day)})
    coverage = covered(report)
    if coverage.counted < coverage.expected:
        found.append(_("Not every report is in this cut: %(coverage)s.") % {"coverage": coverage.sentence()})
    if coverage.partly:
        words = ngettext(
            "Of %(n)s unit whose report is not approved whole, approved parts enter the figures.",
            "Of %(n)s units whose reports are not approved whole, approved parts enter the figures.",
            len(coverage.partly),
        )
        found.append(words % {"n": len(coverage.partly)})
    return [*found, *_left_open(report)]


def _left_open(report: CompiledReport) -> Iterator[str]:
    """What the paper would show in place of what nobody gave."""
    if not report.number:
        yield _("No official number is given: the head and the annexes print a blank in its place.")
    if report.issued_on is None:
        yield _("No date is given: the head and the annexes leave day, month and year blank.")
    if not report.signatory:
        yield _("No signatory is given: nobody's name stands under the place of signature.")
