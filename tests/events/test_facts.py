"""The real meetings, exactly as far as the sources go; and the demo beside them, marked."""

import random
from datetime import date

import pytest

import programmes.facts
from events.demo import make_demo
from events.facts import load_facts
from events.models import Event, Photo, Registration
from tests.provinces.factories import ProvinceFactory

pytestmark = pytest.mark.django_db


def chance():
    return random.Random("889 events")  # noqa: S311 -- demo data, not secrets


def load_all():
    programmes.facts.load_facts()
    begin, cut = date(2008, 8, 1), date(2025, 7, 1)
    ProvinceFactory(code="01", slug="ha-noi", valid_from=begin)
    ProvinceFactory(code="48", slug="da-nang-cu", valid_from=begin, valid_to=cut)
    ProvinceFactory(code="48", slug="da-nang", valid_from=cut)
    return load_facts()


@pytest.fixture(scope="module")
def loaded(once_a_file):
    yield from once_a_file(load_all)


def event(slug):
    return Event.objects.get(slug=slug)


def test_six_meetings_are_known(loaded):
    assert loaded == {"event series": 2, "events": 6}
    assert [e.dates for e in Event.objects.newest_first()] == [
        "02/7/2025", "19/9/2024", "30/10/2022", "15/7/2022", "21–22/11/2019", "27–28/9, nguồn không ghi năm",
    ]  # fmt: skip


def test_loading_twice_changes_nothing(loaded):
    before = Event.history.count()

    assert load_facts() == loaded

    assert Event.history.count() == before


def test_the_regional_conference_is_as_the_source_tells_it(loaded):
    regional = event("mang-luoi-khu-vuc-2019")

    assert (str(regional.delegates), str(regional.countries)) == ("hơn 100", "khoảng 30")
    assert [p.country for p in regional.papers.all()] == ["", "KH", "IN", "NP", "BD", "TH", "MN", "LK"]
    assert [s.role_vi.split()[0] for s in regional.speakers.all()] == ["Thứ", "Trưởng", "Vụ"]


def test_a_misprinted_name_is_spelled_right_and_the_print_is_kept(loaded):
    speaker = event("mang-luoi-khu-vuc-2019").speakers.get(person__slug="giorgio-aliberti")

    assert (speaker.person.name, speaker.printed_name) == ("Giorgio Aliberti", "Giorgio Alibert")


def test_no_title_or_file_of_a_paper_was_made_up(loaded):
    papers = [p for e in Event.objects.all() for p in e.papers.all()]

    assert len(papers) == 12
    assert {(p.title_vi, p.file) for p in papers} == {("", None)}


def test_the_sixth_roundtable_has_no_year_and_was_held(loaded):
    sixth = event("hoi-nghi-ban-tron-lan-6")

    assert (sixth.ordinal, sixth.starts.year, sixth.status) == (6, None, "held")
    assert (sixth.sessions_stated, sixth.sessions.count()) == (3, 1)


def test_places_are_the_units_of_that_day(loaded):
    held_in = {
        e.slug: (e.province.code, e.province.valid_to) for e in Event.objects.select_related("province")
    }

    assert held_in["hoi-nghi-toan-quoc-2024"] == ("48", date(2025, 7, 1))
    assert held_in["dien-dan-tieu-dung-ben-vung-2025"] == ("01", None)


def test_demo_events_say_so_and_the_same_seed_makes_the_same_rows(loaded):
    today = date(2026, 11, 20)
    first = make_demo(chance(), today=today)
    names = list(Registration.objects.order_by("pk").values_list("full_name", flat=True))

    assert make_demo(chance(), today=today) == first

    assert list(Registration.objects.order_by("pk").values_list("full_name", flat=True)) == names
    assert Event.objects.filter(is_demo=True).count() == 3
    assert not Registration.objects.filter(is_demo=False).exists()
    assert Photo.objects.count() == 1


def test_the_full_demo_event_has_a_line(loaded):
    make_demo(chance(), today=date(2026, 11, 20))
    full = Event.objects.with_seats().get(slug="hoi-thao-minh-hoa-2")

    assert (full.quota, full.seats_taken, full.waiting, full.is_full) == (8, 8, 3, True)
