"""Limits the number of connections to the HTTP server."""

import logging
import time
from collections import Counter

from ari_app.http.server.addresses import of_host
from warmline.system.loopback import is_local

MOST = 500  # connections; an app that was started by hand has 1024 file descriptors in total
KEPT = 50  # of MOST, for this machine, if the server listens for others too
MOST_OF_ONE = 32  # per address, except on this machine, where a proxy connects for all clients
SAID_AGAIN = 1.0  # seconds between two log lines

log = logging.getLogger("warmline.http")


class ConnectionLimits:
    """Counts the connections by address, for a server that listens on `host`."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._for_others = MOST if is_local(host) else MOST - KEPT
        self._here: Counter[str] = Counter()
        self._said = float("-inf")

    def come(self, address: str) -> bool:
        """Count a new connection; return False if it exceeds a limit."""
        host, everybody = of_host(address), self._here.total()
        of_one, local = self._here[host], is_local(address)
        if everybody < (MOST if local else self._for_others) and (local or of_one < MOST_OF_ONE):
            self._here[host] += 1
            return True
        if time.monotonic() - self._said >= SAID_AGAIN:
            self._said = time.monotonic()
            log.warning("connection from %s refused: it has %d of the %d open connections", host, of_one, everybody)
        return False

    def go(self, address: str) -> None:
        """Count a closed connection."""
        self._here[of_host(address)] -= 1
        self._here += Counter()  # drops addresses without connections
