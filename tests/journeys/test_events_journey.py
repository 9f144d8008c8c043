"""The events room, walked in a real browser by An at the desk and by Mai with her telephone."""

import re

import pytest
from django.utils import timezone

from events import actions
from events.models import Event
from foundation.models import OutboxMail
from tests.browser import axe, look_over, sign_in
from tests.events.factories import (
    EventFactory,
    PaperFactory,
    RegistrationFactory,
    SeriesFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.browser

SHEET = (
    "slug,kind,title_vi,title_en,starts,place_vi,published_at\n"
    "dien-dan-da-nang,forum,Diễn đàn tiêu dùng Đà Nẵng,Da Nang consumption forum,2025-08-02,Đà Nẵng,"
    "2026-01-01 08:00:00\n"
)


def test_an_creates_imports_shows_and_finds_events(page, an):
    sign_in(page, an)

    page.goto("/en/admin/events/event/add/")
    page.locator("#id_kind").select_option("national conference")
    page.locator("#id_title_vi").fill("Hội nghị toàn quốc tại Đà Nẵng")
    page.locator("#id_title_en").fill("National conference in Da Nang")
    page.locator("#id_slug").fill("hoi-nghi-da-nang")
    page.locator("#id_starts").fill("19/9/2024")
    page.locator("#id_published_at_0").fill("2026-01-01")
    page.locator("#id_published_at_1").fill("08:00:00")
    page.locator("input[name=_save]").click()
    page.get_by_text("was added").wait_for()

    page.goto("/en/admin/events/event/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "su-kien.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("#id_format").select_option(label="csv")
    page.locator("input[type=submit]").click()
    page.get_by_text("Diễn đàn tiêu dùng Đà Nẵng").first.wait_for()
    assert Event.objects.count() == 1  # a preview writes nothing
    page.locator("input[name=confirm]").click()
    page.wait_for_url(re.compile("/event/$"))

    page.goto("/events/")
    page.get_by_role("link", name="Diễn đàn tiêu dùng Đà Nẵng").click()
    assert page.locator("h1").inner_text() == "Diễn đàn tiêu dùng Đà Nẵng"
    page.goto("/en/events/hoi-nghi-da-nang/")
    assert page.locator("h1").inner_text() == "National conference in Da Nang"

    page.goto("/search/?q=da+nang")
    found = page.locator("main").inner_text()
    assert "Diễn đàn tiêu dùng Đà Nẵng" in found
    assert "Hội nghị toàn quốc tại Đà Nẵng" in found


def test_mai_registers_waits_and_gets_the_seat_that_is_given_up(phone):
    event = EventFactory(open_for=True, starts="2099-01-10", quota=1)
    seated = RegistrationFactory(event=event)

    phone.goto(event.get_absolute_url())
    phone.get_by_label("Họ và tên").fill("Ngô Thị Mai")
    phone.get_by_label("Địa chỉ thư điện tử").fill("mai@example.vn")
    phone.wait_for_timeout(2500)  # a form that comes back at once is a machine's
    phone.get_by_role("button", name="Vào danh sách chờ").click()
    phone.get_by_role("heading", name="Xem hộp thư của bạn").wait_for()

    link = re.search(r"http://testserver(\S+)", OutboxMail.objects.get().body)[1]
    phone.goto(link)
    assert axe(phone) == []
    phone.get_by_role("button", name="Xác nhận").click()
    phone.get_by_text("Bạn đứng thứ 1 trong danh sách chờ.").wait_for()

    actions.withdraw(seated.pk, at=timezone.now())
    phone.reload()
    phone.get_by_text("đã có chỗ").wait_for()


def test_every_page_of_the_room_passes_axe_and_fits_the_screen(page, phone):
    event = EventFactory(open_for=True, starts="2099-01-10", series=SeriesFactory(), shows_participants=True)
    PaperFactory(event=event, speaker=SpeakerFactory(event=event))
    past = EventFactory(series=event.series)
    here = event.get_absolute_url()
    addresses = ("/events/", "/events/?kind=forum", here, past.get_absolute_url(), f"{here}registered/",
                 event.series.get_absolute_url(), "/events/registration/sai/")  # fmt: skip

    assert look_over(page, addresses) == []
    assert look_over(phone, ("/en/events/", f"/en{here}")) == []
