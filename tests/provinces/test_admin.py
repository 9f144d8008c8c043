"""What staff may do: the plan register is kept, units are only read and annotated."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tablib import Dataset

from foundation.dates import PartialDate
from provinces.models import PlanFile, ProvincialPlan
from provinces.resources import PlanResource, ProvinceResource
from provinces.unit_codes import unit_of
from tests.provinces.factories import PlanFactory, ProvinceFactory

pytestmark = pytest.mark.django_db

START, MERGER = date(2008, 8, 1), date(2025, 7, 1)


@pytest.fixture
def two_with_79(db):
    """The Hồ Chí Minh City before the merger and the one after it."""
    old = ProvinceFactory(
        code="79", valid_from=START, valid_to=MERGER, name_vi="Hồ Chí Minh", slug="ho-chi-minh-2008"
    )
    return old, ProvinceFactory(code="79", name_vi="Hồ Chí Minh", slug="ho-chi-minh")


def imported(by, *rows):
    data = Dataset(headers=["code", "on", "kind", "number", "first_year", "last_year"])
    data.extend(rows)
    return PlanResource().import_data(data, user=by)


def test_code_79_for_2024_and_for_2026_is_two_units(two_with_79, an):
    result = imported(
        an,
        ["79", "2024", "annual", "1/KH-UBND", "2024", "2024"],
        ["79", "2026-03-01", "annual", "2/KH-UBND", "2026", "2026"],
    )

    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert list(ProvincialPlan.objects.order_by("number").values_list("province", flat=True)) == [
        unit.pk for unit in two_with_79
    ]


def test_an_ambiguous_code_is_refused_naming_both_units(two_with_79):
    for day in (None, PartialDate(2025)):
        with pytest.raises(ValueError) as refusal:
            unit_of("79", day)

        assert str(refusal.value) == (
            "Mã 79 có thể là Hồ Chí Minh (trước 01/7/2025) hoặc Hồ Chí Minh (từ 01/7/2025). "
            "Ghi ngày vào cột “on”."
        )
    assert unit_of("79", PartialDate(2025, 6)) == two_with_79[0]
    assert unit_of("79", PartialDate(2025, 7)) == two_with_79[1]


def test_an_ambiguous_row_saves_nothing_of_the_file(two_with_79, an):
    result = imported(
        an, ["79", "2026", "annual", "1/KH-UBND", "2026", "2026"], ["79", "", "annual", "2/KH-UBND", "", ""]
    )

    assert result.has_errors() or result.has_validation_errors()
    assert not ProvincialPlan.objects.exists()


def test_a_code_nobody_held_is_refused(two_with_79):
    with pytest.raises(ValueError, match="Chưa có đơn vị nào mang mã 99"):
        unit_of("99", PartialDate(2026))
    with pytest.raises(ValueError, match="Không có đơn vị nào mang mã 79 vào 2001"):
        unit_of("79", PartialDate(2001))


def test_a_day_that_is_no_day_is_refused(two_with_79, an):
    result = imported(an, ["79", "hôm qua", "annual", "1/KH-UBND", "2026", "2026"])

    assert result.has_errors() or result.has_validation_errors()
    assert not ProvincialPlan.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_unchanged(two_with_79, kind):
    for unit in two_with_79:
        PlanFactory(province=unit, number="7/KH-UBND", first_year=2024, last_year=2024)
    PlanFactory(
        province=two_with_79[1], number="", issued_on=PartialDate(2025, 11, 10), signer="Nguyễn Thị Hoàng"
    )

    sheet = Dataset().load(PlanResource().export().export(kind), format=kind)
    result = PlanResource().import_data(sheet)

    assert result.totals == {"new": 0, "update": 0, "delete": 0, "skip": 3, "error": 0, "invalid": 0}


def test_units_go_out_as_a_table(two_with_79):
    assert [row["valid_from"] for row in ProvinceResource().export().dict] == ["2008-08-01", "2025-07-01"]


def test_units_cannot_be_made_imported_or_deleted_in_the_admin(client, an):
    unit = ProvinceFactory()
    client.force_login(an)

    assert client.get(reverse("admin:provinces_province_add")).status_code == 403
    assert client.get(reverse("admin:provinces_province_import")).status_code == 403
    assert client.post(reverse("admin:provinces_province_delete", args=[unit.pk])).status_code == 403
    assert client.get(reverse("admin:provinces_province_change", args=[unit.pk])).status_code == 200
    assert client.get(reverse("admin:provinces_boundaryevent_add")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("province", 9), ("provincialplan", 9), ("planactivity", 9), ("boundaryevent", 9)]
)
def test_admin_lists_keep_their_query_count(client, an, count, name, queries, django_assert_max_num_queries):
    PlanFactory.create_batch(count)
    client.force_login(an)

    with django_assert_max_num_queries(queries + 6):
        assert client.get(reverse(f"admin:provinces_{name}_changelist")).status_code == 200


def form_of(plan, upload):
    empty = {
        f"{name}-{part}": "0"
        for name in ("targets", "activities")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        **empty,
        "province": plan.province_id,
        "kind": plan.kind,
        "status": plan.status,
        "supersession": "",
        "number": plan.number,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "files-TOTAL_FORMS": "1",
        "files-INITIAL_FORMS": "0",
        "files-0-upload": upload,
    }


def test_a_document_is_stored_with_the_plan(client, an):
    plan = PlanFactory()
    client.force_login(an)
    address = reverse("admin:provinces_provincialplan_change", args=[plan.pk])

    response = client.post(address, form_of(plan, SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7 x")))

    assert response.status_code == 302
    held = PlanFile.objects.get(plan=plan)
    assert (held.file.name, held.file.is_public, held.file.by) == ("ke-hoach.pdf", True, an)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("so-lieu.csv", b"a,b", "Tệp kế hoạch là PDF, DOCX hoặc ODT."),
        ("ke-hoach.pdf", b"khong phai", "What is inside"),
    ],
)
def test_a_file_that_is_no_document_is_refused(client, an, name, data, sentence):
    plan = PlanFactory()
    client.force_login(an)
    address = reverse("admin:provinces_provincialplan_change", args=[plan.pk])

    response = client.post(address, form_of(plan, SimpleUploadedFile(name, data)))

    assert response.status_code == 200
    assert not PlanFile.objects.exists()
    if not sentence.startswith("What"):
        assert sentence in response.content.decode()


def test_changes_of_a_plan_are_kept_with_who_made_them(client, an):
    plan = PlanFactory()
    client.force_login(an)
    address = reverse("admin:provinces_provincialplan_change", args=[plan.pk])

    client.post(address, {**form_of(plan, ""), "files-TOTAL_FORMS": "0", "signer": "Đoàn Thu Hà"})

    newest = plan.history.first()
    assert (newest.signer, newest.history_user) == ("Đoàn Thu Hà", an)
