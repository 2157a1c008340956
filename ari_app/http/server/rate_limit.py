"""How often somebody may ask: a client that asks in a circle must not slow down what others ask."""

import logging
import time
from collections.abc import Callable

from ari_app.http.server.addresses import of_host

BURST = 5.0  # seconds' worth of requests that may come at once
ENTRIES = 10_000  # askers that are remembered
SAID_AGAIN = 1.0  # seconds between two lines of log: a flood of requests must not become one of lines

log = logging.getLogger("warmline.api")


class RateLimit:
    """So many requests a second of each asker, at one door; 0: as many as come. `refused` is called for one too many.

    An asker is a name and the address it comes from, so that nobody uses up what is another's. `clock` is in seconds.
    """

    def __init__(
        self,
        a_second: int,
        refused: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.a_second = a_second
        self._refused = refused
        self._clock = clock
        self._said = float("-inf")
        self._even: dict[tuple[str, str], float] = {}  # when the requests so far would be over, sent evenly

    def wait(self, name: str, address: str) -> float:
        """Seconds until this asker may ask; 0: he may now, and has. The name of those whom nobody knows is empty."""
        if not self.a_second:
            return 0.0
        now, address = self._clock(), of_host(address)
        even = max(self._even.pop((name, address), now), now)
        wait = max(even + 1 / self.a_second - now - BURST, 0.0)
        self._even[name, address] = even if wait else even + 1 / self.a_second  # at the end: the oldest come first
        if len(self._even) > ENTRIES:
            del self._even[next(iter(self._even))]
        if wait:
            self._refuse(name, address, now)
        return wait

    def _refuse(self, name: str, address: str, now: float) -> None:
        self._refused()
        if now - self._said >= SAID_AGAIN:
            self._said = now
            log.warning("%s from %s sends too many requests (api_rate)", name or "somebody unknown", address)
