"""Whether a file is genuine: told by its hash alone, in the reader's browser or by hand."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from foundation.attempts import MOST
from foundation.files import PDF, store_bytes
from reporting.models import CompiledReport, DataCut, ReportFile
from tests.browser import axe
from tests.reporting.approved import NOON, national, national_outline, year_of
from tests.reporting.composed import cut_of

OUT = datetime(2026, 1, 5, tzinfo=UTC)
GENUINE = b"%PDF-1.7 " + b"Bao cao" * 1000
CHECK = "/progress/documents/check/"


@pytest.fixture
def report(db):
    """Published, with a PDF and a data file."""
    cut = DataCut.objects.create(
        number="C-2026-07", period=year_of(2026), cut_at=NOON, lens="on:2026-12-14",
        content=cut_of(year_of(2026)), sha256="cd" * 32, counted=1, expected=2,
    )  # fmt: skip
    stored = store_bytes(GENUINE, name="bao-cao.pdf", media_type=PDF, by=None, at=NOON, is_public=True)
    made = CompiledReport.objects.create(
        kind=national(),
        cut=cut,
        outline=national_outline().as_json(),
        title_text="Báo cáo thử",
        check_code="7K4M-92QD",
        file=stored,
        published_at=OUT,
    )
    ReportFile.objects.create(report=made, edition=1, format="pdf", file=stored)
    data = store_bytes(b"{}", name="du-lieu.json", media_type="application/json", by=None, at=NOON)
    ReportFile.objects.create(report=made, edition=1, format="json", file=data)
    return made


def asked(client, data, **headers):
    return client.get(CHECK, {"sha256": hashlib.sha256(data).hexdigest()}, **headers)


def test_a_genuine_hash_leads_to_its_document(report, client):
    page = asked(client, GENUINE).text

    assert "Đúng bản gốc: PDF của “Báo cáo thử”" in page
    assert "Đây là bản hiện hành." in page
    assert report.get_absolute_url() in page


@pytest.mark.parametrize(
    ("lens", "sentence"),
    [
        ("on:2026-12-14", "Đã có văn bản mới hơn thay thế: bản cắt số liệu C-2026-08."),
        ("on:2025-06-30", "Đây là bản hiện hành."),
        ("as_reported", "Đây là bản hiện hành."),
    ],
)
def test_only_a_document_through_the_same_lens_replaces_one(report, client, lens, sentence):
    cut = DataCut.objects.create(
        number="C-2026-08", period=year_of(2026), cut_at=NOON + timedelta(days=1), lens=lens,
        content=cut_of(year_of(2026)), sha256="ef" * 32, counted=1, expected=2,
    )  # fmt: skip
    CompiledReport.objects.create(
        kind=national(), cut=cut, title_text="Báo cáo khác", check_code="8K4M-92QD", published_at=OUT,
        file=report.file,
    )  # fmt: skip

    assert sentence in asked(client, GENUINE).text


def test_one_changed_byte_is_not_known(report, client):
    page = asked(client, GENUINE[:-1] + b"x").text

    assert "Đúng bản gốc" not in page
    assert "Không tệp nào Cổng đã cấp có SHA-256 này" in page


def test_a_document_not_yet_published_is_told_to_the_ministry_alone(report, client, minh):
    CompiledReport.objects.update(published_at=None)

    assert "Đúng bản gốc" not in asked(client, GENUINE).text
    client.force_login(minh)
    assert "chưa phát hành" in asked(client, GENUINE).text


def test_a_document_not_yet_published_is_answered_like_any_unknown_file(report, client):
    CompiledReport.objects.update(published_at=None)

    answers = [
        re.search(r'role="alert"><p>(.*?)</p>', asked(client, data).text)[1] for data in (GENUINE, b"another")
    ]

    assert answers[0] == answers[1]
    assert "hoặc chưa được phát hành, hoặc không phải do Cổng cấp" in answers[0]


@pytest.mark.parametrize("typed", ["", "abc", "z" * 64, "a" * 65])
def test_what_is_no_hash_gets_a_sentence_at_its_field(client, db, typed):
    page = client.get(CHECK, {"sha256": typed})

    assert page.status_code == 200
    assert page.context["hash_form"].errors["sha256"]


def test_a_hash_is_taken_as_people_copy_it(report, client):
    typed = f" {hashlib.sha256(GENUINE).hexdigest().upper()} "

    assert "Đúng bản gốc" in client.get(CHECK, {"sha256": typed}).text


def test_whoever_asks_about_many_unknown_files_has_to_wait(report, client):
    for number in range(MOST):
        assert asked(client, str(number).encode(), REMOTE_ADDR="203.0.113.9").status_code == 200

    assert asked(client, b"one more", REMOTE_ADDR="203.0.113.9").status_code == 429
    assert asked(client, b"one more", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_the_page_lists_every_file_with_its_hash_and_size(report, client):
    page = client.get(report.get_absolute_url()).text

    for stored in (one.file for one in report.files.all()):
        assert stored.sha256 in page
        assert stored.name in page
    assert report.cut.sha256 in page
    assert "7 kB" in page


def test_files_of_an_earlier_edition_are_known_and_no_longer_given_out(report, client):
    CompiledReport.objects.update(edition=2)

    page = client.get(report.get_absolute_url()).text
    download = client.get(reverse("reporting:document_file", args=[report.check_code, "json"]))

    assert "Bản trước, lần 1" in page
    assert download.status_code == 404


def test_a_file_that_a_later_edition_has_unchanged_stands_on_the_page_once(report, client, minh):
    pdf, data = (
        store_bytes(found, name=name, media_type=PDF, by=None, at=NOON)
        for found, name in ((b"%PDF-1.7 lan 2", "lan-2.pdf"), (b"{}", "du-lieu.json"))
    )
    ReportFile.objects.create(report=report, edition=2, format="pdf", file=pdf)
    ReportFile.objects.create(report=report, edition=2, format="json", file=data)
    CompiledReport.objects.update(edition=2, file=pdf)
    client.force_login(minh)

    public, desk = client.get(report.get_absolute_url()).text, client.get(f"/work/national/{report.pk}/").text

    for page in (public, desk):
        listed = [page.count(f">{sha256}<") for sha256 in (pdf.sha256, report.file.sha256, data.sha256)]
        assert listed == [1, 1, 1]
        assert "Không đổi ở bản sau, xem tại đó: JSON" in page
    assert public.index("Bản trước, lần 1") < public.index(report.file.sha256)


def test_the_page_and_the_list_say_number_date_and_in_what_form_it_was_signed(report, client):
    CompiledReport.objects.update(
        number="215", issued_on=date(2026, 12, 31), authority="KT. BỘ TRƯỞNG", position="THỨ TRƯỞNG",
        signatory="Nguyễn Văn A",
    )  # fmt: skip

    page = " ".join(client.get(report.get_absolute_url()).text.split())
    listed = " ".join(client.get(reverse("reporting:document_list")).text.split())

    assert "<dt>Số văn bản</dt> <dd><b>215/BC-BCT</b></dd>" in page
    assert "<dd>31/12/2026</dd>" in page
    assert "KT. BỘ TRƯỞNG<br>THỨ TRƯỞNG<br>Nguyễn Văn A" in page
    assert "<b>Số 215/BC-BCT</b> <span>ngày 31/12/2026</span>" in listed
    assert "KT. BỘ TRƯỞNG THỨ TRƯỞNG Nguyễn Văn A" in listed


def test_a_document_without_number_and_date_says_that_it_has_none(report, client):
    page = " ".join(client.get(report.get_absolute_url()).text.split())
    listed = client.get(reverse("reporting:document_list")).text

    assert page.count("<dd>không ghi</dd>") == 2
    assert "Không ghi số" in listed


def test_each_format_is_downloaded_under_its_own_name(report, client):
    answer = client.get(reverse("reporting:document_file", args=[report.check_code, "json"]))

    assert b"".join(answer.streaming_content) == b"{}"
    assert "du-lieu.json" in answer["Content-Disposition"]
    assert client.get(reverse("reporting:document_file", args=[report.check_code, "exe"])).status_code == 404


# --- In the browser: the file never leaves it ---------------------------------------------------------------


def choose(page, name, data):
    page.locator("#file-to-check").set_input_files(
        files=[{"name": name, "mimeType": "application/pdf", "buffer": data}]
    )


@pytest.fixture
def sent(page):
    """Every body that the browser sends."""
    bodies = []
    page.on("request", lambda request: bodies.append(request.post_data_buffer))
    return bodies


@pytest.mark.browser
def test_the_document_s_page_knows_its_file_and_refuses_a_changed_one(page, report, sent):
    page.goto(report.get_absolute_url())
    choose(page, "nhan-duoc.pdf", GENUINE)
    genuine = page.locator(".check-result .notice.done")
    genuine.wait_for()
    assert "nhan-duoc.pdf: Đúng bản gốc: PDF của “Báo cáo thử”" in genuine.inner_text()
    assert "Đây là bản hiện hành." in genuine.inner_text()
    assert axe(page) == []

    choose(page, "sua.pdf", GENUINE[:-1] + b"!")
    changed = page.locator(".check-result .notice.failure")
    changed.wait_for()
    assert "không phải tệp của văn bản này" in changed.inner_text().lower()
    assert [body for body in sent if body] == []


@pytest.mark.browser
def test_the_check_page_asks_about_the_hash_alone(page, report, sent):
    page.goto(CHECK)
    choose(page, "nhan-duoc.pdf", GENUINE)

    page.locator(".notice.done").wait_for()
    assert hashlib.sha256(GENUINE).hexdigest() in page.url
    assert "Đúng bản gốc" in page.locator("main").inner_text()
    assert axe(page) == []
    choose(page, "sua.pdf", GENUINE[:-1] + b"!")
    page.locator(".notice.failure").wait_for()
    assert [body for body in sent if body] == []


@pytest.mark.browser
def test_a_file_is_dropped_as_well_as_chosen(page, report):
    page.goto(report.get_absolute_url())
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "keo-tha.pdf"));
            document.querySelector(".drop-place").dispatchEvent(new DragEvent("drop", {dataTransfer: data}));
        }""",
        GENUINE.decode(),
    )

    page.locator(".check-result .notice.done").wait_for()
    assert "keo-tha.pdf" in page.locator(".check-result").inner_text()


@pytest.mark.browser
def test_without_a_secure_connection_the_commands_are_shown(page, report):
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto(report.get_absolute_url())

    assert not page.locator(".drop-place").is_visible()
    assert "không an toàn" in page.locator(".check-result").inner_text()
    page.locator(".by-hand summary").click()
    assert page.get_by_text("sha256sum").is_visible()
