"""Ministry staff work only with a second factor; provinces are offered one."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_staff_without_one_are_led_to_set_it_up(client, an, required):
    client.force_login(an)

    assert client.get(reverse("admin:index")).url == reverse("mfa_activate_totp")
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")


def test_the_way_to_set_it_up_stays_open(client, an, required):
    client.force_login(an)

    assert client.get("/healthz").status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_staff_with_one_work(client, an, required):
    TOTP.activate(an, generate_totp_secret())
    client.force_login(an)

    assert client.get(reverse("admin:index")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, an, required):
    RecoveryCodes.activate(an)
    client.force_login(an)

    assert client.get(reverse("admin:index")).status_code == 302


def test_a_province_is_not_made_to(client, lan, required):
    client.force_login(lan)

    assert client.get(reverse("home")).status_code == 200


def test_everyone_is_offered_one(client, lan):
    client.force_login(lan)

    assert client.get(reverse("mfa_index")).status_code == 200


def test_nobody_signs_up(client):
    page = client.post(
        reverse("account_signup"),
        {"email": "la@example.vn", "password1": "Mật-khẩu-dài-9", "password2": "Mật-khẩu-dài-9"},
    )

    assert page.status_code in (200, 404)
    assert not client.session.get("_auth_user_id")
