"""Readers say whether a page helped; nothing about them is kept."""

import pytest
from django.urls import reverse

from foundation.models import PageRating


def send(guest, answer):
    """As a browser posts it from one of our pages."""
    return guest.post(reverse("rate"), answer, headers={"origin": "http://testserver"})


@pytest.mark.parametrize(("pressed", "kept"), [("yes", True), ("no", False)])
def test_one_press_is_kept_and_leads_back(guest, pressed, kept):
    answer = send(guest, {"useful": pressed, "path": "/about/"})

    assert answer.url == "/about/"
    assert list(PageRating.objects.values_list("path", "is_useful", "comment")) == [("/about/", kept, "")]


def test_a_comment_is_kept(guest):
    answer = send(guest, {"comment": "Thiếu số năm 2023.", "path": "/progress/"})

    assert answer.url == "/progress/"
    assert PageRating.objects.get().comment == "Thiếu số năm 2023."


def test_an_empty_comment_gets_a_sentence_and_keeps_nothing(guest):
    answer = send(guest, {"comment": " ", "path": "/"})

    assert "errorlist" in answer.content.decode()
    assert not PageRating.objects.exists()


def test_a_machine_that_fills_every_field_leaves_nothing(guest):
    send(guest, {"comment": "buy", "website": "https://example.com", "path": "/"})

    assert not PageRating.objects.exists()


@pytest.mark.parametrize(
    "path", ["https://example.com/", "//example.com", "javascript:alert(1)", "", "/a\x00", "/a\nb"]
)
def test_the_way_back_never_leaves_the_portal(guest, path):
    assert send(guest, {"useful": "yes", "path": path}).url == "/"


def test_the_question_stands_on_public_pages_and_not_on_forms(guest):
    assert "Trang này có ích cho bạn không?" in guest.get("/about/").content.decode()
    assert "Trang này có ích cho bạn không?" not in guest.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example"])
def test_what_another_site_sends_is_shown_and_not_kept(guest, origin):
    answer = guest.post(reverse("rate"), {"useful": "yes", "path": "/"}, headers={"origin": origin})

    assert answer.status_code == 200
    assert not PageRating.objects.exists()
