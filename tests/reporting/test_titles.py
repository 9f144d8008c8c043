"""The titles of documents as they are printed, and those of kinds from before."""

from importlib import import_module

import pytest
from django.apps import apps

from reporting.documents import actions, asking
from reporting.models import CompiledReport, ReportKind
from tests.reporting.approved import NOON, approve, national, t3, year_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
put_commas = import_module("reporting.migrations.0020_comma_in_titles").put_commas
YEARLY = ["national", "national-half", "region", "province"]


@pytest.mark.parametrize(
    ("code", "half", "end"),
    [
        ("national", None, "giai đoạn 2021–2030, năm 2026"),
        ("national-half", 1, "giai đoạn 2021–2030, 6 tháng đầu năm 2026"),
    ],
)
def test_a_title_sets_the_programme_s_years_apart_from_its_own(db, code, half, end):
    national()
    kind, period = ReportKind.objects.get(code=code), year_of(2026)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period), half=half)

    assert asking.outline_of(wanted).title_vi.endswith(end)


def test_presets_from_before_get_their_comma_and_the_ministry_s_own_titles_stay(db):
    national()
    presets = dict(ReportKind.objects.filter(code__in=YEARLY).values_list("code", "title_vi"))
    for code, title in presets.items():
        ReportKind.objects.filter(code=code).update(title_vi=title.replace("2021–2030, ", "2021–2030 "))
    ReportKind.objects.filter(code="region").update(title_vi="Vùng {scope} năm {year}")

    put_commas(apps, None)

    now = dict(ReportKind.objects.filter(code__in=YEARLY).values_list("code", "title_vi"))
    assert now == {**presets, "region": "Vùng {scope} năm {year}"}


def test_the_title_of_a_document_made_before_stays(province):
    approve(province, 2026, t3(), numerator=52, denominator=66)
    kind, period = national(), year_of(2026)
    kind.title_vi = kind.title_vi.replace("2021–2030, ", "2021–2030 ")
    kind.save()
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period))
    actions.compile_report(wanted, by=None, at=NOON)

    put_commas(apps, None)

    assert ReportKind.objects.get(pk=kind.pk).title_vi.endswith("2021–2030, năm {year}")
    assert CompiledReport.objects.get().outline["title_vi"].endswith("2021–2030 năm 2026")
