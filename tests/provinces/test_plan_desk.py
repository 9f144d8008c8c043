"""The plan register at the ministry's desk: import with preview, deeds, faults at their fields."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tablib import Dataset

from provinces.models import ActivityBudget, PlanActivity, PlanTarget, ProvincialPlan
from provinces.part_resources import ActivityResource, TargetResource
from provinces.resources import PlanResource
from tests.provinces.factories import PlanActivityFactory, PlanFactory, ProvinceFactory, merge

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

START, MERGER = date(2008, 8, 1), date(2025, 7, 1)
IMPORT = "admin:provinces_provincialplan_import"
CSV_FORMAT = "0"


@pytest.fixture
def two_with_79(db):
    old = ProvinceFactory(
        code="79", valid_from=START, valid_to=MERGER, name_vi="Hồ Chí Minh", slug="ho-chi-minh-2008"
    )
    new = ProvinceFactory(code="79", name_vi="Hồ Chí Minh", slug="ho-chi-minh")
    merge(old, heir=new)
    return old, new


@pytest.fixture
def desk(client, an):
    client.force_login(an)
    return client


def previewed(desk, text):
    upload = SimpleUploadedFile("ke-hoach.csv", text.encode())
    return desk.post(reverse(IMPORT), {"format": CSV_FORMAT, "import_file": upload})


def test_code_79_for_2024_and_2026_is_two_units_in_preview_and_after(desk, an, two_with_79):
    preview = previewed(
        desk, "code,kind,number,first_year,last_year\n79,annual,1/KH,2024,2024\n79,annual,2/KH,2026,2026\n"
    )

    assert not preview.context["result"].has_errors()
    assert not ProvincialPlan.objects.exists()
    desk.post(
        reverse("admin:provinces_provincialplan_process_import"), preview.context["confirm_form"].initial
    )
    assert dict(ProvincialPlan.objects.values_list("number", "province")) == {
        "1/KH": two_with_79[0].pk,
        "2/KH": two_with_79[1].pk,
    }
    assert ProvincialPlan.history.first().history_user == an


def test_an_ambiguous_code_is_refused_in_the_preview_naming_both(desk, two_with_79):
    preview = previewed(desk, "code,kind,number,first_year,last_year\n79,annual,1/KH,2025,2025\n")

    text = preview.content.decode()
    assert "Hồ Chí Minh (trước 01/7/2025) hoặc Hồ Chí Minh (từ 01/7/2025)" in text
    assert "confirm_form" not in preview.context


def test_the_import_page_says_where_to_read_more(desk, db):
    assert 'href="/about/succession/"' in desk.get(reverse(IMPORT)).content.decode()


def test_a_superseding_row_changes_the_earlier_plan(desk, an, two_with_79):
    PlanFactory(province=two_with_79[0], number="1/KH", kind="frame", first_year=2021, last_year=2030)
    rows = Dataset(headers=["code", "on", "kind", "number", "first_year", "last_year", "status",
                            "supersedes", "supersession", "reason_vi"])  # fmt: skip
    rows.append(["79", "2026-01-05", "frame", "2/KH", "2026", "2030", "issued", "1/KH", "replaces", "Mới"])

    result = PlanResource().import_data(rows, user=an)

    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert dict(ProvincialPlan.objects.values_list("number", "status")) == {
        "1/KH": "replaced",
        "2/KH": "issued",
    }
    sheet = Dataset().load(PlanResource().export().export("csv"), format="csv")
    assert PlanResource().import_data(sheet).totals["skip"] == 2


def test_one_wrong_row_keeps_the_whole_file_out(two_with_79):
    rows = Dataset(headers=["code", "on", "kind", "number", "first_year", "last_year"])
    rows.append(["79", "2026", "annual", "1/KH", "2026", "2026"])
    rows.append(["79", "2026", "annual", "2/KH", "2027", "2026"])

    result = PlanResource().import_data(rows)

    assert result.has_validation_errors()
    assert not ProvincialPlan.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_targets_go_out_and_come_in(two_with_79, kind):
    plan = PlanFactory(province=two_with_79[1], number="7/KH")
    PlanTarget.objects.create(
        plan=plan, position=1, statement_vi="Giảm", low="3.5", high=8, unit_vi="%", denominator_vi="toàn tỉnh"
    )
    sheet = Dataset().load(TargetResource().export().export(kind), format=kind)
    assert TargetResource().import_data(sheet).totals["skip"] == 1

    PlanTarget.objects.all().delete()
    result = TargetResource().import_data(sheet)

    assert result.totals["new"] == 1
    target = PlanTarget.objects.get()
    assert (target.plan, target.low, target.denominator_vi) == (plan, 3.5, "toàn tỉnh")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_activities_go_out_and_come_in_with_their_money(two_with_79, kind):
    activity = PlanActivityFactory(plan__province=two_with_79[0], plan__number="7/KH", lead="Sở Công Thương")
    ActivityBudget.objects.create(activity=activity, source="local", planned_number=5_000_000, spent_number=0)
    sheet = Dataset().load(ActivityResource().export().export(kind), format=kind)
    assert ActivityResource().import_data(sheet).totals["skip"] == 1

    PlanActivity.objects.all().delete()
    ActivityResource().import_data(sheet)

    money = ActivityBudget.objects.get()
    assert (money.source, money.planned_number, money.received_number, money.spent_number) == (
        "local", 5_000_000, None, 0,
    )  # fmt: skip


def test_a_changed_amount_alone_is_seen(two_with_79):
    activity = PlanActivityFactory(plan__province=two_with_79[0], plan__number="7/KH")
    sheet = Dataset(headers=["code", "on", "plan", "position", "title_vi", "central_planned"])
    sheet.append(["79", "2024", "7/KH", activity.position, activity.title_vi, "1000000"])

    assert ActivityResource().import_data(sheet).totals["update"] == 1
    assert ActivityBudget.objects.get().planned_number == 1_000_000
    sheet[0] = ["79", "2024", "7/KH", activity.position, activity.title_vi, "nhiều"]
    result = ActivityResource().import_data(sheet)
    assert result.has_validation_errors() or result.has_errors()


def test_a_plan_that_is_not_there_is_named(two_with_79):
    sheet = Dataset(headers=["code", "on", "plan", "position", "statement_vi"])
    sheet.append(["79", "2024", "8/KH", "1", "Giảm"])

    result = TargetResource().import_data(sheet)

    assert result.has_errors() or result.has_validation_errors()
    assert not PlanTarget.objects.exists()


def deeds(plan):
    return reverse("admin:provinces_provincialplan_deeds", args=[plan.pk])


def test_the_desk_takes_a_step_and_replaces(desk, province):
    earlier = PlanFactory(province=province, number="1/KH", kind="frame", first_year=2021, last_year=2030)
    plan = PlanFactory(province=province, number="2/KH", kind="frame", status="drafting")
    page = desk.get(deeds(plan)).content.decode()
    assert "Ban hành" in page

    desk.post(deeds(plan), {"earlier": earlier.pk, "how": "replaces", "reason": "Kế hoạch mới"})
    desk.post(deeds(plan), {"step": "issue"})

    earlier.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.status, plan.reason_vi, earlier.status) == ("issued", "Kế hoạch mới", "replaced")


def test_who_may_only_look_changes_no_state(client, thu):
    plan = PlanFactory(status="drafting")
    client.force_login(thu)

    assert client.post(deeds(plan), {"step": "issue"}).status_code == 403
    plan.refresh_from_db()
    assert plan.status == "drafting"


def test_a_plan_that_changed_another_cannot_be_deleted(desk, province):
    earlier = PlanFactory(province=province, status="replaced")
    plan = PlanFactory(province=province, supersedes=earlier, supersession="replaces", reason_vi="Mới")

    address = reverse("admin:provinces_provincialplan_delete", args=[plan.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 403


def test_a_file_that_is_too_large_is_refused_with_its_limit(desk, monkeypatch):
    from tests.provinces.test_admin import form_of  # noqa: PLC0415 -- the form's fields stand there

    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 8)
    plan = PlanFactory()
    upload = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7 qua lon")

    response = desk.post(
        reverse("admin:provinces_provincialplan_change", args=[plan.pk]), form_of(plan, upload)
    )

    assert response.status_code == 200
    assert not plan.files.exists()
