"""Findings where people read them: at the field, in the list to submit, and first on the review page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import actions
from reporting.check_pages import sent_checks
from reporting.models import CheckRule, Justification, MoneyAnswer
from reporting.pages import Frame
from tests.reporting import factories
from tests.reporting.check_rules import ORDER, approved_before, kept_rule
from tests.reporting.factories import ANSWERS, NOON
from tests.reporting.workbooks import file_of, fill, given_out

pytestmark = pytest.mark.django_db
SENTENCE = "Tăng 16,7 điểm so với năm 2025: từ 62,1% lên 78,8%."
BOX = "reason-r-indicators-T3-text"
STORED = {
    "indicators-T3-emptiness": "number", "indicators-T3-numerator": "52", "indicators-T3-denominator": "66",
    "indicators-T4-emptiness": "number", "indicators-T4-value": "2", "indicators-T8-emptiness": "number",
}  # fmt: skip


def jumped(province, by):
    report = factories.filled(province, by)
    approved_before(province, numerator=41, denominator=66)
    kept_rule()
    return report


def section(report, key="indicators"):
    return reverse("work:section", args=[report.pk, key])


def save(client, report, **more):
    report.refresh_from_db()
    return client.post(section(report), {**STORED, "seen": str(report.version), **more})


def lights(report, person):
    return {line.name: (line.icon, line.state) for line in Frame(report, person, NOON).steps}


# --- At the field -------------------------------------------------------------------------


def test_the_finding_stands_at_its_field_with_how_to_mend_it(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)

    page = client.get(section(report)).text

    field = page[page.index('id="indicators-T3"') : page.index('id="indicators-T4"')]
    assert SENTENCE in field
    for words in (
        "Cảnh báo.",
        "Hiếm khi như vậy.",
        "Xem lại số và danh sách.",
        "Vẫn nộp được nếu ghi lý do.",
    ):
        assert words in field
    assert f'name="{BOX}"' in field
    assert "do cổng đặt sẵn" not in field


def test_a_preset_says_that_it_is_one(client, lan, tung, province):
    report = jumped(province, tung)
    CheckRule.objects.update(is_preset=True)
    client.force_login(lan)

    assert "Ngưỡng do cổng đặt sẵn cho đến khi Bộ quyết định." in client.get(section(report)).text


def test_the_reason_is_kept_by_the_same_button_as_the_answers(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)

    response = save(client, report, **{BOX: "Mười một cụm mới.", "indicators-T4-value": "3"})

    assert (response.status_code, response.url) == (302, section(report))
    assert Justification.objects.get().text == "Mười một cụm mới."
    page = client.get(section(report)).text
    assert "Mười một cụm mới.</textarea>" in page
    assert "Vẫn nộp được" not in page


def test_a_reason_for_the_value_typed_with_it_is_for_that_value(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)

    save(client, report, **{"indicators-T3-numerator": "60", BOX: "Sáu mươi là đúng."})

    assert Justification.objects.get().finding["basis"]["indicators.T3:numerator"] == "60"


def test_a_changed_value_voids_the_reason_visibly_though_its_box_was_sent_along(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)
    save(client, report, **{BOX: "Mười một cụm mới."})

    save(client, report, **{"indicators-T3-numerator": "60", BOX: "Mười một cụm mới."})

    page = client.get(section(report)).text
    assert "Số liệu đã đổi nên lý do cũ không còn dùng được." in page
    assert SENTENCE in page  # what it was given for
    assert "“Mười một cụm mới.”" in page
    assert "Mười một cụm mới.</textarea>" not in page
    save(client, report, **{"indicators-T3-numerator": "60", BOX: "Mười một cụm mới."})
    assert Justification.objects.count() == 2


def test_a_reason_written_beside_a_value_that_another_changed_is_not_taken(client, lan, tung, province):
    report = jumped(province, tung)
    before = report.version
    other = {**ANSWERS["indicators.T3"], "numerator": "60"}
    actions.save_draft(report.pk, answers={"indicators.T3": other}, seen=before, by=tung, at=NOON)
    client.force_login(lan)

    response = client.post(section(report), {**STORED, "seen": str(before), BOX: "Cho 52."})

    assert response.status_code == 422
    assert "Có người vừa sửa số liệu" in response.text
    assert "Cho 52.</textarea>" in response.text
    assert not Justification.objects.exists()


def test_a_page_that_was_not_saved_whole_shows_what_checks_find_now(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)

    mended = save(client, report, **{"indicators-T3-numerator": "42", "indicators-T4-value": "x", BOX: ""})
    assert mended.status_code == 422
    assert SENTENCE not in mended.text
    again = save(client, report, **{"indicators-T4-value": "x"})
    assert again.status_code == 422
    assert SENTENCE in again.text


def test_saving_without_a_box_on_the_page_asks_no_rule(client, lan, province):
    report = factories.draft(province)
    kept_rule()
    client.force_login(lan)
    save(client, report)

    with CaptureQueriesContext(connection) as asked:
        assert save(client, report, **{"indicators-T4-value": "3"}).status_code == 302

    assert not any("checkrule" in query["sql"] for query in asked)


def test_too_long_a_reason_stays_in_its_box_with_a_sentence(client, lan, tung, province):
    report = jumped(province, tung)
    client.force_login(lan)

    response = save(client, report, **{BOX: "x" * 2001})

    assert response.status_code == 422
    assert "x" * 2001 in response.text
    assert not Justification.objects.exists()


@pytest.mark.parametrize("severity", ["blocker", "note"])
def test_blockers_and_notes_have_no_box(client, lan, tung, province, severity):
    report = jumped(province, tung)
    CheckRule.objects.update(severity=severity)
    client.force_login(lan)

    page = client.get(section(report)).text

    assert SENTENCE in page
    assert BOX not in page


def test_a_blocker_the_ministry_did_not_open_is_said_to_stop_nothing(client, lan, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T4")
    approved_before(province, numerator=41, denominator=66)
    kept_rule(severity="blocker")
    actions.reply(report.remarks.get().pk, reply="kept", text="Đúng vậy", by=tung, at=NOON)
    client.force_login(lan)

    field = client.get(section(report)).text
    page = client.get(reverse("work:submit", args=[report.pk])).text
    desk = client.get(reverse("work:workspace")).text

    told = "Bộ không mở ô này: ô đã khóa và lúc này không chặn gì."
    assert (SENTENCE in field, told in field) == (True, True)
    assert "hặn nộp, đã khóa: lúc này không chặn gì" in page
    assert all("1 lỗi chặn nộp" not in one for one in (field, page, desk))
    assert "sẵn sàng" in page


def test_a_contradiction_leads_to_the_other_field(client, lan, tung, province):
    report = factories.filled(province, tung)
    kept_rule(scope="field", target="general.summary", test="text", other="indicators.T3", aliases="khu, cụm")
    text = {"general.summary": {"text": "Khu, cụm đạt 45%."}}
    actions.save_draft(report.pk, answers=text, seen=report.version, by=tung, at=NOON)
    client.force_login(lan)

    page = client.get(section(report, "general")).text

    assert "Lời văn ghi 45%" in page
    assert f'href="{section(report)}#indicators-T3"' in page


# --- Lights, and the page to submit -------------------------------------------------------


@pytest.mark.parametrize(("severity", "light"), [
    ("blocker", ("failed", "1 lỗi chặn nộp")),
    ("error", ("failed", "1 lỗi chưa có lý do")),
    ("warning", ("late", "1 cảnh báo chưa có lý do")),
    ("note", ("done", "đủ")),
])  # fmt: skip
def test_a_finding_turns_the_light_of_its_section(lan, tung, province, severity, light):
    report = jumped(province, tung)
    CheckRule.objects.update(severity=severity)

    assert lights(report, lan)["3. Chỉ tiêu"] == light


def test_a_reason_puts_the_light_out(lan, tung, province):
    report = jumped(province, tung)
    actions.justify(report.pk, rule="r", address="indicators.T3", text="Đúng.", by=lan, at=NOON)

    assert lights(report, lan)["3. Chỉ tiêu"] == ("done", "đủ")


def test_the_page_to_submit_lists_findings_each_with_the_way_to_its_field(client, tung, province):
    report = jumped(province, tung)
    kept_rule(code="cap", severity="blocker", **ORDER)
    over = {"money.local": {**ANSWERS["money.local"], "received": "120"}}
    actions.save_draft(report.pk, answers=over, seen=report.version, by=tung, at=NOON)
    client.force_login(tung)
    here = reverse("work:submit", args=[report.pk])

    page = client.get(here).text
    gate = page[page.index('id="gate"') : page.index("</div>", page.index('id="gate"'))]

    assert f'href="{section(report, "money")}#money-local"' in gate
    assert SENTENCE not in gate
    assert f'href="{section(report)}#indicators-T3"' in page
    assert "Cảnh báo, chưa có lý do" in page
    assert client.post(here, {"signer": "Giám đốc", "capacity": ""}).status_code == 200
    assert not report.submissions.exists()


# --- Review -------------------------------------------------------------------------------


def test_the_reviewer_reads_findings_first_with_their_reasons(client, lan, tung, thu, province):
    report = jumped(province, tung)
    kept_rule(code="cap", severity="error", **{**ORDER, "part": "planned", "other_part": "spent"})
    actions.justify(report.pk, rule="r", address="indicators.T3", text="Mười một cụm mới.", by=lan, at=NOON)
    factories.submit(report, tung)
    client.force_login(thu)

    page = client.get(reverse("work:review", args=[report.pk])).text

    assert page.index('id="checks"') < page.index('class="tabs"')
    found = page[page.index('id="checks"') : page.index('class="tabs"')]
    assert found.index("kế hoạch") < found.index(SENTENCE)  # the error first
    assert "Mười một cụm mới." in found
    assert "Chưa giải trình" in found
    assert "?tab=whole&amp;field=indicators.T3#remarks" in found
    assert "1 mục chưa giải trình" in page
    assert 'id="sent-indicators-T3"' in page


def test_in_english_the_kept_sentence_is_english(client, tung, thu, province):
    report = jumped(province, tung)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    client.force_login(thu)

    page = client.get(f"/en{reverse('work:review', args=[report.pk])}").text

    assert "Up 16.7 points on year 2025: from 62.1% to 78.8%." in page


def test_an_older_submission_says_that_it_was_not_checked(client, tung, thu, province):
    report = factories.filled(province, tung)
    sent = actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    older = {name: value for name, value in sent.snapshot.items() if name != "findings"}
    page = sent_checks(older, report.questions)

    assert page.cell["number"] == "–"
    assert (page.weighty, page.notes, page.open) == ([], [], 0)


def test_a_rule_changed_later_changes_nothing_the_reviewer_reads(client, tung, thu, province):
    report = jumped(province, tung)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    CheckRule.objects.all().delete()
    client.force_login(thu)

    assert SENTENCE in client.get(reverse("work:review", args=[report.pk])).text


@pytest.mark.parametrize("rule_count", [1, 3])
def test_section_query_count(client, lan, tung, province, rule_count, django_assert_num_queries):
    report = jumped(province, tung)
    for number in range(rule_count - 1):
        kept_rule(code=f"r{number}")
    client.force_login(lan)
    client.get(section(report))

    with django_assert_num_queries(23):
        page = client.get(section(report)).context["page"]

    assert len(page.fields[0].checks) == rule_count


def test_the_preview_of_a_workbook_says_what_checks_would_find_and_takes_it_all_the_same(
    client, lan, tung, province
):
    report = factories.filled(province, tung)
    kept_rule(code="cap", severity="blocker", **ORDER)
    client.force_login(lan)
    book = fill(given_out(report), money__local__received=120)

    upload = client.post(reverse("work:workbook_upload", args=[report.pk]), {"workbook": file_of(book)})
    page = client.get(upload.url)

    assert [line.checked.finding.address for line in page.context["page"].found] == ["money.local"]
    assert "“đã cấp” là 120 triệu đồng, lớn hơn “kế hoạch” là 100 triệu đồng." in page.text
    assert Frame(report, lan, NOON).checked == []  # nothing is saved yet
    client.post(upload.url, {"seen": str(page.context["page"].seen)})
    assert MoneyAnswer.objects.get(report=report).received == 120
