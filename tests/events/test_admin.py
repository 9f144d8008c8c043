"""The room for staff: one page for an event and its parts, import with preview, seats by their door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from import_export.formats.base_formats import CSV
from tablib import Dataset

from events.models import Event, Paper, Photo, Registration
from events.resources import EventResource, PaperResource, RegistrationResource, SpeakerResource
from foundation.models import OutboxMail
from tests.events.factories import (
    NOON,
    PNG,
    EventFactory,
    PaperFactory,
    PersonFactory,
    PhotoFactory,
    RegistrationFactory,
    SeriesFactory,
    SpeakerFactory,
    WaitingFactory,
)
from tests.provinces.factories import ProvinceFactory

pytestmark = pytest.mark.django_db

INLINES = ("organisers", "sessions", "themes", "speakers", "papers", "statements", "outcomes", "photos")


@pytest.fixture
def desk(client, an):
    client.force_login(an)
    return client


def form_of(event, **columns):
    """What the page of an event sends when nothing but ``columns`` is touched."""
    data = {f"{name}-{count}": "0" for name in INLINES for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    own = ("kind", "title_vi", "title_en", "slug", "starts", "place_vi", "place_en", "quota")
    data |= {name: str(getattr(event, name) or "") for name in own}
    data |= {"published_at_0": "2026-01-01", "published_at_1": "00:00:00"}
    if event.registration_opens_at:
        data |= {"registration_opens_at_0": "2026-11-01", "registration_opens_at_1": "00:00:00"}
    return {**data, **columns}


def change(desk, event, **columns):
    return desk.post(reverse("admin:events_event_change", args=[event.pk]), form_of(event, **columns))


def load(resource, header, *rows):
    return resource().import_data(Dataset(*rows, headers=header.split(",")))


def sentences(result):
    faults = [str(e.error) for row in result.rows for e in row.errors]
    return faults + [str(e) for row in result.invalid_rows for e in row.error.messages]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("event", EventFactory),
        ("eventseries", SeriesFactory),
        ("speaker", SpeakerFactory),
        ("paper", PaperFactory),
        ("registration", RegistrationFactory),
    ],
)
def test_lists_take_as_many_queries_for_three_as_for_one(
    desk, name, factory, count, django_assert_max_num_queries
):
    factory.create_batch(count)
    desk.get(reverse(f"admin:events_{name}_changelist"))  # what is looked up once and kept

    with django_assert_max_num_queries(9):
        answer = desk.get(reverse(f"admin:events_{name}_changelist"))

    assert answer.context["cl"].result_count == count


def test_the_page_of_an_event_opens_with_all_its_parts(desk):
    event = PhotoFactory(event=PaperFactory().event).event

    assert desk.get(reverse("admin:events_event_change", args=[event.pk])).status_code == 200
    assert desk.get(reverse("admin:events_event_history", args=[event.pk])).status_code == 200


def test_a_paper_and_a_photo_are_uploaded_through_the_door_for_files(desk, province):
    event = EventFactory()
    pdf = SimpleUploadedFile("bai.pdf", b"%PDF-1.7 bai", "application/pdf")
    png = SimpleUploadedFile("anh.png", PNG, "image/png")

    answer = change(
        desk,
        event,
        **{
            "papers-TOTAL_FORMS": "1",
            "papers-0-position": "1",
            "papers-0-country": "KH",
            "papers-0-upload": pdf,
            "photos-TOTAL_FORMS": "1",
            "photos-0-position": "1",
            "photos-0-caption_vi": "Toàn cảnh",
            "photos-0-alt_vi": "Hội trường",
            "photos-0-upload": png,
        },
    )

    assert answer.status_code == 302
    assert (Paper.objects.get().file.name, Photo.objects.get().file.media_type) == ("bai.pdf", "image/png")


def test_a_photo_without_a_picture_is_refused_with_a_sentence(desk):
    event = EventFactory()

    answer = change(
        desk,
        event,
        **{
            "photos-TOTAL_FORMS": "1",
            "photos-0-position": "1",
            "photos-0-caption_vi": "Toàn cảnh",
            "photos-0-alt_vi": "Hội trường",
        },
    )

    assert "Chọn ảnh." in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_photo_is_known_by_its_content_and_not_by_what_the_browser_says(desk):
    event = EventFactory()
    disguised = SimpleUploadedFile("anh.pdf", b"%PDF-1.7 bai", "image/png")

    answer = change(
        desk,
        event,
        **{
            "photos-TOTAL_FORMS": "1",
            "photos-0-position": "1",
            "photos-0-caption_vi": "Toàn cảnh",
            "photos-0-alt_vi": "Hội trường",
            "photos-0-upload": disguised,
        },
    )

    assert "Gửi tệp ảnh" in answer.content.decode()
    assert not Photo.objects.exists()


def test_more_seats_go_to_the_line_as_soon_as_they_are_saved(desk):
    event = EventFactory(open_for=True, starts="2099-01-10", quota=1)
    RegistrationFactory(event=event)
    waiting = WaitingFactory(event=event)

    change(desk, event, quota="2")

    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert OutboxMail.objects.get().recipient == waiting.email


def test_cancelling_is_a_deed_and_not_a_choice_in_a_list(desk):
    event = EventFactory(open_for=True, starts="2099-01-10")
    RegistrationFactory(event=event)

    refused = change(desk, event, stated_status="cancelled")
    assert refused.status_code == 200
    address, chosen = (
        reverse("admin:events_event_changelist"),
        {"action": "cancel_events", "_selected_action": event.pk},
    )
    asked = desk.post(address, chosen)
    assert 'name="reason"' in asked.content.decode()
    assert not OutboxMail.objects.exists()
    desk.post(address, {**chosen, "reason": "Bão số 9"})

    event.refresh_from_db()
    assert (event.is_cancelled, event.cancel_reason) == (True, "Bão số 9")
    assert "Bão số 9" in OutboxMail.objects.get().body


def test_registrations_are_read_here_and_changed_only_by_their_deeds(desk):
    registration = RegistrationFactory()
    address = reverse("admin:events_registration_changelist")

    assert desk.get(reverse("admin:events_registration_add")).status_code == 403
    desk.post(address, {"action": "withdraw_chosen", "_selected_action": registration.pk})

    registration.refresh_from_db()
    assert (registration.state, registration.full_name) == ("withdrawn", "")


def test_names_and_addresses_are_exported_by_those_who_keep_the_events_alone(client, desk, thu):
    RegistrationFactory()
    address = reverse("admin:events_registration_export")

    assert desk.get(address).status_code == 200
    client.force_login(thu)
    assert client.get(address).status_code == 403


def test_what_a_stranger_typed_is_no_formula_in_the_sheet():
    RegistrationFactory(full_name="=HYPERLINK(1)", organisation="Viện Dệt")

    sheet = CSV().export_data(RegistrationResource().export())

    assert ("HYPERLINK(1)" in sheet, "=HYPERLINK" in sheet) == (True, False)


def test_an_import_finds_the_unit_of_that_day(province):
    old = ProvinceFactory(code="48", slug="cu", valid_from="2008-08-01", valid_to="2025-07-01")

    result = load(
        EventResource,
        "slug,kind,title_vi,starts,province_code",
        ("cu", "forum", "Diễn đàn cũ", "2024-05-01", "48"),
        ("moi", "forum", "Diễn đàn mới", "2026-05-01", "48"),
    )

    assert sentences(result) == []
    assert {e.slug: e.province for e in Event.objects.all()} == {"cu": old, "moi": province}


def test_the_same_sheet_twice_changes_nothing(province):
    header, row = (
        "slug,kind,title_vi,starts,ends,province_code",
        ("mot", "forum", "Diễn đàn", "2026-05-01", "2026-05-02", "48"),
    )
    load(EventResource, header, row)

    again = load(EventResource, header, row)

    assert again.totals["skip"] == 1
    assert Event.history.count() == 1


@pytest.mark.parametrize(("dry_run", "state"), [(True, "waiting"), (False, "confirmed")])
def test_more_seats_that_come_in_a_sheet_go_to_the_line_too(dry_run, state):
    event = EventFactory(open_for=True, starts="2099-01-10", quota=1)
    RegistrationFactory(event=event)
    waiting = WaitingFactory(event=event)
    sheet = Dataset(
        (event.slug, event.kind, event.title_vi, 2), headers=["slug", "kind", "title_vi", "quota"]
    )

    result = EventResource().import_data(sheet, dry_run=dry_run)

    waiting.refresh_from_db()
    assert (sentences(result), waiting.state) == ([], state)
    assert OutboxMail.objects.count() == (0 if dry_run else 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("a", "forum", "A", "1999-05-01", "48"), "Không có đơn vị nào mang mã 48 vào 01/5/1999."),
        (("a", "forum", "A", "1999-05-01", "00"), "Chưa có đơn vị nào mang mã 00."),
        (("a", "forum", "A", "31/02/2024", ""), "Ghi ngày theo mẫu 24/12/2022"),
        (("a", "khac", "A", "2024", ""), "khac"),
        (("a", "forum", "A", "XXXX-09-27", ""), "Không có năm thì ngày không cho biết tình trạng"),
    ],
)
def test_a_wrong_row_is_told_in_a_sentence_and_nothing_is_loaded(province, row, sentence):
    result = load(EventResource, "slug,kind,title_vi,starts,province_code", row)

    assert sentence in " ".join(sentences(result))
    assert not Event.objects.exists()


def test_what_is_exported_can_be_imported(province):
    EventFactory(province=province, series=SeriesFactory(), ordinal=6, starts="2026-05-01")

    sheet = EventResource().export()
    result = EventResource().import_data(sheet)

    assert sentences(result) == []
    assert result.totals["skip"] == 1


def test_speakers_and_papers_come_in_by_their_addresses():
    event, person = EventFactory(), PersonFactory()

    load(
        SpeakerResource,
        "event,person,role_vi,took,position",
        (event.slug, person.slug, "Vụ trưởng", "spoke", 1),
    )
    load(PaperResource, "event,position,country,title_vi", (event.slug, 1, "KH", "Bài của Campuchia"))

    assert event.speakers.get().person == person
    assert event.papers.get().title_vi == "Bài của Campuchia"


def test_a_person_who_may_only_read_cannot_change_an_event(client, thu):
    event = EventFactory()
    client.force_login(thu)

    assert change(client, event, title_vi="Đổi tên").status_code == 403
    event.refresh_from_db()
    assert event.title_vi != "Đổi tên"
    assert not Registration.objects.filter(registered_at=NOON).exists()
