"""Addresses nobody types by hand are refused, and never end in an error of ours."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/events/?kind=%00",
        "/events/?page=%00",
        "/library/?q=%00",
        "/library/?year=2024&stage=a%00b",
        "/en/training/courses/?topic=%00",
        "/news/?page=2%00",
        "/search/?q=%00&kind=%00",
        "/about/rate/?path=/%00",
    ],
)
def test_a_nul_in_a_query_is_a_bad_request(guest, address):
    assert guest.get(address).status_code == 400


def test_a_nul_in_a_path_is_no_page(guest):
    assert guest.get("/training/certificates/%00/").status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9" * 60])
def test_a_number_beyond_all_rows_is_no_page(guest, number):
    answers = [
        guest.get(reverse(name, args=[int(number)]))
        for name in ("events:paper_file", "events:photo", "library:file", "provinces:plan")
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 60, "1.5"])
def test_a_page_beyond_the_list_is_the_nearest_one(guest, page):
    lists = ("events:event_list", "library:index", "news:article_list", "training:course_list")

    assert {guest.get(reverse(name), {"page": page}).status_code for name in lists} == {200}
