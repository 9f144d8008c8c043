"""A request behind ``login_required``, as the type checker should see it."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    user: User
