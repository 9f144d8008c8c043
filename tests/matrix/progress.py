from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from foundation.models import StoredFile
from reporting.documents.cutting import content_of
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, DataCut, ReportFile
from tests.matrix import LOGIN, Row
from tests.programmes.factories import IndicatorFactory, ProgrammeFactory
from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import NOON, approve, national, national_outline, t3, year_of


def a_target(_people):
    indicator = IndicatorFactory(programme=ProgrammeFactory(slug="sxtdbv-2021-2030"), slug="khu-cum")
    return {"slug": indicator.slug}


def a_target_as_csv(people):
    return {**a_target(people), "kind": "csv"}


def a_picture(_people):
    year = year_of(2026)
    indicator = t3()
    approve(ProvinceFactory(), year.year, indicator, numerator=5, denominator=10)
    return {"slug": indicator.slug, "name": "years", "kind": "svg"}


def no_picture(people):
    return {**a_target(people), "name": "years", "kind": "svg"}


def as_xlsx(_people):
    return {"kind": "xlsx"}


def as_pdf(_people):
    return {"kind": "pdf"}


def report(*, published_at=None):
    stored = StoredFile.objects.create(
        name="bao-cao.pdf", media_type="application/pdf", size=9, sha256="0" * 64, stored_at=NOON
    )
    stored.file.save("bao-cao.pdf", ContentFile(b"%PDF-1.7\n"))
    cut = DataCut.objects.create(
        number="C-2026-01",
        period=year_of(2026),
        cut_at=NOON,
        lens=f"on:{date(2026, 12, 14)}",
        content=content_of(year_of(2026), Lens(LensKind.ON, date(2026, 12, 14))),
        sha256="0" * 64,
        counted=1,
        expected=2,
    )
    return CompiledReport.objects.create(
        kind=national(),
        cut=cut,
        outline=national_outline().as_json(),
        title_text="Báo cáo",
        check_code="7K4M-92QD",
        file=stored,
        published_at=published_at,
    )


def published(_people):
    return {"code": report(published_at=datetime(2026, 1, 1, tzinfo=UTC)).check_code}


def unpublished(_people):
    return {"code": report().check_code}


def published_file(_people):
    return file_of(report(published_at=datetime(2026, 1, 1, tzinfo=UTC)))


def unpublished_file(_people):
    return file_of(report())


def file_of(compiled):
    ReportFile.objects.create(report=compiled, edition=1, format="pdf", file=compiled.file)
    return {"code": compiled.check_code, "form": "pdf"}


def no_file(people):
    return {**to_publish(people), "file": 1}


def to_publish(_people):
    return {"pk": report().pk}


MINISTRY = {"guest": LOGIN, "lan": 404, "hoa": 404}

ROWS = [
    Row("reporting:reports", everyone=200),
    Row("reporting:progress", everyone=200),
    Row("reporting:target", a_target, everyone=200),
    Row("reporting:targets_table", as_xlsx, everyone=200),
    Row("reporting:targets_table", as_pdf, everyone=404),
    Row("reporting:target_table", a_target_as_csv, everyone=200),
    Row("reporting:target_picture", a_picture, everyone=200),
    Row("reporting:target_picture", no_picture, everyone=404),
    Row("reporting:document_list", everyone=200),
    Row("reporting:check", everyone=200),
    Row("reporting:document", published, everyone=200),
    Row("reporting:document", unpublished, everyone=404, thu=200, minh=200, an=200),
    Row("reporting:document_pdf", published, everyone=200),
    Row("reporting:document_pdf", unpublished, everyone=404, thu=200, minh=200, an=200),
    Row("reporting:document_file", published_file, everyone=200),
    Row("reporting:document_file", unpublished_file, everyone=404, thu=200, minh=200, an=200),
    Row("reporting:compiled_list", **MINISTRY, everyone=200),
    Row("reporting:compiled", to_publish, **MINISTRY, everyone=200),
    Row("reporting:compiled_file", no_file, **MINISTRY, everyone=404),
    Row("reporting:words", to_publish, **MINISTRY, everyone=200),
    Row("reporting:words", to_publish, **MINISTRY, everyone=200, minh=302, method="post"),
    Row("reporting:envelope", to_publish, **MINISTRY, everyone=200, method="post"),
    Row("reporting:preview", to_publish, **MINISTRY, everyone=200),
    Row("reporting:build_again", to_publish, **MINISTRY, everyone=302, method="post"),
    Row("reporting:stop", to_publish, **MINISTRY, everyone=302, method="post"),
    Row("reporting:publish", to_publish, **MINISTRY, everyone=302, method="post"),
    Row("reporting:withdraw", to_publish, **MINISTRY, everyone=302, method="post"),
]
