"""Time for the core: one wall-clock anchor plus the monotonic clock, so it never goes back."""

import random
import time

from warmline.core.model import ids

_chance = random.Random()  # noqa: S311 - unique is enough: an id is no secret, and opens nothing


class Clock:
    """Microseconds UTC, each reading later than the one before and than everything the journal holds."""

    def __init__(self, after: int = 0) -> None:
        self._anchor = max(time.time_ns() // 1000, after + 1) - time.monotonic_ns() // 1000
        self._last = after

    def now(self) -> int:
        """The time now."""
        self._last = max(self._anchor + time.monotonic_ns() // 1000, self._last + 1)
        return self._last


def new_ulid(now: int) -> str:
    """A fresh ULID for this time in microseconds: 48 bits of milliseconds, 80 of chance. Each input takes one."""
    return ids.encode((now // 1000) << 80 | _chance.getrandbits(80))
