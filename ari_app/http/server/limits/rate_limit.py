"""Limits the rate of requests, so that a client in a loop does not slow down other clients."""

import logging
import time
from collections.abc import Callable

from ari_app.http.server.limits.addresses import of_host

BURST = 5.0  # seconds of requests that may come at once
ENTRIES = 10_000  # remembered clients
SAID_AGAIN = 1.0  # seconds between two log lines, so that a flood of requests does not flood the log

log = logging.getLogger("warmline.api")


class RateLimit:
    """Allows `a_second` requests per second from each client, 0 for no limit; `refused` is called for each excess one.

    A client is a name and its address, so that no client uses up the rate of another. `clock` is in seconds, and
    `burst` is how many seconds of requests may come at once.
    """

    def __init__(
        self,
        a_second: int,
        refused: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        burst: float = BURST,
    ) -> None:
        self.a_second = a_second
        self._burst = burst
        self._refused = refused
        self._clock = clock
        self._said = float("-inf")
        self._even: dict[tuple[str, str], float] = {}  # when the earlier requests would end if sent evenly

    def wait(self, name: str, address: str, cost: int = 1) -> float:
        """Return the seconds until this client may send a request; 0 counts it now. Unknown clients have no name.

        `cost`: as how many requests it counts.
        """
        if not self.a_second:
            return 0.0
        now, address = self._clock(), of_host(address)
        even = max(self._even.pop((name, address), now), now)
        after = even + cost / self.a_second
        wait = max(after - now - self._burst, 0.0)
        self._even[name, address] = even if wait else after  # at the end: the oldest come first
        if len(self._even) > ENTRIES:
            del self._even[next(iter(self._even))]
        if wait:
            self._refuse(name, address, now)
        return wait

    def _refuse(self, name: str, address: str, now: float) -> None:
        self._refused()
        if now - self._said >= SAID_AGAIN:
            self._said = now
            log.warning("%s from %s sends too many requests (api_rate)", name or "an unknown client", address)
