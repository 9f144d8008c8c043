"""An account that was closed stays closed: no link of any mail lets its person in or opens it again."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.urls import reverse

from events import links
from tests.events.factories import NOON, EventFactory, UnconfirmedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_too]
PASSWORD = "mot-mat-khau-dai-2026"
NEW = "mat-khau-moi-rat-dai-2027"


def disable(user):
    user.is_active = False
    user.save()


def stays_out(visitor, user):
    """Whether this browser is nobody's, and the account as closed as before."""
    user.refresh_from_db()
    return "_auth_user_id" not in visitor.session and not user.is_active


def signs_in(user, password):
    visitor = Client()
    visitor.post(reverse("account_login"), {"login": user.email, "password": password})
    return "_auth_user_id" in visitor.session


def ask_for_a_reset(visitor, user):
    return visitor.post(reverse("account_reset_password"), {"email": user.email})


def link_in(message):
    return re.search(r"http://testserver(\S+)", message.body)[1]


def choose_a_password(visitor, link):
    """Open the link of the mail, and send the form it leads to."""
    form = visitor.get(link, follow=True)
    here = form.redirect_chain[-1][0] if form.redirect_chain else link
    visitor.post(here, {"password1": NEW, "password2": NEW})


def test_a_reset_lets_in_whoever_may_come_in(client, lan, mailoutbox):
    ask_for_a_reset(client, lan)

    choose_a_password(client, link_in(mailoutbox[0]))

    assert signs_in(lan, NEW)


def test_a_closed_account_is_sent_no_link(client, lan, mailoutbox):
    disable(lan)

    told = ask_for_a_reset(client, lan)

    assert told.url == reverse("account_reset_password_done")  # as for everybody: it tells nothing
    assert [message for message in mailoutbox if "password/reset/key" in message.body] == []
    assert stays_out(client, lan)


def test_a_link_from_before_opens_nothing_and_changes_nothing(client, lan, mailoutbox):
    lan.set_password(PASSWORD)
    lan.save()
    ask_for_a_reset(client, lan)
    disable(lan)

    choose_a_password(client, link_in(mailoutbox[0]))

    assert stays_out(client, lan)
    assert (lan.check_password(PASSWORD), lan.check_password(NEW)) == (True, False)
    assert not signs_in(lan, PASSWORD)


def test_confirming_an_address_opens_nothing(client, lan):
    address = EmailAddress.objects.create(user=lan, email=lan.email, primary=True, verified=False)
    link = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    disable(lan)

    client.get(link)
    client.post(link)

    assert stays_out(client, lan)


def test_an_open_session_ends_with_the_account(client, lan):
    client.force_login(lan)
    assert client.get(reverse("work:workspace")).status_code == 200

    disable(lan)

    assert client.get(reverse("work:workspace")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("deed", ["confirm", "withdraw"])
def test_the_link_of_a_registration_is_no_way_in(client, lan, deed):
    disable(lan)
    registration = UnconfirmedFactory(event=EventFactory(open_for=True), email=lan.email)
    link = reverse("events:registration", args=[links.token_for(registration)])

    with time_machine.travel(NOON, tick=False):
        answers = [client.get(link), client.post(f"{link}{deed}/"), client.get(reverse("work:workspace"))]

    assert [answer.status_code for answer in answers] == [200, 302, 302]
    assert stays_out(client, lan)
