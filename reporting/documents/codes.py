"""Check codes: short enough to type from paper, too many to guess one that was given out."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read for something else


def new_code() -> str:
    """Eight letters and figures in two groups, such as 7K4M-92QD; unique by a constraint of each table."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(8))
    return f"{letters[:4]}-{letters[4:]}"
