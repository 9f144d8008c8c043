"""The link of a forgotten password, as good as its account."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from django.contrib.auth.base_user import AbstractBaseUser


class OpenAccountsOnly(EmailAwarePasswordResetTokenGenerator):
    """A link from before an account was closed would set its password for the day it is opened again."""

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        return user is not None and user.is_active and super().check_token(user, token)
