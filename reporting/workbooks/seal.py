"""What a workbook says of itself, signed: whose it is, which form it has, and what stood in it.

The signature makes the base of the merge trustworthy: nobody can say that something else stood there.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from ..models import StatusReport
from ..snapshots import digest

SALT = "reporting.workbooks"
Value = dict[str, Any]


class WorkbookRefused(ActionRefused):
    """A file that is not a workbook of this report, or a dangerous one. Nothing of it is taken."""


@dataclass(frozen=True)
class Seal:
    """``base`` are the stored values by address, as they stood at ``version`` of the report."""

    report: int
    unit: str
    title: str
    form: str
    version: int
    language: str
    base: Mapping[str, Value]

    def signed(self) -> str:
        """Letters a spreadsheet leaves as they are: it takes “_x0041_” for an A."""
        return signing.dumps(asdict(self), salt=SALT, compress=True).replace("_", "~")

    @classmethod
    def opened(cls, text: str) -> "Seal":
        """The seal that was signed here; ``WorkbookRefused`` for any other."""
        try:
            return cls(**signing.loads(text.replace("~", "_"), salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            raise WorkbookRefused(
                _("The hidden sheet of the portal is missing or was changed. "
                  "Download the workbook again and bring your answers over.")
            ) from None  # fmt: skip

    def refuse_stranger(self, report: StatusReport) -> None:
        """Refuse the workbook of another report, of a form it never had, and of a later state of it."""
        if self.report != report.pk or self.unit != unit_of(report):
            raise WorkbookRefused(
                _("This workbook is “%(theirs)s”; you are at “%(ours)s”. Upload it where it belongs.")
                % {"theirs": self.title, "ours": report}
            )
        if self.form != digest(report.definition) and self.form not in earlier_forms(report):
            raise WorkbookRefused(
                _("The form has changed since this workbook was downloaded. "
                  "Download it again and bring your answers over.")
            )  # fmt: skip
        if self.version > report.version:  # what stood in it is not in the report's history
            raise WorkbookRefused(
                _("This workbook is newer than the report, which was restored from a copy since. "
                  "Download it again and bring your answers over.")
            )  # fmt: skip


def earlier_forms(report: StatusReport) -> set[str]:
    """Digests of the forms this report had before it grew. What they asked is asked still, the same way."""
    grown = report.events.filter(step="form").values_list("detail", flat=True)
    return {str(detail["before"]) for detail in grown}


def unit_of(report: StatusReport) -> str:
    """A unit is its code and its first day, never the code alone."""
    return f"{report.province.code}/{report.province.valid_from.isoformat()}"


def seal_of(report: StatusReport, values: Mapping[str, Value]) -> Seal:
    return Seal(
        report=report.pk,
        unit=unit_of(report),
        title=str(report),
        form=digest(report.definition),
        version=report.version,
        language=(get_language() or "vi")[:2],
        base=values,
    )
