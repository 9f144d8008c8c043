"""Every Vietnamese letter, with every tone, reaches the reader whole: in CSV, in a workbook, in a PDF."""

import csv
import io
import subprocess

import openpyxl
import pytest
from django.urls import reverse

from foundation import jobs
from provinces.models import Province
from reporting import actions
from tests.reporting import factories
from tests.reporting.approved import approve, t3
from tests.reporting.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)  # a job renews its lease on a second connection

SMALL = "aàảãáạ ăằẳẵắặ âầẩẫấậ đ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ"
GREAT = SMALL.upper()


@pytest.fixture
def lettered(province):
    """Đà Nẵng under a name that has them all."""
    Province.objects.filter(pk=province.pk).update(name_vi=SMALL)
    province.refresh_from_db()
    return province


def table(client, unit, kind):
    indicator = t3()
    approve(unit, 2026, indicator, numerator=5, denominator=10)
    address = reverse("reporting:target_table", args=[indicator.slug, kind])
    return client.get(address, {"lens": "as_reported"}).content


def test_in_a_table_as_csv(client, lettered):
    rows = list(csv.reader(io.StringIO(table(client, lettered, "csv").decode("utf-8-sig"))))

    assert SMALL in rows[1]


def test_in_a_table_as_a_workbook(client, lettered):
    sheet = openpyxl.load_workbook(io.BytesIO(table(client, lettered, "xlsx"))).active

    assert SMALL in [cell.value for cell in sheet[2]]


def test_in_the_workbook_of_a_report(client, lan, lettered):
    report = factories.filled(lettered, lan, {**factories.ANSWERS, "general.summary": {"text": GREAT}})
    client.force_login(lan)

    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("work:workbook", args=[report.pk])).content))

    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert GREAT in words
    assert any(SMALL in word for word in words)


def test_in_the_pdf_of_a_receipt(tung, lettered):
    report = factories.filled(lettered, tung)
    receipt = actions.submit(report.pk, signer=GREAT, by=tung, at=NOON).receipt

    jobs.run(receipt.job_id)

    receipt.refresh_from_db()
    with receipt.file.file.open("rb") as stored:
        told = subprocess.run(["pdftotext", "-", "-"], input=stored.read(), capture_output=True, check=True)
    words = " ".join(told.stdout.decode().split())
    assert SMALL in words
    assert GREAT in words


def test_in_the_file_of_all_steps(client, minh, tung, lettered):
    factories.submitted(lettered, tung)
    client.force_login(minh)

    answer = client.get(reverse("work:events_export"))

    assert SMALL in b"".join(answer).decode("utf-8-sig")
