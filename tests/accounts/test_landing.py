"""Where people land after signing in: on their work, unless they were on their way to a page."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai-2026"


def signed_in(client, user, prefix="", query=""):
    user.set_password(PASSWORD)
    user.save()
    return client.post(
        f"{prefix}{reverse('account_login')}{query}", {"login": user.email, "password": PASSWORD}
    )


def test_a_province_lands_on_its_tasks(client, lan):
    assert signed_in(client, lan).url == "/work/"


@pytest.mark.parametrize("who", ["thu", "minh", "an"])
def test_the_ministry_lands_on_its_desk(client, who, request):
    assert signed_in(client, request.getfixturevalue(who)).url == "/admin/"


def test_the_language_is_kept(client, lan):
    assert signed_in(client, lan, "/en").url == "/en/work/"


def test_whoever_was_on_the_way_to_a_page_gets_there(client, lan):
    assert signed_in(client, lan, query="?next=/progress/").url == "/progress/"


def test_somebody_without_a_post_lands_on_the_first_page(client, db):
    assert signed_in(client, UserFactory()).url == "/"
