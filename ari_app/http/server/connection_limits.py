"""How many are connected to the HTTP door."""

import logging
import time
from collections import Counter

from ari_app.http.server.addresses import of_host
from warmline.system.loopback import is_local

MOST = 500  # connections; an app that was started by hand has 1024 file numbers for them and all else
KEPT = 50  # of MOST, for this machine, where the door is open to others
MOST_OF_ONE = 32  # of one address, unless it is of this machine: there a proxy stands for everybody
SAID_AGAIN = 1.0  # seconds between two lines of log

log = logging.getLogger("warmline.http")


class ConnectionLimits:
    """Counts the connections by address at a door that listens on `host`."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._for_others = MOST if is_local(host) else MOST - KEPT
        self._here: Counter[str] = Counter()
        self._said = float("-inf")

    def come(self, address: str) -> bool:
        """Take one more; False if there is no room for it."""
        host, everybody = of_host(address), self._here.total()
        of_one, local = self._here[host], is_local(address)
        if everybody < (MOST if local else self._for_others) and (local or of_one < MOST_OF_ONE):
            self._here[host] += 1
            return True
        if time.monotonic() - self._said >= SAID_AGAIN:
            self._said = time.monotonic()
            log.warning("no connection for %s: it has %d of the %d that are open", host, of_one, everybody)
        return False

    def go(self, address: str) -> None:
        """One of those that came has gone."""
        self._here[of_host(address)] -= 1
        self._here += Counter()  # forgets who has none left
