"""The pages round a workbook, and the race for its button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from reporting import actions as reports
from reporting.models import AnswerChange, FilledWorkbook, IndicatorAnswer, ReportEvent
from reporting.workbooks import actions
from tests.reporting import factories
from tests.reporting.factories import ANSWERS, NOON
from tests.reporting.workbooks import XLSX, cell, file_of, fill, given_out, message, opened
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(province, lan):
    report = factories.draft(province)
    reports.save_draft(report.pk, answers=ANSWERS, seen=0, by=lan, at=NOON)
    return report


def uploaded(client, report, book):
    return client.post(reverse("work:workbook_upload", args=[report.pk]), {"workbook": file_of(book)})


def test_the_download_is_a_workbook_named_for_unit_and_period(client, lan, report):
    client.force_login(lan)

    response = client.get(reverse("work:workbook", args=[report.pk]))

    assert response["Content-Type"] == XLSX
    assert "da-nang" in response["Content-Disposition"]
    assert len(opened(response.content).worksheets) == 5


@pytest.mark.parametrize("years", [1, 3])
def test_download_query_count(client, lan, province, report, years, django_assert_num_queries):
    asked = [{"key": f"q{n}", "kind": "text", "label_vi": f"Câu {n}"} for n in range(10 * years)]
    report.definition["sections"][0]["questions"] += asked
    report.save()
    client.force_login(lan)

    with django_assert_num_queries(11):
        client.get(reverse("work:workbook", args=[report.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_query_count(client, lan, tung, report, rows, django_assert_num_queries):
    book = given_out(report)
    typed = {"indicators__T4__value": 7, "general__summary__text": "Khác", "money__local__spent": 1}
    fill(book, **dict(list(typed.items())[:rows]))
    theirs = {
        "indicators.T4": {"emptiness": "number", "value": "9"},
        "general.summary": {"text": "Của Tùng"},
        "money.local": {"emptiness": "zero"},
    }
    reports.save_draft(report.pk, answers=dict(list(theirs.items())[:rows]), seen=1, by=tung, at=NOON)
    client.force_login(lan)
    address = uploaded(client, report, book).url

    with django_assert_num_queries(18):
        response = client.get(address)

    assert len(response.context["page"].last_changes) == rows


def test_a_preview_saves_nothing_and_shows_before_and_after(client, lan, report):
    client.force_login(lan)
    sent = uploaded(
        client, report, fill(given_out(report), indicators__T4__value=7, indicators__T3__value=67)
    )

    page = client.get(sent.url)

    assert AnswerChange.objects.count() == len(ANSWERS)
    assert "</span>2</del>" in page.text
    assert "</span>7</ins>" in page.text
    assert "Số này lớn hơn tổng số" in page.text


def test_the_whole_way_over_the_pages(client, lan, tung, report):
    book = fill(given_out(report), indicators__T4__value=7, indicators__T3__value=67)
    reports.save_draft(
        report.pk, answers={"indicators.T4": {"emptiness": "number", "value": "9"}}, seen=1, by=tung, at=NOON
    )
    client.force_login(lan)
    preview = uploaded(client, report, book).url

    page = client.get(preview)
    assert "Hoàng Thanh Tùng" in page.text
    without = client.post(preview, {"seen": "2"})
    assert (without.status_code, FilledWorkbook.objects.get().taken_at) == (422, None)
    done = client.post(preview, {"seen": "2", "choice-indicators.T4": "mine"}, follow=True)

    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 7
    assert done.redirect_chain[-1][0] == reverse(
        "work:workbook_result", args=[FilledWorkbook.objects.get().pk]
    )
    back = client.get(reverse("work:workbook_refused", args=[FilledWorkbook.objects.get().pk]))
    assert back["Content-Type"] == XLSX


def test_a_refused_file_says_so_beside_the_button(client, lan, report):
    client.force_login(lan)

    response = client.post(
        reverse("work:workbook_upload", args=[report.pk]), {"workbook": file_of(b"PK", "bao-cao.xlsm")}
    )

    assert response.status_code == 422
    assert "macro" in response.text


def test_without_a_file_the_page_asks_for_one(client, lan, report):
    client.force_login(lan)

    assert "Hãy chọn tệp Excel" in client.post(reverse("work:workbook_upload", args=[report.pk])).text


def test_a_preview_of_a_form_that_changed_leads_back(client, lan, report):
    client.force_login(lan)
    preview = uploaded(client, report, given_out(report)).url
    report.refresh_from_db()
    report.definition["sections"][0]["questions"].pop()
    report.save()

    response = client.get(preview, follow=True)

    assert response.redirect_chain[-1][0] == reverse("work:workbook_upload", args=[report.pk])
    assert "Biểu mẫu đã thay đổi" in response.text


def test_a_choice_that_was_overtaken_is_asked_again(client, lan, tung, report):
    theirs = {"emptiness": "number", "value": "9"}
    book = fill(given_out(report), indicators__T4__value=7)
    reports.save_draft(report.pk, answers={"indicators.T4": theirs}, seen=1, by=tung, at=NOON)
    client.force_login(lan)
    preview = uploaded(client, report, book).url
    reports.save_draft(
        report.pk, answers={"indicators.T4": {**theirs, "value": "11"}}, seen=2, by=tung, at=NOON
    )

    page = client.post(preview, {"seen": "2", "choice-indicators.T4": "mine"}, follow=True)

    assert "Hãy chọn lại" in page.text
    assert "11 mô hình" in page.text
    assert IndicatorAnswer.objects.get(address="indicators.T4").value == 11


def test_a_preview_whose_time_is_over_leads_back(client, lan, report):
    client.force_login(lan)
    preview = uploaded(client, report, given_out(report)).url
    FilledWorkbook.objects.update(uploaded_at=NOON - timedelta(days=9), expires_at=NOON - timedelta(days=2))

    assert "bảy ngày" in client.get(preview, follow=True).text


def test_a_submitted_report_offers_no_upload(client, lan, tung, province):
    report = factories.submitted(province, tung)
    client.force_login(lan)

    page = client.get(reverse("work:workbook_upload", args=[report.pk]))

    assert "không nhận tệp Excel" in page.text
    assert 'type="file"' not in page.text


def test_the_refused_rows_are_not_given_out_once_the_form_has_changed(client, lan, report):
    client.force_login(lan)
    preview = uploaded(client, report, fill(given_out(report), indicators__T3__value=67)).url
    client.post(preview, {"seen": "1"})
    report.refresh_from_db()
    report.definition["sections"][0]["questions"][0]["help_vi"] = "Ngắn gọn."
    report.save()

    back = client.get(reverse("work:workbook_refused", args=[FilledWorkbook.objects.get().pk]), follow=True)

    assert "Biểu mẫu đã thay đổi" in back.text


def test_a_vietnamese_workbook_is_answered_in_vietnamese_on_an_english_page(client, lan, report):
    client.force_login(lan)
    uploaded(client, report, fill(given_out(report), indicators__T3__value=67))
    kept = FilledWorkbook.objects.get()

    with override("en"):  # addresses lead to pages in English
        page = client.post(reverse("work:workbook_preview", args=[kept.pk]), {"seen": "1"}, follow=True)
        back = opened(client.get(reverse("work:workbook_refused", args=[kept.pk])).content)

    assert '<html lang="en"' in page.text
    assert 'lang="vi">Số này lớn hơn tổng số.' in page.text
    assert back.worksheets[0].title == "Hướng dẫn"
    assert cell(back, "indicators.T3", "emptiness").value == "có số"
    assert "Số này lớn hơn tổng số." in message(back, "indicators.T3")


def test_nobody_but_the_sender_sees_a_preview(client, lan, tung, report):
    client.force_login(lan)
    preview = uploaded(client, report, given_out(report)).url
    client.force_login(tung)

    assert client.get(preview).status_code == 404


def test_a_result_before_the_button_leads_to_the_preview(client, lan, report):
    client.force_login(lan)
    preview = uploaded(client, report, given_out(report)).url
    kept = FilledWorkbook.objects.get()

    assert client.get(reverse("work:workbook_result", args=[kept.pk])).url == preview
    assert client.get(reverse("work:workbook_refused", args=[kept.pk])).url == preview


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_one_moment_take_a_workbook_once(lan, report):
    book = fill(given_out(report), indicators__T4__value=7)
    kept = actions.receive(report.pk, upload=file_of(book), by=lan, at=timezone.now())

    def press():
        return actions.take(kept.pk, choices={}, seen=1, by=lan, at=timezone.now())

    at_once(press, press)

    assert ReportEvent.objects.filter(step="workbook").count() == 1
    assert AnswerChange.objects.filter(address="indicators.T4").count() == 2
