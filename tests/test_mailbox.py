"""In development mail goes to files, and a page shows it; nowhere else."""

from datetime import UTC, datetime

import pytest
from django.urls import path

from foundation import mail
from scp_portal import mailbox, urls

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

urlpatterns = [path("mailbox/", mailbox.mailbox), *urls.urlpatterns]


@pytest.fixture
def files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = True


def send(subject):
    mail.queue_mail(
        subject, recipient="lan@example.vn", subject=subject, body="Hạn 30/11/2026\nhttp://a.vn/x", at=NOON,
        html="<p>Hạn</p>",
    )  # fmt: skip
    mail.send_waiting(at=NOON)


def test_the_mail_that_was_sent_stands_there(client, files):
    send("Nhắc việc: Đà Nẵng")

    (letter,) = client.get("/mailbox/").context["letters"]

    assert (letter.subject, letter.to) == ("Nhắc việc: Đà Nẵng", "lan@example.vn")
    assert letter.text.startswith("Hạn 30/11/2026\nhttp://a.vn/x")


def test_before_the_first_mail_the_page_says_so(client, files):
    assert "Chưa có thư nào" in client.get("/mailbox/").text


def test_outside_development_there_is_no_such_page(client, files, settings):
    send("Nhắc")
    settings.DEBUG = False
    assert client.get("/mailbox/").status_code == 404

    settings.DEBUG, settings.EMAIL_FILE_PATH = True, ""
    assert client.get("/mailbox/").status_code == 404
