"""A report as a workbook: download."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from foundation.files import XLSX
from foundation.sheets import download as as_download
from foundation.text import fold

from ..models import StatusReport
from ..pages import Frame
from ..workbooks import actions
from .report import of_own_unit
from .signed_in import SignedInRequest


def open_to(request: SignedInRequest, report: StatusReport) -> frozenset[str]:
    """The fields this reader may fill in; a workbook has the others locked."""
    may_save = Frame(report, request.user, timezone.now()).may_save
    return report.open_addresses() if may_save else frozenset()


def name_of(report: StatusReport) -> str:
    return f"{slugify(fold(f'{report.province.name} {report.period}'))}-{report.version}.xlsx"


@login_required
@require_safe
def download(request: SignedInRequest, pk: int) -> HttpResponse:
    report = of_own_unit(request, pk)
    data = actions.workbook_of(report, open_fields=open_to(request, report))
    return as_download(data, XLSX, name_of(report))
