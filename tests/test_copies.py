"""Public pages are answered from a copy, which no change outlives."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone

from foundation.copies import next_moment
from provinces.boundary_maps import show_map, stop_showing
from provinces.models import ProvincialPlan
from scp_portal.wsgi import PortalHandler
from tests.events.factories import EventFactory
from tests.people import da_nang
from tests.provinces.invented_boundaries import NOON, load, of_one_unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def portal(db):
    handler = PortalHandler()
    yield handler
    handler.copies.hang_up()


@pytest.fixture
def unit(db):
    return da_nang()


def ask(portal, path="/provinces/da-nang/", **environ):
    """Status, headers and body as the server would send them."""
    request = {**RequestFactory().get(path).environ, "wsgi.input": BytesIO(), **environ}
    told = {}

    def start(status, headers, _fault=None):
        told.update(status=status, headers=dict(headers))

    answer = portal(request, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return told["status"], told["headers"], body


def made_anew(portal, **environ):
    """Whether Django was asked."""
    before = dict(portal.copies._kept)
    ask(portal, **environ)
    return dict(portal.copies._kept) != before


def test_the_second_reader_gets_the_same_bytes_without_django(portal, unit):
    first = ask(portal)

    assert not made_anew(portal)
    assert ask(portal)[2] == first[2]
    assert first[0] == "200 OK"


def test_the_next_reader_after_a_change_sees_it(portal, unit):
    ask(portal)
    unit.note_vi = "Có ghi chú mới."
    unit.save()

    assert "Có ghi chú mới." in ask(portal)[2].decode()


def test_a_boundary_map_is_on_the_page_of_the_next_reader_and_no_longer(portal, unit, an, minh):
    def is_outlined():
        return b"outlines" in ask(portal)[2]

    made = load(an, document=of_one_unit())
    assert not is_outlined()
    show_map(made.pk, by=minh, at=NOON)
    assert is_outlined()
    stop_showing(made.pk, by=minh, at=NOON)
    assert not is_outlined()


def test_a_browser_that_has_the_page_is_told_so(portal, unit):
    tag = ask(portal)[1]["ETag"]

    status, _headers, body = ask(portal, HTTP_IF_NONE_MATCH=tag)

    assert (status, body) == ("304 Not Modified", b"")


def test_a_head_request_gets_the_head_alone(portal, unit):
    ask(portal)

    assert ask(portal, REQUEST_METHOD="HEAD")[2] == b""


@pytest.mark.parametrize("cookie", ["sessionid=abc", "messages=abc"])
def test_who_is_signed_in_or_owed_a_message_gets_a_page_of_their_own(portal, unit, cookie):
    ask(portal)
    copies = dict(portal.copies._kept)

    ask(portal, HTTP_COOKIE=cookie)

    assert portal.copies.find(RequestFactory().get("/provinces/da-nang/", HTTP_COOKIE=cookie).environ) is None
    assert dict(portal.copies._kept) == copies


def test_display_choices_and_languages_have_copies_of_their_own(portal, unit):
    light, dark = ask(portal)[2], ask(portal, HTTP_COOKIE="theme=dark")[2]

    assert light != dark
    assert ask(portal)[2] == light
    assert ask(portal, path="/en/provinces/da-nang/")[2] not in (light, dark)


def test_what_is_not_found_or_sent_is_not_kept(portal, unit):
    assert ask(portal, path="/provinces/nowhere/")[0].startswith("404")
    ask(portal, REQUEST_METHOD="POST")

    assert not portal.copies._kept


def test_a_copy_ends_when_something_is_published_as_planned(portal, unit):
    soon = timezone.now() + timedelta(minutes=5)
    ProvincialPlan.objects.create(province=unit, kind="frame", number="1/KH-UBND", published_at=soon)

    assert next_moment(timezone.now()) == soon
    assert next_moment(soon) > soon


def test_no_copy_lives_past_midnight(db):
    noon = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

    assert timezone.localtime(next_moment(noon)).isoformat() == "2026-11-21T00:00:00+07:00"


def test_a_choice_written_with_blanks_is_still_that_readers_own(portal, unit):
    dark = ask(portal, HTTP_COOKIE="theme =dark; size =xl")[2]
    plain = ask(portal)[2]

    assert (b'data-theme="dark"' in dark, b'data-theme="dark"' in plain) == (True, False)


def test_a_copy_ends_when_registration_closes(portal, unit):
    closes = timezone.now() + timedelta(hours=1)
    EventFactory(open_for=True, starts="2099-01-10", registration_closes_at=closes)

    assert next_moment(timezone.now()) <= closes
