"""Time for the core: one wall-clock anchor plus the monotonic clock, so that time never runs backwards.

The machine's clock may leap, and go back. The core gets its distance from this time: see ClockCorrected.
"""

import random
import time

from warmline.core.model import ids

_chance = random.Random()  # noqa: S311 - ids must be unique, not secret


class Clock:
    """Microseconds UTC; each reading is later than the previous one and than every journal entry."""

    def __init__(self, after: int = 0) -> None:
        self._anchor = max(time.time_ns() // 1000, after + 1) - time.monotonic_ns() // 1000
        self._last = after

    def now(self) -> int:
        """Return the current time."""
        self._last = max(self._anchor + time.monotonic_ns() // 1000, self._last + 1)
        return self._last

    def machine_time(self) -> int:
        """Return what the machine's clock shows now, in microseconds UTC."""
        return time.time_ns() // 1000

    def correction(self) -> int:
        """Return how many microseconds the machine's clock shows more than `now`; below 0 if it shows less."""
        return self.machine_time() - self._anchor - time.monotonic_ns() // 1000


def new_ulid(now: int) -> str:
    """Return a new ULID for this time in microseconds: 48 bits of milliseconds, 80 random bits. Each input gets one."""
    return ids.encode((now // 1000) << 80 | _chance.getrandbits(80))
