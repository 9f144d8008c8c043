"""A workbook holds the whole report as it stands, with only open answers unlocked."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from reporting import actions as reports
from reporting.workbooks import actions
from reporting.workbooks.layout import EARLIER, HIDDEN, SHARE
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON
from tests.reporting.workbooks import cell, given_out

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture
def report(province, lan):
    """A draft with an activity, and an answer to everything else."""
    factories.plan_activity(province)
    report = factories.draft(province)
    reports.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    report.refresh_from_db()
    return report


def activity(report):
    return next(one for one in report.questions.values() if one.kind == "activity")


def on_site(report, by, answers):
    report.refresh_from_db()
    return reports.save_draft(report.pk, answers=answers, seen=report.version, by=by, at=NOON)


def test_a_workbook_holds_what_is_known_as_numbers_words_and_dates(report, lan):
    on_site(report, lan, {activity(report).address: {"progress": "doing", "started_on": "2026-03-01"}})

    book = given_out(report)

    assert cell(book, "indicators.T3", "value").value == 52
    assert cell(book, "indicators.T3", "denominator").value == 66
    assert cell(book, "indicators.T3", "emptiness").value == "có số"
    assert cell(book, "indicators.T8", "emptiness").value == "có"
    assert cell(book, "money.local", "spent").value == 80.5
    assert cell(book, activity(report).address, "started_on").value.date() == date(2026, 3, 1)
    assert cell(book, "general.summary", "text").value == "Đã tập huấn 52 khu, cụm."


def test_the_share_is_a_locked_formula_and_only_answers_are_open(report):
    book = given_out(report)
    share = cell(book, "indicators.T3", SHARE)
    number = cell(book, "indicators.T3", "value")

    assert share.value.startswith("=IF(AND(ISNUMBER(")
    assert number.coordinate in share.value
    assert (share.protection.locked, number.protection.locked) == (True, False)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert cell(book, "indicators.T3", EARLIER).protection.locked
    assert book[HIDDEN].sheet_state == "veryHidden"


def test_the_drop_downs_hold_the_words_of_the_readers_language(report):
    with override("en"):
        book = given_out(report)
    sheet = cell(book, "indicators.T3", "emptiness").parent

    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    words = [one.value for row in book[HIDDEN][lists[0].partition("!")[2].replace("$", "")] for one in row]
    assert words[:2] == ["there is a number", "zero"]
    assert cell(book, "indicators.T3", "emptiness").value == "there is a number"


def test_every_part_of_the_file_is_sound(report):
    data = actions.workbook_of(report, open_fields=report.open_addresses())

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314 -- written here


def test_a_text_that_looks_like_a_formula_stays_a_text(report, lan):
    hostile = '=HYPERLINK("http://x.example","bấm")'
    on_site(report, lan, {"general.summary": {"text": hostile}})

    found = cell(given_out(report), "general.summary", "text")

    assert (found.value, found.data_type, found.quotePrefix) == (hostile, "s", True)


def test_last_periods_approved_value_stands_beside(province, lan, tung, minh):
    old = factories.PeriodFactory(year=2025)
    before = factories.StatusReportFactory(
        obligation=factories.ObligationFactory(period=old, province=province)
    )
    reports.save_draft(before.pk, answers=ANSWERS, seen=0, by=tung, at=NOON)
    reports.attach_evidence(
        before.pk, address="indicators.T3", upload=factories.upload(), is_public=False, by=tung, at=NOON
    )
    reports.submit(before.pk, signer="Giám đốc", by=tung, at=NOON)
    reports.approve(before.pk, by=minh, at=NOON)

    book = given_out(factories.draft(province))

    assert "52 trên 66 (78,8%)" in cell(book, "indicators.T3", EARLIER).value


@pytest.mark.parametrize("times", [1, 3])
def test_download_query_count(client, lan, report, times, django_assert_num_queries):
    asked = [{"key": f"q{n}", "kind": "text", "label_vi": f"Câu {n}"} for n in range(10 * times)]
    report.definition["sections"][0]["questions"] += asked
    report.save()
    client.force_login(lan)

    with django_assert_num_queries(12):
        response = client.get(reverse("work:workbook", args=[report.pk]))

    assert "da-nang" in response["Content-Disposition"]
