"""When sessions of users were used last: in memory, and in the database from time to time.

An entry may be older than the true time by STORED_EVERY after a restart of the API process.
"""

import time
from collections.abc import Callable

STORED_EVERY = 600_000_000  # microseconds
MOST = 500  # sessions that are stored at once


class SessionUse:
    """The last request of each session, by the hash of its token. `clock` is in nanoseconds UTC."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._last: dict[str, int] = {}
        self._stored: dict[str, int] = {}

    def note(self, token: str) -> bool:
        """Note a request of a session now; return whether `due` has times to store."""
        now = self._clock() // 1000
        self._last[token] = now
        return now - self._stored.setdefault(token, now) >= STORED_EVERY

    def last(self, token: str) -> int:
        """Return the time of the last request in microseconds UTC; 0 if there was none."""
        return self._last.get(token, 0)

    def due(self) -> dict[str, int]:
        """Return the times that are to be stored now, and forget the sessions without any for a long time."""
        now = self._clock() // 1000
        found = [one for one, stored in self._stored.items() if now - stored >= STORED_EVERY][:MOST]
        times = {one: self._last[one] for one in found}
        for one in found:
            if self._last[one] <= self._stored[one]:
                del self._last[one], self._stored[one]
            else:
                self._stored[one] = now
        return times
