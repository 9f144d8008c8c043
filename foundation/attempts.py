"""Wrong guesses are counted for a while by all processes together: nobody tries by the thousand."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

MOST = 20
FOR_SECONDS = 10 * 60


@dataclass(frozen=True)
class Attempts:
    """What is guessed at, by a name of its own."""

    name: str

    def note_wrong(self, address: str) -> None:
        """Take a free slip. Each is given once, where two processes that count up could lose one."""
        slips = self._slips(address)
        taken = cache.get_many(slips)
        for slip in slips:
            if slip not in taken and cache.add(slip, True, timeout=FOR_SECONDS):
                return

    def too_many(self, address: str) -> bool:
        return len(cache.get_many(self._slips(address))) >= MOST

    def _slips(self, address: str) -> list[str]:
        """The address itself is not kept."""
        visitor = hashlib.sha256(address.encode()).hexdigest()[:32]
        return [f"{self.name}.{visitor}.{number}" for number in range(MOST)]
