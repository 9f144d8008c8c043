"""The room's pages with a few rows: how many questions they ask, and who sees what."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.dates import PartialDate
from foundation.files import store_upload
from provinces.models import ProvinceSupport
from tests.library.factories import DocumentFactory
from tests.provinces.factories import MergerFactory, PlanActivityFactory, PlanFactory, ProvinceFactory, merge

pytestmark = pytest.mark.django_db

LIST = "/provinces/"
PLANS = "/provinces/plans/"


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("units", [1, 3])
def test_province_list_query_count(client, units, django_assert_num_queries):
    made = ProvinceFactory.create_batch(units)
    client.get(LIST)  # the register is read, and kept until it changes
    for unit in made:
        PlanFactory(province=unit)

    with django_assert_num_queries(3):  # the edition, what is planned, the plans
        response = client.get(LIST)

    assert len(response.context["rows"]) == units


@pytest.mark.parametrize("plans", [1, 3])
def test_plan_list_query_count(client, plans, django_assert_num_queries):
    PlanFactory.create_batch(plans)

    with django_assert_num_queries(8):
        response = client.get(PLANS)

    assert len(response.context["rows"]) == plans


def test_province_query_count_does_not_grow(client):
    """Rooms above add their own sections, so the count is compared, not written down."""
    asked = []
    for slug, count in (("can-tho", 1), ("vinh-long", 3)):
        heir = ProvinceFactory(slug=slug)
        olds = [ProvinceFactory(valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1)) for _ in range(count)]
        merge(*olds, heir=heir)
        for unit in olds:
            PlanFactory(province=unit, first_year=2024, last_year=2024)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/provinces/{slug}/")
        assert len(response.context["ancestors"]) == count
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 20


@pytest.mark.parametrize("events", [1, 3])
def test_the_texts_of_all_events_of_a_unit_cost_one_question(client, events, django_assert_num_queries):
    unit = ProvinceFactory()
    for number in range(events):
        event = MergerFactory(kind="type_change", unit=unit, effective_on=date(2026, 1, 1 + number))
        DocumentFactory(number=f"{number}/2026/QH16").boundary_events.add(event)
        DocumentFactory(number="99/NHAP", published_at=None).boundary_events.add(event)
    client.get(unit.get_absolute_url())  # the register is kept

    with django_assert_num_queries(7):
        response = client.get(f"{unit.get_absolute_url()}?again")

    named = [[text.number for text in texts] for _event, _words, texts in response.context["changes"]]
    assert named == [[f"{number}/2026/QH16"] for number in range(events)]


@pytest.mark.parametrize("count", [1, 3])
def test_plan_query_count(client, count, django_assert_num_queries):
    plan = PlanFactory()
    PlanActivityFactory.create_batch(count, plan=plan)
    PlanFactory.create_batch(count, province=plan.province, frame=plan)

    with django_assert_num_queries(15):
        response = client.get(plan.get_absolute_url())

    assert len(response.context["plan"].annual_plans.all()) == count


def test_the_register_shows_facts_only_unless_asked(client):
    PlanFactory(number="1/THAT")
    PlanFactory(number="2/MINH-HOA", is_demo=True)

    assert "2/MINH-HOA" not in body(client.get(PLANS))
    shown = body(client.get(PLANS, {"demo": "1"}))
    assert "2/MINH-HOA" in shown
    assert "Số liệu minh hoạ" in shown


def test_drafts_are_seen_by_those_who_keep_them(client, an):
    draft = PlanFactory(number="9/NHAP", published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "9/NHAP" not in body(client.get(PLANS))

    client.force_login(an)

    assert "9/NHAP" in body(client.get(PLANS))


def test_a_file_of_a_plan_is_downloaded_under_its_name(client, an):
    plan = PlanFactory()
    stored = store_upload(
        SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7 noi dung"), by=an, at=timezone.now(), is_public=True
    )
    held = plan.files.create(file=stored)
    draft = PlanFactory(published_at=None)

    response = client.get(reverse("provinces:plan_file", args=[plan.pk, held.pk]))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 noi dung"
    assert "ke-hoach.pdf" in response["Content-Disposition"]
    assert client.get(reverse("provinces:plan_file", args=[draft.pk, held.pk])).status_code == 404


def test_an_amendment_names_what_it_replaces_and_why(client):
    first = PlanFactory(number="1/KH-UBND", status="replaced")
    second = PlanFactory(
        number="2/KH-UBND",
        province=first.province,
        supersedes=first,
        supersession="replaces",
        reason_vi="Sau sáp nhập",
    )

    assert "Sau sáp nhập" in body(client.get(second.get_absolute_url()))
    assert "2/KH-UBND" in body(client.get(first.get_absolute_url()))


def test_a_draft_plan_does_not_count_as_issued(client, an):
    PlanFactory(status="drafting", issued_on=PartialDate(2026))

    assert client.get(LIST).context["counts"]["with_plan"] == 0


def test_a_plan_names_no_plan_the_reader_may_not_see(client, an):
    unit = ProvinceFactory()
    draft = PlanFactory(province=unit, number="RÒ RỈ-889", kind="frame", published_at=None)
    old = PlanFactory(province=unit, number="RÒ RỈ-890", published_at=None)
    plan = PlanFactory(
        province=unit, frame=draft, supersedes=old, supersession="amends", reason_vi="Đính chính"
    )

    for_guests = body(client.get(plan.get_absolute_url()))
    client.force_login(an)

    assert "RÒ RỈ" not in for_guests
    assert "RÒ RỈ-889" in body(client.get(plan.get_absolute_url()))
    assert "RÒ RỈ-890" in body(client.get(plan.get_absolute_url()))


def test_support_stands_on_the_page_of_its_province(client, province):
    ProvinceSupport.objects.create(
        province=province, kind="planning", year=2024, title_vi="Giúp soạn kế hoạch", result_vi="Đã xong"
    )

    text = client.get(province.get_absolute_url()).content.decode()

    assert "Giúp soạn kế hoạch" in text
    assert "Đã xong" in text


@pytest.mark.parametrize("count", [1, 3])
def test_issuers_query_count(client, count, django_assert_num_queries):
    for unit in ProvinceFactory.create_batch(count):
        PlanFactory(province=unit)

    with django_assert_num_queries(8):
        assert client.get("/provinces/plans/issuers/").context["lists"].all == count


def test_a_facet_counts_what_each_choice_would_leave(client):
    for kind, status in (("annual", "issued"), ("annual", "expired"), ("frame", "issued")):
        PlanFactory(kind=kind, status=status)

    facets = client.get(PLANS, {"kind": "annual"}).context["facets"]

    told = {facet["name"]: {one["value"]: one["count"] for one in facet["options"]} for facet in facets}
    assert told["status"] == {"issued": 1, "expired": 1}
    assert told["kind"] == {"annual": 2, "frame": 1}, "another kind would be shown as well"


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({"issued_on": PartialDate(2023, 5, 4)}, date(2023, 5, 4)),
        ({"issued_on": PartialDate(2023)}, date(2023, 12, 31)),
        ({"issued_on": PartialDate(2023), "reported_on": PartialDate(2023, 6)}, date(2023, 6, 30)),
        ({"first_year": 2021, "last_year": 2030}, date(2026, 1, 1)),
    ],
)
def test_map_and_list_count_a_document_from_the_same_day(client, known, first):
    """The last one has no day: it entered the register on 1 January 2026."""
    PlanFactory(province=ProvinceFactory(valid_from=date(2008, 8, 1)), **known)

    for day, counted in ((first - timedelta(days=1), 0), (first, 1)):
        on_map = client.get("/provinces/", {"on": day.isoformat()}).context["counts"]["with_plan"]
        lists = client.get(
            "/provinces/plans/issuers/", {"by": day.isoformat(), "lens": "as_reported"}
        ).context["lists"]
        assert (on_map, len(lists.had)) == (counted, counted), day
