"""Limits the number of connections to the HTTP server."""

import logging
import time
from collections import Counter
from collections.abc import Callable

from ari_app.http.server.limits.addresses import of_host
from warmline.system.loopback import is_local

# Connections; an app that was started by hand has 1024 file descriptors in total. A page of the workspace holds one for
# its feed, and its browser six more that rest most of the time. With 200 pages, those that rest make room.
MOST = 500
KEPT = 50  # of MOST, for this machine, if the server listens for others too
# Per token, so that an office of many browsers behind one address has room. Without a token per address, except on this
# machine, where a proxy connects for all clients.
MOST_OF_ONE = 32
SAID_AGAIN = 1.0  # seconds between two log lines
SLOW = 1.0  # seconds after which a connection whose request is not complete makes room before others

log = logging.getLogger("warmline.http")


class ConnectionPlace:
    """A counted connection. `close` ends it, if a new client needs its place more.

    A connection is closed for another only while it waits for its client. That client has not logged in, or is a
    browser, which opens another connection by itself.
    """

    __slots__ = ("_limits", "address", "close", "has_login", "is_browser", "token")

    def __init__(self, limits: "ConnectionLimits", address: str, close: Callable[[], None]) -> None:
        self._limits, self.has_login, self.is_browser, self.token = limits, False, False, ""
        self.address, self.close = address, close

    def waits(self) -> None:
        """Note that the next move is the client's."""
        if not self.has_login:
            self._limits.waits(self)
        elif self.is_browser:
            self._limits.rests(self)

    def works(self) -> None:
        """Note that a whole request has come, and its answer is not finished."""
        self._limits.works(self)

    def log_in(self, token: str = "", *, is_browser: bool = False) -> None:
        """Note that the client has shown a valid token, a browser in its cookie; or a password if it is empty."""
        self.has_login, self.is_browser = True, is_browser
        self._limits.works(self)
        if token and not self.token:
            self._limits.count_for(self, token)

    def free(self) -> None:
        """Count the connection as closed; a second call has no effect."""
        self._limits.free(self)


class ConnectionLimits:
    """Counts the connections by token or address, for a server that listens on `host`."""

    def __init__(self, host: str = "127.0.0.1", clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._for_others = MOST if is_local(host) else MOST - KEPT
        self._open: set[ConnectionPlace] = set()
        self._here: Counter[str] = Counter()  # by host, without those that count for a token
        self._of_token: Counter[str] = Counter()
        self._waiting: dict[str, dict[ConnectionPlace, float]] = {}  # since when, by host; the longest waiting first
        self._resting: dict[ConnectionPlace, None] = {}  # of browsers that have logged in; the longest first
        self._said = float("-inf")

    def take(self, address: str, close: Callable[[], None]) -> ConnectionPlace | None:
        """Count a new connection; return None if it exceeds a limit and no other connection can be closed for it."""
        if (why := self._excess(address)) is not None:
            victim = self._longest_waiting(why, address) or self._longest_resting(address)
            if victim is None or not victim.is_browser:
                self._say(victim, address)
            if victim is None:
                return None
            victim.free()
            victim.close()
        place = ConnectionPlace(self, address, close)
        self._open.add(place)
        self._count(place, 1)
        place.waits()
        return place

    def waits(self, place: ConnectionPlace) -> None:
        """Begin to count how long a connection waits for its client."""
        if place in self._open:
            line = self._waiting.setdefault(of_host(place.address), {})
            line.pop(place, None)
            line[place] = self._clock()

    def rests(self, place: ConnectionPlace) -> None:
        """Begin to count how long a browser's connection rests."""
        if place in self._open:
            self._resting.pop(place, None)
            self._resting[place] = None

    def works(self, place: ConnectionPlace) -> None:
        """Stop counting."""
        self._resting.pop(place, None)
        host = of_host(place.address)
        if line := self._waiting.get(host):
            line.pop(place, None)
            if not line:
                del self._waiting[host]

    def free(self, place: ConnectionPlace) -> None:
        """Count a connection as closed."""
        if place in self._open:
            self._open.discard(place)
            self.works(place)
            self._count(place, -1)

    def count_for(self, place: ConnectionPlace, token: str) -> None:
        """Count a connection for its token, not for its address, unless the token has its number already."""
        if place in self._open and self._of_token[token] < MOST_OF_ONE:
            self._count(place, -1)
            place.token = token
            self._count(place, 1)

    def _count(self, place: ConnectionPlace, change: int) -> None:
        counts, key = (self._of_token, place.token) if place.token else (self._here, of_host(place.address))
        counts[key] += change
        if not counts[key]:
            del counts[key]

    def _excess(self, address: str) -> list[str] | None:
        """Return the hosts of which one must close a connection before this address can open one; None if none must."""
        host = of_host(address)
        if is_local(address):
            return list(self._waiting) if len(self._open) >= MOST else None
        if self._here[host] >= MOST_OF_ONE:
            return [host]
        if len(self._open) >= self._for_others:
            return [one for one in self._waiting if not is_local(one)]
        return None

    def _longest_waiting(self, hosts: list[str], address: str) -> ConnectionPlace | None:
        """Return the connection that has waited longest, of the host with the most connections.

        Hosts whose connections have just come are spared, so that a request arrives beside many slow ones.
        """
        own, before = of_host(address), self._clock() - SLOW

        def weight(host: str) -> tuple[bool, int, bool]:
            return next(iter(self._waiting[host].values())) <= before, self._here[host], host == own

        host = max((one for one in hosts if one in self._waiting), key=weight, default=None)
        return next(iter(self._waiting[host])) if host else None

    def _longest_resting(self, address: str) -> ConnectionPlace | None:
        """Return the browser's connection that rests longest, if all places are taken; others close none of here."""
        if len(self._open) < (MOST if is_local(address) else self._for_others):
            return None
        return next((one for one in self._resting if is_local(address) or not is_local(one.address)), None)

    def _say(self, victim: ConnectionPlace | None, address: str) -> None:
        if time.monotonic() - self._said < SAID_AGAIN:
            return
        self._said = time.monotonic()
        host, everybody = of_host(address), len(self._open)
        if victim is None:
            of_one = self._here[host]
            text = "connection from %s refused: of %d open connections, it has %d without a token"
            log.warning(text, host, everybody, of_one)
        else:
            of_one = self._here[of_host(victim.address)]
            text = "idle connection of %s closed for one from %s: of %d open connections, it had %d without a token"
            log.warning(text, of_host(victim.address), host, everybody, of_one)
