"""The lists of compiled documents: what they cost does not grow with their rows."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from foundation.files import PDF, store_bytes
from provinces.register import Register
from reporting.models import CompiledReport, DataCut
from tests.reporting.approved import national, national_outline, year_of

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def published(place):
    cut = DataCut.objects.create(
        number=f"C-2026-{place:02d}", period=year_of(2026), cut_at=NEW_YEAR, lens="on:2026-12-14",
        content={}, sha256="0" * 64, counted=1, expected=1,
    )  # fmt: skip
    file = store_bytes(b"%PDF-1.7", name="a.pdf", media_type=PDF, by=None, at=NEW_YEAR, is_public=True)
    CompiledReport.objects.create(
        kind=national(),
        cut=cut,
        outline=national_outline().as_json(),
        title_text="Báo cáo",
        check_code=f"AAAA-AA{place:02d}",
        file=file,
        published_at=NEW_YEAR,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_document_list_query_count(client, count, django_assert_num_queries):
    for place in range(count):
        published(place)

    with django_assert_num_queries(1) as asked:
        response = client.get(reverse("reporting:document_list"))

    assert len(response.context["documents"]) == count
    assert '"content"' not in asked[0]["sql"]  # the figures of every document would fill the memory


@pytest.mark.parametrize("count", [1, 3])
def test_compiled_list_query_count(client, minh, count, django_assert_num_queries):
    for place in range(count):
        published(place)
    client.force_login(minh)
    Register.load()  # kept from now on: what it costs has tests of its own

    with django_assert_num_queries(10):
        response = client.get(reverse("reporting:compiled_list"))

    assert len(response.context["desk"].page) == count


def test_a_code_typed_in_small_letters_leads_to_its_document(client):
    published(1)

    answer = client.get("/progress/documents/aaaa-aa01/")

    assert (answer.status_code, answer.url) == (302, "/progress/documents/AAAA-AA01/")
