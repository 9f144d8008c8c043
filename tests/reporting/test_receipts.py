"""The receipt of a round: its code at once, its PDF from a worker, its public page for whoever holds one."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.urls import reverse

from foundation import jobs
from foundation.models import Job
from reporting import actions
from reporting.documents import receipts
from reporting.models import Receipt
from tests.reporting import factories
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)  # a job renews its lease on a second connection


def built(receipt):
    jobs.run(receipt.job_id)
    receipt.refresh_from_db()
    return receipt


def bytes_of(receipt):
    with receipt.file.file.open("rb") as stored:
        return stored.read()


def text_of(data):
    told = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s+", " ", told.stdout.decode())


def receipt_page(receipt):
    return receipt.submission.get_absolute_url()


def test_every_round_has_a_receipt_whose_pdf_says_what_came_in_and_when(tung, province):
    sent = factories.submitted(province, tung).submissions.get()

    data = bytes_of(built(sent.receipt))

    words = text_of(data)
    for part in (
        "BIÊN NHẬN 0001",
        "Đà Nẵng (48)",
        "12:00:00, 20/11/2026",
        "Hoàng Thanh Tùng",
        "danh-sach.csv",
    ):
        assert part in words
    assert sent.sha256 in words.replace(" ", "")
    assert sent.receipt.check_code in words
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1


def test_the_same_receipt_gives_the_same_bytes_and_is_never_built_over(tung, province):
    receipt = built(factories.submitted(province, tung).submissions.get().receipt)
    first = bytes_of(receipt)

    again = receipts.build_again(receipt.pk, by=tung, at=NOON)
    assert (again.job_id, Job.objects.filter(kind="receipt").count()) == (receipt.job_id, 1)

    Receipt.objects.update(file=None)
    rebuilt = built(receipts.build_again(receipt.pk, by=tung, at=NOON))

    assert bytes_of(rebuilt) == first


def test_whoever_holds_the_paper_finds_what_came_in_and_not_what_it_says(client, tung, province):
    receipt = built(factories.submitted(province, tung).submissions.get().receipt)

    page = client.get(reverse("reporting:check"), {"code": receipt.check_code}, follow=True)

    assert page.status_code == 200
    for part in ("0001", "Đà Nẵng", "12:00 20/11/2026", receipt.submission.sha256, receipt.file.sha256):
        assert part in page.text
    for secret in ("Đã tập huấn 52", "danh-sach.csv", "Hoàng Thanh Tùng", "Giám đốc Sở"):
        assert secret not in page.text


def test_the_page_of_an_earlier_round_says_that_a_later_one_came_in(client, tung, thu, province):
    report = factories.returned(province, tung, thu)
    remark = report.remarks.get()
    actions.reply(remark.pk, reply="kept", text="Đúng như danh sách", by=tung, at=NOON)
    actions.submit(report.pk, signer="Giám đốc Sở", by=tung, at=NOON)
    first, second = (sent.receipt for sent in report.submissions.order_by("round"))

    assert "Một vòng sau" in client.get(first.get_absolute_url()).text
    assert "Chưa có vòng nào sau" in client.get(second.get_absolute_url()).text


def test_a_code_that_was_never_given_is_not_there(client, tung, province):
    factories.submitted(province, tung)

    assert client.get(reverse("reporting:document", args=["2222-2222"])).status_code == 404


def test_the_province_downloads_it_and_sees_it_being_made(client, tung, province):
    receipt = factories.submitted(province, tung).submissions.get().receipt
    client.force_login(tung)
    assert "Đang lập tệp PDF" in client.get(receipt_page(receipt)).text

    built(receipt)

    address = reverse("work:receipt_pdf", args=[receipt.submission.report_id, 1])
    assert address in client.get(receipt_page(receipt)).text
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == bytes_of(receipt)


def test_a_build_that_failed_says_why_and_is_built_again_by_a_button(client, tung, province):
    receipt = factories.submitted(province, tung).submissions.get().receipt
    Job.objects.update(state=Job.State.FAILED, failure="Thiếu phông chữ", finished_at=NOON)
    client.force_login(tung)
    assert "Thiếu phông chữ" in client.get(receipt_page(receipt)).text

    client.post(reverse("work:build_receipt", args=[receipt.submission.report_id, 1]))

    receipt.refresh_from_db()
    assert receipt.job.is_open
    assert built(receipt).file is not None


def test_the_pdf_names_who_signed_for_whom_and_who_cleared_it(lan, tung, province):
    report = factories.filled(province, tung)
    sent = factories.submit(report, tung, signer="Hoàng Thanh Tùng", capacity="KT.", authority="GIÁM ĐỐC")

    words = text_of(bytes_of(built(sent.receipt)))

    assert "KT. GIÁM ĐỐC: Hoàng Thanh Tùng" in words
    assert "Trần Thị Lan" in words  # declared it ready
