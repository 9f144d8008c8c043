"""Nothing that is not approved reaches a public page, in either language."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Indicator
from reporting import actions
from tests.programmes.factories import ProgrammeFactory
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

MARKER = "RÒ RỈ-889"
LEAKY = {
    **factories.ANSWERS,
    "general.summary": {"text": MARKER},
    "indicators.T4": {"emptiness": "number", "value": "889", "note": MARKER},
    "money.local": {"emptiness": "withheld", "reason": MARKER},
}


def public_pages(province):
    names = [
        "home",
        "reporting:progress",
        "reporting:document_list",
        "site_map",
        "open_data",
        "provinces:province_list",
    ]
    pages = [reverse(name) for name in names]
    pages += [reverse("provinces:province", args=[province.slug]), reverse("search") + "?q=889"]
    for slug in Indicator.objects.values_list("slug", flat=True):
        pages.append(reverse("reporting:target", args=[slug]))
        pages.append(reverse("reporting:target_table", args=[slug, "csv"]))
    return [*pages, *(f"/en{page}" for page in pages)]


@pytest.mark.parametrize("how_far", ["draft", "submitted", "returned", "proposed"])
def test_what_is_not_approved_is_on_no_public_page(how_far, tung, thu, province):
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    report = factories.filled(province, tung, LEAKY)
    if how_far != "draft":
        actions.submit(report.pk, signer=MARKER, by=tung, at=NOON)
    if how_far == "returned":
        actions.remark(report.pk, address="indicators.T4", text=MARKER, by=thu, at=NOON)
        actions.send_back(report.pk, by=thu, at=NOON)
    if how_far == "proposed":
        actions.propose(report.pk, by=thu, at=NOON)
    guest = Client()

    answers = {page: guest.get(page) for page in public_pages(province)}

    assert {page for page, answer in answers.items() if answer.status_code not in (200, 404)} == set()
    leaking = [
        page for page, answer in answers.items() if MARKER in _text(answer) or ">889<" in _text(answer)
    ]
    assert leaking == []


def _text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", errors="ignore")
