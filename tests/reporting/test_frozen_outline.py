"""What a document was asked to say is kept with it, also by those from before there was a place for it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from reporting.documents import actions, asking
from reporting.models import CompiledReport, ReportKind
from reporting.outline import Outline
from tests.programmes.factories import TaskGroupFactory
from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import NOON, approve, national, t3, year_of
from tests.reporting.composed import in_region

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
freeze = import_module("reporting.migrations.0017_frozen_outline").freeze


def subject_of(reach, province, programme):
    if reach == "region":
        return in_region(province)
    if reach == "task_group":
        return TaskGroupFactory(programme=programme, number=9, name_vi="Giáo dục, lối sống")
    return province if reach == "province" else None


@pytest.mark.parametrize(
    ("code", "half"),
    [("national", None), ("national-half", 2), ("final", None), ("region", None), ("province", None),
     ("task-group", None)],
)  # fmt: skip
def test_a_document_from_before_gets_the_outline_it_would_be_asked_for_with(province, code, half):
    indicator, period = t3(), year_of(2026)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    national()
    ReportKind.objects.filter(code="final").update(last_year=2026)
    kind = ReportKind.objects.get(code=code)
    subject = subject_of(kind.reach, province, indicator.programme)
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period), half=half, subject=subject)
    report = actions.compile_report(wanted, by=None, at=NOON)
    asked = report.outline
    CompiledReport.objects.update(outline={})

    freeze(apps, None)

    report.refresh_from_db()
    assert report.outline == asked
    assert Outline.of(report.outline) == asking.outline_of(wanted)


def test_a_unit_bears_the_name_of_the_map_s_day_in_both(db):
    old = ProvinceFactory(code="60", valid_from=date(2008, 8, 1))
    approve(old, 2024, t3(), numerator=33, denominator=66)
    national()
    kind, period = ReportKind.objects.get(code="province"), year_of(2024)
    changed_on = date(2024, 12, 1)
    old.names.create(valid_from=date(2008, 8, 1), valid_to=changed_on, name_vi="Tên trước", kind="tinh")
    old.names.create(valid_from=changed_on, name_vi="Tên sau", kind="tinh")
    wanted = asking.Wanted(kind, period, "vi", asking.default_lens(kind, period), subject=old)
    report = actions.compile_report(wanted, by=None, at=NOON)
    CompiledReport.objects.update(outline={})

    freeze(apps, None)

    assert CompiledReport.objects.get().outline == report.outline
    assert report.outline["scope"]["name_vi"] == "Tên sau"
