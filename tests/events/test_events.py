"""What an event knows of its own dates, status, order and people."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from events.models import Event, EventSeries, Paper
from foundation.dates import PartialDate
from tests.events.factories import NOON, EventFactory, PaperFactory, SeriesFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def day(text):
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("starts", "ends", "stated", "status"),
    [
        ("2024-09-19", "", "", "held"),
        ("2026-11-20", "", "", "under way"),
        ("2026-11-18", "2026-11-21", "", "under way"),
        ("2026-11-18", "2026-11-19", "", "held"),
        ("2027-01-10", "", "", "planned"),
        ("2026-10", "", "", "held"),
        ("2026-11", "", "", "planned"),
        ("2025", "", "", "held"),
        ("2027", "", "", "planned"),
        ("", "", "", "planned"),
        ("XXXX-09-27", "XXXX-09-28", "held", "held"),
    ],
)
def test_the_status_follows_from_the_dates_and_from_the_source_where_they_cannot_tell(
    starts, ends, stated, status
):
    event = EventFactory(starts=starts, ends=ends, stated_status=stated)
    event.refresh_from_db()

    assert event.status_at(NOON) == status


def test_an_event_is_open_between_the_two_moments_of_its_registration():
    event = EventFactory(open_for=True, registration_closes_at=NOON)

    assert event.status_at(NOON - timedelta(seconds=1)) == "open"
    assert event.status_at(NOON) == "planned"


def test_upcoming_and_past_share_all_events_between_them():
    for starts, ends, stated in [
        ("2024-09-19", "", ""),
        ("2026-11-18", "2026-11-21", ""),
        ("2026-11", "", ""),
        ("2026", "", ""),
        ("2026-10", "", ""),
        ("2027-01-10", "", ""),
        ("", "", ""),
        ("XXXX-09-27", "", "held"),
    ]:
        EventFactory(starts=starts, ends=ends, stated_status=stated)

    ahead = {str(event.starts or "") for event in Event.objects.upcoming(TODAY)}
    behind = {str(event.starts or "") for event in Event.objects.past(TODAY)}

    assert ahead == {"2026-11-18", "2026-11", "2026", "2027-01-10", ""}
    assert behind == {"2024-09-19", "2026-10", "XXXX-09-27"}


def test_a_cancelled_event_is_not_upcoming():
    EventFactory(open_for=True, stated_status="cancelled", cancelled_at=NOON)

    assert list(Event.objects.upcoming(TODAY)) == []


def test_an_event_without_a_year_comes_last_in_both_orders():
    for starts in ("2019-11-21", "XXXX-09-27", "2024-09-19"):
        EventFactory(starts=starts, stated_status="held" if starts.startswith("X") else "")

    assert [str(e.starts) for e in Event.objects.newest_first()] == ["2024-09-19", "2019-11-21", "XXXX-09-27"]
    assert [str(e.starts) for e in Event.objects.oldest_first()] == ["2019-11-21", "2024-09-19", "XXXX-09-27"]


def test_an_event_without_a_year_prints_its_day_and_says_what_is_missing():
    event = EventFactory(starts=day("XXXX-09-27"), ends=day("XXXX-09-28"), stated_status="held")

    assert event.dates == "27–28/9, nguồn không ghi năm"
    with override("en"):
        assert event.dates == "27–28 September, year not in the source"
    assert (event.span, event.weekday) == (None, "")


def test_one_day_is_told_with_its_weekday():
    assert EventFactory(starts=day("2024-09-19")).weekday == "Thứ Năm"
    with override("en"):
        assert EventFactory(starts=day("2024-09-19")).weekday == "Thursday"


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"starts": "XXXX-09-27"}, "stated_status"),
        ({"starts": "", "ends": "2024-09-19"}, "starts"),
        ({"starts": "2027-01", "registration_opens_at": NOON}, "starts"),
        ({"country_codes": "KH ZZ"}, "country_codes"),
        ({"instrument_url": "javascript:alert(1)"}, "instrument_url"),
        ({"country_codes": "campuchia"}, "country_codes"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(columns, field):
    event = EventFactory.build(**columns)

    with pytest.raises(ValidationError) as told:
        event.full_clean()

    assert field in told.value.message_dict


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"starts": "2024-09-19", "ends": "2024-09-18"}, "Ngày cuối không được trước ngày đầu."),
        ({"ordinal": 6}, "Có số thứ tự thì phải chọn chuỗi."),
        ({"quota": 0}, "Ghi ít nhất một chỗ, hoặc để trống số chỗ."),
    ],
)
def test_the_database_keeps_the_promise_and_a_sentence_explains_it(columns, sentence):
    event = EventFactory.build(**columns)

    with pytest.raises(ValidationError) as told:
        event.full_clean()
    assert sentence in told.value.messages
    with pytest.raises(IntegrityError):
        event.save()


def test_a_number_is_given_once_in_a_series():
    first = EventFactory(series=SeriesFactory(), ordinal=6)

    with pytest.raises(ValidationError, match="đã có số này"):
        EventFactory.build(series=first.series, ordinal=6).full_clean()


def test_a_family_is_the_wider_series_with_all_its_parts():
    wide = SeriesFactory()
    part, stranger = SeriesFactory(part_of=wide), SeriesFactory()
    conference, roundtable = EventFactory(series=wide), EventFactory(series=part)
    EventFactory(series=stranger)

    assert set(Event.objects.of_family(part)) == {conference, roundtable}
    assert set(Event.objects.of_series(part)) == {roundtable}


def test_series_are_nested_once():
    wide = SeriesFactory()
    part = SeriesFactory(part_of=wide)

    with pytest.raises(ValidationError):
        EventSeries(slug="ba", title_vi="Ba", part_of=part).full_clean()


def test_a_paper_comes_from_somebody_of_the_same_event():
    elsewhere = SpeakerFactory()
    event = EventFactory()

    with pytest.raises(ValidationError, match="Ghi tham luận của ai"):
        Paper(event=event).full_clean()
    with pytest.raises(ValidationError, match="cùng sự kiện"):
        Paper(event=event, speaker=elsewhere).full_clean()


def test_a_paper_without_a_title_is_called_by_who_gave_it():
    assert str(PaperFactory(organisation=None, country="KH")) == "Campuchia"
    with override("en"):
        assert str(PaperFactory(organisation=None, country="KH")) == "Cambodia"


def test_countries_are_named_in_the_language_of_the_page():
    event = EventFactory(country_codes="IN MN")

    assert event.named_countries == ["Ấn Độ", "Mông Cổ"]


def test_search_knows_place_people_and_themes(province):
    speaker = SpeakerFactory(event__province=province)
    speaker.event.themes.create(title_vi="Rác thải nhựa")

    text = speaker.event.search_text()

    assert "Đà Nẵng" in text
    assert speaker.person.name in text
    assert "Rác thải nhựa" in text
