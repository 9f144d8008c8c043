"""What the public sees: the list, an event, its series, its files, its calendar."""

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from icalendar import Calendar

from events.models import Outcome, Statement
from foundation.dates import PartialDate
from tests.events.factories import (
    NOON,
    EventFactory,
    OrganiserFactory,
    PaperFactory,
    PhotoFactory,
    RegistrationFactory,
    SeriesFactory,
    SessionFactory,
    SpeakerFactory,
    ThemeFactory,
    WaitingFactory,
    stored,
)
from tests.provinces.factories import ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page(client, event, language=""):
    return client.get(language + event.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(guest, count, django_assert_num_queries):
    for n in range(count):
        province = ProvinceFactory(code=f"{40 + n}")
        EventFactory(series=SeriesFactory(), province=province)
        RegistrationFactory.create_batch(2, event=EventFactory(open_for=True, series=SeriesFactory()))

    with django_assert_num_queries(5):
        response = guest.get(reverse("events:event_list"))

    assert len(response.context["page"].object_list) == len(response.context["upcoming"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_event_takes_as_many_queries_for_three_of_each_part_as_for_one(
    guest, count, django_assert_num_queries
):
    event = EventFactory(open_for=True, quota=9, series=SeriesFactory(), shows_participants=True)
    for _n in range(count):
        theme = ThemeFactory(event=event, session=SessionFactory(event=event))
        speaker = SpeakerFactory(event=event)
        PaperFactory(event=event, speaker=speaker, file=stored()).themes.add(theme)
        Statement.objects.create(event=event, speaker=speaker, summary_vi="Nói")
        Outcome.objects.create(event=event, text_vi="Việc")
        OrganiserFactory(event=event)
        PhotoFactory(event=event)
        RegistrationFactory(event=event, may_be_named=True)
        EventFactory(series=event.series)

    with django_assert_num_queries(12):
        guest.get(event.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_a_series_takes_as_many_queries_for_three_events_as_for_one(guest, count, django_assert_num_queries):
    series = SeriesFactory()
    EventFactory.create_batch(count, series=series)

    with django_assert_num_queries(3):
        response = guest.get(series.get_absolute_url())

    assert len(response.context["page"].object_list) == count


def test_the_list_shows_what_comes_before_what_was_and_the_years_downwards(guest):
    for starts in ("2019-11-21", "2024-09-19", "XXXX-09-27"):
        EventFactory(starts=starts, stated_status="held" if starts[0] == "X" else "")
    coming = EventFactory(open_for=True)

    text = guest.get(reverse("events:event_list")).content.decode()

    order = [coming.title_vi, ">2024<", ">2019<", "Năm chưa có trong nguồn</h3>"]
    assert sorted(order, key=text.index) == order


def test_an_empty_list_says_what_will_stand_there(guest):
    text = guest.get(reverse("events:event_list")).content.decode()

    assert "Chưa có sự kiện nào được báo trước." in text
    assert "Chưa ghi sự kiện nào đã diễn ra." in text


def test_filters_narrow_the_list_and_can_be_taken_off(guest):
    wanted = EventFactory(kind="forum", starts="2025-07-02")
    EventFactory(kind="race", starts="2025-07-02")
    EventFactory(kind="forum", starts="2024-07-02")

    response = guest.get(reverse("events:event_list") + "?kind=forum&year=2025")

    assert list(response.context["page"].object_list) == [wanted]
    assert [(f["group"], str(f["label"]), f["remove_url"]) for f in response.context["active"]] == [
        ("Loại", "Diễn đàn", "?year=2025"),
        ("Năm", "2025", "?kind=forum"),
    ]


def test_two_units_of_one_name_are_told_apart_in_the_filter(guest, province):
    old = ProvinceFactory(
        code="48", name_vi="Đà Nẵng", slug="cu", valid_from="2008-08-01", valid_to="2025-07-01"
    )
    EventFactory(province=old)
    EventFactory(province=province)

    facets = guest.get(reverse("events:event_list")).context["facets"]

    labels = {str(option["label"]) for option in facets[-1]["options"]}
    assert labels == {"Đà Nẵng", "Đà Nẵng (trước 01/7/2025)"}


def test_drafts_are_shown_to_editors_alone_and_marked(client, guest, an):
    series = SeriesFactory()
    draft = EventFactory(published_at=None, series=series, title_vi="Hội nghị còn kín")
    client.force_login(an)

    for address in (reverse("events:event_list"), series.get_absolute_url()):
        assert "Hội nghị còn kín" not in guest.get(address).content.decode()
        assert "Bản nháp" in client.get(address).content.decode()
    assert guest.get(draft.get_absolute_url()).status_code == 404
    assert "0 sự kiện" in guest.get(reverse("events:event_list")).content.decode()


def test_an_event_does_not_lead_to_a_series_that_is_a_draft(guest):
    event = EventFactory(series=SeriesFactory(published_at=None))

    assert event.series.get_absolute_url() not in page(guest, event)


def test_what_the_source_does_not_give_is_said_and_never_blank(guest):
    event = EventFactory(starts="", place_vi="", place_en="", stated_status="held")
    PaperFactory(event=event)

    text = page(guest, event)

    assert text.count("chưa có trong nguồn") == 6  # time, place, organisers, delegates, content, title
    assert "Chưa có" in text
    assert "Nội dung sự kiện chưa có trong nguồn." in text


def test_people_stand_with_the_role_of_that_day_and_the_spelling_of_the_print(guest):
    speaker = SpeakerFactory(
        role_vi="Trưởng Phái đoàn", role_en="Head of Delegation", printed_name="Giorgio Alibert"
    )

    assert "Trưởng Phái đoàn" in page(guest, speaker.event)
    assert "nguồn in là “Giorgio Alibert”" in page(guest, speaker.event)
    assert "Head of Delegation" in page(guest, speaker.event, "/en")


def test_the_place_says_when_its_unit_is_gone(guest):
    old = ProvinceFactory(code="48", slug="cu", valid_from="2008-08-01", valid_to="2025-07-01")

    assert "(đơn vị trước 01/7/2025)" in page(guest, EventFactory(province=old))


def test_vietnamese_text_is_marked_on_an_english_page(guest):
    event = EventFactory(title_en="", title_vi="Hội nghị chỉ có tiếng Việt")

    assert '<span lang="vi">Hội nghị chỉ có tiếng Việt</span>' in page(guest, event, "/en")


def test_the_series_box_marks_this_event_and_puts_the_one_without_a_year_below(guest):
    series = SeriesFactory()
    here = EventFactory(series=series, starts="2024-09-19")
    EventFactory(series=series, starts="2022-07-15")
    vague = EventFactory(series=SeriesFactory(part_of=series), starts="XXXX-09-27", stated_status="held")

    text = page(guest, here)

    assert text.count('aria-current="true"') - text.count('<a aria-current="true"') >= 1
    assert text.index("15/7/2022") < text.index('class="note"><a href="' + vague.get_absolute_url())


def test_only_those_with_a_seat_who_agreed_are_named(guest):
    event = EventFactory(open_for=True, quota=9, shows_participants=True)
    for name, agreed in (("Ông Đồng Ý", True), ("Bà Kín Tiếng", False)):
        RegistrationFactory(event=event, full_name=name, may_be_named=agreed)
    WaitingFactory(event=event, full_name="Cô Còn Chờ", may_be_named=True)

    text = page(guest, event)

    assert "Ông Đồng Ý" in text
    assert "Bà Kín Tiếng" not in text
    assert "Cô Còn Chờ" not in text


def test_nobody_is_named_where_no_list_is_published(guest):
    event = EventFactory(open_for=True)
    RegistrationFactory(event=event, full_name="Ông Đồng Ý", may_be_named=True)

    assert "Ông Đồng Ý" not in page(guest, event)


def test_a_file_kept_back_is_offered_to_nobody_but_editors(guest, client, an):
    paper = PaperFactory(file=stored("kin.pdf", is_public=False))
    address = reverse("events:paper_file", args=[paper.pk])
    client.force_login(an)

    assert "kin.pdf" not in page(guest, paper.event)
    assert guest.get(address).status_code == 404
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")


def test_a_paper_comes_as_a_download_and_a_photo_is_shown(guest):
    paper, photo = PaperFactory(file=stored()), PhotoFactory()

    download = guest.get(reverse("events:paper_file", args=[paper.pk]))
    picture = guest.get(reverse("events:photo", args=[photo.pk]))

    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    assert download["Content-Disposition"].startswith("attachment")
    assert (picture["Content-Type"], picture["Content-Disposition"].split(";")[0]) == ("image/png", "inline")


def test_the_calendar_entry_covers_whole_days_and_ends_the_day_after(guest):
    event = EventFactory(
        starts=PartialDate(2019, 11, 21), ends=PartialDate(2019, 11, 22), place_vi="Hà Nội, phố Hai Bà Trưng"
    )

    answer = guest.get(reverse("events:event_calendar", args=[event.slug]))
    entry = Calendar.from_ical(answer.content).events[0]

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (f"{entry.start}", f"{entry.end}") == ("2019-11-21", "2019-11-23")
    assert (entry["SUMMARY"], entry["LOCATION"]) == (event.title_vi, "Hà Nội, phố Hai Bà Trưng")
    assert entry["URL"] == f"http://testserver{event.get_absolute_url()}"
    assert entry["UID"] == f"event-{event.pk}@testserver"


def test_lines_of_a_calendar_are_folded_at_75_octets_and_end_as_the_standard_wants(guest):
    event = EventFactory(title_vi="Hội nghị toàn quốc về sản xuất và tiêu dùng bền vững " * 4)

    content = guest.get(reverse("events:event_calendar", args=[event.slug])).content

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_an_event_without_exact_days_has_no_calendar_entry(guest):
    series = SeriesFactory()
    vague = EventFactory(series=series, starts="XXXX-09-27", stated_status="held")
    exact = EventFactory(series=series)

    assert guest.get(reverse("events:event_calendar", args=[vague.slug])).status_code == 404
    feed = Calendar.from_ical(guest.get(reverse("events:series_calendar", args=[series.slug])).content)
    assert [str(entry["SUMMARY"]) for entry in feed.events] == [exact.title_vi]


def test_a_cancelled_event_says_so_on_its_page_and_in_the_calendar(guest):
    event = EventFactory(
        open_for=True, stated_status="cancelled", cancelled_at=NOON, cancel_reason="Bão số 9"
    )

    feed = Calendar.from_ical(guest.get(reverse("events:event_calendar", args=[event.slug])).content)

    assert feed.events[0]["STATUS"] == "CANCELLED"
    assert "Sự kiện này đã bị huỷ.</b> Bão số 9" in page(guest, event)


def test_the_upcoming_calendar_leaves_out_what_is_over(guest):
    EventFactory()
    coming = EventFactory(open_for=True)

    feed = Calendar.from_ical(guest.get(reverse("events:calendar")).content)

    assert [str(entry["SUMMARY"]) for entry in feed.events] == [coming.title_vi]


@pytest.mark.parametrize("count", [1, 3])
def test_a_province_shows_its_published_events_in_one_query(province, count, django_assert_num_queries):
    EventFactory.create_batch(count, province=province)
    EventFactory(province=province, published_at=None, title_vi="Hội nghị còn kín")

    with django_assert_num_queries(1):
        text = render_to_string("events/of_province.html", {"province": province})

    assert text.count("<li>") == count
    assert "còn kín" not in text


def test_a_province_without_events_says_so(province):
    text = render_to_string("events/of_province.html", {"province": province})

    assert "Không có nghĩa là tỉnh chưa tổ chức." in text
