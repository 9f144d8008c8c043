"""The demo records: marked, fictional, made once, and shown as what they are."""

import random
from datetime import date

import pytest
import time_machine

from library.demo import make_demo
from library.models import Comment, Consultation, Entry, EntryFile

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]

TODAY = date(2026, 11, 20)


def make():
    return make_demo(random.Random(889), today=TODAY)  # noqa: S311 -- demo data, not secrets


@pytest.fixture
def demo(db):
    return make()


def test_demo_records_are_made_once_and_marked(demo):
    again = make()

    assert again == demo
    assert demo == {
        "library materials": 2,
        "consultations": 1,
        "library case studies": 1,
        "library criteria sets": 1,
    }
    assert Entry.objects.filter(is_demo=True).count() == Entry.objects.count() == 5
    assert not Comment.objects.filter(is_demo=False).exists()


def test_a_demo_file_is_a_pdf_one_may_download(demo, client):
    row = EntryFile.objects.first()

    assert b"".join(client.get(row.get_absolute_url()).streaming_content).startswith(b"%PDF-")


@time_machine.travel("2026-11-20 09:00+07:00")
def test_the_demo_consultation_is_open_and_says_that_it_is_an_example(demo, client):
    consultation = Consultation.objects.get()

    page = client.get(consultation.get_absolute_url()).content.decode()

    assert consultation.is_open()
    assert '<span class="demo-label">Số liệu minh hoạ</span>' in page
    assert "<textarea" in page
