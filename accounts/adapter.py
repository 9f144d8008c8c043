"""Accounts are opened by the ministry, nobody signs up on their own; whoever signs in lands on their work."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from .models import User


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Asked only where the address names no ``next``."""
        user = request.user
        if isinstance(user, User) and user.works_for_ministry:
            return reverse("admin:index")
        if isinstance(user, User) and user.works_for_province:
            return reverse("work:workspace")
        return str(super().get_login_redirect_url(request))
