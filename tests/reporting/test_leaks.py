"""Nothing that is not approved reaches a public page, in either language."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Indicator
from reporting import actions
from reporting.models import ApprovedValue
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


@pytest.mark.parametrize("how_far", ["in part", "edited in part", "edited", "marked"])
def test_what_was_edited_after_approval_is_on_no_public_page_before_the_next(how_far, tung, minh, province):
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    report = factories.submitted(province, tung)
    settled = ["indicators.T4", "money.local", "general.summary"]
    if how_far.endswith("in part"):
        actions.mark_items(report.pk, addresses=settled, kind="approved", seen=1, by=minh, at=NOON)
        actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=minh, at=NOON)
        actions.send_back(report.pk, by=minh, at=NOON)
    else:
        actions.approve(report.pk, by=minh, at=NOON)
    if how_far != "in part":
        _edit(report, settled, tung, minh, reopens=how_far != "edited in part")
    if how_far == "marked":
        actions.mark_items(report.pk, addresses=settled, kind="approved", seen=2, by=minh, at=NOON)
    guest = Client()

    answers = {page: guest.get(page) for page in public_pages(province)}

    texts = {page: _text(answer) for page, answer in answers.items() if answer.status_code == 200}
    assert [page for page, text in texts.items() if MARKER in text or ">889<" in text] == []
    assert ApprovedValue.objects.current().get(indicator__code="T4").value == 2


def _edit(report, addresses, tung, minh, *, reopens):
    report.refresh_from_db()
    if not reopens:  # the round comes back first, and then what was approved in part is asked about
        _answer(report, {}, tung)
    for address in addresses:
        actions.remark(report.pk, address=address, text="Đính chính", by=minh, at=NOON)
    (actions.reopen if reopens else actions.send_back)(report.pk, by=minh, at=NOON)
    report.refresh_from_db()
    _answer(report, {one: LEAKY[one] for one in addresses}, tung)


def _answer(report, answers, tung):
    actions.save_draft(report.pk, answers=answers, seen=report.version, by=tung, at=NOON)
    for one in report.remarks.filter(round=report.round):
        actions.reply(one.pk, reply="fixed", text="Đã sửa", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    report.refresh_from_db()


def _text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", errors="ignore")
