"""Wrong codes of certificates, counted so that nobody tries them by the thousand."""

from foundation.attempts import MOST, Attempts

__all__ = ["MOST", "note_wrong", "too_many"]

_codes = Attempts("training.wrong-codes")
note_wrong = _codes.note_wrong
too_many = _codes.too_many
