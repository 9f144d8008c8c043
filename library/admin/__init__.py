"""The library for its editors."""

from . import consultations, kinds

__all__ = ["consultations", "kinds"]
