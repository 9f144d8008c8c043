"""Registering without an account: the form, the link in the mail, and what wrong links say."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from events import links
from events.models import Registration
from foundation import mail as outbox
from foundation.models import OutboxMail
from tests.events.factories import NOON, EventFactory, RegistrationFactory, UnconfirmedFactory, WaitingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def filled(client, event, clock, *, language="", after=timedelta(seconds=20), **answers):
    """Open the page, take the time a person takes, send the form."""
    here = reverse("events:event", args=[event.slug])
    form = client.get(language + here).context["form"]
    clock.shift(after)
    data = {"full_name": "Ngô Thị Mai", "email": "mai@example.vn", "shown": form["shown"].value(), **answers}
    return client.post(f"{language}{here}register/", data)


def link_in_the_mail():
    words = OutboxMail.objects.latest("pk").body.split()
    return next(word for word in words if word.startswith("http://testserver"))


def test_somebody_registers_confirms_and_withdraws_by_mail_alone(guest, noon, mailoutbox):
    event = EventFactory(open_for=True)

    sent = filled(guest, event, noon)
    outbox.send_waiting(at=NOON)
    link = link_in_the_mail()

    assert sent.url == reverse("events:registered", args=[event.slug])
    assert "Xem hộp thư của bạn" in guest.get(sent.url).content.decode()
    assert [message.to for message in mailoutbox] == [["mai@example.vn"]]
    assert "Xác nhận bạn sẽ đến" in guest.get(link).content.decode()
    assert (
        event.registrations.seated().count() == 0
    )  # opening the link is not enough: mail scanners open links

    guest.post(f"{link}confirm/")
    assert "đã có chỗ" in guest.get(link).content.decode().lower()

    guest.post(f"{link}withdraw/")
    assert "Bạn đã rút." in guest.get(link).content.decode()


def test_mail_and_link_speak_the_language_of_the_form(guest, noon):
    filled(guest, EventFactory(open_for=True), noon, language="/en")

    mail = OutboxMail.objects.get()
    assert mail.subject.startswith("Confirm your registration")
    assert "http://testserver/en/events/registration/" in mail.body


def test_a_known_address_gets_the_same_answer_as_a_new_one(guest, noon):
    event = EventFactory(open_for=True)
    RegistrationFactory(event=event, email="mai@example.vn")

    known = filled(guest, event, noon)
    fresh = filled(guest, event, noon, email="moi@example.vn")

    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"homepage": "http://xau.example"}, "Để trống ô này"),
        ({"after": timedelta(seconds=1)}, "Biểu mẫu gửi quá nhanh."),
        ({"after": timedelta(hours=13)}, "Trang đã mở quá lâu."),
        ({"shown": "tự viết"}, "Trang đã mở quá lâu."),
        ({"email": "khong phai dia chi"}, "email"),
        ({"full_name": "  "}, "bắt buộc"),
    ],
)
def test_a_machine_or_a_wrong_answer_is_told_so_and_nothing_is_kept(guest, noon, answers, sentence):
    response = filled(guest, EventFactory(open_for=True), noon, **answers)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Registration.objects.exists()


def test_a_form_sent_back_can_be_sent_again(guest, noon):
    event = EventFactory(open_for=True)
    refused = filled(guest, event, noon, after=timedelta(hours=13))
    stamp = refused.context["form"]["shown"].value()
    noon.shift(timedelta(seconds=20))

    address = reverse("events:register", args=[event.slug])
    again = guest.post(address, {"full_name": "Ngô Thị Mai", "email": "mai@example.vn", "shown": stamp})

    assert again.status_code == 302
    assert Registration.objects.count() == 1


def test_a_form_that_comes_after_closing_is_refused_with_a_sentence(guest, noon):
    event = EventFactory(open_for=True, registration_closes_at=NOON + timedelta(minutes=1))

    response = filled(guest, event, noon, after=timedelta(minutes=2))

    assert "chưa mở hoặc đã đóng đăng ký" in guest.get(response.url).content.decode()
    assert not Registration.objects.exists()


def test_a_wrong_link_says_what_to_do(guest):
    address = reverse("events:registration", args=["khong-phai-duong-dan"])

    for response in (guest.get(address), guest.post(f"{address}confirm/"), guest.post(f"{address}withdraw/")):
        assert response.status_code == 404
        assert "Đường dẫn không đúng." in response.content.decode()


def test_an_expired_link_says_so_and_changes_nothing(guest, noon):
    registration = UnconfirmedFactory()
    address = reverse("events:registration", args=[links.token_for(registration)])
    noon.shift(links.LINK_LASTS + timedelta(seconds=1))

    response = guest.post(f"{address}confirm/")

    assert (response.status_code, "Đường dẫn đã hết hạn." in response.content.decode()) == (404, True)
    registration.refresh_from_db()
    assert registration.state == "unconfirmed"


def test_a_link_signed_for_something_else_opens_nothing(guest):
    foreign = signing.dumps(RegistrationFactory().pk, salt="training.participant")

    assert guest.get(reverse("events:registration", args=[foreign])).status_code == 404


def test_a_late_confirmation_is_refused_with_a_sentence(guest, noon):
    registration = UnconfirmedFactory()
    address = reverse("events:registration", args=[links.token_for(registration)])
    noon.shift(timedelta(days=4))

    response = guest.post(f"{address}confirm/", follow=True)

    assert "không được xác nhận trong ba ngày" in response.content.decode()
    assert registration.event.registrations.seated().count() == 0


def test_who_waits_sees_the_place_in_the_line(guest):
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)
    WaitingFactory(event=event)
    second = WaitingFactory(event=event)

    text = guest.get(reverse("events:registration", args=[links.token_for(second)])).content.decode()

    assert "Bạn đứng thứ 2 trong danh sách chờ." in text


def test_the_page_behind_the_link_is_kept_out_of_caches_and_search_engines(guest):
    response = guest.get(reverse("events:registration", args=[links.token_for(RegistrationFactory())]))

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_a_full_event_offers_the_line(guest):
    event = EventFactory(open_for=True, quota=1)
    RegistrationFactory(event=event)

    text = guest.get(event.get_absolute_url()).content.decode()

    assert "Vào danh sách chờ" in text
    assert "1 chỗ đã hết, 0 người trong danh sách chờ." in text
