from datetime import UTC, datetime

import pytest
from django.core import mail as outbox
from django.utils import translation

from foundation import mail
from foundation.models import OutboxMail

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def queue(key="1", subject="Nhắc"):
    mail.queue_mail(key, recipient="lan@example.vn", subject=subject, body="Sắp đến hạn", at=NOON)


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there


def test_a_mail_goes_out_once():
    queue()

    assert [mail.send_waiting(at=NOON), mail.send_waiting(at=NOON)] == [1, 0]
    assert [sent.subject for sent in outbox.outbox] == ["Nhắc"]


def test_the_same_deed_twice_queues_one_mail():
    queue("report 1 returned")
    queue("report 1 returned", subject="Khác")

    assert list(OutboxMail.objects.values_list("subject", flat=True)) == ["Nhắc"]


def test_a_mail_may_be_a_page_beside_its_text():
    mail.queue_mail("1", recipient="lan@example.vn", subject="Nhắc", body="Hạn", html="<p>Hạn</p>", at=NOON)

    mail.send_waiting(at=NOON)

    (sent,) = outbox.outbox
    assert (sent.body, [page.content for page in sent.alternatives]) == ("Hạn", ["<p>Hạn</p>"])


def test_a_broken_server_loses_nothing(broken_server):
    queue()

    assert mail.send_waiting(at=NOON) == 0

    waiting = OutboxMail.objects.get()
    assert (waiting.sent_at, waiting.attempts, bool(waiting.failure)) == (None, 1, True)


def test_after_repair_it_goes_out_and_the_failure_is_forgotten():
    queue()
    OutboxMail.objects.update(attempts=3, failure="Connection refused")

    assert mail.send_waiting(at=NOON) == 1
    assert OutboxMail.objects.get().failure == ""


def test_a_mail_no_server_takes_does_not_hold_up_the_others():
    OutboxMail.objects.create(key="bad", recipient="a@b.vn", subject="two\nlines", body="", queued_at=NOON)
    queue("good")

    assert mail.send_waiting(at=NOON) == 1
    assert OutboxMail.objects.get(key="bad").failure != ""


def test_a_subject_is_one_line():
    queue(subject="Báo cáo\n của Đà Nẵng")

    assert OutboxMail.objects.get().subject == "Báo cáo của Đà Nẵng"


def test_after_twenty_failures_it_is_left_alone(broken_server):
    queue()
    OutboxMail.objects.update(attempts=mail.MAX_ATTEMPTS)

    mail.send_waiting(at=NOON)

    assert OutboxMail.objects.get().attempts == mail.MAX_ATTEMPTS


def test_every_mail_has_a_page_that_says_what_the_text_says_in_its_language():
    body = "Trả lại <b>3</b> ô:\nhttps://sxtdbv.example/work/1/\n\nChào"
    with translation.override("en"):
        queued = mail.queue_mail("1", recipient="lan@example.vn", subject="Trả & lại", body=body, at=NOON)

    assert '<html lang="en">' in queued.html
    assert "<h1>Trả &amp; lại</h1>" in queued.html
    assert "<p>Trả lại &lt;b&gt;3&lt;/b&gt; ô:<br>" in queued.html
    assert '<a href="https://sxtdbv.example/work/1/"' in queued.html
    assert "sent this message by itself" in queued.html
