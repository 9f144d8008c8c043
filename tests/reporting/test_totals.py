"""A total opens with its parts, and a form whose totals cannot be is refused in sentences."""

import copy

import pytest

from foundation.models import OutboxMail
from reporting import actions
from reporting.questions import faults_of_definition
from reporting.totals import opened_with
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, DEFINITION, NOON

ALL = {"emptiness": "number", "planned": "150", "received": "140", "spent": "100"}


def with_totals(*money):
    """The form of the tests, with these further questions about money."""
    definition = copy.deepcopy(DEFINITION)
    definition["sections"][3]["questions"] += [
        {"key": key, "kind": "money", "label_vi": label, "total_of": total_of}
        for key, label, total_of in money
    ]
    return definition


@pytest.fixture
def report(tung, province):
    definition = with_totals(("other", "Cộng các nguồn", ["money.local"]))
    factories.FormVersionFactory(definition=definition)
    return factories.submitted(province, tung, {**ANSWERS, "money.other": ALL})


@pytest.mark.django_db
def test_a_returned_part_opens_its_total_and_the_page_says_why(client, report, tung, thu):
    actions.remark(report.pk, address="money.local", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    report.refresh_from_db()
    client.force_login(tung)

    page = client.get(f"/work/reports/{report.pk}/money/").text

    assert report.open_addresses() == {"money.local", "money.other"}
    assert page.count("Mở vì là tổng của phần bị trả lại") == 1
    saved = actions.save_draft(
        report.pk, answers={"money.other": {**ALL, "spent": "99"}}, seen=report.version, by=tung, at=NOON
    )
    assert saved.changed == ["money.other"]
    assert [gap.address for gap in actions.gaps(report)] == ["money.local"], (
        "only the remark asks for an answer"
    )


@pytest.mark.django_db
def test_a_returned_total_leaves_its_parts_locked(report, thu):
    actions.remark(report.pk, address="money.other", text="Cộng lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)
    report.refresh_from_db()

    assert report.open_addresses() == {"money.other"}


def test_totals_of_totals_open_too():
    parts = {"a": ["b"], "b": ["c", "d"], "x": ["y"]}

    assert opened_with(parts, ["c"]) == {"b": ["c"], "a": ["b"]}


@pytest.mark.parametrize(
    ("total_of", "words"),
    [
        ("money.local", "danh sách"),
        ([1], "danh sách"),
        (["money.khong_co"], "money.khong_co"),
        (["money.other"], "của chính nó"),
        (["money.central"], "của chính nó"),
    ],
)
def test_a_total_that_cannot_be_is_named(total_of, words):
    definition = with_totals(("other", "Cộng", total_of), ("central", "Trung ương", ["money.other"]))

    faults = faults_of_definition(definition)

    assert faults
    assert words in faults[0]


def test_a_form_with_totals_in_order_has_no_fault():
    assert faults_of_definition(with_totals(("other", "Cộng", ["money.local", "indicators.T4"]))) == []


@pytest.mark.django_db
def test_the_mail_of_a_return_names_the_totals_that_opened_too(report, tung, thu):
    actions.remark(report.pk, address="money.local", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)

    body = OutboxMail.objects.get(key__contains="returned", recipient=tung.email).body

    assert "cùng các ô tổng phụ thuộc" in body
    assert "- Cộng các nguồn\n" in body


@pytest.mark.django_db
def test_without_totals_the_mail_names_none(report, tung, thu):
    actions.remark(report.pk, address="indicators.T3", text="Xem lại", by=thu, at=NOON)
    actions.send_back(report.pk, by=thu, at=NOON)

    body = OutboxMail.objects.get(key__contains="returned", recipient=tung.email).body

    assert "Chỉ những ô nêu ở đây được mở." in body
    assert "ô tổng" not in body
