"""The real register and plans, loaded once for a file."""

from tests.provinces.conftest import loaded_once, plans, register

__all__ = ["loaded_once", "plans", "register"]
