"""Every kind of PDF the portal gives out, judged by veraPDF under both standards."""

from datetime import UTC, datetime

import pytest

from foundation import jobs
from reporting.documents import actions, asking
from reporting.lenses import Lens, LensKind
from tests.reporting import factories
from tests.reporting.approved import approve, national, t3, year_of
from tests.training.factories import CertificateFactory
from tests.verapdf import faults
from training.documents import write_certificate

LATER = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)


def year_with_figures(unit):
    indicator = t3()
    for year, count in ((2025, 41), (2026, 52)):
        approve(unit, year, indicator, numerator=count, denominator=66)
    return year_of(2026)


def national_report(period, minh, language):
    wanted = asking.Wanted(national(), period, language, Lens(LensKind.ON, period.last_day))
    report = actions.compile_report(
        wanted, by=minh, at=LATER, signing=asking.Signing(signatory="Nguyễn Văn A")
    )
    jobs.run(report.job_id)
    report.refresh_from_db()
    return report.file


def receipt(province, tung):
    receipt = factories.submitted(province, tung).submissions.get().receipt
    jobs.run(receipt.job_id)
    receipt.refresh_from_db()
    return receipt.file


@pytest.mark.verapdf
@pytest.mark.django_db(transaction=True)
def test_verapdf_finds_nothing_wrong_with_what_is_given_out(province, neighbour, minh, tung, tmp_path):
    received = receipt(province, tung)
    period = year_with_figures(neighbour)
    given_out = {
        "vi.pdf": national_report(period, minh, "vi"),
        "en.pdf": national_report(period, minh, "en"),
        "receipt.pdf": received,
        "certificate.pdf": write_certificate(CertificateFactory(is_demo=True)),
    }
    for name, stored in given_out.items():
        with stored.file.open("rb") as file:
            (tmp_path / name).write_bytes(file.read())

    found = faults(*sorted(tmp_path.iterdir()))

    assert len(found) == 8
    assert {name: broken for name, broken in found.items() if broken} == {}
