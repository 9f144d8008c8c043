"""Wrong codes are counted for a while, so that nobody tries them by the thousand."""

import hashlib

from django.core.cache import cache

MOST = 20
FOR_SECONDS = 10 * 60


def note_wrong(address: str) -> None:
    key = _key(address)
    cache.add(key, 0, timeout=FOR_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, timeout=FOR_SECONDS)


def too_many(address: str) -> bool:
    return int(cache.get(_key(address), 0)) >= MOST


def _key(address: str) -> str:
    """The address itself is not kept."""
    return "training.wrong-codes." + hashlib.sha256(address.encode()).hexdigest()[:32]
