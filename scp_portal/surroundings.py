"""Reads the environment strictly: what cannot be meant stops the start with one plain sentence."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
DATABASES = ("postgres", "postgresql", "sqlite")
BROKERS = ("redis", "rediss", "redis+socket")


ADDRESS = "address"  # in the folder of data: where the portal was last served while DEBUG was on


def kept_address(folder: Path) -> str:
    """Where the portal is served, for commands typed beside it: a mail they queue leads there."""
    kept = folder / ADDRESS
    return kept.read_text().strip() if kept.is_file() else "http://127.0.0.1:8000"


class Surroundings(environ.Env):
    """An empty variable is as good as none: Compose and systemd pass empty ones for unset ones."""

    def given(self, name: str) -> str:
        return str(self.ENVIRON.get(name, "")).strip()

    def switch(self, name: str, *, default: bool) -> bool:
        """1 or 0. “ture” must not silently switch a safeguard off."""
        text = self.given(name).lower()
        if text and text not in YES | NO:
            raise ImproperlyConfigured(f"{name} is “{text}”. Write 1 or 0.")
        return text in YES if text else default

    def count(self, name: str, *, default: int) -> int:
        text = self.given(name)
        if text and not text.isdecimal():
            raise ImproperlyConfigured(f"{name} is “{text}”. Write a whole number.")
        return int(text or default)

    def address(self, name: str, schemes: tuple[str, ...]) -> str:
        """A URL of one of the kinds, or nothing."""
        text = self.given(name)
        if text and text.partition("://")[0] not in schemes:
            known = ", ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} must begin with one of {known}.")
        return text
