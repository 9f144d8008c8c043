"""The work screens: what a person finds there, and that a stale or broken form loses nothing."""

import hashlib
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Post
from provinces.models import BoundaryEvent, Succession
from reporting import actions
from reporting.models import Evidence, IndicatorAnswer, State, StatusReport
from reporting.pages import Frame
from reporting.section_page import SectionPage
from tests.accounts.factories import PostFactory
from tests.people import in_post
from tests.provinces.factories import ProvinceFactory
from tests.reporting import factories
from tests.reporting.factories import NOON, upload

pytestmark = pytest.mark.django_db


def section(report, key="indicators"):
    return reverse("work:section", args=[report.pk, key])


def typed(**boxes):
    return {"seen": "0", **{name.replace("__", "-"): value for name, value in boxes.items()}}


T3 = {"indicators-T3-emptiness": "number", "indicators-T3-numerator": "52", "indicators-T3-denominator": "66"}


def test_what_is_typed_is_saved_and_the_page_comes_back(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    response = client.post(section(report), {"seen": "0", **T3})

    assert (response.status_code, response.url) == (302, section(report))
    assert IndicatorAnswer.objects.get().numerator == 52


def test_saving_and_going_on_leads_to_the_next_section_and_then_to_the_signature(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    assert client.post(section(report), {"seen": "0", "onward": "1"}).url == section(report, "money")
    last = client.post(section(report, "money"), {"seen": "0", "onward": "1"})
    assert last.url == reverse("work:submit", args=[report.pk])


def test_a_number_that_is_none_stays_in_its_box_with_a_sentence(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    response = client.post(
        section(report),
        {"seen": "0", **T3, "indicators-T3-numerator": "nhiều", "indicators-T4-emptiness": "zero"},
    )

    assert response.status_code == 422
    assert 'value="nhiều"' in response.text
    assert "Ghi một số" in response.text
    assert [row.address for row in IndicatorAnswer.objects.all()] == ["indicators.T4"]


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000])
def test_a_version_that_cannot_be_counts_as_the_oldest(client, lan, tung, province, seen):
    report = factories.draft(province)
    three = {"indicators.T4": {"emptiness": "number", "value": "3"}}
    actions.save_draft(report.pk, answers=three, seen=0, by=tung, at=NOON)
    client.force_login(lan)

    response = client.post(
        section(report), {"seen": seen, "indicators-T4-emptiness": "number", "indicators-T4-value": "5"}
    )

    assert response.status_code == 422
    assert IndicatorAnswer.objects.get().value == 3


def test_rounds_that_are_not_there_show_the_newest(client, tung, province):
    report = factories.submitted(province, tung)
    client.force_login(tung)
    asked = {"from": "x", "to": "9" * 5000}

    page = client.get(reverse("work:rounds", args=[report.pk]), asked).context["page"]

    assert (page.earlier, page.later.round) == (None, 1)


def test_a_file_removed_while_the_report_was_submitted_gets_a_sentence(lan, tung, province):
    report = factories.filled(province, tung)
    frame = Frame(report, lan, NOON, current="indicators")
    proof = Evidence.objects.get()
    typed = QueryDict(f"seen={report.version}&remove={proof.pk}")
    page = SectionPage(frame, report.sections[2], typed)
    factories.submit(report, tung)

    assert not page._save_files(page.fields[0], lan, NOON)

    assert page.fields[0].evidence_faults != []
    assert Evidence.objects.get().removed_at is None


def test_more_than_all_is_refused_at_its_box(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    response = client.post(section(report), {"seen": "0", **T3, "indicators-T3-numerator": "67"})

    assert response.status_code == 422
    assert "Số này lớn hơn tổng số" in response.text
    assert not IndicatorAnswer.objects.exists()


def test_a_stale_form_shows_both_values_and_lets_the_person_choose(client, lan, tung, province):
    report = factories.draft(province)
    actions.save_draft(
        report.pk, answers={"indicators.T4": {"emptiness": "number", "value": "3"}}, seen=0, by=tung, at=NOON
    )
    client.force_login(lan)
    stale = {"seen": "0", "indicators-T4-emptiness": "number", "indicators-T4-value": "5"}

    response = client.post(section(report), stale)

    assert response.status_code == 422
    assert "Hoàng Thanh Tùng vừa sửa ô này" in response.text
    assert 'value="5"' in response.text
    assert 'name="seen" value="1"' in response.text
    assert IndicatorAnswer.objects.get().value == 3

    client.post(section(report), {**stale, "seen": "1", "theirs": "indicators.T4"})
    assert IndicatorAnswer.objects.get().value == 3
    client.post(section(report), {**stale, "seen": "1"})
    assert IndicatorAnswer.objects.get().value == 5


def test_what_was_typed_while_the_report_was_submitted_stands_on_the_page(client, lan, tung, province):
    report = factories.submitted(province, tung)
    client.force_login(lan)

    response = client.post(section(report), {"seen": "0", **T3, "indicators-T3-note": "Bảy khu mới"})

    assert response.status_code == 422
    assert "Bảy khu mới" in response.text
    assert IndicatorAnswer.objects.get(address="indicators.T3").note == ""


def test_files_are_added_and_removed_with_the_section(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    client.post(
        section(report), {"seen": "0", "indicators-T3-evidence": upload(), "indicators-T3-public": "on"}
    )
    proof = Evidence.objects.get()
    assert (proof.address, proof.is_public, proof.removed_at) == ("indicators.T3", True, None)
    client.post(section(report), {"seen": "0", "remove": str(proof.pk)})

    proof.refresh_from_db()
    assert proof.removed_at is not None


def test_a_hostile_file_is_refused_at_its_field_and_the_answers_are_kept(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    response = client.post(
        section(report), {"seen": "0", **T3, "indicators-T3-evidence": upload("anh.pdf", b"<script>")}
    )

    assert response.status_code == 422
    assert "Nội dung của “anh.pdf” không đúng với tên tệp." in response.text
    assert not Evidence.objects.exists()
    assert IndicatorAnswer.objects.get().numerator == 52


def test_after_a_return_the_remark_is_answered_on_the_page(client, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")
    remark = report.remarks.get()
    client.force_login(tung)

    page = client.get(section(report)).text
    client.post(
        section(report),
        {"seen": str(report.version), **T3, "indicators-T3-numerator": "50",
         f"reply-{remark.pk}-reply": "fixed", f"reply-{remark.pk}-text": "Đã bỏ 2 cụm trùng"},
    )  # fmt: skip

    assert "indicators-T4-value" not in page
    remark.refresh_from_db()
    assert (remark.reply, remark.reply_text) == ("fixed", "Đã bỏ 2 cụm trùng")
    assert IndicatorAnswer.objects.get(address="indicators.T3").numerator == 50


def test_the_gate_lists_what_is_missing_as_links(client, tung, province):
    report = factories.draft(province)
    client.force_login(tung)

    page = client.get(reverse("work:submit", args=[report.pk])).text

    for address in ("general.summary", "indicators.T3", "indicators.T4", "indicators.T8", "money.local"):
        assert f'href="{section(report, address.split(".")[0])}#{address.replace(".", "-")}"' in page


def test_submitting_leads_to_the_receipt(client, tung, province):
    report = factories.filled(province, tung)
    client.force_login(tung)

    response = client.post(
        reverse("work:submit", args=[report.pk]),
        {"signer": "Nguyễn Văn Giám Đốc", "capacity": "KT.", "authority": "GIÁM ĐỐC"},
    )

    assert response.url == reverse("work:receipt", args=[report.pk, 1])
    receipt = client.get(response.url).text
    assert "0001" in receipt
    assert report.submissions.get().sha256 in receipt
    assert "KT. – ký thay, GIÁM ĐỐC: Nguyễn Văn Giám Đốc" in receipt


def test_a_vacant_signing_post_is_a_visible_warning(client, lan, province):
    PostFactory(title_vi="Giám đốc Sở", role=Post.Role.PROVINCE_SIGNATORY, province=province)
    client.force_login(lan)

    assert "Vị trí trống" in client.get(reverse("work:workspace")).text


def test_an_heir_opens_the_reports_of_the_units_it_came_from(client, lan, hoa, province):
    old = ProvinceFactory(
        code="49", valid_from=date(2008, 8, 1), valid_to=date(2025, 7, 1), name_vi="Quảng Nam"
    )
    event = BoundaryEvent.objects.create(slug="sap-nhap", kind="merger", effective_on=date(2025, 7, 1))
    Succession.objects.create(event=event, predecessor=old, heir=province)
    report = factories.draft(old)
    client.force_login(lan)

    assert client.get(section(report)).status_code == 200
    client.force_login(hoa)
    assert client.get(section(report)).status_code == 404


def test_the_ministry_never_reads_a_draft_or_the_work_after_a_return(client, tung, thu, province):
    report = factories.returned(province, tung, thu, "general.summary")
    actions.save_draft(
        report.pk, answers={"general.summary": {"text": "BẢN NHÁP-77"}}, seen=report.version, by=tung, at=NOON
    )
    client.force_login(thu)

    addresses = [
        reverse("work:review", args=[report.pk]),
        reverse("work:rounds", args=[report.pk]),
        reverse("work:review_queue"),
    ]
    assert ["BẢN NHÁP-77" in client.get(address).text for address in addresses] == [False] * 3


def test_the_ministry_learns_of_no_file_before_it_is_submitted(client, tung, minh, thu, province, neighbour):
    son = in_post("Đinh Văn Sơn", Post.Role.PROVINCE_SIGNATORY, province=neighbour, title="Giám đốc")
    factories.filled(neighbour, son)
    report = factories.returned(province, tung, thu, "indicators.T3")
    actions.attach_evidence(
        report.pk, address="indicators.T3", upload=upload("mới-77.csv", b"a,b"), is_public=False, by=tung,
        at=NOON,
    )  # fmt: skip
    addresses = [reverse("admin:reporting_reportevent_changelist"), reverse("work:review", args=[report.pk])]

    def told(person):
        client.force_login(person)
        return "".join(client.get(address).text for address in addresses)

    assert "mới-77.csv" not in told(minh)
    assert "Đinh Văn Sơn" not in told(minh)
    actions.reply(report.remarks.get().pk, reply="fixed", text="", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    assert "mới-77.csv" in told(minh)


def test_the_province_reads_a_remark_only_when_the_report_comes_back(client, tung, thu, province):
    report = factories.submitted(province, tung)
    actions.remark(report.pk, address="indicators.T3", text="NHẬN XÉT-77", by=thu, at=NOON)
    client.force_login(tung)

    assert "NHẬN XÉT-77" not in client.get(section(report)).text
    actions.send_back(report.pk, by=thu, at=NOON)
    assert "NHẬN XÉT-77" in client.get(section(report)).text


def test_the_review_shows_what_changed_with_the_answer(client, tung, thu, province):
    report = factories.returned(province, tung, thu, "indicators.T3")
    fifty = {"emptiness": "number", "numerator": "50", "denominator": "66"}
    actions.save_draft(report.pk, answers={"indicators.T3": fifty}, seen=report.version, by=tung, at=NOON)
    actions.reply(report.remarks.get().pk, reply="fixed", text="Bỏ 2 cụm", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc", by=tung, at=NOON)
    client.force_login(thu)

    page = client.get(reverse("work:review", args=[report.pk])).text

    assert "</span>52</del>" in page
    assert "</span>50</ins>" in page
    assert "Bỏ 2 cụm" in page


def test_a_remark_is_written_sent_and_the_report_returned_from_the_page(client, tung, thu, province):
    report = factories.submitted(province, tung)
    client.force_login(thu)

    client.post(reverse("work:remark", args=[report.pk]), {"address": "indicators.T3", "text": "Xem lại"})
    client.post(reverse("work:step", args=[report.pk, "return"]))

    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert report.remarks.get().sent_at is not None


def test_a_return_without_a_remark_is_refused_in_a_sentence(client, tung, thu, province):
    report = factories.submitted(province, tung)
    client.force_login(thu)

    response = client.post(reverse("work:step", args=[report.pk, "return"]), follow=True)

    assert "Viết ít nhất một nhận xét" in response.text
    report.refresh_from_db()
    assert report.state == State.SUBMITTED


@pytest.mark.parametrize(
    "query", ["", "?show=waiting", "?show=overdue", "?show=nonsense", "?period=x&page=99"]
)
def test_the_queue_opens_with_any_filter(client, tung, thu, province, query):
    factories.submitted(province, tung)
    client.force_login(thu)

    assert client.get(reverse("work:review_queue") + query).status_code == 200


# --- Buttons ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Địa chỉ này dành cho một nút bấm"), ("/en", "This address is for a button")]
)
def test_a_buttons_address_opened_as_a_page_says_what_to_do(client, minh, tung, province, prefix, words):
    report = factories.submitted(province, tung)
    client.force_login(minh)

    page = client.get(f"{prefix}/work/review/{report.pk}/approve/")

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert words in page.text
    assert f'href="{prefix}/admin/"' in page.text


def test_who_presses_a_button_after_the_session_ended_is_led_to_the_report(client, tung, province):
    report = factories.submitted(province, tung)

    answer = client.post(reverse("work:step", args=[report.pk, "approve"]))

    assert answer.url == f"{reverse('account_login')}?next=/work/review/{report.pk}/"
    assert "chưa có gì được thực hiện" in client.get(answer.url).text
    report.refresh_from_db()
    assert report.state == State.SUBMITTED


def test_every_deed_of_the_ministry_is_answered_in_words(client, tung, minh, province):
    report = factories.submitted(province, tung)
    client.force_login(minh)

    def said(name, **boxes):
        return client.post(reverse(f"work:{name}", args=[report.pk]), boxes, follow=True).text

    def step(name):
        return client.post(reverse("work:step", args=[report.pk, name]), follow=True).text

    assert "Đã lưu nhận xét." in said("remark", address="indicators.T3", text="Xem lại")
    dropped = client.post(reverse("work:drop_remark", args=[report.remarks.get().pk]), follow=True)
    assert "Đã rút nhận xét." in dropped.text
    assert "Đã đề nghị duyệt." in step("propose")
    assert "Đã duyệt. Số liệu đã có" in step("approve")
    said("remark", address="indicators.T3", text="Xem lại")
    assert "Đã mở lại." in step("reopen")


def test_the_span_of_the_data_reads_from_one_day_to_another(client, lan, province):
    report = factories.draft(province)
    client.force_login(lan)

    assert "số liệu từ 15/12/2025 đến 14/12/2026" in client.get(section(report)).text


def test_the_hash_on_a_receipt_can_be_checked_with_the_file(client, lan, thu, hoa, tung, province):
    report = factories.submitted(province, tung)
    sent = report.submissions.get()
    address = reverse("work:receipt_json", args=[report.pk, 1])

    for person in (lan, thu):
        client.force_login(person)
        assert address in client.get(sent.get_absolute_url()).text
        assert hashlib.sha256(client.get(address).content).hexdigest() == sent.sha256
    client.force_login(hoa)
    assert client.get(address).status_code == 404


# --- The cost of a page does not grow with its rows -------------------------------------


def units(count):
    return [ProvinceFactory(code=f"{number:02d}") for number in range(10, 10 + count)]


@pytest.mark.parametrize("item_count", [1, 3])
def test_review_queue_query_count(client, thu, item_count, django_assert_num_queries):
    for unit in units(item_count):
        StatusReport.objects.filter(pk=factories.draft(unit).pk).update(state=State.SUBMITTED, round=1)
    client.force_login(thu)

    with django_assert_num_queries(6):
        response = client.get(reverse("work:review_queue"))

    assert len(response.context["queue"].rows) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_workspace_query_count(client, lan, province, item_count, django_assert_num_queries):
    for year in range(2024, 2024 + item_count):
        factories.ObligationFactory(province=province, period=factories.PeriodFactory(year=year))
    client.force_login(lan)

    with django_assert_num_queries(10):
        response = client.get(reverse("work:workspace"))

    assert len(response.context["lines"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_section_query_count(client, lan, province, item_count, django_assert_num_queries):
    report = factories.draft(province)
    for number in range(item_count):
        actions.attach_evidence(
            report.pk, address="indicators.T3", upload=upload(f"{number}.csv", f"a,{number}".encode()),
            is_public=False, by=lan, at=NOON,
        )  # fmt: skip
    client.force_login(lan)

    with django_assert_num_queries(19):
        response = client.get(section(report))

    assert len(response.context["page"].fields[0].evidence) == item_count


def test_a_remark_that_is_not_taken_stays_in_its_box_with_the_reason(client, tung, thu, province):
    report = factories.submitted(province, tung)
    client.force_login(thu)
    too_long = "Danh sách thiếu hai cụm. " * 200

    page = client.post(
        reverse("work:remark", args=[report.pk]),
        {"address": "indicators.T3", "text": too_long, "tab": "whole"},
    )

    assert page.status_code == 422
    assert too_long.strip() in page.text
    assert "4000" in page.text.replace(".", "")
    assert not report.remarks.exists()


@time_machine.travel(datetime(2026, 11, 30, 5, tzinfo=UTC), tick=False)
def test_the_last_day_is_said_as_such_and_counts_no_days(client, lan, province):
    report = factories.filled(province, lan)
    client.force_login(lan)

    page = client.get(f"/work/reports/{report.pk}/general/").text
    desk = client.get("/work/").text

    assert "hạn hôm nay" in page
    assert "hạn là hôm nay, 30/11/2026" in desk.lower()
    assert "còn 0 ngày" not in page + desk
