"""Wrong codes are counted for a while by all processes together: nobody tries them by the thousand."""

import hashlib

from django.core.cache import cache

MOST = 20
FOR_SECONDS = 10 * 60


def note_wrong(address: str) -> None:
    """Take a free slip. Each is given once, where two processes that count up could lose one."""
    slips = _slips(address)
    taken = cache.get_many(slips)
    for slip in slips:
        if slip not in taken and cache.add(slip, True, timeout=FOR_SECONDS):
            return


def too_many(address: str) -> bool:
    return len(cache.get_many(_slips(address))) >= MOST


def _slips(address: str) -> list[str]:
    """The address itself is not kept."""
    visitor = hashlib.sha256(address.encode()).hexdigest()[:32]
    return [f"training.wrong-codes.{visitor}.{number}" for number in range(MOST)]
