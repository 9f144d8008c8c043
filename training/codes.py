"""Check codes: twelve signs that cannot be guessed or misread."""

import secrets

# No 0/O, 1/I/L, U/V: read aloud or copied from paper, a code stays the same.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


def new_code() -> str:
    """8KQM-2XPD-ZT4R: about 59 bits."""
    return grouped("".join(secrets.choice(SIGNS) for _sign in range(LENGTH)))


def grouped(signs: str) -> str:
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def as_issued(typed: str) -> str:
    """What people type, as it was printed: blanks, dashes and small letters do not matter."""
    signs = "".join(sign for sign in typed.upper() if sign in SIGNS)
    return grouped(signs[: LENGTH + 1])
