"""The pages round a document's words: what is typed stays, what is wrong is said at its box."""

import re
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from foundation import jobs
from foundation.models import AuditEntry
from reporting.documents import actions, asking, editing
from reporting.lenses import Lens, LensKind
from reporting.models import CompiledReport, EditedWords
from tests.reporting.approved import approve, national, t3, year_of

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)
WRONG = "Đến hết kỳ, 52 trên 66 khu, cụm đạt yêu cầu, bằng 87,8%."


@pytest.fixture
def report(province, minh, client):
    indicator = t3()
    approve(province, 2025, indicator, numerator=41, denominator=66)
    approve(province, 2026, indicator, numerator=52, denominator=66)
    period = year_of(2026)
    wanted = asking.Wanted(national(), period, "vi", Lens(LensKind.ON, period.last_day))
    client.force_login(minh)
    return actions.compile_report(wanted, by=minh, at=LATER)


def address(report, name="words"):
    return reverse(f"reporting:{name}", args=[report.pk])


def boxes(page):
    """Every box of the page as a browser sends it back."""
    found = re.findall(r'name="(text:[^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {"seen": re.search(r'name="seen" value="(\d+)"', page)[1], **dict(found)}


def test_saving_the_page_as_it_came_changes_nothing(report, client):
    page = client.get(address(report)).text

    answer = client.post(address(report), boxes(page), follow=True)

    assert "text:targets.T3" in boxes(page)
    assert "Không có gì thay đổi." in answer.text
    assert not EditedWords.objects.exists()


def test_words_are_saved_and_their_contradiction_stands_at_its_place(report, client):
    data = {**boxes(client.get(address(report)).text), "text:targets.T3": WRONG}

    page = client.post(address(report), data, follow=True).text

    assert EditedWords.objects.get().text == WRONG
    place = page[page.index('id="targets.T3"') :]
    assert "Trong lời văn 87,8%, trong số liệu 78,8%" in place
    assert "<del>" in place
    assert "87,8%" in client.get(address(report, "preview")).text


def test_a_conflict_keeps_both_and_the_second_press_decides(report, client, minh):
    data = {**boxes(client.get(address(report)).text), "text:targets.T3": WRONG}
    editing.write(report.pk, texts={"targets.T3": "Lời của người khác."}, seen=0, by=minh, at=LATER)

    page = client.post(address(report), data).text

    assert "Lời của người khác." in page
    assert boxes(page)["text:targets.T3"] == WRONG
    assert EditedWords.objects.count() == 1
    client.post(address(report), boxes(page))
    assert EditedWords.objects.latest("pk").text == WRONG


def test_too_long_words_are_refused_at_their_box_and_stay_in_it(report, client):
    data = {
        **boxes(client.get(address(report)).text),
        "text:targets.T3": "a" * 8001,
        "text:plans.register": "Khác.",
    }

    page = client.post(address(report), data).text

    assert 'id="fault-targets.T3"' in page
    assert boxes(page)["text:targets.T3"] == "a" * 8001
    assert boxes(page)["text:plans.register"] == "Khác."
    assert not EditedWords.objects.exists()


def test_markup_in_words_is_words(report, client):
    data = {**boxes(client.get(address(report)).text), "text:targets.T3": "<b>Đạt</b> 52 khu\x00"}

    client.post(address(report), data)

    assert EditedWords.objects.get().text == "<b>Đạt</b> 52 khu"
    assert "&lt;b&gt;Đạt&lt;/b&gt;" in client.get(address(report, "preview")).text


@pytest.mark.parametrize("data", [{}, {"seen": "x"}, {"seen": "-1"}, {"seen": "9" * 30}, {"text:": "a"}])
def test_a_form_made_up_breaks_nothing(report, client, data):
    answer = client.post(address(report), data, follow=True)

    assert answer.status_code == 200
    assert not EditedWords.objects.exists()


def test_number_and_date_are_saved_and_a_wrong_one_is_said_at_its_box(report, client):
    shown = {"place": "Hà Nội", "initial-place": "Hà Nội", "initial-number": "", "initial-issued_on": ""}

    wrong = client.post(address(report, "envelope"), {**shown, "issued_on": "31/31/2026"}).text
    assert 'class="error' in wrong or "errorlist" in wrong or "wrong" in wrong
    early = client.post(address(report, "envelope"), {**shown, "issued_on": "2026-12-01"}).text
    assert "trước ngày đó" in early
    far = client.post(address(report, "envelope"), {**shown, "issued_on": "9999-12-31"})
    assert "trong vòng một năm" in far.context["envelope"].errors["issued_on"][0]
    odd = client.post(address(report, "envelope"), {**shown, "number": "abc đ<script>"})
    assert "Chỉ ghi số" in odd.context["envelope"].errors["number"][0]
    assert odd.context["envelope"]["number"].value() == "abc đ<script>"
    client.post(address(report, "envelope"), {**shown, "number": "215", "issued_on": "2026-12-20"})

    report.refresh_from_db()
    assert (report.number, str(report.issued_on)) == ("215", "2026-12-20")


def test_a_box_of_the_envelope_left_alone_does_not_undo_another_persons_number(report, client, minh):
    old = {"place": "Huế", "initial-place": "Hà Nội", "number": "", "initial-number": ""}
    kept = {name: getattr(report, name) for name in editing.ENVELOPE}
    editing.put_in_envelope(report.pk, given={**kept, "number": "215"}, shown=kept, by=minh, at=LATER)

    client.post(address(report, "envelope"), old)

    report.refresh_from_db()
    assert (report.number, report.place) == ("215", "Huế")


def test_a_reviewer_reads_the_words_and_edits_none(report, client, thu):
    client.force_login(thu)

    page = client.get(address(report)).text
    answer = client.post(address(report), {"seen": "0", "text:targets.T3": WRONG}).text

    assert "<textarea" not in page
    assert "Chỉ" in answer
    assert not EditedWords.objects.exists()


def test_publishing_with_a_contradiction_asks_for_its_reason(report, client):
    client.post(address(report), {**boxes(client.get(address(report)).text), "text:targets.T3": WRONG})
    client.post(address(report, "build_again"))
    report.refresh_from_db()
    jobs.run(report.job_id)
    page = client.get(address(report, "compiled")).text
    assert "Trong lời văn 87,8%, trong số liệu 78,8%" in page

    refused = client.post(address(report, "publish"), {"reason": ""}, follow=True).text
    assert "Ghi vì sao" in refused
    client.post(address(report, "publish"), {"reason": "Số ước cả năm."})

    assert CompiledReport.objects.get().published_at is not None
    assert AuditEntry.objects.get(verb="publish").detail["reason"] == "Số ước cả năm."


def test_the_page_of_a_document_names_each_file_and_those_of_earlier_editions(report, client):
    jobs.run(report.job_id)
    first = report.files.get(format="pdf")
    client.post(address(report), {**boxes(client.get(address(report)).text), "text:targets.T3": WRONG})
    changed = client.get(address(report, "compiled")).text
    assert "Lời văn đã thay đổi sau khi dựng tệp" in changed

    client.post(address(report, "build_again"))
    report.refresh_from_db()
    jobs.run(report.job_id)
    page = client.get(address(report, "compiled")).text

    second = report.files.get(edition=2, format="pdf")
    assert first.file.sha256 in page
    assert second.file.sha256 in page
    file = reverse("reporting:compiled_file", args=[report.pk, second.pk])
    assert file in page
    with closing(client.get(file)) as given:
        assert given.status_code == 200
    assert client.get(reverse("reporting:compiled_file", args=[report.pk, first.pk])).status_code == 404


def test_too_long_a_position_is_told_and_not_cut_by_the_browser(report, client):
    page = client.get(address(report)).text
    shown = {"place": "Hà Nội", "initial-place": "Hà Nội"}

    answer = client.post(address(report, "envelope"), {**shown, "position": "A" * 151})

    assert "maxlength" not in page
    assert answer.context["envelope"].errors["position"] == ["Tối đa 150 ký tự; ở đây có 151 ký tự."]


def test_a_letter_that_the_font_lacks_is_told_at_its_box(report, client):
    answer = client.post(address(report), {"text:targets.T3": "Đạt 🫠", "seen": "0"})

    assert "Phông chữ của văn bản không có chữ “🫠” (U+1FAE0)" in answer.text
    assert "Đạt 🫠</textarea>" in answer.text
    assert not EditedWords.objects.exists()


def test_what_is_left_open_is_told_before_publishing(report, client, minh):
    jobs.run(report.job_id)
    page = client.get(reverse("reporting:compiled", args=[report.pk]))
    words = ("Chưa ghi số văn bản", "Chưa ghi ngày", "Chưa ghi người ký")
    assert [word in page.text for word in words] == [True, True, report.signatory == ""]

    CompiledReport.objects.update(number="215", issued_on="2026-12-20", signatory="Lê A")

    page = client.get(reverse("reporting:compiled", args=[report.pk]))
    assert [word in page.text for word in words] == [False, False, False]


def test_annexes_of_the_preview_name_the_report_and_tables_scroll_in_their_frames(report, client):
    page = client.get(address(report, "preview")).text

    assert page.count("(Kèm theo Báo cáo số") == page.count('class="annex"') > 0
    assert page.count('class="frame"') == page.count('<table class="grid') > 0
