"""Accounts in the admin: whoever keeps them does not make themselves more than they are."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def address(user, page="change"):
    return reverse(f"admin:accounts_user_{page}", args=[user.pk])


def typed(user, **fields):
    boxes = {"email": user.email, "full_name": "Tên mới", "language": "vi", "is_active": "on"}
    return {**boxes, "occupancies-TOTAL_FORMS": "0", "occupancies-INITIAL_FORMS": "0", **fields}


@pytest.fixture
def chief(db):
    return UserFactory(full_name="Quản trị", is_staff=True, is_superuser=True)


def test_the_approver_keeps_accounts_and_makes_nobody_a_superuser(client, minh, thu):
    client.force_login(minh)

    for user in (thu, minh):
        response = client.post(address(user), typed(user, is_staff="on", is_superuser="on"))
        assert response.status_code == 302

    assert set(User.objects.values_list("full_name", "is_superuser")) == {("Tên mới", False)}


def test_the_approver_does_not_touch_a_superusers_account(client, minh, chief):
    client.force_login(minh)
    password = reverse("admin:auth_user_password_change", args=[chief.pk])

    answers = [
        client.post(address(chief), typed(chief)),
        client.post(address(chief, "delete"), {"post": "yes"}),
        client.get(password),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    chief.refresh_from_db()
    assert chief.full_name == "Quản trị"


def test_a_superuser_may(client, chief, thu):
    client.force_login(chief)

    client.post(address(thu), typed(thu, is_superuser="on"))

    thu.refresh_from_db()
    assert thu.is_superuser


def test_one_address_is_one_account_however_it_is_written(chief):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=chief.email.upper())
