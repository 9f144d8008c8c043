"""The deeds round a workbook: give one out."""

from django.utils.translation import gettext as _

from foundation.dates import day_words

from ..answers import values_of
from ..models import StatusReport
from ..pages import earlier_values
from .seal import seal_of
from .writing import Contents, write


def workbook_of(report: StatusReport, *, open_fields: frozenset[str]) -> bytes:
    """The report as a workbook in the language that is read now; a fixed number of queries."""
    values = values_of(report)
    earlier = {
        indicator: "\n".join(f"{one.unit}, {one.period}: {one.text}" for one in found)
        for indicator, found in earlier_values(report).items()
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
