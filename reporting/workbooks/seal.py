"""What a workbook says of itself, signed: whose it is, which form it has, and what stood in it.

The signature makes the base of the merge trustworthy: nobody can say that something else stood there.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.translation import get_language

from ..models import StatusReport
from ..snapshots import digest

SALT = "reporting.workbooks"
Value = dict[str, Any]


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
